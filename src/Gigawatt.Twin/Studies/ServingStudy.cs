using Gigawatt.Economics;
using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>How many GPUs serve a demand at a promised speed, what a token costs, and what is left for training, learning and renting out.</summary>
public static class ServingStudy
{
    private const double DayS = 86400;

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<ServingInput>(
        "serving", "How many GPUs serve this demand, at what price per million tokens, and what is left of them?", "studies/serving.yaml", Answer);

    private static StudyAnswer Answer(ServingInput input)
    {
        ServingFrontierSpec[] frontiers = [.. input.Frontiers, .. input.Laws.Select(ServingFrontierLaw.Frontier)];
        ServingFrontierSpec own = frontiers[0];
        double promisedPerS = input.Pool.InteractivityPerS, throughput = ServingFrontier.ThroughputPerGpuS(own, promisedPerS);
        Check(input, own, throughput);
        ServingWeek week = ServingPool.Week(input.Pool, own, input.Demand);
        ServingAnswer data = Data(input, frontiers, week, throughput);
        return new StudyAnswer
        {
            Subject = $"{input.Name}: {own.Title}",
            Finding = Finding(input, week, data),
            Remarks = [.. Remarks(input, own, week, data)],
            Tables = [.. Tables(data, promisedPerS)],
            Charts = [.. ServingCharts.Of(input, frontiers, week, data)],
            Data = data,
        };
    }

    private static void Check(ServingInput input, ServingFrontierSpec own, double throughput)
    {
        List<CaseProblem> problems = [];
        if (double.IsNaN(throughput))
        {
            problems.Add(new CaseProblem("pool.interactivity",
                FormattableString.Invariant($"at most {own.Points[^1].InteractivityPerS:0.###} tokens/s, the fastest point of '{own.Title}'"),
                FormattableString.Invariant($"{input.Pool.InteractivityPerS:0.###} tokens/s")));
        }
        if (input.Pool.Gpus < input.Pool.ReplicaGpus)
        {
            problems.Add(new CaseProblem("pool.gpus", FormattableString.Invariant($"at least the {input.Pool.ReplicaGpus} GPUs of one replica"), FormattableString.Invariant($"{input.Pool.Gpus}")));
        }
        double streams = ServingPoolDemand.RequestsPerS(input.Demand, input.Demand.SessionsPerS) * ServingPool.ServiceS(input.Pool, input.Demand);
        if (streams > 2e7)
        {
            problems.Add(new CaseProblem("demand.sessions", "a mean of at most 20,000,000 streams at once", FormattableString.Invariant($"{streams:0}")));
        }
        if (input.Rl is { } rl && rl.StalenessRatio < 1)
        {
            problems.Add(new CaseProblem("rl.staleness", "1 or more: a cap below one batch would never fill it", FormattableString.Invariant($"{rl.StalenessRatio:0.###}")));
        }
        if (problems.Count > 0) { throw new CaseException(problems); }
    }

    private static ServingAnswer Data(ServingInput input, ServingFrontierSpec[] frontiers, ServingWeek week, double throughput)
    {
        ServingFrontierSpec own = frontiers[0];
        double peakRequests = week.Moments.Max(at => at.RequestsPerS);
        double peakSessions = ServingPoolDemand.OpenSessionsRatio(input.Demand, peakRequests / input.Demand.TurnsRatio);
        ServingAnswerRl? rl = input.Rl is { } job ? Rl(input, job) : null;
        return new ServingAnswer(
            ServingFrontier.MillionTokensUsd(own.CostUsdPerGpuS, throughput), 1000 * ServingFrontier.MillionTokensMwh(own.SitePowerMwPerGpu, throughput),
            week.NeededGpus, week.OnFraction,
            new ServingAnswerWaiting(
                week.MeanWaitS, week.WorstWaitS, week.LongerFraction, week.WorstQueueRatio, week.GrowthPerS, week.OverloadedS / 3600, week.IsStable),
            new ServingAnswerWeek(
                input.Pool.Gpus, peakSessions, ServingPoolDemand.TokensPerS(input.Demand, peakRequests / input.Demand.TurnsRatio), week.OnGpuS / (7 * DayS),
                week.FreeGpuS / 3600, week.PoolFraction, week.TokensRatio, week.EnergyMwh, week.OnGpuS * own.CostUsdPerGpuS * 1e6 / week.TokensRatio),
            [.. frontiers.Select(one => Frontier(one, input.Pool.InteractivityPerS))], rl,
            input.LiveUsers is { } users && input.Rl is { } learning ? LiveUsers(users, learning) : null,
            [.. input.Rentals.Select(contract => Rental(contract, input, own))]);
    }

