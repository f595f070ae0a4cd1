using Gigawatt.Numerics;

namespace Gigawatt.Power.Commitment;

/// <summary>A time in which a unit is taken apart and cannot run.</summary>
public sealed record MaintenanceWindow : ISelfChecking
{
    /// <summary>Beginning, from the start of the horizon.</summary>
    public required double FromS { get; init => field = Check.NotNegative(value); }

    /// <summary>End, from the start of the horizon.</summary>
    public required double ToS { get; init => field = Check.Positive(value); }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (ToS <= FromS) { yield return new(nameof(ToS), "an end after the beginning", FormattableString.Invariant($"{ToS / 3600:0.##} h after {FromS / 3600:0.##} h")); }
    }
}

/// <summary>A unit that is switched on and off: limits, costs, times, and what it was doing before the first hour.</summary>
/// <remarks>
/// An hour at P costs C(P) = no-load + incremental · P + quadratic · P², plus the price of fuel times F(P) of the same form; a Willans
/// line is F without its square term. A start is hot when the unit was down for at most <see cref="HotUntilS"/>, else cold. Times are
/// whole hours, rounded up. Not modelled: start-up and shut-down below the minimum, a cost of stopping, prohibited zones.
/// </remarks>
public sealed record CommittableUnit : ISelfChecking
{
    /// <summary>What the site calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Identical units of this kind, all in the same initial status.</summary>
    [Default(Grade.E, "one unit")]
    public int Count { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Lowest output of a running unit.</summary>
    public required double MinMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Highest output.</summary>
    public required double MaxMw { get; init => field = Check.Positive(value); }

    /// <summary>Cost of running at no load, beside fuel.</summary>
    [Default(Grade.E, "none: the cost may be in the fuel")]
    public double NoLoadUsdPerS { get; init => field = Check.NotNegative(value); }

    /// <summary>Cost of a megawatt-hour, beside fuel.</summary>
    [Default(Grade.E, "none: the cost may be in the fuel")]
    public double IncrementalUsdPerMwh { get; init => field = Check.Finite(value); }

    /// <summary>Growth of the cost with the square of output, beside fuel.</summary>
    [Default(Grade.E, "none: a straight line")]
    public double QuadraticUsdPerMwMwh { get; init => field = Check.Finite(value); }

    /// <summary>Price of fuel.</summary>
    [Default(Grade.E, "none: costs are given as money")]
    public double FuelPriceUsdPerMwh { get; init => field = Check.NotNegative(value); }

    /// <summary>Fuel at no load.</summary>
    [Default(Grade.E, "none: costs are given as money")]
    public double NoLoadFuelMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Fuel per unit of electricity, the slope of the fuel curve.</summary>
    [Default(Grade.E, "none: costs are given as money")]
    public double IncrementalFuelRatio { get; init => field = Check.Finite(value); }

    /// <summary>Growth of the fuel with the square of output.</summary>
    [Default(Grade.E, "none: a Willans line")]
    public double QuadraticFuelPerMw { get; init => field = Check.Finite(value); }

    /// <summary>Cost of a start while still hot.</summary>
    [Default(Grade.E, "none")]
    public double HotStartUsd { get; init => field = Check.NotNegative(value); }

    /// <summary>Cost of a start from cold; absent when it is that of a hot one.</summary>
    public double? ColdStartUsd { get; init; }

    /// <summary>Longest time down after which a start is still hot.</summary>
    [Default(Grade.E, "assumption: 8 h")]
    public double HotUntilS { get; init => field = Check.NotNegative(value); } = 8 * 3600.0;

    /// <summary>Shortest time a started unit runs.</summary>
    [Default(Grade.E, "one hour, the step")]
    public double MinUpS { get; init => field = Check.Within(value, 0, 1e7); } = 3600;

    /// <summary>Shortest time a stopped unit stays down.</summary>
    [Default(Grade.E, "one hour, the step")]
    public double MinDownS { get; init => field = Check.Within(value, 0, 1e7); } = 3600;

    /// <summary>Fastest rise from hour to hour; absent when it does not bind.</summary>
    public double? RampUpMwPerS { get; init; }

    /// <summary>Fastest fall from hour to hour; absent when it does not bind.</summary>
    public double? RampDownMwPerS { get; init; }

    /// <summary>Highest output in the first hour after a start; absent when there is no such limit.</summary>
    public double? StartLimitMw { get; init; }

    /// <summary>Highest output in the last hour before a stop; absent when there is no such limit.</summary>
    public double? StopLimitMw { get; init; }

    /// <summary>Whether it was on before the first hour.</summary>
    [Default(Grade.E, "off")]
    public bool IsOn { get; init; }

    /// <summary>How long it had been in that status.</summary>
    [Default(Grade.E, "assumption: two days, long enough for minimum times")]
    public double InStatusS { get; init => field = Check.Positive(value); } = 48 * 3600.0;

    /// <summary>Output before the first hour; absent when it was on somewhere between its limits that does not bind.</summary>
    public double? OutputMw { get; init; }

    /// <summary>Whether it runs whenever it can.</summary>
    [Default(Grade.E, "free to stop")]
    public bool MustRun { get; init; }

    /// <summary>Times in which it cannot run.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance { get; init; } = [];

    /// <summary>Name of the fuel line it hangs on; empty when fuel is without limit.</summary>
    public string FuelLine { get; init; } = "";

    /// <summary>Name of the feeder that it shares with others, which is lost as one; empty when each unit is a block of its own.</summary>
    public string Feeder { get; init; } = "";

    /// <summary>Emission per unit of fuel.</summary>
    [Default(Grade.E, "not counted")]
    public double EmissionKgPerMwh { get; init => field = Check.NotNegative(value); }

    /// <summary>Cost curve of a running unit, fuel included.</summary>
    public CostCurve Curve => new()
    {
        MinMw = MinMw,
        MaxMw = MaxMw,
        NoLoadUsd = NoLoadUsdPerS * 3600 + FuelPriceUsdPerMwh * NoLoadFuelMw,
        IncrementalUsdPerMwh = IncrementalUsdPerMwh + FuelPriceUsdPerMwh * IncrementalFuelRatio,
        QuadraticUsdPerMwMwh = QuadraticUsdPerMwMwh + FuelPriceUsdPerMwh * QuadraticFuelPerMw,
    };

    /// <summary>A generating set as the campus has it, on its Willans line.</summary>
    /// <param name="spec">The machine.</param>
    /// <param name="name">What the site calls it.</param>
    /// <param name="count">How many of it.</param>
    /// <param name="fuelUsdPerMwh">Price of fuel, lower heating value.</param>
    public static CommittableUnit Of(GasTurbineSpec spec, string name, int count, double fuelUsdPerMwh) => new()
    {
        Name = name,
        Count = count,
        MinMw = spec.MinStableFraction * spec.RatedMw,
        MaxMw = spec.RatedMw,
        FuelPriceUsdPerMwh = fuelUsdPerMwh,
        NoLoadFuelMw = spec.NoLoadFuelFraction * spec.HeatRateRatio * spec.RatedMw,
        IncrementalFuelRatio = (1 - spec.NoLoadFuelFraction) * spec.HeatRateRatio,
        HotStartUsd = spec.StartFuelMwh * fuelUsdPerMwh,
        MinUpS = Math.Max(3600, spec.MinRunS),
        RampUpMwPerS = spec.RampMwPerS,
        RampDownMwPerS = spec.RampMwPerS,
    };

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        CostCurve curve = Curve;
        if (MinMw > MaxMw) { yield return new(nameof(MinMw), "a minimum at or below the maximum", FormattableString.Invariant($"{MinMw:G6} MW above {MaxMw:G6} MW")); }
        if (QuadraticFuelPerMw < 0 || QuadraticUsdPerMwMwh < 0)
        {
            yield return new(QuadraticFuelPerMw < 0 ? nameof(QuadraticFuelPerMw) : nameof(QuadraticUsdPerMwMwh), "0 or more: each further MW may not cost less than the one before (convex)",
                FormattableString.Invariant($"{(QuadraticFuelPerMw < 0 ? QuadraticFuelPerMw : QuadraticUsdPerMwMwh):G6}"));
        }
        else if (curve.MarginalUsdPerMwh(MinMw) < 0)
        {
            yield return new(IncrementalFuelRatio < 0 ? nameof(IncrementalFuelRatio) : nameof(IncrementalUsdPerMwh), "a cost that rises with output",
                FormattableString.Invariant($"a cost that falls by {-curve.MarginalUsdPerMwh(MinMw):G4} USD/MWh at the minimum"));
        }
        if (ColdStartUsd is { } cold && !(cold >= HotStartUsd)) { yield return new(nameof(ColdStartUsd), "a cold start at least as dear as a hot one", FormattableString.Invariant($"{cold:G6} USD below {HotStartUsd:G6} USD")); }
        if (RampUpMwPerS is <= 0) { yield return new(nameof(RampUpMwPerS), "more than 0 MW/h, or no such key", "a unit that cannot rise"); }
        if (RampDownMwPerS is <= 0) { yield return new(nameof(RampDownMwPerS), "more than 0 MW/h, or no such key", "a unit that cannot fall"); }
        if (StartLimitMw < MinMw) { yield return new(nameof(StartLimitMw), "the minimum output or more", FormattableString.Invariant($"{StartLimitMw:G6} MW below {MinMw:G6} MW")); }
        if (StopLimitMw < MinMw) { yield return new(nameof(StopLimitMw), "the minimum output or more", FormattableString.Invariant($"{StopLimitMw:G6} MW below {MinMw:G6} MW")); }
        if (OutputMw is { } output && (IsOn ? output < MinMw || output > MaxMw : output != 0))
        {
            yield return new(nameof(OutputMw), IsOn ? FormattableString.Invariant($"{MinMw:G6} to {MaxMw:G6} MW of a unit that is on") : "no output of a unit that is off", FormattableString.Invariant($"{output:G6} MW"));
        }
        if (EmissionKgPerMwh > 0 && NoLoadFuelMw == 0 && IncrementalFuelRatio == 0) { yield return new(nameof(EmissionKgPerMwh), "a fuel curve beside an emission per unit of fuel", "none"); }
        if (FuelLine.Length > 0 && NoLoadFuelMw == 0 && IncrementalFuelRatio == 0) { yield return new(nameof(FuelLine), "a fuel curve beside a fuel line", "none"); }
    }
}
