using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>How often a job should write checkpoints, and what is left of its time when it does.</summary>
/// <remarks>
/// Exact for exponential failures that can strike while computing, checkpointing and restarting but not during the
/// downtime before a restart. The job engine follows the same rules, so it is tested against this.
/// Sources: J. T. Daly, Future Generation Computer Systems 22 (2006); G. Aupy et al., INRIA RR-7950 (2012).
/// Not modelled: checkpoints written beside computing, several levels of checkpoint, failures that are not exponential.
/// </remarks>
public static class Checkpoint
{
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
}
