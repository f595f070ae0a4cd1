using System.Globalization;
using Gigawatt.Numerics;

namespace Gigawatt.Cooling;

/// <summary>An air-cooled water chiller, with or without a free-cooling coil. One spec describes many identical units.</summary>
/// <remarks>
/// Capacity: the published surface CAPFT, raw (not normalised), inside its box; above its warmest water it grows by a
/// fixed share per kelvin up to a cap; in air colder than the box it keeps the edge value (the fitted parabola turns down
/// there, machines do not); in hotter air it follows the falling curve. Power: COP = η·T/lift with
/// T = leaving − δe + 273.15 and lift = (air + δc) − (leaving − δe), at least 15 K, COP capped: a bounded second-law form fitted to the
/// EnergyPlus curves of the Carrier 30XA500 (rms 4.2 %, worst 11 %), because no public curve covers water above 10 °C.
/// Public curves even disagree on the sign of the effect of water temperature on COP; this fit is at the pessimistic
/// end. Replace by a vendor's table where one exists. Free cooling: a coil in series takes the share
/// (return − air − approach)/(return − supply) of the heat. Not modelled: high-pressure cut-out in extreme heat, single
/// compressors and oil return, coil fouling, glycol, capacity gained from the free-cooling coil.
/// </remarks>
[Catalog("chillers")]
public sealed record AirCooledChillerSpec : ISelfChecking
{
    /// <summary>What the catalogue calls the unit.</summary>
    [Default(Grade.E, "assumption: unnamed")]
    public string Title { get; init; } = "";

    /// <summary>Heat one unit takes from the water at its rating point.</summary>
    public required double RatedMw { get; init => field = Check.Positive(value); }

    /// <summary>Heat taken per unit of electricity at the rating point; only checked against the second-law form.</summary>
    [Default(Grade.A, "EnergyPlus AirCooledChiller.idf, Carrier 30XA500")]
    public double RatedEfficiencyCop { get; init => field = Check.Positive(value); } = 2.90;

    /// <summary>Leaving water at the rating point.</summary>
    [Default(Grade.A, "AHRI 550/590 rating condition as in EnergyPlus AirCooledChiller.idf")]
    public double RatedLeavingC { get; init => field = Check.Finite(value); } = 6.67;

    /// <summary>Air entering the condenser at the rating point.</summary>
    [Default(Grade.A, "AHRI 550/590 rating condition as in EnergyPlus AirCooledChiller.idf")]
    public double RatedAmbientC { get; init => field = Check.Finite(value); } = 35;

    /// <summary>Capacity over rated capacity, as a function of leaving water and entering air.</summary>
    [Default(Grade.A, "EnergyPlus AirCooledChiller.idf, Carrier 30XA500 CAPFT")]
    public Biquadratic CapacityCurve { get; init; } = Biquadratic.Carrier30XA500Capacity;

    /// <summary>Power over full-load power at part load, as a function of load over available capacity.</summary>
    [Default(Grade.A, "EnergyPlus AirCooledChiller.idf, Carrier 30XA500 EIRFPLR 0, 1, 0")]
    public Quadratic PartLoadCurve { get; init; } = Quadratic.Proportional;

    /// <summary>Share of the ideal (Carnot) COP between evaporating and condensing temperature that the machine reaches.</summary>
    [Default(Grade.D, "least-squares fit to EnergyPlus Carrier 30XA500 EIRFT over its box, rms 4.2 %, worst 11 %")]
    public double SecondLawFraction { get; init => field = Check.PositiveFraction(value); } = 0.4929;

    /// <summary>Leaving water above evaporating refrigerant.</summary>
    [Default(Grade.D, "least-squares fit to EnergyPlus Carrier 30XA500 EIRFT")]
    public double EvaporatorApproachK { get; init => field = Check.NotNegative(value); } = 2;

    /// <summary>Condensing refrigerant above entering air.</summary>
    [Default(Grade.D, "least-squares fit to EnergyPlus Carrier 30XA500 EIRFT")]
    public double CondenserApproachK { get; init => field = Check.NotNegative(value); } = 19;

    /// <summary>Highest COP believed, however small the lift.</summary>
    [Default(Grade.E, "assumption: fans and oil pressure bound the gain at small lift")]
    public double HighestEfficiencyCop { get; init => field = Check.Positive(value); } = 12;

