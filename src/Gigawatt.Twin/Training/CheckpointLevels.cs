using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Checkpoints kept near the GPUs: in the memory of the node or of a peer.</summary>
/// <remarks>Z. Wang et al. (Gemini), SOSP 2023: recovery from the memory of peers, more than 13 times faster than from storage.</remarks>
public sealed record LocalCheckpointSpec
{
    /// <summary>Time that one local checkpoint stops the job.</summary>
    [Default(Grade.E, "assumption: one second; copies into host memory overlap with computing (Gemini, SOSP 2023)")]
    public double CheckpointS { get; init => field = Check.NotNegative(value); } = 1;

    /// <summary>Local checkpoints in one interval of checkpoints to storage.</summary>
    [Default(Grade.E, "assumption: ten to one")]
    public int PerStorage { get; init => field = Check.AtLeastOne(value); } = 10;

    /// <summary>Share of failures that recover from them: a node or two lost, not the peers that hold the copy.</summary>
    [Default(Grade.E, "assumption: nine of ten failures leave a copy of every part alive")]
    public double RecoversFraction { get; init => field = Check.Fraction(value); } = 0.9;

    /// <summary>Restart time with a load from local copies.</summary>
    public double? RestartS { get; init => field = value is { } restart ? Check.NotNegative(restart) : null; }
}

/// <summary>Two levels of checkpoint: frequent local ones, and storage every so many of them.</summary>
/// <remarks>
/// Exact for exponential failures of which each recovers locally with probability p. A storage period is a chain of n stages of length T₁ (computing and a
/// local checkpoint) and one of length C₂ (the write to storage). A failure in a stage repeats it after D + R₁, with probability p, or the whole chain after
/// D + R₂; failures during R₁ and R₂ repeat them. The expected time E₀ of the chain is linear in itself: E₀ = α + γ·(h + E₀) with
/// h = D + (μ+D)(e^(R₂/μ) − 1). With p = 0 it is the formula of one level. Not modelled: local copies lost while storage is being read.
/// </remarks>
public static class CheckpointLevels
{
    /// <summary>Share of time that becomes safe work.</summary>
    /// <param name="mtbfS">Mean time between failures, μ.</param>
    /// <param name="localPeriodS">From one local checkpoint's start to the next's, T₁.</param>
    /// <param name="localS">Time that a local checkpoint stops the job.</param>
    /// <param name="perStorage">Local periods in a storage period, n.</param>
    /// <param name="storageS">Time that a checkpoint to storage stops the job, C₂.</param>
    /// <param name="localFraction">Share of failures that recover locally, p.</param>
    /// <param name="downS">Time to detect a failure, D.</param>
    /// <param name="localRestartS">Restart from local copies, R₁.</param>
    /// <param name="storageRestartS">Restart from storage, R₂.</param>
    public static double EfficiencyFraction(
        double mtbfS, double localPeriodS, double localS, int perStorage, double storageS, double localFraction, double downS,
        double localRestartS, double storageRestartS)
    {
        double p = localFraction;
        double survivesRestart = Elementary.Exp(-localRestartS / mtbfS), dies = 1 - survivesRestart;
        // Time from the beginning of a local restart until its stage begins (reach), or until a failure sends the job to storage (fall).
        double divisor = 1 - dies * p;
        double localTime = (dies * mtbfS + dies * p * downS) / divisor, reach = survivesRestart / divisor, fall = dies * (1 - p) / divisor;
        double storageTime = downS + (mtbfS + downS) * (Elementary.Exp(storageRestartS / mtbfS) - 1);
        // Backwards through the chain: time left = alpha + gamma · (time from a fall to the end).
        double alpha = 0, gamma = 0;
        for (int stage = storageS > 0 ? perStorage : perStorage - 1; stage >= 0; stage--)
        {
            double survives = Elementary.Exp(-(stage == perStorage ? storageS : localPeriodS) / mtbfS), fails = 1 - survives;
            double again = 1 - fails * p * reach;
            (alpha, gamma) = (
                (fails * mtbfS + survives * alpha + fails * p * (downS + localTime)) / again,
                (survives * gamma + fails * (p * fall + 1 - p)) / again);
        }
        double expectedS = (alpha + gamma * storageTime) / (1 - gamma);
        return perStorage * (localPeriodS - localS) / expectedS;
    }

    /// <summary>Best period of storage, close to the exact one: that of one level whose checkpoints stop the job for C₂ + n·C₁ and whose failures come every μ/(1 − p + p/n).</summary>
    /// <remarks>A failure that recovers locally loses half of an n-th of the period, any other half of all of it.</remarks>
    /// <param name="mtbfS">Mean time between failures, μ.</param>
    /// <param name="localS">Time that a local checkpoint stops the job, C₁.</param>
    /// <param name="perStorage">Local periods in a storage period, n.</param>
    /// <param name="storageS">Time that a checkpoint to storage stops the job, C₂.</param>
    /// <param name="localFraction">Share of failures that recover locally, p.</param>
    public static double BestStoragePeriodS(double mtbfS, double localS, int perStorage, double storageS, double localFraction) =>
        Checkpoint.BestPeriodS(mtbfS / (1 - localFraction + localFraction / perStorage), storageS + perStorage * localS);
}
