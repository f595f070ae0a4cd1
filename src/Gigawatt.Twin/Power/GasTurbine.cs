using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>What turns fuel into shaft power.</summary>
public enum PrimeMover
{
    /// <summary>A gas turbine in simple cycle, industrial or aeroderivative.</summary>
    GasTurbine,

    /// <summary>A reciprocating gas engine.</summary>
    GasEngine,

    /// <summary>A fuel cell.</summary>
    FuelCell,
}

/// <summary>Fuel of a unit at one load, as makers publish it.</summary>
public sealed record FuelPoint
{
    /// <summary>Load as a share of rated output.</summary>
    public required double LoadFraction { get; init => field = Check.PositiveFraction(value); }

    /// <summary>Fuel per unit of electricity at that load, lower heating value.</summary>
    public required double HeatRateRatio { get; init => field = Check.Within(value, 1, 20); }
}

/// <summary>A generating set that burns natural gas. One spec may describe many identical units.</summary>
/// <remarks>
/// Fuel follows a Willans line (a no-load flow plus a constant slope) or a maker's points. Output falls linearly with inlet air
/// temperature above 15 °C, with station pressure and with the losses of inlet and exhaust; below 15 °C it rises on the same
/// line up to the limit of generator and gearbox. Not modelled: humidity of the inlet air other than in its cooling, gas
/// composition, power and heat of anti-icing, partial outages.
/// </remarks>
[Catalog("turbines")]
public sealed record GasTurbineSpec : ISelfChecking
{
    /// <summary>What the manufacturer calls it.</summary>
    public string Title { get; init; } = "";

    /// <summary>What turns fuel into shaft power.</summary>
    [Default(Grade.E, "assumption: gas turbine unless said otherwise")]
    public PrimeMover PrimeMover { get; init; } = PrimeMover.GasTurbine;

    /// <summary>Net electrical output at 15 °C, sea level, new and clean.</summary>
    public required double RatedMw { get; init => field = Check.Positive(value); }

    /// <summary>Fuel per unit of electricity at rated output, lower heating value.</summary>
    public required double HeatRateRatio { get; init => field = Check.Within(value, 1, 10); }

    /// <summary>Fuel at zero output as a share of full-load fuel: the intercept of the Willans line.</summary>
    [Default(Grade.D, "GGOV1 default no-load flow 0.2 and gain 1.5: 0.2 / (0.2 + 1/1.5) (GridLAB-D diesel_dg)")]
    public double NoLoadFuelFraction { get; init => field = Check.Within(value, 0, 0.95); } = 0.2 / (0.2 + 1 / 1.5);

    /// <summary>Heat rates by load instead of the Willans line, up to 100 % load where they meet the rating.</summary>
    public IReadOnlyList<FuelPoint> FuelPoints
    {
        get;
        init
        {
            field = value;
            FuelCurve = GasTurbine.CurveOf(value);
        }
    } = [];

    /// <summary>Lowest output at which the unit runs stably, as a share of rated output.</summary>
    [Default(Grade.A, "40 % of a 55 MW combustion turbine (RTS-GMLC)")]
    public double MinStableFraction { get; init => field = Check.Within(value, 0, double.MaxValue); } = 0.4;

    /// <summary>Fastest scheduled change of output of one unit, up or down.</summary>
    [Default(Grade.E, "assumption: between 3.7 MW/min (RTS-GMLC combustion turbine) and 20–50 MW/min (aeroderivatives)")]
    public double RampMwPerS { get; init => field = Check.Positive(value); } = 8.0 / 60;

    /// <summary>Load that one unit takes at a blow, within seconds, as a share of rated output: its governor, not its schedule.</summary>
    [Default(Grade.B, "15 % of rating (Caterpillar sizing library, standing units)")]
    public double BlockLoadFraction { get; init => field = Check.Fraction(value); } = 0.15;

    /// <summary>Output lost per kelvin of inlet air above 15 °C, as a share of rated output.</summary>
    [Default(Grade.B, "0.7–0.8 %/K for frame and industrial machines (Newkirk et al. 2025, assumption there)")]
    public double DerateFractionPerK { get; init => field = Check.Within(value, 0, 0.05); } = 0.007;

    /// <summary>Rise of the full-load heat rate per kelvin of inlet air above 15 °C, as a share.</summary>
    [Default(Grade.E, "assumption: 0.15 %/K, within 0.1–0.25 %/K as recalled for simple-cycle turbines")]
    public double HeatRateRiseFractionPerK { get; init => field = Check.Within(value, 0, 0.01); } = 0.0015;