    /// <summary>Capacity gained per kelvin of leaving water above the box of the curve.</summary>
    [Default(Grade.E, "assumption: extrapolated, no public curve above 10 °C; replace by a vendor table")]
    public double WarmWaterGainFractionPerK { get; init => field = Check.Fraction(value); } = 0.02;

    /// <summary>Highest capacity over rated capacity: motors and condenser allow no more.</summary>
    [Default(Grade.E, "assumption: compressors are limited by motor and condenser")]
    public double HighestCapacityRatio { get; init => field = Check.Positive(value); } = 1.30;

    /// <summary>Whether the unit has a coil that cools the water with outdoor air before the compressor does.</summary>
    [Default(Grade.E, "assumption: plain chiller unless stated")]
    public bool FreeCooling { get; init; }

    /// <summary>How close the free-cooling coil brings the water to the outdoor air.</summary>
    [Default(Grade.D, "BAC TDFS1238N dry cooler reaches 5.5 K at rating; rounded up")]
    public double FreeCoolingApproachK { get; init => field = Check.NotNegative(value); } = 6;

    /// <summary>Fan power of the free-cooling coil at full speed, over the heat of the unit.</summary>
    [Default(Grade.A, "BAC TDFS1238N: 117.7 kW fans for 2,931 kW")]
    public double CoilFanFraction { get; init => field = Check.Fraction(value); } = 0.04;

    /// <summary>Least load over capacity at which a unit runs without cycling.</summary>
    [Default(Grade.E, "assumption: usual for twin-screw machines")]
    public double MinPartLoadFraction { get; init => field = Check.PositiveFraction(value); } = 0.15;

    /// <summary>Running time between failures of one unit.</summary>
    [Default(Grade.C, "OREDA 2009 offshore rates, compressor + heat exchanger 0.915 per year, read in a district-cooling availability sheet")]
    public double MeanTimeToFailureS { get; init => field = Check.Positive(value); } = 34_489_180;

    /// <summary>Time to bring a failed unit back when parts are at hand; 72 h is usual when they must be ordered.</summary>
    [Default(Grade.C, "OREDA 2009 offshore active repair time, 12.3 h, read in a district-cooling availability sheet")]
    public double MeanRepairS { get; init => field = Check.Positive(value); } = 44_280;

    /// <summary>From the return of power to full cooling of one unit, for whoever counts units in service.</summary>
    [Default(Grade.B, "conventional controls 4 to 8 min; Trane RTAE quickest 45 s")]
    public double RestartS { get; init => field = Check.NotNegative(value); } = 360;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        double capacity = CapacityCurve.At(RatedLeavingC, RatedAmbientC);
        if (!(Math.Abs(capacity - 1) <= 0.02))
        {
            yield return new(nameof(CapacityCurve), "a curve within 2 % of 1 at its own rating point", Text(capacity));
        }
        double partLoad = PartLoadCurve.At(1);
        if (!(Math.Abs(partLoad - 1) <= 0.02))
        {
            yield return new(nameof(PartLoadCurve), "a curve within 2 % of 1 at full load", Text(partLoad));
        }
        double cop = AirCooledChiller.Cop(this, RatedLeavingC, RatedAmbientC);
        if (!(Math.Abs(cop / RatedEfficiencyCop - 1) <= 0.12))
        {
            string fitting = Text(SecondLawFraction * RatedEfficiencyCop / cop);
            yield return new(nameof(SecondLawFraction), $"about {fitting}, which gives the rated COP of {Text(RatedEfficiencyCop)}", Text(SecondLawFraction));
        }
        if (!(CapacityCurve.LowestLeavingC < CapacityCurve.HighestLeavingC && CapacityCurve.LowestAmbientC < CapacityCurve.HighestAmbientC))
        {
            yield return new(nameof(CapacityCurve), "a box whose lowest temperatures lie below its highest", "an empty box");
        }
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}

