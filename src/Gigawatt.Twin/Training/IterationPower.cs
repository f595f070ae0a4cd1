using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>What the power of a job does inside one step of training: a plateau while it computes, a dip while it exchanges gradients.</summary>
/// <remarks>Not modelled: microbatches and pipeline phases, drift of the period.</remarks>
public sealed record IterationPowerSpec : ISelfChecking
{
    /// <summary>Time of one step of training.</summary>
    [Default(Grade.B, "1–10 s (large synchronous jobs); 3 s is the middle of their 0.2–3 Hz")]
    public double PeriodS { get; init => field = Check.Within(value, 0.05, 600); } = 3;

    /// <summary>Share of it on the plateau.</summary>
    [Default(Grade.E, "assumption: 70 %")]
    public double DutyFraction { get; init => field = Check.Within(value, 0.01, 0.99); } = 0.7;

    /// <summary>Power in the dip as a share of the plateau.</summary>
    [Default(Grade.E, "assumption: 60 %; exposed communication draws 0.3–0.6 of TDP")]
    public double DipFraction { get; init => field = Check.Fraction(value); } = 0.6;

    /// <summary>Time of a climb, and of a fall.</summary>
    [Default(Grade.E, "assumption: 0.1 s; GPU edges take 50–200 ms")]
    public double EdgeS { get; init => field = Check.NotNegative(value); } = 0.1;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        double shortestS = Math.Min(DutyFraction, 1 - DutyFraction) * PeriodS;
        if (EdgeS > shortestS)
        {
            yield return new(nameof(EdgeS), FormattableString.Invariant($"at most the shorter part of the step, {shortestS:0.###} s"), FormattableString.Invariant($"{EdgeS:0.###} s"));
        }
    }
}
