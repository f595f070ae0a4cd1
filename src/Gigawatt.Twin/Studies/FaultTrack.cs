using Gigawatt.Numerics;
using Gigawatt.Power.Protection;
using Gigawatt.Power.Stability;

namespace Gigawatt.Studies;

/// <summary>What was seen during the run of a fault, and what follows from it.</summary>
internal sealed class FaultTrack
{
    private FaultTrack(int steps, int halls, int machines)
    {
        TimesS = new double[steps + 1];
        FrequenciesHz = new double[steps + 1];
        HallsMw = new double[steps + 1];
        TurbinesMw = new double[steps + 1];
        InvertersMw = new double[steps + 1];
        VoltagesPu = [.. Enumerable.Range(0, halls).Select(_ => new double[steps + 1])];
        EachHallMw = [.. Enumerable.Range(0, halls).Select(_ => new double[steps + 1])];
        MachinesPu = [.. Enumerable.Range(0, machines).Select(_ => new double[steps + 1])];
    }

    public double[] TimesS { get; }

    public double[] FrequenciesHz { get; }

    public double[] HallsMw { get; }

    public double[] TurbinesMw { get; }

    public double[] InvertersMw { get; }

    public double[][] VoltagesPu { get; }

    public double[][] EachHallMw { get; }

    public double[][] MachinesPu { get; }

    public FaultAnswer Answer { get; private set; } = null!;

    public static FaultTrack Of(FaultInput input)
    {
        NetworkTransient run = new(input.Network, input.Fault, input.StepS);
        int steps = (int)Math.Ceiling(input.RunS / input.StepS - 1e-6);
        FaultTrack track = new(steps, run.HallCount, run.MachineCount);
        double worst = track.Note(run, 0);
        bool[] stopped = new bool[run.HallCount];
        double faultKa = 0;
        for (int i = 1; i <= steps; i++)
        {
            run.Step();
            worst = Math.Max(worst, track.Note(run, i));
            if (faultKa == 0) { faultKa = run.FaultKa; }
            for (int h = 0; h < stopped.Length; h++) { stopped[h] |= !HallLoad.RacksRun(run.Hall(h)); }
        }
        FaultAnswerHall[] halls = [.. input.Network.Halls.Select((hall, h) => track.Hall(hall, h, stopped[h]))];
        double loadMw = input.Network.Halls.Sum(hall => hall.LoadMw);
        int after = run.ClearedAtS is { } cleared ? Math.Min(steps, (int)Math.Ceiling(cleared / input.StepS) + 2) : steps;
        track.Answer = new FaultAnswer(
            run.HasSlipped ? "slipped" : run.ClearedAtS is null ? "standing" : "stable", faultKa, run.ClearedAtS,
            track.FrequenciesHz.Min(), track.FrequenciesHz.Max(), track.FrequenciesHz[^1], loadMw,
            Math.Max(0, loadMw - track.HallsMw.Skip(after).Min()), Math.Max(0, loadMw - track.HallsMw[^1]),
            run.MostInverterCurrentFactor, worst, run.MostSubstitutions, halls, [.. input.Curves.Select(curve => track.Held(curve, input, halls))],
            input.Generators is { } boundary ? [.. input.Network.Turbines.Select((group, m) => track.Held(boundary, group.Name, m))] : []);
        return track;
    }

    private double Note(NetworkTransient run, int i)
    {
        TimesS[i] = run.TimeS;
        FrequenciesHz[i] = run.FrequencyHz;
        PowerBooks books = run.Books();
        HallsMw[i] = books.HallsMw;
        InvertersMw[i] = books.InvertersMw;
        for (int m = 0; m < run.MachineCount; m++)
        {
            TurbinesMw[i] += run.TurbineMw(m);
            MachinesPu[m][i] = run.VoltagePu(run.MachineBus(m));
        }
        for (int h = 0; h < run.HallCount; h++)
        {
            VoltagesPu[h][i] = run.VoltagePu(run.HallBus(h));
            EachHallMw[h][i] = run.HallMw(h);
        }
        return Math.Abs(books.ImbalanceMw);
    }