    /// <summary>Highest output on a cold day as a share of rated output: the limit of generator and gearbox.</summary>
    [Default(Grade.E, "assumption: generator and gearbox sized for the rated output")]
    public double ColdDayLimitFraction { get; init => field = Check.Within(value, 0.5, 1.5); } = 1;

    /// <summary>Pressure lost in inlet filters and ducts beyond what the rating includes.</summary>
    [Default(Grade.E, "assumption: none, ratings of packages include their own filters")]
    public double InletLossPa { get; init => field = Check.Within(value, 0, 5000); }

    /// <summary>Pressure lost in silencer, catalyst and stack beyond what the rating includes.</summary>
    [Default(Grade.E, "assumption: none, ratings of packages include their own stack")]
    public double ExhaustLossPa { get; init => field = Check.Within(value, 0, 10_000); }

    /// <summary>Cooling of the inlet air; absent when there is none.</summary>
    public InletCoolingSpec? InletCooling { get; init; }

    /// <summary>Time from the order to start until the unit can take load, when it is hot.</summary>
    [Default(Grade.B, "5–10 min for LM-class units (vendor family claims)")]
    public double StartS { get; init => field = Check.NotNegative(value); } = 600;

    /// <summary>Fuel burnt by one hot start, lower heating value.</summary>
    [Default(Grade.E, "assumption: ten minutes at no-load flow of a 38 MW unit")]
    public double StartFuelMwh { get; init => field = Check.NotNegative(value); } = 3.6;

    /// <summary>Time of a warm start; that of a hot one when absent.</summary>
    public double? WarmStartS { get; init => field = value is { } time ? Check.NotNegative(time) : null; }

    /// <summary>Fuel of a warm start; that of a hot one in proportion to its time when absent.</summary>
    public double? WarmStartFuelMwh { get; init => field = value is { } fuel ? Check.NotNegative(fuel) : null; }

    /// <summary>Time of a cold start; that of a warm one when absent.</summary>
    public double? ColdStartS { get; init => field = value is { } time ? Check.NotNegative(time) : null; }

    /// <summary>Fuel of a cold start; that of a warm one in proportion to its time when absent.</summary>
    public double? ColdStartFuelMwh { get; init => field = value is { } fuel ? Check.NotNegative(fuel) : null; }

    /// <summary>Time at rest after which a unit is no longer hot.</summary>
    [Default(Grade.E, "assumption: 8 h, the usual limit of a hot start")]
    public double WarmAfterS { get; init => field = Check.NotNegative(value); } = 8 * 3600.0;

    /// <summary>Time at rest after which a unit is cold.</summary>
    [Default(Grade.E, "assumption: 72 h, the usual limit of a warm start")]
    public double ColdAfterS { get; init => field = Check.NotNegative(value); } = 72 * 3600.0;

    /// <summary>Chance that an ordered start fails.</summary>
    [Default(Grade.B, "0.94 % failure to start (REopt outage simulator, standby engine); start reliability of turbines 97–99 % as recalled")]
    public double StartFailureFraction { get; init => field = Check.Within(value, 0, 0.9); } = 0.0094;

    /// <summary>Time after a failed start until it may be tried again.</summary>
    [Default(Grade.E, "assumption: 1 h to purge, find the cause and reset")]
    public double StartRetryS { get; init => field = Check.NotNegative(value); } = 3600;

    /// <summary>Wear and work that one start costs beyond its fuel.</summary>
    [Default(Grade.E, "assumption: none beyond fuel and equivalent hours")]
    public double StartCostUsd { get; init => field = Check.NotNegative(value); }

    /// <summary>Shortest time a started unit stays on before dispatch may stop it.</summary>
    [Default(Grade.C, "minimum up time 2.2 h of a 55 MW combustion turbine (RTS-GMLC)")]
    public double MinRunS { get; init => field = Check.NotNegative(value); } = 2.2 * 3600;

    /// <summary>Shortest time a stopped unit rests before dispatch may start it.</summary>
    [Default(Grade.C, "minimum down time 2.2 h of a 55 MW combustion turbine (RTS-GMLC)")]
    public double MinDownS { get; init => field = Check.NotNegative(value); } = 2.2 * 3600;

    /// <summary>Upkeep that runs with the energy generated.</summary>
    [Default(Grade.E, "assumption: none beyond what operating items and rents pay")]
    public double VariableCostUsdPerMwh { get; init => field = Check.NotNegative(value); }

