using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>How often a job should write checkpoints, and what is left of its time when it does.</summary>
/// <remarks>
/// Exact for exponential failures that can strike while computing, checkpointing and restarting but not during the
/// downtime before a restart. The job engine follows the same rules, so it is tested against this.
/// Sources: J. T. Daly, Future Generation Computer Systems 22 (2006); G. Aupy et al., INRIA RR-7950 (2012).
/// Levels of checkpoint are in <see cref="CheckpointLevels"/>. Not modelled: failures that are not exponential.
/// </remarks>
public static class Checkpoint
{
    /// <summary>Largest (D + R + T/2)/μ at which formulas of first order are given: beyond it they leave out too much.</summary>
    public const double FirstOrderLimitRatio = 0.25;

    /// <summary>Share of time that becomes safe work: (T−C) / [(μ+D)·e^(R/μ)·(e^(T/μ)−1)].</summary>
    /// <param name="mtbfS">Mean time between failures of the job, μ.</param>
    /// <param name="periodS">From one checkpoint's start to the next's, T.</param>
    /// <param name="checkpointS">Time that a checkpoint stops the job, C, part of the period.</param>
    /// <param name="downS">Time to detect a failure, D.</param>
    /// <param name="restartS">Time to restart and load, R.</param>
    public static double EfficiencyFraction(
        double mtbfS, double periodS, double checkpointS, double downS, double restartS) =>
        (periodS - checkpointS)
        / ((mtbfS + downS) * Elementary.Exp(restartS / mtbfS) * (Elementary.Exp(periodS / mtbfS) - 1));

    /// <summary>The best period: T = μ·[1 + C/μ + W(−e^(−1−C/μ))] with W the main branch of Lambert's function.</summary>
    /// <remarks>Does not depend on downtime and restart.</remarks>
    public static double BestPeriodS(double mtbfS, double checkpointS)
    {
        // W's equation is e^(−t) = 1 + c − t with t = T/μ, c = C/μ; Newton from Young's √(2c) + c, which is close.
        double c = checkpointS / mtbfS;
        double t = Math.Sqrt(2 * c) + c;
        for (int i = 0; i < 50; i++)
        {
            double e = Elementary.Exp(-t);
            double slope = 1 - e;
            if (slope <= 0) { return 0; }
            double move = (e - 1 - c + t) / slope;
            t -= move;
            if (Math.Abs(move) < 1e-14 * t) { break; }
        }
        return t * mtbfS;
    }

    /// <summary>Share of time that becomes safe work when checkpoints are written beside computing.</summary>
    /// <remarks>
    /// A snapshot stops the job for s, then its writing goes on for w beside computing; it is safe at its end, so what is safe lags by w. Of a life
    /// of length X between failures, work (T − s) is safe as often as R + kT + w ≤ X, which gives the blocking formula with s for C and R + w for R. Exact.
    /// </remarks>
    /// <param name="mtbfS">Mean time between failures of the job, μ.</param>
    /// <param name="periodS">From one snapshot's start to the next's, T; not below s + w, since one write must end before the next begins.</param>
    /// <param name="stallS">Time that the snapshot stops the job, s.</param>
    /// <param name="writeS">Time that the write then goes on, w.</param>
    /// <param name="downS">Time to detect a failure, D.</param>
    /// <param name="restartS">Time to restart and load, R.</param>
    public static double AsynchronousEfficiencyFraction(
        double mtbfS, double periodS, double stallS, double writeS, double downS, double restartS) =>
        EfficiencyFraction(mtbfS, periodS, stallS, downS, restartS + writeS);

    /// <summary>The best period of checkpoints written beside computing: that of the stall alone, but never shorter than a whole write.</summary>
    public static double BestAsynchronousPeriodS(double mtbfS, double stallS, double writeS) =>
        Math.Max(stallS + writeS, BestPeriodS(mtbfS, stallS));

    /// <summary>Young's period, √(2μC) + C: first order in C/μ (J. W. Young, Communications of the ACM 17, 1974).</summary>
    public static double YoungPeriodS(double mtbfS, double checkpointS) => Math.Sqrt(2 * mtbfS * checkpointS) + checkpointS;

    /// <summary>Daly's period, √(2(μ+D+R)C) + C.</summary>
    public static double DalyPeriodS(double mtbfS, double checkpointS, double downS, double restartS) =>
        Math.Sqrt(2 * (mtbfS + downS + restartS) * checkpointS) + checkpointS;

    /// <summary>Refined first order, √(2(μ−D−R)C) + C (Aupy et al.); not a number when downtime and restart are longer than μ.</summary>
    public static double RefinedPeriodS(double mtbfS, double checkpointS, double downS, double restartS) =>
        Math.Sqrt(2 * (mtbfS - downS - restartS) * checkpointS) + checkpointS;

    /// <summary>How much of a mean life a failure takes, (D + R + T/2)/μ: what formulas of first order take to be small.</summary>
    public static double FirstOrderRatio(double mtbfS, double periodS, double downS, double restartS) =>
        (downS + restartS + periodS / 2) / mtbfS;

    /// <summary>Efficiency to first order, 1 − C/T − (T/2+R+D)/μ, whether or not it can be trusted.</summary>
    public static double FirstOrderEfficiencyFraction(double mtbfS, double periodS, double checkpointS, double downS, double restartS) =>
        1 - checkpointS / periodS - FirstOrderRatio(mtbfS, periodS, downS, restartS);

    /// <summary>Why formulas of first order are refused here, in words; null when they hold.</summary>
    public static string? FirstOrderRefusal(double mtbfS, double periodS, double checkpointS, double downS, double restartS)
    {
        double ratio = FirstOrderRatio(mtbfS, periodS, downS, restartS);
        if (ratio <= FirstOrderLimitRatio) { return null; }
        return $"formulas of first order need (detection + restart + half a period) / MTBF of at most {FirstOrderLimitRatio}; here it is {Figures.Number(ratio)}, "
            + $"and they would say {Figures.Number(FirstOrderEfficiencyFraction(mtbfS, periodS, checkpointS, downS, restartS))} "
            + $"where the exact share is {Figures.Number(EfficiencyFraction(mtbfS, periodS, checkpointS, downS, restartS))}";
    }

    /// <summary>Meta's expected ratio of effective training time: (1 − N·r·(u + Δ/2)) / (1 + w/Δ).</summary>
    /// <remarks>First order; A. Kokolis et al., arXiv 2410.21680 (2024).</remarks>
    /// <param name="mtbfS">Mean time between failures of the job, 1/(N·r).</param>
    /// <param name="intervalS">Time between checkpoints, Δ.</param>
    /// <param name="writeS">Time that a checkpoint stops the job, w.</param>
    /// <param name="restartS">Overhead of a restart, u.</param>
    public static double EffectiveTimeFraction(double mtbfS, double intervalS, double writeS, double restartS) =>
        (1 - (restartS + intervalS / 2) / mtbfS) / (1 + writeS / intervalS);
}