    private FaultAnswerHall Hall(HallLoadSpec spec, int h, bool stopped)
    {
        double[] drawn = EachHallMw[h];
        int left = Array.FindIndex(drawn, mw => mw < 0.5 * spec.LoadMw);
        int last = Array.FindLastIndex(drawn, mw => mw < 0.9 * spec.LoadMw);
        bool isBack = left >= 0 && last < drawn.Length - 1;
        return new FaultAnswerHall(
            spec.Name, spec.LoadMw, VoltagesPu[h].Min(), drawn.Min(), left < 0 ? null : TimesS[left], isBack ? TimesS[last + 1] : null, drawn[^1], stopped);
    }

    // What a rule asks of every hall whose bus the network still feeds, and whether it is done.
    private FaultAnswerCurve Held(RideThroughCurveSpec curve, FaultInput input, FaultAnswerHall[] halls)
    {
        List<(string Hall, string Breach)> breaches = [];
        bool asks = false;
        for (int h = 0; h < halls.Length; h++)
        {
            HallLoadSpec spec = input.Network.Halls[h];
            RideThroughState state = default;
            bool released = false;
            double goodFromS = double.NaN;
            bool sagged = false;
            for (int i = 1; i < TimesS.Length; i++)
            {
                double voltage = VoltagesPu[h][i];
                released |= !RideThroughCurve.Step(curve, ref state, voltage, TimesS[i] - TimesS[i - 1]);
                sagged |= voltage < curve.ReturnsAtPu;
                goodFromS = voltage < curve.ReturnsAtPu ? double.NaN : double.IsNaN(goodFromS) ? TimesS[i] : goodFromS;
            }
            if (!sagged || released) { continue; }
            if (!curve.AllowsCounting && spec.Ups is { CountLimit: > 0 } ups)
            {
                asks = true;
                breaches.Add((spec.Name, $"its UPS counts {ups.CountLimit} sags to stay on batteries, which is prohibited"));
            }
            if (curve.RecoveryS is not { } recoveryS || curve.ReturnFraction is not { } fraction || double.IsNaN(goodFromS)) { continue; }
            asks = true;
            int due = Array.FindIndex(TimesS, time => time > goodFromS + recoveryS + 1e-9);
            if (due >= 0 && EachHallMw[h][due..].Min() < fraction * spec.LoadMw)
            {
                breaches.Add((spec.Name, $"{Figures.Percent(EachHallMw[h][due] / spec.LoadMw)} of its power {Figures.Duration(recoveryS)} after the voltage was back, instead of {Figures.Percent(fraction)}"));
            }
        }
        // A tolerance of equipment asks that racks without a UPS run on while the voltage stays inside.
        if (curve.RecoveryS is null)
        {
            for (int h = 0; h < halls.Length; h++)
            {
                asks |= curve.Sags.Count > 0;
                if (halls[h].RacksStopped && !Leaves(curve, h)) { breaches.Add((halls[h].Name, "racks stopped at voltages that the curve says they bear")); }
            }
        }
        return new FaultAnswerCurve(curve.Title, asks ? breaches.Count == 0 : null,
            [.. breaches.GroupBy(one => one.Breach).Select(group => $"{string.Join(", ", group.Select(one => one.Hall))}: {group.Key}")]);
    }

    // The boundary says nothing about where protection sits beyond it, so this is when a trip begins to be allowed.
    private FaultAnswerGenerator Held(RideThroughCurveSpec curve, string name, int m)
    {
        RideThroughState state = default;
        double? atS = null;
        for (int i = 1; i < TimesS.Length && atS is null; i++)
        {
            if (!RideThroughCurve.Step(curve, ref state, MachinesPu[m][i], TimesS[i] - TimesS[i - 1])) { atS = TimesS[i]; }
        }
        return new FaultAnswerGenerator(name, MachinesPu[m].Min(), MachinesPu[m].Max(), atS);
    }

    private bool Leaves(RideThroughCurveSpec curve, int h)
    {
        RideThroughState state = default;
        bool released = false;
        for (int i = 1; i < TimesS.Length; i++) { released |= !RideThroughCurve.Step(curve, ref state, VoltagesPu[h][i], TimesS[i] - TimesS[i - 1]); }
        return released;
    }
}
