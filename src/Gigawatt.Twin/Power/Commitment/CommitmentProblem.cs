using Gigawatt.Numerics;

namespace Gigawatt.Power.Commitment;

/// <summary>The battery beside the units.</summary>
/// <remarks>One efficiency each way. It counts towards capacity as far as its charge at the end of the hour lasts <see cref="ReserveRule.BatteryS"/>.</remarks>
public sealed record CommitmentBattery : ISelfChecking
{
    /// <summary>Highest power at the terminals, either way.</summary>
    public required double RatedMw { get; init => field = Check.Positive(value); }

    /// <summary>Energy between empty and full.</summary>
    public required double CapacityMwh { get; init => field = Check.Positive(value); }

    /// <summary>Energy kept on one way; the round trip keeps its square.</summary>
    [Default(Grade.B, "round trip 92 % (Tesla Megapack 2 XL, 2 h): √0.92")]
    public double OneWayEfficiencyFraction { get; init => field = Check.PositiveFraction(value); } = 0.9591663046625439;

    /// <summary>Charge before the first hour.</summary>
    [Default(Grade.E, "assumption: half full")]
    public double InitialFraction { get; init => field = Check.Fraction(value); } = 0.5;

    /// <summary>Least charge after the last hour; absent when it is that of the beginning.</summary>
    public double? FinalFraction { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (FinalFraction is < 0 or > 1) { yield return new(nameof(FinalFraction), "0 % to 100 %", FormattableString.Invariant($"{FinalFraction * 100:G4} %")); }
    }
}

/// <summary>The grid connection beside the units.</summary>
public sealed record GridImport
{
    /// <summary>Highest import.</summary>
    public required double LimitMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Price of import by hour, or one price for all hours.</summary>
    public required IReadOnlyList<double> PriceUsdPerMwh { get; init; }
}

/// <summary>What must be ready beyond the load in every hour.</summary>
/// <remarks>
/// Capacity of running units, import limit and battery must reach load + step + the larger of the share of load and the k largest
/// blocks: after any k blocks are lost, the rest still carries the load. Blocks are units, feeders that hold several, and the grid.
/// </remarks>
public sealed record ReserveRule
{
    /// <summary>Share of load.</summary>
    [Default(Grade.E, "none")]
    public double LoadFraction { get; init => field = Check.NotNegative(value); }

    /// <summary>Blocks that may be lost at once: 1 for N-1.</summary>
    [Default(Grade.E, "none")]
    public int LostBlocks { get; init => field = Check.NotNegative(value); }

    /// <summary>Sudden rise of load that must be carried on top.</summary>
    [Default(Grade.E, "none")]
    public double LoadStepMw { get; init => field = Check.NotNegative(value); }

    /// <summary>How long a battery must be able to deliver what is counted of it.</summary>
    [Default(Grade.E, "assumption: half an hour, the time to start another unit with margin")]
    public double BatteryS { get; init => field = Check.Positive(value); } = 1800;
}

/// <summary>A pipe or a meter behind which several units burn.</summary>
public sealed record FuelLine
{
    /// <summary>Its name, which units refer to.</summary>
    public required string Name { get; init; }

    /// <summary>Highest flow, as power of the fuel in the heating value of the fuel curves.</summary>
    public required double LimitMw { get; init => field = Check.Positive(value); }
}

/// <summary>A rung of the ladder that is climbed when supply falls short: cap jobs, pause jobs, shed racks.</summary>
public sealed record ShortfallRung
{
    /// <summary>What is done.</summary>
    public required string Name { get; init; }

    /// <summary>Share of the load that it frees.</summary>
    public required double DepthFraction { get; init => field = Check.Fraction(value); }

    /// <summary>What a megawatt-hour of it costs.</summary>
    public required double PenaltyUsdPerMwh { get; init => field = Check.Positive(value); }
}

/// <summary>What one window hands to the next: nothing else of the past matters.</summary>
public struct CommitmentState
{
    /// <summary>First hour that is still to be planned, counted from the start of the whole horizon.</summary>
    public int Hour;

    /// <summary>Hours that each unit has been on (positive) or off (negative).</summary>
    public int[] InStatusHours;

    /// <summary>Output of each unit in the last hour, for its ramps; not a number when it does not bind.</summary>
    public double[] OutputMw;

    /// <summary>Energy in the battery.</summary>
    public double StoredMwh;

    /// <summary>Emissions since the start of the whole horizon.</summary>
    public double EmittedKg;
}