    private static ServingAnswerFrontier Frontier(ServingFrontierSpec spec, double promisedPerS)
    {
        double at = ServingFrontier.ThroughputPerGpuS(spec, promisedPerS);
        bool isKnown = !double.IsNaN(at);
        return new ServingAnswerFrontier(
            spec.Title, isKnown ? at : null, isKnown ? ServingFrontier.MillionTokensUsd(spec.CostUsdPerGpuS, at) : null,
            isKnown ? 1000 * ServingFrontier.MillionTokensMwh(spec.SitePowerMwPerGpu, at) : null,
            [.. spec.Points.Select(point => new ServingAnswerPoint(
                point.InteractivityPerS, point.ThroughputPerGpuS, ServingFrontier.MillionTokensUsd(spec.CostUsdPerGpuS, point.ThroughputPerGpuS),
                1000 * ServingFrontier.MillionTokensMwh(spec.SitePowerMwPerGpu, point.ThroughputPerGpuS)))]);
    }

    private static ServingAnswerRl Rl(ServingInput input, ReinforcementLearningSpec job)
    {
        int rollout = ReinforcementLearning.RolloutGpus(job), learner = job.Gpus - rollout;
        SynchronousStep step = ReinforcementLearning.Synchronous(job);
        double batch = ReinforcementLearning.BatchTokensRatio(job), answered = rollout * job.RolloutTokensPerGpuS, learnt = learner * job.LearnerTokensPerGpuS;
        double lived = input.LiveUsers is { } users ? Training.LiveUsers.UsableTokensPerS(users) : double.PositiveInfinity;
        string bound = lived <= Math.Min(answered, learnt) ? "live users" : answered <= learnt ? "rollout" : "learner";
        int places = (int)Math.Max(1, Math.Floor(ReinforcementLearning.Places(job, rollout) / job.GroupAnswers));
        int cap = (int)Math.Max(job.BatchGroups, Math.Floor(job.StalenessRatio * job.BatchGroups));
        double learnerS = batch / learnt + job.SyncS;
        StalenessRun run = Staleness.Run(job.Rollout, places, job.BatchGroups, learnerS, cap, input.Updates, input.Seed);
        return new ServingAnswerRl(
            rollout, learner, ReinforcementLearning.BestRolloutGpus(job), Math.Min(lived, Math.Min(answered, learnt)), bound, step.StepS, step.BusyFraction,
            Math.Min(lived, batch / step.StepS), Staleness.GroupsPerS(Math.Min(places, cap), RolloutPool.MeanS(job.Rollout), learnerS, job.BatchGroups), run.GroupsPerS,
            Staleness.MeanRatio(run.SeenInFlightRatio, job.BatchGroups), run.MeanRatio, run.SharesFraction, run.LearnerFraction);
    }

    private static ServingAnswerLiveUsers LiveUsers(LiveUsersSpec users, ReinforcementLearningSpec job) => new(
        Training.LiveUsers.DailyTokensRatio(users), Training.LiveUsers.LearnerGpus(users, job.LearnerTokensPerGpuS), 1000 * job.LearnerTokensPerGpuS * DayS,
        Training.LiveUsers.PeakSessionsRatio(users), Training.LiveUsers.SessionS(users) / 60,
        Training.LiveUsers.BatchS(users, ReinforcementLearning.BatchTokensRatio(job)));

