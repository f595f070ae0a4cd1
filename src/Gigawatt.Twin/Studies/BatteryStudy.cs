using Gigawatt.Numerics;
using Gigawatt.Power;

namespace Gigawatt.Studies;

/// <summary><c>gw study battery</c>: what a duty does to a battery, by depth of cycles, and what that costs.</summary>
public static class BatteryStudy
{
    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<BatteryStudyInput>(
        "battery", "How long does a battery last in its duty, and what does that cost?", "studies/battery-wear.yaml", Answer);

    private static StudyAnswer Answer(BatteryStudyInput input)
    {
        BatterySpec block = input.Block;
        BatteryYear year = new(input);
        double capacityMwh = input.Count * block.CapacityMwh;
        double ratedMw = input.Count * block.RatedMw;
        BatteryDuty day = year.Day;
        bool isInside = BatteryWear.IsInsideFit(day);
        Lives lives = Lives.Of(block.Wear, day, input.HorizonS, isInside);
        double horizonYears = input.HorizonS / BatteryYear.YearS;
        double? costly = Cost(lives.Low ?? horizonYears), cheap = Cost(lives.High ?? horizonYears);
        BatteryAnswer data = new(
            input.Name, input.Count, capacityMwh, ratedMw, Battery.RoundTrip(block), year.DischargedMwh / 8760, year.LossMwh / 8760,
            year.NeededMw, Math.Max(0, year.NeededMw - ratedMw), year.DischargedMwh, year.LossMwh,
            (block.AuxiliaryFraction + block.StandbyFraction) * ratedMw * 8760 + block.SelfDischargePerS * year.MeanChargeFraction * capacityMwh * BatteryYear.YearS,
            year.DischargedMwh / capacityMwh, year.CellFullCycles, year.DeepestFraction, block.Wear.Law, isInside, OutsideFit(day),
            block.Wear.EndOfLifeFraction, lives.Low, lives.High, lives.Counter, lives.Reopt, lives.Blast, cheap, costly,
            year.DischargedMwh > 0 ? cheap / year.DischargedMwh : null, year.DischargedMwh > 0 ? costly / year.DischargedMwh : null,
            year.Duties, year.Depths, lives.Years);
        return new StudyAnswer
        {
            Subject = FormattableString.Invariant($"{input.Name}: {input.Count} × {(block.Title.Length > 0 ? block.Title : "block")}, {Figures.Number(capacityMwh, 4)} MWh"),
            Finding = Finding(data),
            Remarks = [.. Remarks(data, day)],
            Tables = BatteryPictures.Tables(data),
            Charts = BatteryPictures.Charts(data),
            Data = data,
        };

        double? Cost(double lifeYears) => block.PriceUsd is { } price
            ? input.Count * price / Math.Min(lifeYears, horizonYears) + year.LossMwh * input.EnergyUsdPerMwh
            : null;
    }

    /// <summary>A life or a range of lives in words.</summary>
    internal static string Life(double? low, double? high) => (low, high) switch
    {
        (null, null) => "is not reached within the years looked at",
        ({ } from, null) => $"is left after {Figures.Number(from)} years at the earliest",
        ({ } from, { } to) when Figures.Number(from) == Figures.Number(to) => $"is left after {Figures.Number(from)} years",
        ({ } from, { } to) => $"is left after {Figures.Number(from)} to {Figures.Number(to)} years",
        _ => "is left",
    };

    private static string Finding(BatteryAnswer data)
    {
        string moved = $"The duty moves {Figures.Number(data.ThroughputMwhPerYear / 1000)} GWh and {Figures.Number(data.EquivalentFullCyclesPerYear, 4)} equivalent full cycles a year";
        string end = $"{Figures.Percent(data.EndOfLifeFraction)} of the capacity {Life(data.LowLifeYears, data.HighLifeYears)}";
        string counter = data.CounterLifeYears is { } years ? $"; a counter that knows no depth says {Figures.Number(years)} years" : "";
        return $"{moved}: {end}{counter}.";
    }