/// <summary>Which units run in which hours: the whole question.</summary>
public sealed record CommitmentProblem
{
    /// <summary>The units.</summary>
    public required IReadOnlyList<CommittableUnit> Units { get; init; }

    /// <summary>Load of every hour.</summary>
    public required IReadOnlyList<double> LoadMw { get; init; }

    /// <summary>The battery, if any.</summary>
    public CommitmentBattery? Battery { get; init; }

    /// <summary>The grid connection, if any.</summary>
    public GridImport? Import { get; init; }

    /// <summary>What must be ready beyond the load.</summary>
    public ReserveRule Reserve { get; init; } = new();

    /// <summary>Fuel lines with their limits.</summary>
    public IReadOnlyList<FuelLine> FuelLines { get; init; } = [];

    /// <summary>Most that may be emitted over the whole horizon; absent when there is no cap.</summary>
    public double? EmissionsCapKg { get; init; }

    /// <summary>What is done when supply falls short, whatever it costs least first; what they leave is shed at <see cref="ShedUsdPerMwh"/>.</summary>
    public IReadOnlyList<ShortfallRung> Shortfall { get; init; } = [];

    /// <summary>Penalty of load that is simply lost.</summary>
    [Default(Grade.E, "assumption: value of lost load")]
    public double ShedUsdPerMwh { get; init => field = Check.Positive(value); } = 10_000;

    /// <summary>Penalty of output that nobody takes.</summary>
    [Default(Grade.E, "assumption: dearer than any fuel")]
    public double DumpUsdPerMwh { get; init => field = Check.NotNegative(value); } = 1_000;

    /// <summary>Penalty of reserve that is missing, per hour.</summary>
    [Default(Grade.E, "assumption: half the value of lost load")]
    public double ReserveShortUsdPerMwh { get; init => field = Check.Positive(value); } = 5_000;

    /// <summary>What came before the first hour; absent when it is what the units and the battery say.</summary>
    public CommitmentState? Start { get; init; }

    /// <summary>Hours of the whole horizon that are left to share the emissions cap; 0 when the horizon ends with the load.</summary>
    internal int HoursLeft { get; init; }

    /// <summary>Whether the end of the load is the end of the horizon, so that the battery must reach its final charge.</summary>
    internal bool IsLast { get; init; } = true;

    /// <summary>Units one by one: the sum of all counts.</summary>
    public int UnitCount => Units.Sum(unit => unit.Count);

    /// <summary>What came before the first hour.</summary>
    public CommitmentState FirstState()
    {
        if (Start is { } given) { return given; }
        CommitmentUnitStarts starts = new(Units);
        return new CommitmentState
        {
            InStatusHours = starts.InStatusHours,
            OutputMw = starts.OutputMw,
            StoredMwh = Battery is { } battery ? battery.InitialFraction * battery.CapacityMwh : 0,
        };
    }

    /// <summary>A stretch of the hours, from a state on.</summary>
    /// <param name="state">What came before; its hour is the first one of the stretch.</param>
    /// <param name="hours">Length; the horizon's end cuts it.</param>
    public CommitmentProblem Window(CommitmentState state, int hours)
    {
        int first = state.Hour - (Start?.Hour ?? 0);
        int count = Math.Min(hours, LoadMw.Count - first);
        bool isWhole = first == 0 && count == LoadMw.Count;
        return this with
        {
            LoadMw = [.. LoadMw.Skip(first).Take(count)],
            Import = Import is { PriceUsdPerMwh.Count: > 1 } import ? import with { PriceUsdPerMwh = [.. import.PriceUsdPerMwh.Skip(first).Take(count)] } : Import,
            Start = state,
            HoursLeft = isWhole ? 0 : LoadMw.Count - first,
            IsLast = first + count == LoadMw.Count,
        };
    }

    private readonly struct CommitmentUnitStarts
    {
        public CommitmentUnitStarts(IReadOnlyList<CommittableUnit> units)
        {
            List<int> hours = [];
            List<double> outputs = [];
            foreach (CommittableUnit unit in units)
            {
                int inStatus = Math.Max(1, (int)Math.Floor(Math.Min(unit.InStatusS, 1e8) / 3600 + 1e-9));
                for (int i = 0; i < unit.Count; i++)
                {
                    hours.Add(unit.IsOn ? inStatus : -inStatus);
                    outputs.Add(unit.OutputMw ?? (unit.IsOn ? double.NaN : 0));
                }
            }
            (InStatusHours, OutputMw) = ([.. hours], [.. outputs]);
        }

        public int[] InStatusHours { get; }

        public double[] OutputMw { get; }
    }
}
