namespace Gigawatt.Power.Commitment;

/// <summary>Which unit runs when, at what output, and what it costs. Units are counted one by one; hours from the first of the problem.</summary>
public sealed class CommitmentSchedule
{
    internal CommitmentSchedule(int hours, int units, int rungs)
    {
        (Hours, UnitCount) = (hours, units);
        IsOn = new bool[units * hours];
        OutputMw = new double[units * hours];
        (ImportMw, BatteryMw, StoredMwh, UnservedMw) = (new double[hours], new double[hours], new double[hours], new double[hours]);
        (DumpedMw, FuelOverMw, PriceUsdPerMwh) = (new double[hours], new double[hours], new double[hours]);
        (CapacityMw, NeedMw, EmittedKg, HourUsd) = (new double[hours], new double[hours], new double[hours], new double[hours]);
        Rungs = [.. Enumerable.Range(0, rungs).Select(_ => new double[hours])];
        UnitUsd = new double[units];
        Starts = new int[units];
    }

    /// <summary>Hours planned.</summary>
    public int Hours { get; }

    /// <summary>Units, each counted by itself.</summary>
    public int UnitCount { get; }

    /// <summary>Whether a unit runs: at hour × units + unit.</summary>
    public bool[] IsOn { get; }

    /// <summary>Output: at hour × units + unit.</summary>
    public double[] OutputMw { get; }

    /// <summary>Import of each hour.</summary>
    public double[] ImportMw { get; }

    /// <summary>What the battery gives in each hour; what it takes is negative.</summary>
    public double[] BatteryMw { get; }

    /// <summary>Energy in the battery at the end of each hour.</summary>
    public double[] StoredMwh { get; }

    /// <summary>Load that is capped, paused or shed in each hour.</summary>
    public double[] UnservedMw { get; }

    /// <summary>The same by rung of the ladder, cheapest first; the last is simply lost.</summary>
    public IReadOnlyList<double[]> Rungs { get; }

    /// <summary>Output of each hour that nobody takes.</summary>
    public double[] DumpedMw { get; }

    /// <summary>Fuel beyond the limits of the lines.</summary>
    public double[] FuelOverMw { get; }

    /// <summary>Cost of one more megawatt-hour.</summary>
    public double[] PriceUsdPerMwh { get; }

    /// <summary>Capacity that runs or stands behind import and battery.</summary>
    public double[] CapacityMw { get; }

    /// <summary>Capacity that load and reserve ask for.</summary>
    public double[] NeedMw { get; }

    /// <summary>Emissions of each hour.</summary>
    public double[] EmittedKg { get; }

    /// <summary>Cost of each hour, starts and penalties included.</summary>
    public double[] HourUsd { get; }

    /// <summary>Running and starting cost of each unit.</summary>
    public double[] UnitUsd { get; }

    /// <summary>Starts of each unit.</summary>
    public int[] Starts { get; }

    /// <summary>Cost of running units.</summary>
    public double RunningUsd { get; internal set; }

    /// <summary>Cost of starts.</summary>
    public double StartUsd { get; internal set; }

    /// <summary>Cost of import.</summary>
    public double ImportUsd { get; internal set; }

    /// <summary>Penalties: load not served, output dumped, reserve missing, fuel lines overdrawn.</summary>
    public double PenaltyUsd { get; internal set; }

    /// <summary>What is paid: running, starts, import.</summary>
    public double CostUsd => RunningUsd + StartUsd + ImportUsd;

    /// <summary>What is made least: what is paid and the penalties.</summary>
    public double ObjectiveUsd => CostUsd + PenaltyUsd;

    /// <summary>Energy not served.</summary>
    public double UnservedMwh => UnservedMw.Sum();

    /// <summary>What the next hours need to know.</summary>
    public CommitmentState End { get; internal set; }

    /// <summary>Whether a unit runs in an hour.</summary>
    public bool On(int unit, int hour) => IsOn[hour * UnitCount + unit];

    /// <summary>Output of a unit in an hour.</summary>
    public double Mw(int unit, int hour) => OutputMw[hour * UnitCount + unit];

    /// <summary>Takes over the first hours of a plan that begins at an hour of this one.</summary>
    internal void Take(CommitmentSchedule window, int at, int hours)
    {
        Array.Copy(window.IsOn, 0, IsOn, at * UnitCount, hours * UnitCount);
        Array.Copy(window.OutputMw, 0, OutputMw, at * UnitCount, hours * UnitCount);
        (double[] From, double[] To)[] columns =
        [
            (window.ImportMw, ImportMw), (window.BatteryMw, BatteryMw), (window.StoredMwh, StoredMwh), (window.UnservedMw, UnservedMw), (window.DumpedMw, DumpedMw),
            (window.FuelOverMw, FuelOverMw), (window.PriceUsdPerMwh, PriceUsdPerMwh), (window.CapacityMw, CapacityMw), (window.NeedMw, NeedMw),
            (window.EmittedKg, EmittedKg), (window.HourUsd, HourUsd), .. window.Rungs.Zip(Rungs),
        ];
        foreach ((double[] from, double[] to) in columns) { Array.Copy(from, 0, to, at, hours); }
    }
}