    private static IEnumerable<string> Remarks(BatteryAnswer data, BatteryDuty day)
    {
        if (data.ShortOfMw > 0)
        {
            yield return $"Power sizes this battery: the duty needs {Figures.Power(data.NeededMw)}, the blocks give {Figures.Power(data.RatedMw)}. "
                + $"{Math.Ceiling(data.NeededMw / (data.RatedMw / data.Blocks)):0} blocks would give it; with these {Figures.Power(data.ShortOfMw)} is left in the load's swing, "
                + "and the wear below is that of the whole duty.";
        }
        if (data.MeanLossMw > 0)
        {
            yield return $"At a round trip of {Figures.Percent(data.RoundTripEfficiencyFraction)} the duty loses {Figures.Power(data.MeanLossMw)} on average.";
        }
        if (!data.InsideFit)
        {
            yield return $"Outside the fitted range of BLAST-Lite: {data.OutsideFit}. "
                + "No law was fitted to such a duty, so wear is a range: exponents of the depth law from mild to harsh.";
        }
        yield return $"Depth of cycles, weighted by energy: {Figures.Percent(day.DepthFraction)}; mean state of charge {Figures.Percent(day.MeanChargeFraction)}; cells at {Figures.Number(day.CellC)} °C.";
        yield return "Not modelled: interest, growing resistance, a knee at the end of life, cells that differ; blocks are paid for evenly over their life, at most over the years looked at.";
    }

    private static string OutsideFit(BatteryDuty duty)
    {
        List<string> outside = [];
        if (duty.CellC is < BatteryWear.FittedFromC or > BatteryWear.FittedToC) { outside.Add($"cells at {Figures.Number(duty.CellC)} °C, fitted at 10 to 45 °C"); }
        if (duty.FullCyclesRatio > 0 && duty.DepthFraction < BatteryWear.FittedDepthFraction - 1e-12)
        {
            outside.Add($"cycles {Figures.Percent(duty.DepthFraction)} deep, fitted at 80 to 100 %");
        }
        if (duty.FullCyclesRatio > 0 && duty.RateRatio > BatteryWear.FittedRateRatio + 1e-12) { outside.Add($"{Figures.Number(duty.RateRatio)} C, fitted to 0.65 C"); }
        return string.Join("; ", outside);
    }

    private sealed record Lives(
        double? Low, double? High, double? Counter, double? Reopt, double? Blast, IReadOnlyList<BatteryAnswerYear> Years)
    {
        public static Lives Of(BatteryWearSpec wear, in BatteryDuty day, double horizonS, bool isInside)
        {
            BatteryWearState state = default;
            double endLoss = 1 - wear.EndOfLifeFraction;
            double?[] ends = new double?[5];
            double[] before = new double[5];
            List<BatteryAnswerYear> years = [new(0, 1, 1, 1, 1, isInside ? 1 : null)];
            int days = (int)Math.Round(horizonS / 86400);
            for (int d = 1; d <= days; d++)
            {
                BatteryWear.Age(wear, ref state, day);
                (double least, double most) = BatteryWear.Lost(wear, state);
                ReadOnlySpan<double> lost = [most, least, state.CounterFraction, state.ReoptFraction, isInside ? state.BlastCalendarFraction + state.BlastCycleFraction : 0];
                for (int i = 0; i < ends.Length; i++)
                {
                    if (ends[i] is null && lost[i] >= endLoss) { ends[i] = (d - 1 + (endLoss - before[i]) / (lost[i] - before[i])) / 365; }
                    before[i] = lost[i];
                }
                if (d % 365 != 0) { continue; }
                years.Add(new(
                    d / 365, 1 - most, 1 - least, Math.Max(0, 1 - lost[2]), Math.Max(0, 1 - lost[3]), isInside ? Math.Max(0, 1 - lost[4]) : null));
            }
            return new Lives(ends[0], ends[1], ends[2], ends[3], ends[4], years);
        }
    }
}
