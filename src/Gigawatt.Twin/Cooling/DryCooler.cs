using Gigawatt.Numerics;

namespace Gigawatt.Cooling;

/// <summary>A dry cooler: outdoor air cools the water through a finned coil. One spec describes many identical units.</summary>
/// <remarks>
/// Counter-flow ε-NTU whose conductance is found from the rating point and falls with water flow,
/// UA = UA0/(r·w^−0.85 + 1 − r), r = ½ (Modelica Buildings' dry-cooler record; the air term has exponent 0.8). All units
/// in service share the heat at one fan speed, in proportion to the heat and at least 20 %; power goes with its cube.
/// That overstates fan power somewhat: at low speed the air is used better. Not modelled: adiabatic pads, glycol,
/// freezing, wind, recirculation beyond the entering-air temperature given.
/// </remarks>
[Catalog("dry_coolers")]
public sealed record DryCoolerSpec : ISelfChecking
{
    /// <summary>What the catalogue calls the unit.</summary>
    [Default(Grade.E, "assumption: unnamed")]
    public string Title { get; init; } = "";

    /// <summary>Heat one unit rejects at its rating point.</summary>
    public required double RatedMw { get; init => field = Check.Positive(value); }

    /// <summary>Water entering at the rating point.</summary>
    [Default(Grade.A, "BAC TDFS1238N as recorded in Modelica Buildings, 2026")]
    public double RatedInletC { get; init => field = Check.Finite(value); } = 46.11;

    /// <summary>Water leaving at the rating point.</summary>
    [Default(Grade.A, "BAC TDFS1238N as recorded in Modelica Buildings, 2026")]
    public double RatedOutletC { get; init => field = Check.Finite(value); } = 40.55;

    /// <summary>Air entering at the rating point.</summary>
    [Default(Grade.A, "BAC TDFS1238N as recorded in Modelica Buildings, 2026")]
    public double RatedAmbientC { get; init => field = Check.Finite(value); } = 35;

    /// <summary>How much the air warms at the rating point; it sets the air flow.</summary>
    [Default(Grade.E, "assumption: 117.7 kW of fans at 200 Pa and 60 % move 353 m³/s, which 2,931 kW warm by 7 K")]
    public double RatedAirRiseK { get; init => field = Check.Positive(value); } = 7;

    /// <summary>Fan power at full speed over rated heat.</summary>
    [Default(Grade.A, "BAC TDFS1238N: 117.7 kW for 2,931 kW")]
    public double FanFraction { get; init => field = Check.Fraction(value); } = 0.0402;

    /// <summary>Running time between failures of one unit.</summary>
    [Default(Grade.C, "OREDA 2009 offshore rates, heat exchanger 0.078 per year; many fans share the load")]
    public double MeanTimeToFailureS { get; init => field = Check.Positive(value); } = 404_584_600;

    /// <summary>Time to bring a failed unit back.</summary>
    [Default(Grade.C, "OREDA 2009 offshore active repair time of heat exchangers, 4.2 h")]
    public double MeanRepairS { get; init => field = Check.Positive(value); } = 15_120;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (!(RatedOutletC < RatedInletC && RatedAmbientC < RatedOutletC))
        {
            yield return new(nameof(RatedOutletC), "a temperature between entering air and entering water", $"{RatedOutletC} °C");
        }
        if (!(RatedAmbientC + RatedAirRiseK < RatedInletC))
        {
            yield return new(nameof(RatedAirRiseK), "air that leaves colder than the water enters", $"{RatedAirRiseK} K");
        }
    }
}

/// <summary>What the rating point says about a dry cooler.</summary>
/// <param name="WaterMwPerK">Heat capacity of the water flow at rating.</param>
/// <param name="AirMwPerK">Heat capacity of the air flow at full fan speed.</param>
/// <param name="ConductanceMwPerK">Heat per kelvin between the streams at rating.</param>
public readonly record struct DryCoolerDesign(double WaterMwPerK, double AirMwPerK, double ConductanceMwPerK);

/// <summary>The dry cooler's equations.</summary>
public static class DryCooler
{
    private const double WaterSideShare = 0.5;
    private const double WaterExponent = 0.85;
    private const double LeastFlowFraction = 0.1;
    private const double LeastFanSpeedFraction = 0.2;

    /// <summary>Flows and conductance behind the rating point; computed once, then used every step.</summary>
    public static DryCoolerDesign Design(DryCoolerSpec spec)
    {
        double water = spec.RatedMw / (spec.RatedInletC - spec.RatedOutletC);
        double air = spec.RatedMw / spec.RatedAirRiseK;
        double weaker = Math.Min(water, air);
        double ratio = weaker / Math.Max(water, air);
        double effectiveness = spec.RatedMw / (weaker * (spec.RatedInletC - spec.RatedAmbientC));
        return new DryCoolerDesign(water, air, HeatExchange.TransferUnitsRatio(effectiveness, ratio) * weaker);
    }

    /// <summary>Heat one unit rejects at full fan speed.</summary>
    /// <param name="design">The unit.</param>
    /// <param name="waterMwPerK">Heat capacity of the water offered to one unit; more than its rated flow passes it by.</param>
    /// <param name="returnC">Water entering.</param>
    /// <param name="ambientC">Air entering.</param>
    public static double CapacityMw(in DryCoolerDesign design, double waterMwPerK, double returnC, double ambientC)
    {
        if (!(returnC > ambientC) || !(waterMwPerK > 0)) { return 0; }
        double water = Math.Min(waterMwPerK, design.WaterMwPerK);
        double flow = Math.Max(water / design.WaterMwPerK, LeastFlowFraction);
        double resistance = flow < 1 ? WaterSideShare * Elementary.Pow(flow, -WaterExponent) + (1 - WaterSideShare) : 1;
        double weaker = Math.Min(water, design.AirMwPerK);
        double ratio = weaker / Math.Max(water, design.AirMwPerK);
        double effectiveness = HeatExchange.EffectivenessFraction(design.ConductanceMwPerK / resistance / weaker, ratio);
        return effectiveness * weaker * (returnC - ambientC);
    }

    /// <summary>Fan power of one unit that rejects a part of what it could at full speed.</summary>
    public static double FanMw(DryCoolerSpec spec, double heatMw, double capacityMw)
    {
        if (!(heatMw > 0)) { return 0; }
        double speed = Math.Limit(heatMw / capacityMw, LeastFanSpeedFraction, 1);
        return spec.FanFraction * spec.RatedMw * speed * speed * speed;
    }
}
