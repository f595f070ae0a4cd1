using Gigawatt.Numerics;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Training;

/// <summary>How long rollouts take: most of them within a time, a few much longer.</summary>
/// <remarks>
/// A share ends evenly spread between (1 − spread) · time and time, the rest at the tail's time. 99 % of samples in 40 s and the last
/// 1 % in another 80 s were published for a 30B model; RollPacker (arXiv 2509.21009) and APRIL (arXiv 2509.18521) fight the same tail. Not modelled: answers whose
/// length grows as training goes on, tools and environments that fail.
/// </remarks>
public sealed record RolloutTimeSpec : ISelfChecking
{
    /// <summary>Time within which most rollouts end.</summary>
    [Default(Grade.C, "published measurement of a 30B model (Qwen), paper not traced; tails of this form: arXiv 2509.21009, 2509.18521")]
    public double MainS { get; init => field = Check.Positive(value); } = 40;

    /// <summary>Share of rollouts that do.</summary>
    [Default(Grade.C, "published measurement of a 30B model (Qwen), paper not traced; tails of this form: arXiv 2509.21009, 2509.18521")]
    public double MainShareFraction { get; init => field = Check.Fraction(value); } = 0.99;

    /// <summary>Time at which the rest ends, from the start.</summary>
    [Default(Grade.C, "same measurement: the last 1 % takes another 80 s")]
    public double TailS { get; init => field = Check.Positive(value); } = 120;

    /// <summary>How far below the time most rollouts end, as a share of it; 0 when all take as long.</summary>
    [Default(Grade.E, "assumption: all as long; the published figure gives the end only")]
    public double SpreadFraction { get; init => field = Check.Fraction(value); }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (TailS < MainS) { yield return new(nameof(TailS), FormattableString.Invariant($"at least the {MainS:0.###} s of most rollouts"), FormattableString.Invariant($"{TailS:0.###} s")); }
    }
}

/// <summary>Many rollouts at once: the mean keeps the GPUs busy, the longest keeps the learner waiting.</summary>
public static class RolloutPool
{
    /// <summary>Mean time of a rollout.</summary>
    public static double MeanS(RolloutTimeSpec spec) => spec.MainShareFraction * spec.MainS * (1 - spec.SpreadFraction / 2) + (1 - spec.MainShareFraction) * spec.TailS;

    /// <summary>Expected time until the last of so many rollouts ends.</summary>
    /// <remarks>With probability p^n none is in the tail, and the longest of n even draws lies 1/(n + 1) of the spread below the time. Exact.</remarks>
    public static double LongestS(RolloutTimeSpec spec, int rollouts)
    {
        double none = Elementary.Pow(spec.MainShareFraction, rollouts);
        return none * spec.MainS * (1 - spec.SpreadFraction / (rollouts + 1)) + (1 - none) * spec.TailS;
    }

    /// <summary>Time of one rollout from one uniform number.</summary>
    public static double Draw(RolloutTimeSpec spec, ref Stream stream)
    {
        double uniform = stream.NextUniform();
        if (uniform >= spec.MainShareFraction) { return spec.TailS; }
        return spec.MainS * (1 - spec.SpreadFraction * (1 - uniform / spec.MainShareFraction));
    }

    /// <summary>Share of their time that the GPUs of a synchronous batch work: mean over longest.</summary>
    /// <remarks>Each rollout holds its place until the last one ends.</remarks>
    public static double BusyFraction(RolloutTimeSpec spec, int rollouts) => MeanS(spec) / LongestS(spec, rollouts);
}
