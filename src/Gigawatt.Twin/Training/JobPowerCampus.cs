using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>The power of several jobs together.</summary>
/// <param name="MeanMw">Long-run mean.</param>
/// <param name="PeakMw">All plateaus at once.</param>
/// <param name="LowestMw">All valleys or pauses at once.</param>
/// <param name="LowPercentileMw">Power that 1 % of time is below.</param>
/// <param name="HighPercentileMw">Power that 1 % of time is above.</param>
/// <param name="FundamentalHz">Frequency of the strongest step.</param>
/// <param name="FundamentalMw">Peak amplitude there; jobs of that frequency count as in step.</param>
public readonly record struct CampusPower(
    double MeanMw, double PeakMw, double LowestMw, double LowPercentileMw, double HighPercentileMw, double FundamentalHz, double FundamentalMw);

/// <summary>Adds up the waves of jobs that do not wait for each other.</summary>
/// <remarks>
/// Steps of different jobs have different lengths, so over time their phases take all combinations alike: the distribution of the sum is the convolution of
/// the jobs' distributions, each a point at the plateau, one at the valley, an even spread between them for the edges, and a point for each pause. Within a job
/// everything is in step. Not modelled: jobs locked to each other; two jobs of exactly one period keep the phase that they happen to have.
/// </remarks>
public static class JobPowerCampus
{
    private const double SameFrequency = 1e-6;

    /// <summary>Numbers that the caller lends for the distribution, for so many bins.</summary>
    public static int ScratchFor(int bins) => 3 * bins;

    /// <summary>Mean, range, percentiles and strongest line of some jobs.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="constantMw">Power that does not change.</param>
    /// <param name="scratch">Memory to work in; a third of its length is the number of bins, 100 or more.</param>
    public static CampusPower Of(ReadOnlySpan<JobWave> jobs, double constantMw, Span<double> scratch)
    {
        int bins = scratch.Length / 3;
        double meanMw = constantMw, peakMw = constantMw, lowestMw = constantMw;
        for (int i = 0; i < jobs.Length; i++)
        {
            meanMw += jobs[i].MeanMw;
            peakMw += jobs[i].HighMw;
            lowestMw += Lowest(jobs[i]);
        }
        (double hz, double amplitudeMw) = Strongest(jobs);
        double binMw = (peakMw - lowestMw) / Math.Max(1, bins - 1 - jobs.Length);
        if (binMw <= peakMw * 1e-12) { return new CampusPower(meanMw, peakMw, lowestMw, peakMw, peakMw, hz, amplitudeMw); }
        Span<double> sum = scratch[..bins], next = scratch[bins..(2 * bins)], one = scratch[(2 * bins)..(3 * bins)];
        sum.Clear();
        sum[0] = 1;
        int reach = 0;
        for (int i = 0; i < jobs.Length; i++)
        {
            int span = Distribute(jobs[i], binMw, one);
            next.Clear();
            for (int j = 0; j <= span; j++)
            {
                if (one[j] == 0) { continue; }
                for (int k = 0; k <= reach; k++) { next[j + k] += one[j] * sum[k]; }
            }
            reach = Math.Min(bins - 1, reach + span);
            next.CopyTo(sum);
        }
        return new CampusPower(meanMw, peakMw, lowestMw, Quantile(sum, 0.01, lowestMw, peakMw, binMw), Quantile(sum, 0.99, lowestMw, peakMw, binMw), hz, amplitudeMw);
    }

    /// <summary>Peak amplitude of a harmonic of a job's step.</summary>
    /// <remarks>As a trapezoid: A/(kπ)·√((s_r − s_f)² + 4 s_r s_f sin² kπD), s = sin(x)/x, x = πk·edge/T.</remarks>
    public static double HarmonicMw(in JobWave job, int order)
    {
        double rise = Sinc(Math.PI * order * job.RiseS / job.PeriodS), fall = Sinc(Math.PI * order * job.FallS / job.PeriodS);
        double sine = Elementary.Sin(Math.PI * order * job.DutyFraction);
        double square = (rise - fall) * (rise - fall) + 4 * rise * fall * sine * sine;
        return (job.HighMw - job.LowMw) / (order * Math.PI) * Math.Sqrt(Math.Max(0, square));
    }