    /// <summary>Mean time in service between forced outages.</summary>
    [Default(Grade.B, "4,000 h (Caterpillar sizing library, Titan units)")]
    public double MeanTimeToFailureS { get; init => field = Check.Positive(value); } = 4000 * 3600.0;

    /// <summary>Mean time to repair a forced outage.</summary>
    [Default(Grade.B, "24 h (Caterpillar sizing library, Titan units)")]
    public double MeanRepairS { get; init => field = Check.Positive(value); } = 24 * 3600.0;

    /// <summary>What its exhaust carries.</summary>
    public UnitEmissions Emissions { get; init; } = new();

    /// <summary>Planned work by equivalent operating hours; absent when none is planned.</summary>
    public MaintenanceSpec? Maintenance { get; init; }

    /// <summary>What running takes from it for good, until it is overhauled.</summary>
    public UnitAgeingSpec Ageing { get; init; } = new();

    /// <summary>Inertia constant of rotor and generator on the base of its machine: stored energy over apparent power.</summary>
    [Default(Grade.A, "2.8 s of combustion turbines (RTS-GMLC)")]
    public double InertiaS { get; init => field = Check.Within(value, 0, 20); } = 2.8;

    /// <summary>Apparent power of the machine per unit of rated output.</summary>
    [Default(Grade.B, "machine MVA about 1.25 × MW")]
    public double MachineMvaRatio { get; init => field = Check.Within(value, 1, 2); } = 1.25;

    /// <summary>Price of one unit delivered and installed; absent when not known.</summary>
    public double? PriceUsd { get; init; }

    /// <summary>Lowest output at which it may run: stable and, where emissions forbid less, within its guarantee; share of rated output.</summary>
    public double LowestFraction => Emissions.BelowCompliance == PartLoadEmissions.NotPermitted
        ? Math.Max(MinStableFraction, Emissions.CompliantFraction) : MinStableFraction;

    // Fuel by load, both as shares of full load; null for the Willans line.
    internal Curve? FuelCurve { get; private init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (MinStableFraction > 1)
        {
            yield return new(nameof(MinStableFraction), "a minimum below the rating (at most 100 %)",
                FormattableString.Invariant($"{MinStableFraction * 100:0.#} % of {RatedMw:0.###} MW"));
        }
        if (FuelPoints.Count > 0)
        {
            if (FuelCurve is null)
            {
                yield return new(nameof(FuelPoints), "two or more points whose loads rise and end at 100 % and whose fuel rises with them",
                    FormattableString.Invariant($"{FuelPoints.Count} point(s), the last at {FuelPoints[^1].LoadFraction * 100:0.#} %"));
            }
            else if (Math.Abs(FuelPoints[^1].HeatRateRatio / HeatRateRatio - 1) > 0.01)
            {
                yield return new(nameof(FuelPoints), FormattableString.Invariant($"a point at 100 % load within 1 % of the heat rate, {HeatRateRatio * 3.6:0.###} MJ/kWh"),
                    FormattableString.Invariant($"{FuelPoints[^1].HeatRateRatio * 3.6:0.###} MJ/kWh"));
            }
        }
        double warmS = WarmStartS ?? StartS;
        if (warmS < StartS) { yield return new(nameof(WarmStartS), "at least the time of a hot start", Shorter(warmS, StartS)); }
        if ((ColdStartS ?? warmS) < warmS) { yield return new(nameof(ColdStartS), "at least the time of a hotter start", Shorter(ColdStartS ?? warmS, warmS)); }
        if (ColdAfterS < WarmAfterS) { yield return new(nameof(ColdAfterS), "at least the time after which a unit is warm", Shorter(ColdAfterS, WarmAfterS)); }
    }

    private static string Shorter(double foundS, double leastS) => $"{Figures.Duration(foundS)}, less than {Figures.Duration(leastS)}";
}

/// <summary>How one generating unit stands.</summary>
public enum UnitMode : byte
{
    /// <summary>Ready, not turning.</summary>
    Off,

    /// <summary>Ordered to start, not yet able to take load.</summary>
    Starting,

    /// <summary>On the bus.</summary>
    Running,

    /// <summary>On forced outage.</summary>
    Failed,

    /// <summary>Failed to start; not yet to be tried again.</summary>
    Waiting,

    /// <summary>Out for planned maintenance.</summary>
    Maintained,
}

/// <summary>What one generating unit remembers between steps.</summary>
public struct GasTurbineState
{
    /// <summary>How it stands.</summary>
    public UnitMode Mode;

    /// <summary>Simulated time at which a starting, waiting or maintained unit is ready, or since when a running one has run.</summary>
    public double SinceS;

