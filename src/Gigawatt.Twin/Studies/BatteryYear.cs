using Gigawatt.Numerics;
using Gigawatt.Power;

namespace Gigawatt.Studies;

/// <summary>Duties of a battery, laid out over one year: cycles by depth, energy, wear.</summary>
/// <remarks>
/// A wave of swing h, duty f, period T and edge e, levelled to its mean, discharges f (1 − f) h (1 − e/T) on average and takes that, and what
/// is lost, back while the load is low: f h/η there. (A source that carries the loss evenly would let it discharge a few percent less.) A history of states of
/// charge that repeats is counted from its highest value on and closed, so that every cycle closes.
/// </remarks>
internal sealed class BatteryYear
{
    /// <summary>Seconds of a year.</summary>
    public const double YearS = 365 * 86400.0;

    private static readonly double[] Edges = [0, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1];
    private static readonly string[] Words =
        ["below 0.01 %", "0.01–0.03 %", "0.03–0.1 %", "0.1–0.3 %", "0.3–1 %", "1–3 %", "3–10 %", "10–30 %", "30–100 %"];

    private readonly BatterySpec block;
    private readonly double capacityMwh;
    private readonly double[] cycles = new double[Words.Length];
    private readonly double[] low = new double[Words.Length];
    private readonly double[] high = new double[Words.Length];
    private readonly double[] counter = new double[Words.Length];
    private readonly List<BatteryAnswerDuty> duties = [];
    private double cellMwh;
    private double depthWeight;
    private double movingS;
    private double chargeSum;
    private int histories;

    public BatteryYear(BatteryStudyInput input)
    {
        block = input.Block;
        capacityMwh = input.Count * block.CapacityMwh;
        List<CaseProblem> problems = [];
        for (int i = 0; i < input.Duties.Count; i++) { Add(input.Duties[i], $"duties[{i}]", problems); }
        if (input.Duties.Count == 0) { problems.Add(new("duties", "at least one duty with a 'wave' or with states of 'charge'", "none")); }
        if (problems.Count > 0) { throw new CaseException(problems); }
        MeanChargeFraction = histories > 0 ? chargeSum / histories : input.MeanChargeFraction;
    }

    public IReadOnlyList<BatteryAnswerDuty> Duties => duties;

    public double MeanChargeFraction { get; }

    public double NeededMw => duties.Max(duty => duty.NeededMw);

    public double DeepestFraction { get; private set; }

    public double CellFullCycles => cellMwh / capacityMwh;

    public double DischargedMwh => cellMwh * Battery.DischargeEfficiency(block);

    public double LossMwh => DischargedMwh * (1 / Battery.RoundTrip(block) - 1);

    /// <summary>One day of the year, as the laws of wear see it.</summary>
    public BatteryDuty Day => new(
        86400, block.Wear.CellC, MeanChargeFraction, cellMwh > 0 ? depthWeight / cellMwh : 0,
        movingS > 0 ? 2 * CellFullCycles * 3600 / movingS : 0, CellFullCycles / 365, low.Sum() / 365, high.Sum() / 365);

    public IReadOnlyList<BatteryAnswerDepth> Depths => [.. Enumerable.Range(0, Words.Length).Where(i => cycles[i] > 0)
        .Select(i => new BatteryAnswerDepth(Words[i], Edges[i], Edges[i + 1], cycles[i], low[i], high[i], counter[i]))];

    private void Add(BatteryDutySpec duty, string path, List<CaseProblem> problems)
    {
        if (duty.Wave is null == (duty.ChargeFraction.Count == 0))
        {
            problems.Add(new(path, "either a 'wave' or states of 'charge'", duty.Wave is null ? "neither" : "both"));
            return;
        }
        if (duty.Wave is { } wave) { AddWave(duty.Name, wave, path, problems); }
        else { AddHistory(duty, path, problems); }
    }

    private void AddWave(string name, BatteryWaveSpec wave, string path, List<CaseProblem> problems)
    {
        double swingMw = wave.HighMw - wave.LowMw;
        double share = wave.DutyFraction;
        double dischargeMwh = share * (1 - share) * swingMw * (wave.PeriodS - wave.EdgeS) / 3600;
        double swingMwh = dischargeMwh / Battery.DischargeEfficiency(block);
        double neededMw = Math.Max((1 - share) * swingMw, share * swingMw / Battery.RoundTrip(block));
        double depth = swingMwh / capacityMwh;
        if (depth > 1)
        {
            problems.Add(new(
                path + ".wave", FormattableString.Invariant($"a swing that fits into the {capacityMwh:0.###} MWh of the blocks"),
                FormattableString.Invariant($"{swingMwh:0.###} MWh a period; add blocks or shorten the period")));
            return;
        }
        double perYear = wave.ActiveS / wave.PeriodS;
        Count(depth, perYear);
        movingS += wave.ActiveS;
        duties.Add(new(name, wave.LowMw + share * swingMw, neededMw, swingMwh, perYear, dischargeMwh * perYear));
    }

    private void AddHistory(BatteryDutySpec duty, string path, List<CaseProblem> problems)
    {
        for (int i = 0; i < duty.ChargeFraction.Count; i++)
        {
            if (duty.ChargeFraction[i] is >= 0 and <= 1) { continue; }
            problems.Add(new($"{path}.charge", "states of charge from 0 % to 100 %", FormattableString.Invariant($"{duty.ChargeFraction[i] * 100:0.#} %")));
            return;
        }
        double[] history = [.. duty.ChargeFraction];
        int top = Array.IndexOf(history, history.Max());
        double[] closed = [.. history[top..], .. history[..top], history[top]];
        double perYear = duty.RepeatsPerS * YearS;
        double cellsMwh = 0, count = 0;
        foreach (RainflowCycle cycle in Rainflow.Count(closed))
        {
            Count(cycle.Range, cycle.Count * perYear);
            cellsMwh += cycle.Count * cycle.Range * capacityMwh;
            count += cycle.Count * perYear;
        }
        chargeSum += history.Average();
        histories++;
        // States of charge carry no times: a history fills the time until it repeats.
        movingS = Math.Min(YearS, movingS + (duty.RepeatsPerS > 0 ? YearS : 0));
        duties.Add(new(duty.Name, 0, 0, cellsMwh, count, cellsMwh * perYear * Battery.DischargeEfficiency(block)));
    }

    private void Count(double depth, double perYear)
    {
        int at = 0;
        while (at < Words.Length - 1 && depth >= Edges[at + 1]) { at++; }
        BatteryWearSpec wear = block.Wear;
        cycles[at] += perYear;
        low[at] += perYear * BatteryWear.PerCycle(wear, depth, wear.HighestDepthFactor);
        high[at] += perYear * BatteryWear.PerCycle(wear, depth, wear.LowestDepthFactor);
        counter[at] += perYear * depth / wear.FullCycles;
        cellMwh += perYear * depth * capacityMwh;
        depthWeight += perYear * depth * depth * capacityMwh;
        DeepestFraction = Math.Max(DeepestFraction, perYear > 0 ? depth : 0);
    }
}