/// <summary>What a group of chillers did.</summary>
/// <param name="RejectedMw">Heat taken out of the water.</param>
/// <param name="CompressorMw">Electric power of compressors with their condenser fans; leaves outdoors with the heat.</param>
/// <param name="FanMw">Electric power of the free-cooling coil's fans; leaves outdoors.</param>
/// <param name="FreeFraction">Share of the heat that needed no compressor.</param>
/// <param name="OutsideCurve">Whether compressors ran at temperatures for which the capacity curve was not measured.</param>
public readonly record struct ChillerDuty(
    double RejectedMw, double CompressorMw, double FanMw, double FreeFraction, bool OutsideCurve);

/// <summary>The air-cooled chiller's equations.</summary>
public static class AirCooledChiller
{
    private const double LeastLiftK = 15;
    private const double LeastFanSpeedFraction = 0.2;

    /// <summary>Heat one unit can take out of the water.</summary>
    public static double CapacityMw(AirCooledChillerSpec spec, double leavingC, double ambientC)
    {
        Biquadratic curve = spec.CapacityCurve;
        double waterC = Math.Limit(leavingC, curve.LowestLeavingC, curve.HighestLeavingC);
        double edgeAirC = Math.Limit(ambientC, curve.LowestAmbientC, curve.HighestAmbientC);
        double ratio = curve.At(waterC, edgeAirC);
        if (ambientC > curve.HighestAmbientC) { ratio = Math.Min(ratio, curve.At(waterC, ambientC)); }
        double warmer = Math.Max(0, leavingC - curve.HighestLeavingC);
        ratio *= 1 + spec.WarmWaterGainFractionPerK * warmer;
        return spec.RatedMw * Math.Limit(ratio, 0, spec.HighestCapacityRatio);
    }

    /// <summary>Heat taken per unit of electricity at full load.</summary>
    public static double Cop(AirCooledChillerSpec spec, double leavingC, double ambientC)
    {
        double evaporatingC = leavingC - spec.EvaporatorApproachK;
        double liftK = Math.Max(ambientC + spec.CondenserApproachK - evaporatingC, LeastLiftK);
        return Math.Min(spec.SecondLawFraction * (evaporatingC + 273.15) / liftK, spec.HighestEfficiencyCop);
    }

    /// <summary>Takes up to <paramref name="heatMw"/> out of water that returns warm and leaves at the supply temperature.</summary>
    /// <param name="spec">The chiller.</param>
    /// <param name="running">Units that share the heat evenly.</param>
    /// <param name="heatMw">Heat to take out of the water.</param>
    /// <param name="supplyC">Water leaving.</param>
    /// <param name="returnC">Water entering.</param>
    /// <param name="ambientC">Air entering the condenser.</param>
    /// <remarks>
    /// Coil fans follow the cube of their speed; the speed is full until the coil could do more than all of the heat and
    /// at least 20 %. They are switched on whenever the coil can do anything.
    /// </remarks>
    public static ChillerDuty Duty(
        AirCooledChillerSpec spec, int running, double heatMw, double supplyC, double returnC, double ambientC)
    {
        double capacityMw = running * CapacityMw(spec, supplyC, ambientC);
        double takenMw = Math.Min(heatMw, capacityMw);
        if (!(takenMw > 0)) { return default; }

        double freeFraction = 0;
        double fanMw = 0;
        if (spec.FreeCooling && returnC > supplyC)
        {
            double reach = (returnC - ambientC - spec.FreeCoolingApproachK) / (returnC - supplyC);
            if (reach > 0)
            {
                freeFraction = Math.Min(reach, 1);
                double speed = reach <= 1 ? 1 : Math.Max(1 / reach, LeastFanSpeedFraction);
                fanMw = spec.CoilFanFraction * takenMw * speed * speed * speed;
            }
        }
        double compressedMw = takenMw * (1 - freeFraction);
        if (!(compressedMw > 0)) { return new ChillerDuty(takenMw, 0, fanMw, freeFraction, false); }

        double load = compressedMw / capacityMw;
        double curveLoad = Math.Max(load, spec.MinPartLoadFraction);
        double partLoad = spec.PartLoadCurve.At(curveLoad) / curveLoad;
        double compressorMw = compressedMw / Cop(spec, supplyC, ambientC) * partLoad;
        return new ChillerDuty(takenMw, compressorMw, fanMw, freeFraction, !spec.CapacityCurve.Covers(supplyC, ambientC));
    }
}