    /// <summary>Simulated time at which it last left the bus; long ago for a unit that is new.</summary>
    public double StoppedS;

    /// <summary>How long it must rest from then on; nothing after protection took it off hot.</summary>
    public double RestS;

    /// <summary>Length of the start under way.</summary>
    public double StartingS;

    /// <summary>Fuel of the start under way.</summary>
    public double StartFuelMwh;

    /// <summary>Equivalent operating time so far, up to <see cref="CountedS"/>.</summary>
    public double EquivalentS;

    /// <summary>Simulated time up to which a running unit's equivalent time is counted.</summary>
    public double CountedS;

    /// <summary>Equivalent operating time at the last overhaul that renewed it.</summary>
    public double RenewedS;
}

/// <summary>What one unit can give in the air of a step, and what it costs in fuel.</summary>
/// <param name="AvailableMw">Highest output at its terminals, inlet cooling deducted.</param>
/// <param name="CapabilityMw">Output of the machine at full fuel, whatever generator and gearbox allow.</param>
/// <param name="HeatRateFactor">Full-load heat rate over its rating.</param>
/// <param name="CoolingMw">Taken by the chiller of its inlet air.</param>
/// <param name="InletC">Air at the compressor.</param>
public readonly record struct UnitConditions(double AvailableMw, double CapabilityMw, double HeatRateFactor, double CoolingMw, double InletC);

/// <summary>The gas turbine's equations.</summary>
public static class GasTurbine
{
    private const double IsoInletC = 15;
    private const double SeaLevelPa = 101_325;

    // GE GER-3567 as recalled: 4 inH2O (996.4 Pa) at the inlet take 1.42 % of power and add 0.45 % to the heat rate, at the exhaust 0.42 % and 0.42 %.
    private const double FourInchesPa = 996.356;
    private const double InletPowerPerPa = 0.0142 / FourInchesPa;
    private const double InletHeatPerPa = 0.0045 / FourInchesPa;
    private const double ExhaustPerPa = 0.0042 / FourInchesPa;

    // Beyond these the straight line of the heat rate means nothing.
    private const double ColdestK = -55;
    private const double HottestK = 45;

    /// <summary>Highest output of one new unit that inlet air and altitude allow, in air that is too damp to evaporate water.</summary>
    /// <remarks>P = rated · (p / 101.325 kPa) · [1 − a (T − 15 °C)] less duct losses, at most the cold-day limit and at least zero.</remarks>
    public static double AvailableMw(GasTurbineSpec spec, double inletAirC, double pressurePa) =>
        Conditions(spec, inletAirC, inletAirC, pressurePa, 0).AvailableMw;

    /// <summary>What one unit can give in given air.</summary>
    /// <remarks>
    /// Capability = rated · (p / 101.325 kPa) · [1 − a (T − 15 °C)] · (1 − k Δp) · (1 − ageing); heat rate factor =
    /// [1 + c (T − 15 °C)] · (1 + k' Δp) · (1 + ageing), without altitude: fuel falls with the air. A chiller runs when it gains more than it takes.
    /// </remarks>
    /// <param name="spec">The unit.</param>
    /// <param name="dryBulbC">Outdoor air.</param>
    /// <param name="wetBulbC">Its wet-bulb temperature.</param>
    /// <param name="pressurePa">Station pressure.</param>
    /// <param name="agedS">Equivalent operating time since the unit was new or renewed.</param>
    public static UnitConditions Conditions(GasTurbineSpec spec, double dryBulbC, double wetBulbC, double pressurePa, double agedS)
    {
        UnitConditions plain = AtInlet(spec, dryBulbC, 0, pressurePa, agedS);
        if (spec.InletCooling is not { } cooling) { return plain; }
        CooledAir air = InletCooling.Cool(cooling, spec.RatedMw, dryBulbC, wetBulbC, pressurePa);
        UnitConditions cooled = AtInlet(spec, air.InletC, air.ElectricMw, pressurePa, agedS);
        return cooled.AvailableMw > plain.AvailableMw ? cooled : plain;
    }

    /// <summary>Fuel flow of one unit at a steady output, at 15 °C and sea level, lower heating value.</summary>
    /// <remarks>Willans line: F(x) = full-load fuel · [f0 + (1 − f0) x], x = output / rated; or the maker's points.</remarks>
    public static double FuelMw(GasTurbineSpec spec, double outputMw) =>
        FuelShare(spec, outputMw / spec.RatedMw) * spec.RatedMw * spec.HeatRateRatio;

