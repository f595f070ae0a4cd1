using Gigawatt.Numerics;

namespace Gigawatt.Reliability;

/// <summary>A new batch of GPUs of which some fail early.</summary>
/// <remarks>
/// A share f of the batch is weak and fails at Weibull times of shape k and scale η: F(t) = f·(1 − e^(−(t/η)^k)); with k below 1 the hazard falls with age. With
/// the constant rates of the causes that is the falling part and the floor of a bathtub. Not modelled: wear-out at the end of life.
/// </remarks>
public sealed record InfantMortalitySpec
{
    /// <summary>Share of the job's GPUs that are of the new batch.</summary>
    [Default(Grade.E, "assumption: the whole job runs on the new batch")]
    public double BatchFraction { get; init => field = Check.Fraction(value); } = 1;

    /// <summary>Share of the batch that fails early.</summary>
    [Default(Grade.C, "3 to 10 % of the GPUs of a new batch fail in burn-in (ml-engineering handbook, S. Bekman); the low end")]
    public double WeakFraction { get; init => field = Check.Within(value, 0, 0.99); } = 0.03;

    /// <summary>Shape k of the Weibull times: below 1 the hazard falls.</summary>
    [Default(Grade.E, "assumption: 0.7, a falling hazard")]
    public double ShapeFactor { get; init => field = Check.Within(value, 0.1, 5); } = 0.7;

    /// <summary>Scale η: by then 63 % of the weak have failed.</summary>
    [Default(Grade.E, "assumption: two weeks of burn-in")]
    public double ScaleS { get; init => field = Check.Positive(value); } = 14 * 86400;

    /// <summary>Age of the batch when the job begins.</summary>
    [Default(Grade.E, "assumption: new")]
    public double AgeS { get; init => field = Check.NotNegative(value); }
}

/// <summary>The equations of early failures.</summary>
public static class InfantMortality
{
    /// <summary>Share of the batch that has failed early by an age.</summary>
    public static double FailedFraction(InfantMortalitySpec spec, double ageS) =>
        spec.WeakFraction * (1 - Elementary.Exp(-Elementary.Pow(ageS / spec.ScaleS, spec.ShapeFactor)));

    /// <summary>Age at which a batch, replaced GPU by GPU with sound ones, has had a number of early failures per GPU; infinite when it never comes to it.</summary>
    /// <remarks>Cumulative hazard H(t) = −ln(1 − F(t)), turned around: t = η·[−ln(1 − (1 − e^(−H))/f)]^(1/k).</remarks>
    /// <param name="spec">The batch.</param>
    /// <param name="expectedPerGpu">The cumulative hazard H of one GPU.</param>
    public static double AgeS(InfantMortalitySpec spec, double expectedPerGpu)
    {
        double share = (1 - Elementary.Exp(-expectedPerGpu)) / spec.WeakFraction;
        return share < 1 ? spec.ScaleS * Elementary.Pow(-Elementary.Log(1 - share), 1 / spec.ShapeFactor) : double.PositiveInfinity;
    }

    /// <summary>Early failures per GPU up to an age: H(t) = −ln(1 − F(t)).</summary>
    public static double ExpectedPerGpu(InfantMortalitySpec spec, double ageS) => -Elementary.Log(1 - FailedFraction(spec, ageS));
}
