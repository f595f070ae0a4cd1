using Gigawatt.Reliability;
using Gigawatt.Training;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Simulation;

/// <summary>A training job alone, through days of failures: what becomes of its time.</summary>
/// <remarks>
/// Lets <see cref="TrainingJob"/> pass from one event outside the job to the next: a node that leaves for repair or comes back, a stop of the site and its end.
/// Offered are the job's GPUs and its spares, less what is in repair or taken by the site. Each run has streams of its own, so results do not depend on the number
/// of threads; no event allocates. Equals <see cref="Checkpoint.EfficiencyFraction"/> and <see cref="CheckpointLevels.EfficiencyFraction"/> within its standard
/// error where those hold.
/// </remarks>
public sealed class JobSimulation
{
    private readonly JobSimulationSpec spec;
    private readonly RepairShop shop;
    private readonly SiteEventSpec[] stops;
    private readonly JobEvent[] events = new JobEvent[64];
    private readonly int nodes;
    private JobLuck luck;
    private Stream repairLuck;
    private TrainingJobState state;
    private double clockS, downNodeS, noSpareS, lostGpuS;
    private int nextStop, mostDown;

    /// <summary>A simulation of a job, to be run again and again on one thread.</summary>
    public JobSimulation(JobSimulationSpec spec)
        : this(spec, new JobPlan(spec.Job()))
    {
    }

    private JobSimulation(JobSimulationSpec spec, JobPlan plan)
    {
        this.spec = spec;
        Plan = plan;
        nodes = Nodes(spec);
        shop = new RepairShop(spec.Repair, nodes + spec.Spares);
        stops = [.. spec.SiteEvents.OrderBy(stop => stop.AtS)];
    }

    /// <summary>What the job needs at every event.</summary>
    public JobPlan Plan { get; }

    /// <summary>Nodes of a job, spares apart.</summary>
    public static int Nodes(JobSimulationSpec spec) => (spec.Gpus + spec.Failures.GpusPerNode - 1) / spec.Failures.GpusPerNode;

    /// <summary>Runs of one job, in their order, for any number of threads the same.</summary>
    /// <param name="spec">The job.</param>
    /// <param name="seed">Seed of the campaign.</param>
    /// <param name="runs">How many runs.</param>
    /// <param name="threads">Threads to use; null for one per core.</param>
    public static JobRun[] Runs(JobSimulationSpec spec, long seed, int runs, int? threads = null)
    {
        JobRun[] all = new JobRun[runs];
        JobPlan plan = new(spec.Job());
        Parallel.For(0, runs, new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount }, () => new JobSimulation(spec, plan), (run, _, job) =>
        {
            all[run] = job.Run(seed, run);
            return job;
        }, _ => { });
        return all;
    }

    /// <summary>One run.</summary>
    public JobRun Run(long seed, int run)
    {
        luck = JobLuck.For(seed, run, "job");
        repairLuck = Stream.For(seed, run, "job", "repair");
        shop.Clear();
        state = TrainingJob.Begin(Plan, DateTime.MinValue);
        (clockS, downNodeS, noSpareS, lostGpuS, nextStop, mostDown) = (0, 0, 0, 0, 0, 0);
        while (clockS < spec.SpanS) { Next(); }
        return Result();
    }

    // To the next event outside the job.
    private void Next()
    {
        int nodeGpus = spec.Failures.GpusPerNode, taken = 0, away = 0;
        double untilS = Math.Min(spec.SpanS, shop.NextNs * 1e-9);
        while (nextStop < stops.Length && stops[nextStop].AtS <= clockS) { taken += NodesOf(stops[nextStop++]); }
        if (nextStop < stops.Length) { untilS = Math.Min(untilS, stops[nextStop].AtS); }
        for (int i = 0; i < nextStop; i++)
        {
            double backS = stops[i].AtS + stops[i].LastsS;
            if (backS <= clockS) { continue; }
            away += NodesOf(stops[i]);
            untilS = Math.Min(untilS, backS);
        }
        int down = shop.DownNodes;
        JobOffer offer = new(Math.Max(0, spec.Gpus + (spec.Spares - down - away) * nodeGpus), 1, true, nodeGpus)
        {
            TakenGpus = taken * nodeGpus,
            EndsWhenANodeFails = true,
        };
        JobStep step = TrainingJob.Advance(Plan, ref state, ref luck, Math.Max(0, untilS - clockS), offer, events, out int told);
        clockS = step.LengthS >= untilS - clockS ? untilS : clockS + step.LengthS;
        downNodeS += down * step.LengthS;
        if (down >= spec.Spares) { noSpareS += step.LengthS; }
        lostGpuS += step.LostGpuS;
        // The one node that ended the span is told last.
        if (step.NodesFailed > 0)
        {
            int cause = told > 0 && events[told - 1].Kind == JobEventKind.NodeFailed ? events[told - 1].Cause : 0;
            shop.Send(clockS, Plan.NeedsPart[cause], Plan.RepairS[cause], ref repairLuck);
            mostDown = Math.Max(mostDown, shop.DownNodes);
        }
        shop.Pass(clockS);
    }

    private int NodesOf(SiteEventSpec stop) => (int)Math.Ceiling(stop.GpuFraction * nodes);

    private JobRun Result()
    {
        JobTimes times = state.Times;
        double earns = Plan.EarningFraction;
        // Lost computing is lost with its slow and waiting shares.
        double wastedS = earns > 0 ? Math.Min(times.ComputingS, lostGpuS / (spec.Gpus * earns)) : 0, keptS = times.ComputingS - wastedS;
        int replicas = spec.Replicas;
        return new JobRun
        {
            Interruptions = state.Memory.ByCause.Sum(),
            ByCause = [.. state.Memory.ByCause],
            Planned = state.PlannedStops,
            Flaps = state.Flaps,
            BegunAnew = state.BegunAnew,
            MeanDownNode = downNodeS / spec.SpanS,
            MostDownNodes = mostDown,
            NoSpareFraction = noSpareS / spec.SpanS,
            Ledger = new GoodputLedger
            {
                ProductiveS = keptS * earns * replicas,
                SlowStepsS = keptS * spec.SlowFraction * replicas,
                DataS = keptS * spec.DataFraction * replicas,
                CheckpointS = times.CheckpointS * replicas,
                WastedS = wastedS * replicas,
                DetectionS = times.DetectionS * replicas,
                SchedulingS = times.SchedulingS * replicas,
                CommunicatorsS = times.CommunicatorsS * replicas,
                StartupS = times.StartupS * replicas,
                LoadS = times.LoadS * replicas,
                PlannedS = times.PlannedS * replicas,
                NetworkS = times.NetworkS * replicas,
                EvaluationS = times.EvaluationS * replicas,
            },
        };
    }
}
