using Gigawatt.Numerics;
using Gigawatt.Power.Protection;

namespace Gigawatt.Power.Transients;

/// <summary>Identical machines in the same state on the bus.</summary>
/// <remarks>
/// All machines swing together (centre of inertia): 2 H S dΔω/dt = mechanical − electrical power − D S Δω, power standing for torque.
/// Not modelled: swings of machines against each other, generator flux, voltage regulators.
/// </remarks>
public sealed record MachineGroupSpec : ISelfChecking
{
    /// <summary>Name that events refer to.</summary>
    public required string Name { get; init; }

    /// <summary>Machines on the bus.</summary>
    public required int Count { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Rating of one generator.</summary>
    public required double GeneratorMva { get; init => field = Check.Positive(value); }

    /// <summary>Highest output of one machine on this day.</summary>
    public required double RatedMw { get; init => field = Check.Positive(value); }

    /// <summary>Base power of the governor's per-unit values, droop included; the rated output unless given.</summary>
    public double? TurbineBaseMw { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Stored energy of one machine over its MVA rating: H.</summary>
    public required double InertiaS { get; init => field = Check.NotNegative(value); }

    /// <summary>Power lost per frequency gained, on the MVA rating: D.</summary>
    [Default(Grade.E, "assumption: none, the cautious side")]
    public double DampingPu { get; init => field = Check.NotNegative(value); }

    /// <summary>Its governor.</summary>
    public required GovernorSpec Governor { get; init; }

    /// <summary>Output of the whole group before anything happens.</summary>
    public required double CarryingMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Whether it takes part in bringing frequency back to nominal (isochronous sharing).</summary>
    [Default(Grade.E, "assumption: droop alone within the seconds that are looked at")]
    public bool IsIsochronous { get; init; }

    /// <summary>Load that one machine can take on at once, as a share of rated output; without limit when absent.</summary>
    public double? BlockLoadFraction { get; init => field = value is { } given ? Check.Within(given, 0.01, 2) : null; }

    /// <summary>How fast one machine takes on load beyond its block.</summary>
    [Default(Grade.B, "2–3 MW/s (Caterpillar sizing library)")]
    public double PickUpMwPerS { get; init => field = Check.Positive(value); } = 2.5;

    /// <summary>Fall of fuel flow, as a share of full-load fuel, at which a lean flame goes out; never when absent.</summary>
    public double? BlowOutFraction { get; init => field = value is { } given ? Check.Within(given, 0.01, 1) : null; }

    /// <summary>Time within which that fall puts the flame out.</summary>
    [Default(Grade.E, "assumption: half a second")]
    public double BlowOutWindowS { get; init => field = Check.Positive(value); } = 0.5;

    /// <summary>Fuel at no load as a share of fuel at full load, for the blow-out.</summary>
    [Default(Grade.D, "GGOV1 default no-load flow 0.2 and gain 1.5: 0.2 / (0.2 + 1/1.5) (GridLAB-D diesel_dg)")]
    public double NoLoadFuelFraction { get; init => field = Check.Within(value, 0, 0.95); } = 0.2 / (0.2 + 1 / 1.5);

    /// <summary>Time from the order to start until a tripped machine can take load again.</summary>
    [Default(Grade.B, "5–10 min for LM-class units (vendor family claims)")]
    public double StartS { get; init => field = Check.NotNegative(value); } = 600;

    /// <summary>Frequency relay of each machine.</summary>
    public FrequencyRelaySpec Relay { get; init; } = new();

    /// <summary>Rate-of-change relay of each machine, if it has one.</summary>
    public RateOfChangeRelaySpec? RateRelay { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (CarryingMw > Count * RatedMw * (1 + 1e-9))
        {
            yield return new(nameof(CarryingMw), FormattableString.Invariant($"at most {Count} × {RatedMw:0.###} = {Count * RatedMw:0.###} MW"),
                FormattableString.Invariant($"{CarryingMw:0.###} MW"));
        }
    }
}

/// <summary>How isochronous machines share: an integral on the common frequency error and a load-share line.</summary>
public sealed record SharingSpec
{
    /// <summary>Movement of every reference per frequency error.</summary>
    [Default(Grade.E, "assumption: 1 % of frequency moves the references by 10 % of base power in 2 s")]
    public double IntegralGainPerS { get; init => field = Check.NotNegative(value); } = 5;

    /// <summary>Movement of one reference per distance from the mean loading.</summary>
    [Default(Grade.E, "assumption: differences of loading halve in 7 s")]
    public double LoadShareGainPerS { get; init => field = Check.NotNegative(value); } = 0.1;
}