    /// <summary>Fuel flow of one unit at a steady output in given air, lower heating value.</summary>
    /// <remarks>The line's full load is the machine's capability in that air, so that thin air alone leaves the heat rate as it is.</remarks>
    public static double FuelMw(GasTurbineSpec spec, in UnitConditions at, double outputMw) => at.CapabilityMw <= 0 ? 0
        : FuelShare(spec, (outputMw + at.CoolingMw) / at.CapabilityMw) * at.CapabilityMw * spec.HeatRateRatio * at.HeatRateFactor;

    /// <summary>Time and fuel of a start after so much rest.</summary>
    public static (double LengthS, double FuelMwh) Start(GasTurbineSpec spec, double restS)
    {
        if (restS < spec.WarmAfterS) { return (spec.StartS, spec.StartFuelMwh); }
        double warmS = spec.WarmStartS ?? spec.StartS;
        double warmMwh = spec.WarmStartFuelMwh ?? spec.StartFuelMwh * (spec.StartS > 0 ? warmS / spec.StartS : 1);
        if (restS < spec.ColdAfterS) { return (warmS, warmMwh); }
        double coldS = spec.ColdStartS ?? warmS;
        return (coldS, spec.ColdStartFuelMwh ?? warmMwh * (warmS > 0 ? coldS / warmS : 1));
    }

    /// <summary>Cost of one more megawatt-hour at full load.</summary>
    /// <param name="spec">The unit.</param>
    /// <param name="fuelUsdPerMwh">Price of fuel, per lower heating value.</param>
    public static double MarginalUsdPerMwh(GasTurbineSpec spec, double fuelUsdPerMwh) =>
        spec.HeatRateRatio * fuelUsdPerMwh + spec.VariableCostUsdPerMwh;

    /// <summary>The same with a hot start spread over the shortest run at full load: what a unit costs that is not on yet.</summary>
    public static double StartedUsdPerMwh(GasTurbineSpec spec, double fuelUsdPerMwh) => MarginalUsdPerMwh(spec, fuelUsdPerMwh)
        + (spec.StartFuelMwh * fuelUsdPerMwh + spec.StartCostUsd) / (spec.RatedMw * Math.Max(spec.MinRunS, 3600) / 3600);

    // Straight in fuel flow between the points, and on below the first of them.
    internal static Curve? CurveOf(IReadOnlyList<FuelPoint> points)
    {
        int count = points.Count;
        if (count < 2 || Math.Abs(points[count - 1].LoadFraction - 1) > 1e-9) { return null; }
        double[] loads = new double[count + 1], fuels = new double[count + 1];
        double full = points[count - 1].HeatRateRatio;
        for (int i = 0; i < count; i++)
        {
            loads[i + 1] = points[i].LoadFraction;
            fuels[i + 1] = points[i].LoadFraction * points[i].HeatRateRatio / full;
            if (loads[i + 1] <= loads[i] || fuels[i + 1] <= fuels[i]) { return null; }
        }
        fuels[0] = Math.Max(0, fuels[1] - loads[1] * (fuels[2] - fuels[1]) / (loads[2] - loads[1]));
        return new Curve(loads, fuels);
    }

    private static double FuelShare(GasTurbineSpec spec, double load) => spec.FuelCurve is not { } curve
        ? spec.NoLoadFuelFraction + (1 - spec.NoLoadFuelFraction) * load
        : load <= 1 ? curve.At(load) : load;

    private static UnitConditions AtInlet(GasTurbineSpec spec, double inletC, double coolingMw, double pressurePa, double agedS)
    {
        double share = pressurePa / SeaLevelPa * (1 - spec.DerateFractionPerK * (inletC - IsoInletC));
        share *= 1 - InletPowerPerPa * spec.InletLossPa - ExhaustPerPa * spec.ExhaustLossPa;
        share = Math.Max(0, share * (1 - UnitAgeing.LostPowerFraction(spec.Ageing, agedS)));
        double heat = 1 + spec.HeatRateRiseFractionPerK * Math.Limit(inletC - IsoInletC, ColdestK, HottestK);
        heat *= 1 + InletHeatPerPa * spec.InletLossPa + ExhaustPerPa * spec.ExhaustLossPa;
        heat *= 1 + UnitAgeing.AddedHeatFraction(spec.Ageing, agedS);
        double netMw = Math.Max(0, spec.RatedMw * Math.Min(share, spec.ColdDayLimitFraction) - coolingMw);
        return new UnitConditions(netMw, spec.RatedMw * share, heat, coolingMw, inletC);
    }
}