    private static ServingAnswerRental Rental(RentalContract contract, ServingInput input, ServingFrontierSpec own) => new(
        contract.Name, RentedCapacity.RevenueUsd(contract), RentedCapacity.PaidFraction(contract), RentedCapacity.CreditFraction(contract),
        RentedCapacity.OpportunityUsd(contract, input.OwnUsdPerGpuS), RentedCapacity.MarginUsd(contract, input.OwnUsdPerGpuS),
        3600 * RentedCapacity.BreakEvenUsdPerGpuS(contract, input.OwnUsdPerGpuS), RentedCapacity.BreakEvenFraction(own.CostUsdPerGpuS, contract.PriceUsdPerGpuS));

    private static string Finding(ServingInput input, ServingWeek week, ServingAnswer data)
    {
        string price = $"{Figures.Number(data.UsdPerMtok, 4)} USD per million tokens at {Figures.Number(input.Pool.InteractivityPerS)} tokens/s for each user";
        if (!week.IsStable) { return $"The pool of {Figures.Number(input.Pool.Gpus)} GPUs is too small for the demand: its queue grows from week to week, at worst by {Figures.Number(week.GrowthPerS)} requests a second; {Figures.Number(week.NeededGpus)} GPUs keep the promise ({price})."; }
        if (week.NeededGpus > input.Pool.Gpus)
        {
            return $"The busiest moment needs {Figures.Number(week.NeededGpus)} GPUs, {Figures.Number(week.NeededGpus - input.Pool.Gpus)} more than the pool has; requests then wait up to {Figures.Duration(week.WorstWaitS)} ({price}).";
        }
        return $"{Figures.Number(week.NeededGpus)} GPUs serve the busiest moment, {Figures.Number(data.Week.MeanOnGpus, 4)} on average, at {price}; training gets {Figures.Number(data.Week.FreeGpuHPerWeek, 4)} GPU-hours a week.";
    }

    private static IEnumerable<string> Remarks(ServingInput input, ServingFrontierSpec own, ServingWeek week, ServingAnswer data)
    {
        if (week.OverloadedS > 0)
        {
            yield return $"For {Figures.Duration(week.OverloadedS)} a week more requests come than the GPUs that are on can take: the queue grows by up to {Figures.Number(week.GrowthPerS)} requests a second, to {Figures.Number(week.WorstQueueRatio, 4)}.";
        }
        if (week.LongerFraction > input.Pool.LongerFraction)
        {
            yield return $"{Figures.Percent(week.LongerFraction)} of the requests wait longer than {Figures.Duration(input.Pool.WaitS)}, where {Figures.Percent(input.Pool.LongerFraction)} may: more headroom, a shorter start or forecasts would help.";
        }
        double mix = input.Demand.InputTokensRatio / input.Demand.OutputTokensRatio;
        if (Math.Abs(mix - own.InputRatio) > 0.25 * (1 + own.InputRatio))
        {
            yield return $"The demand has {Figures.Number(mix)} tokens of input for one of output, the frontier was measured at {Figures.Number(own.InputRatio)}: throughput counts both, and output costs more than input, so another mix is served at another price.";
        }
        if (own.Points.Count > 0 && input.Pool.InteractivityPerS < own.Points[0].InteractivityPerS)
        {
            yield return $"The promise is slower than the slowest point of the frontier ({Figures.Number(own.Points[0].InteractivityPerS)} tokens/s); its throughput is used, since nothing better was measured.";
        }
        if (input.Laws.Count > 0) { yield return "Frontiers from datasheets are estimates: efficiency, collectives and mix are assumptions."; }
        if (data.Rl is { } rl)
        {
            yield return $"Reinforcement learning handles {Figures.Number(rl.TokensPerS, 4)} tokens/s on {Figures.Number(rl.RolloutGpus)} rollout and {Figures.Number(rl.LearnerGpus)} learner GPUs, bound by {rl.Bound}; a synchronous step takes {Figures.Duration(rl.SynchronousStepS)}, with its places {Figures.Percent(rl.SynchronousBusyFraction)} busy during rollout.";
            if (rl.SimulatedGroupsPerS < 0.95 * rl.GroupsPerS)
            {
                yield return $"Event by event {Figures.Number(rl.SimulatedGroupsPerS)} groups a second are learnt from, not the {Figures.Number(rl.GroupsPerS)} of the closed form: the cap of {Figures.Number(input.Rl!.StalenessRatio)} batches on groups in flight leaves places or learners empty; a higher 'staleness' fills them.";
            }
            yield return $"Answers are {Figures.Number(rl.SimulatedStalenessMean)} updates old on average, event by event; groups in flight over a batch say {Figures.Number(rl.StalenessMean)}.";
        }
        if (data.LiveUsers is { } users)
        {
            yield return $"The live users write {Figures.Number(users.TokensPerDay / 1e9, 4)} billion tokens a day, which keep {Figures.Number(users.LearnerGpus, 4)} learner GPUs busy: more learners would wait for people.";
        }
        yield return "Price is cost of the GPU over its full throughput; as run, with headroom and starts, it is "
            + $"{Figures.Number(data.Week.UsdPerMtokAsRun, 4)} USD per million tokens.";
    }

