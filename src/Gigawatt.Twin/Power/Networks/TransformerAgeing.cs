using Gigawatt.Numerics;

namespace Gigawatt.Power.Networks;

/// <summary>Thermal data of an oil-filled transformer, for the ageing of its insulation.</summary>
/// <remarks>Source of the form: IEEE C57.91-2011, clause 7. Not modelled: oil viscosity, moisture, tap position, bubbles above 140 °C.</remarks>
public sealed record TransformerThermalSpec
{
    /// <summary>Rise of the top oil over the air at rated load, settled.</summary>
    [Default(Grade.E, "assumption: 55 K, with the hot spot 80 K above air of a unit of 65 K mean rise")]
    public double TopOilRiseK { get; init => field = Check.Positive(value); } = 55;

    /// <summary>Rise of the hottest spot of the winding over the top oil at rated load, settled.</summary>
    [Default(Grade.E, "assumption: 25 K, with the hot spot 80 K above air of a unit of 65 K mean rise")]
    public double HotSpotRiseK { get; init => field = Check.Positive(value); } = 25;

    /// <summary>Load loss over no-load loss at rated load.</summary>
    [Default(Grade.D, "0.7 % over 0.1 % of rating, the losses assumed for plant transformers")]
    public double LossRatio { get; init => field = Check.Positive(value); } = 7;

    /// <summary>Exponent of the oil: 0.8 for natural cooling, 0.9 with fans, 1 with directed oil.</summary>
    [Default(Grade.E, "assumption: 0.8, natural oil and air (IEEE C57.91 table 4, recalled)")]
    public double OilExponentFactor { get; init => field = Check.Within(value, 0.5, 1.2); } = 0.8;

    /// <summary>Exponent of the winding: 0.8, or 1 with directed oil.</summary>
    [Default(Grade.E, "assumption: 0.8, natural oil (IEEE C57.91 table 4, recalled)")]
    public double WindingExponentFactor { get; init => field = Check.Within(value, 0.5, 1.2); } = 0.8;

    /// <summary>Time in which the oil goes 63 % of its way.</summary>
    [Default(Grade.E, "assumption: 3 h, naturally cooled unit of some MVA")]
    public double OilLagS { get; init => field = Check.Positive(value); } = 3 * 3600;

    /// <summary>Time in which the winding goes 63 % of its way over the oil.</summary>
    [Default(Grade.E, "assumption: 5 min")]
    public double WindingLagS { get; init => field = Check.Positive(value); } = 300;

    /// <summary>Life of the insulation at a hot spot of 110 °C.</summary>
    [Default(Grade.E, "assumption: 180,000 h, degree of polymerisation 200 (IEEE C57.91 table 2, recalled)")]
    public double NormalLifeS { get; init => field = Check.Positive(value); } = 180_000 * 3600.0;
}

/// <summary>What an ageing transformer remembers.</summary>
public struct TransformerThermalState
{
    /// <summary>Top oil over the air.</summary>
    public double TopOilRiseK;

    /// <summary>Hottest spot over the top oil.</summary>
    public double HotSpotRiseK;

    /// <summary>Time lived, weighted with the speed of ageing.</summary>
    public double AgedS;
}

/// <summary>Temperatures and ageing of a transformer under load.</summary>
/// <remarks>
/// Settled: Δθ_oil = Δθ_oil,R [(K²R + 1)/(R + 1)]ⁿ, Δθ_hot = Δθ_hot,R K^2m; each approached with its own first-order lag, exact over a step of
/// constant load. Speed of ageing F = exp(15,000/383 − 15,000/(θ_hot + 273)), 1 at 110 °C. Source: IEEE C57.91-2011, clauses 5.2 and 7.2.
/// </remarks>
public static class TransformerAgeing
{
    private const double ActivationK = 15_000;
    private const double NormalK = 383;

    /// <summary>The temperatures that a constant load settles at.</summary>
    public static TransformerThermalState Settled(TransformerThermalSpec spec, double loadFraction)
    {
        double squared = loadFraction * loadFraction;
        return new TransformerThermalState
        {
            TopOilRiseK = spec.TopOilRiseK * Elementary.Pow((squared * spec.LossRatio + 1) / (spec.LossRatio + 1), spec.OilExponentFactor),
            HotSpotRiseK = spec.HotSpotRiseK * Elementary.Pow(squared, spec.WindingExponentFactor),
        };
    }

    /// <summary>Goes one step under a constant load and air temperature; returns the hot spot at its end.</summary>
    public static double Step(TransformerThermalSpec spec, ref TransformerThermalState state, double loadFraction, double airC, double stepS)
    {
        TransformerThermalState end = Settled(spec, loadFraction);
        double before = airC + state.TopOilRiseK + state.HotSpotRiseK;
        state.TopOilRiseK = end.TopOilRiseK + (state.TopOilRiseK - end.TopOilRiseK) * Elementary.Exp(-stepS / spec.OilLagS);
        state.HotSpotRiseK = end.HotSpotRiseK + (state.HotSpotRiseK - end.HotSpotRiseK) * Elementary.Exp(-stepS / spec.WindingLagS);
        double hotSpotC = airC + state.TopOilRiseK + state.HotSpotRiseK;
        state.AgedS += stepS * (AgeingFactor(before) + AgeingFactor(hotSpotC)) / 2;
        return hotSpotC;
    }

    /// <summary>How much faster than normal insulation ages at a hot-spot temperature.</summary>
    public static double AgeingFactor(double hotSpotC) => Elementary.Exp(ActivationK / NormalK - ActivationK / (hotSpotC + 273));

    /// <summary>Share of the normal life that has been used.</summary>
    public static double LifeUsedFraction(TransformerThermalSpec spec, in TransformerThermalState state) => state.AgedS / spec.NormalLifeS;
}