    private static (double Hz, double AmplitudeMw) Strongest(ReadOnlySpan<JobWave> jobs)
    {
        double bestHz = 0, bestMw = 0;
        for (int i = 0; i < jobs.Length; i++)
        {
            double sumMw = 0;
            for (int j = 0; j < jobs.Length; j++)
            {
                if (Math.Abs(jobs[j].PeriodS / jobs[i].PeriodS - 1) <= SameFrequency) { sumMw += HarmonicMw(jobs[j], 1); }
            }
            if (sumMw > bestMw) { (bestHz, bestMw) = (1 / jobs[i].PeriodS, sumMw); }
        }
        return (bestHz, bestMw);
    }

    private static double Lowest(in JobWave job)
    {
        double lowest = job.LowMw;
        if (job.Checkpoint.EverySteps > 0) { lowest = Math.Min(lowest, job.Checkpoint.LowMw); }
        return job.Evaluation.EverySteps > 0 ? Math.Min(lowest, job.Evaluation.LowMw) : lowest;
    }

    // Probability by bins above the job's lowest power; returns the last bin that has any.
    private static int Distribute(in JobWave job, double binMw, Span<double> one)
    {
        double lowestMw = Lowest(job);
        int span = Math.Min(one.Length - 1, (int)Math.Ceiling((job.HighMw - lowestMw) / binMw));
        one[..(span + 1)].Clear();
        double checkpointS = job.Checkpoint.EverySteps > 0 ? job.Checkpoint.LastsS / job.Checkpoint.EverySteps : 0;
        double evaluationS = job.Evaluation.EverySteps > 0 ? job.Evaluation.LastsS / job.Evaluation.EverySteps : 0;
        double allS = job.PeriodS + checkpointS + evaluationS;
        double edgesS = job.HighMw > job.LowMw ? job.RiseS + job.FallS : 0;
        double highS = Math.Max(0, job.DutyFraction * job.PeriodS - edgesS / 2);
        Put(one, span, (job.HighMw - lowestMw) / binMw, highS / allS);
        Put(one, span, (job.LowMw - lowestMw) / binMw, Math.Max(0, job.PeriodS - highS - edgesS) / allS);
        Put(one, span, (job.Checkpoint.LowMw - lowestMw) / binMw, checkpointS / allS);
        Put(one, span, (job.Evaluation.LowMw - lowestMw) / binMw, evaluationS / allS);
        int pieces = Math.Max(1, (int)Math.Ceiling((job.HighMw - job.LowMw) / binMw));
        for (int i = 0; i < pieces && edgesS > 0; i++)
        {
            double mw = job.LowMw + (job.HighMw - job.LowMw) * (i + 0.5) / pieces;
            Put(one, span, (mw - lowestMw) / binMw, edgesS / allS / pieces);
        }
        return span;
    }

    // Shared between two bins so that the mean is exact.
    private static void Put(Span<double> one, int span, double place, double share)
    {
        if (share <= 0) { return; }
        int low = Math.Min(span, (int)Math.Max(0, place));
        double above = Math.Limit(place - low, 0, 1);
        one[low] += share * (1 - above);
        if (above > 0) { one[Math.Min(span, low + 1)] += share * above; }
    }

    private static double Quantile(ReadOnlySpan<double> sum, double share, double lowestMw, double peakMw, double binMw)
    {
        double reached = 0;
        for (int i = 0; i < sum.Length; i++)
        {
            reached += sum[i];
            if (reached >= share) { return Math.Min(peakMw, lowestMw + i * binMw); }
        }
        return peakMw;
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Elementary.Sin(x) / x;
}
