using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Scenarios.Linting;

/// <summary>Jobs that cannot start, or cannot get anywhere.</summary>
internal static class TrainingLints
{
    public static void Check(SitePlan plan, LintList lints)
    {
        Scenario scenario = plan.Scenario;
        for (int i = 0; i < scenario.Training.Jobs.Count; i++)
        {
            JobSpec entry = scenario.Training.Jobs[i];
            string path = $"training.jobs[{i}]";
            CheckFailures(entry.Job, path, lints);
            CheckGpus(plan, entry, path, lints);
        }
    }

    private static void CheckFailures(TrainingJobSpec job, string path, LintList lints)
    {
        JobPlan plan = new(job);
        double mtbfS = plan.MtbfS;
        if (!double.IsFinite(mtbfS))
        {
            if (job.NewBatch is null) { lints.Add(LintRules.NothingFails, path, $"nothing ever stops '{job.Name}': the rates of all its failures are zero"); }
            return;
        }
        double restartS = plan.RestartS, periodS = plan.PeriodS;
        double useful = plan.EfficiencyFraction(out _)
            ?? Checkpoint.AsynchronousEfficiencyFraction(mtbfS, periodS, plan.StallS, plan.WriteS, plan.DownS, restartS);
        string failures = $"{Figures.Number(job.Gpus)} GPUs of '{job.Name}' fail every {Figures.Duration(mtbfS)}";
        string left = $"about {Figures.Percent(useful, 2)} of the time becomes progress";
        if (job.Replicas == 1 && restartS + plan.DownS > mtbfS)
        {
            string progress = useful < 0.01 ? $"the job makes no progress: {left}" : left;
            lints.Add(
                LintRules.NoProgress, path,
                $"{failures}; finding a failure and restarting take {Figures.Duration(plan.DownS + restartS)}, and {progress}");
        }
        double replicaS = plan.DownS + job.ReplicaRestartS;
        if (job.Replicas > 1 && replicaS > job.Replicas * mtbfS)
        {
            lints.Add(
                LintRules.NoProgress, path,
                $"{failures}, and a replica is out for {Figures.Duration(replicaS)}: "
                + $"on average {Figures.Percent(replicaS / (replicaS + job.Replicas * mtbfS), 2)} of the {job.Replicas} replicas make no progress");
        }
        if (job.LocalCheckpoint is null && job.CheckpointIntervalS is not null && periodS > mtbfS)
        {
            double bestS = Checkpoint.BestAsynchronousPeriodS(mtbfS, Math.Max(plan.StallS, 1e-3), plan.WriteS) - plan.StallS;
            string best = bestS > 0 ? $"; the best interval is {Figures.Duration(bestS)}" : "";
            lints.Add(
                LintRules.RareCheckpoints, $"{path}.checkpoint_interval",
                $"{failures}, and checkpoints come every {Figures.Duration(periodS)}: {left}{best}");
        }
    }

    private static void CheckGpus(SitePlan plan, JobSpec entry, string path, LintList lints)
    {
        Scenario scenario = plan.Scenario;
        TrainingJobSpec job = entry.Job;
        string where = entry.On is null ? "the scenario" : $"'{entry.On}'";
        int most = plan.MostGpus(entry.On);
        if (job.Gpus > most)
        {
            int least = job.MinGpus ?? job.Gpus;
            string end = least <= most ? $"it runs with {Figures.Number(most)} at best" : $"it needs {Figures.Number(least)} and never starts";
            lints.Add(
                LintRules.TooManyGpus, $"{path}.gpus",
                $"'{job.Name}' asks for {Figures.Number(job.Gpus)} GPUs, and {where} never has more than {Figures.Number(most)}: {end}");
        }
        DateOnly start = job.Start > scenario.Start ? job.Start : scenario.Start;
        if (plan.FirstLiveDay(entry.On) is { } live && start < live && (job.End is not { } last || last >= scenario.Start))
        {
            lints.Add(
                LintRules.StartsTooEarly, $"{path}.start",
                $"'{job.Name}' starts on {Figures.Day(start)}; the first rack of {where} is through commissioning on {Figures.Day(live)}, "
                + $"{live.DayNumber - start.DayNumber} days later");
        }
    }
}
