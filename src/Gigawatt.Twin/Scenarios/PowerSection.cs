using Gigawatt.Buildout;
using Gigawatt.Economics;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios;

/// <summary>Generation, batteries, lines and grid.</summary>
public sealed record PowerSection : ISelfChecking
{
    /// <summary>Generating units that burn gas: turbines, engines, fuel cells.</summary>
    public IReadOnlyList<GeneratorGroupSpec> GasTurbines { get; init; } = [];

    /// <summary>Battery blocks.</summary>
    public IReadOnlyList<BatteryGroupSpec> Batteries { get; init; } = [];

    /// <summary>Connections to a utility.</summary>
    public IReadOnlyList<GridGroupSpec> Grid { get; init; } = [];

    /// <summary>Lines between parcels.</summary>
    public IReadOnlyList<LineGroupSpec> Lines { get; init; } = [];

    /// <summary>Gas lines that limit the fuel of a parcel; without limit when none is given.</summary>
    public IReadOnlyList<FuelLineSpec> FuelLines { get; init; } = [];

    /// <summary>Step-up transformers of generating units.</summary>
    public Power.TransformerSpec StepUp { get; init; } = new();

    /// <summary>Step-down transformers of halls and plant.</summary>
    public Power.TransformerSpec StepDown { get; init; } = new();

    /// <summary>Commitment and reserve.</summary>
    public Power.DispatchSpec Dispatch { get; init; } = new();

    /// <summary>The seconds after a disturbance.</summary>
    public Power.Transients.CampusFrequencySpec Frequency { get; init; } = new();

    /// <summary>How the swing of the load inside a training step is smoothed, and held against which limit.</summary>
    public Power.Waveforms.CampusWaveSpec Wave { get; init; } = new();

    /// <summary>Voltages, reactances and reactive power of the one-line network.</summary>
    public Power.Networks.OneLineSpec Network { get; init; } = new();

    /// <summary>Short circuits and voltage sags as events of the run.</summary>
    public Power.Protection.CampusFaultsSpec Faults { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (StepUp.LoadLossFraction >= Network.StepUpImpedanceFraction) { yield return Lossy(nameof(StepUp), "step_up_impedance", StepUp, Network.StepUpImpedanceFraction); }
        if (StepDown.LoadLossFraction >= Network.StepDownImpedanceFraction) { yield return Lossy(nameof(StepDown), "step_down_impedance", StepDown, Network.StepDownImpedanceFraction); }
    }

    // The resistance is a part of the impedance.
    private static Contradiction Lossy(string property, string key, Power.TransformerSpec spec, double impedanceFraction) => new(
        property, FormattableString.Invariant($"a load loss below network.{key}, {impedanceFraction * 100:0.##} %"),
        FormattableString.Invariant($"{spec.LoadLossFraction * 100:0.##} %"));
}

/// <summary>Identical generating units on one parcel under one contract.</summary>
public sealed record GeneratorGroupSpec
{
    /// <summary>Name of the group.</summary>
    public required string Name { get; init; }

    /// <summary>One unit.</summary>
    [Inline]
    public required Power.GasTurbineSpec Unit { get; init; }

    /// <summary>Units in all.</summary>
    public required int Count { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Parcel it stands on; the halls' when absent.</summary>
    [RefersTo("site.parcels")]
    public string? At { get; init; }

    /// <summary>When units come into service.</summary>
    public Rollout? Online { get; init; }

    /// <summary>Equivalent operating hours behind every unit when it arrives.</summary>
    [Default(Grade.E, "assumption: units arrive new or renewed")]
    public double UsedS { get; init => field = Check.NotNegative(value); }

    /// <summary>Permits under which units may run, the preferred one first; no permit is needed when empty.</summary>
    [RefersTo("buildout.permits")]
    public IReadOnlyList<string> Permits { get; init; } = [];

    /// <summary>Rent, when the units are rented.</summary>
    public LeaseSpec? Lease { get; init; }
}

/// <summary>The gas line of a parcel.</summary>
public sealed record FuelLineSpec
{
    /// <summary>Name of the line.</summary>
    public required string Name { get; init; }

    /// <summary>Parcel it serves; the halls' when absent.</summary>
    [RefersTo("site.parcels")]
    public string? At { get; init; }

    /// <summary>Most fuel it brings, lower heating value.</summary>
    public required double LimitMw { get; init => field = Check.Positive(value); }

    /// <summary>First day of service; the first day of the run when absent.</summary>
    public DateOnly? Online { get; init; }
}

/// <summary>Identical battery blocks on the campus bus.</summary>
public sealed record BatteryGroupSpec
{
    /// <summary>Name of the group.</summary>
    public required string Name { get; init; }

    /// <summary>One block.</summary>
    [Inline]
    public required Power.BatterySpec Block { get; init; }

    /// <summary>Blocks in all.</summary>
    public required int Count { get; init => field = Check.AtLeastOne(value); }

    /// <summary>When blocks come into service.</summary>
    public Rollout? Online { get; init; }

    /// <summary>Rent, when the blocks are rented.</summary>
    public LeaseSpec? Lease { get; init; }
}

/// <summary>A connection to a utility.</summary>
public sealed record GridGroupSpec
{
    /// <summary>Name of the connection.</summary>
    public required string Name { get; init; }

    /// <summary>What may be drawn at what price.</summary>
    [Inline]
    public required Power.GridTieSpec Tie { get; init; }

    /// <summary>First day of service; the first day of the run when absent.</summary>
    public DateOnly? Online { get; init; }

    /// <summary>Last day of service.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Who is paid.</summary>
    [Default(Grade.E, "assumption: one utility")]
    public string Utility { get; init; } = "utility";
}

/// <summary>Circuits of a line from a parcel to the parcel of the halls.</summary>
public sealed record LineGroupSpec
{
    /// <summary>Name of the line.</summary>
    public required string Name { get; init; }

    /// <summary>One circuit.</summary>
    [Inline]
    public required Power.PowerLineSpec Line { get; init; }

    /// <summary>Parcel it comes from; it ends at the first parcel of the site.</summary>
    [RefersTo("site.parcels")]
    public required string From { get; init; }

    /// <summary>Circuits in all.</summary>
    [Default(Grade.E, "assumption: one circuit")]
    public int Count { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>When circuits come into service.</summary>
    public Rollout? Online { get; init; }
}