    private static IEnumerable<StudyTable> Tables(ServingAnswer data, double promisedPerS)
    {
        yield return StudyTable.Of($"Frontiers at {Figures.Number(promisedPerS)} tokens/s for each user", ["Frontier", "Tokens/s per GPU", "USD per million tokens", "kWh per million tokens"],
            data.Frontier.Select(one => new object?[] { one.Title, one.TokensPerGpuS, one.UsdPerMtok, one.KwhPerMtok }));
        yield return StudyTable.Of("The pool's week", ["What", "Value", "Unit"],
        [
            ["GPUs needed at the busiest moment, headroom included", data.GpusNeeded, "GPU"], ["Mean of GPUs that serve", data.Week.MeanOnGpus, "GPU"],
            ["Left for training", data.Week.FreeGpuHPerWeek, "GPU-h/week"], ["Used of what is on", data.Utilisation * 100, "%"],
            ["Used of the pool", data.Week.PoolUtilisation * 100, "%"], ["Sessions open at the peak", data.Week.PeakSessions, ""],
            ["Tokens", data.Week.TokensPerWeek / 1e9, "billion/week"], ["Energy", data.Week.EnergyMwhPerWeek, "MWh/week"],
            ["Mean wait", data.Waiting.MeanS * 1000, "ms"], ["Worst wait of five minutes", data.Waiting.WorstS, "s"],
            ["Wait longer than promised", data.Waiting.LongerFraction * 100, "%"],
        ]);
        if (data.Rl is { } rl)
        {
            yield return StudyTable.Of("Reinforcement learning", ["What", "Value", "Unit"],
            [
                ["Rollout GPUs", rl.RolloutGpus, "GPU"], ["Learner GPUs", rl.LearnerGpus, "GPU"], ["Best split, rollout", rl.BestRolloutGpus, "GPU"],
                ["Tokens learnt from", rl.TokensPerS, "1/s"], ["Bound by", rl.Bound, ""], ["Synchronous step", rl.SynchronousStepS, "s"],
                ["Groups a second, closed form", rl.GroupsPerS, "1/s"], ["Groups a second, event by event", rl.SimulatedGroupsPerS, "1/s"],
                ["Age of answers, groups in flight over batch", rl.StalenessMean, "updates"], ["Age of answers, event by event", rl.SimulatedStalenessMean, "updates"],
            ]);
        }
        if (data.Rentals.Count > 0)
        {
            yield return StudyTable.Of("Contracts", ["Contract", "Revenue, USD", "Paid, %", "Credit, %", "Own use, USD", "Over own use, USD", "Break-even, USD/GPU-h"],
                data.Rentals.Select(one => new object?[] { one.Name, one.RevenueUsd, one.PaidFraction * 100, one.CreditFraction * 100, one.OwnUseUsd, one.MarginUsd, one.BreakEvenUsdPerGpuH }));
        }
    }
}
