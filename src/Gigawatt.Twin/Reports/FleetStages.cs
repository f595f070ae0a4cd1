using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>A time in which no GPUs were delivered: the fleet stood at one size.</summary>
/// <param name="First">First day, from 0.</param>
/// <param name="Last">Last day.</param>
/// <param name="From">Date of the first day.</param>
/// <param name="To">Date of the last day.</param>
/// <param name="Gpus">GPUs installed.</param>
/// <param name="Days">The GPU-time ledger day by day.</param>
internal sealed record FleetStage(int First, int Last, DateOnly From, DateOnly To, int Gpus, LedgerDays Days)
{
    /// <summary>GPU-hours of a line of the ledger in this time.</summary>
    public double GpuHours(int line) => Days.Between(line, First, Last);

    /// <summary>GPU-hours of a line by its name.</summary>
    public double GpuHours(string line) => GpuHours(Days.Ledger.Line(line));

    /// <summary>GPU-hours that became useful: training, serving, tenants.</summary>
    public double UsefulGpuHours => GpuTimeWaterfall.Useful.Sum(GpuHours);

    /// <summary>What took most, the largest first.</summary>
    public IReadOnlyList<(string Line, double Fraction)> Losses(int most) =>
        [.. GpuTimeLosses.Of(Days.Ledger, GpuHours).Take(most).Select(loss => (loss.Line, loss.GpuHours / GpuHours("installed")))];
}

/// <summary>How much of the fleet was useful at each size that it stood at.</summary>
internal static class FleetStages
{
    private const int LeastDays = 28;
    private const double SmallestFraction = 1e-4;

    /// <summary>Stages of four weeks and more; none when the fleet never grew.</summary>
    public static IReadOnlyList<FleetStage> Of(RunResult run)
    {
        List<FleetStage> stages = [];
        int days = Math.Min(run.Days.Count, run.GpuTimeDays?.Count ?? 0);
        for (int first = 0, last; first < days; first = last + 1)
        {
            last = first;
            while (last + 1 < days && run.Days[last + 1].InstalledGpus == run.Days[first].InstalledGpus) { last++; }
            if (run.Days[first].InstalledGpus == 0 || last - first + 1 < LeastDays) { continue; }
            stages.Add(new FleetStage(first, last, run.Days[first].Day, run.Days[last].Day, run.Days[first].InstalledGpus, run.GpuTimeDays!));
        }
        return stages.Count == 1 && stages[0].Last - stages[0].First + 1 == days ? [] : stages;
    }

    /// <summary>The waterfall of a stage.</summary>
    public static GpuTimePart Part(FleetStage stage) => new(
        $"{stage.Gpus} GPUs", Sentence(stage),
        $"{Readable.Sentence(Readable.Span(stage.From, stage.To))}, while no GPUs were delivered. Losses below a hundredth of a percent are left out.",
        GpuTimeWaterfall.Steps(stage.Days.Ledger, stage.GpuHours, SmallestFraction * stage.GpuHours("installed")));

    /// <summary>The useful share at each size in one sentence, with a space before it; empty when it stood at one size only.</summary>
    public static string Shares(RunResult run)
    {
        string[] sizes = [.. Of(run).Select(stage => $"{Readable.Percent(stage.UsefulGpuHours / stage.GpuHours("installed"))} at {Readable.Count(stage.Gpus)} GPUs")];
        return sizes.Length > 1 ? $" By size of the fleet: {Readable.List(sizes)}." : "";
    }

    /// <summary>How many hours became useful at this size, and the three largest losses.</summary>
    public static string Sentence(FleetStage stage)
    {
        string[] losses = [.. stage.Losses(3).Select(loss => $"{GpuTimeWaterfall.Cause(loss.Line)} ({Readable.Percent(loss.Fraction)})")];
        string most = losses.Length > 0 ? $"; most was lost to {Readable.List(losses)}" : "";
        return $"At {Readable.Count(stage.Gpus)} GPUs {Readable.Amount(stage.UsefulGpuHours)} of {Readable.Amount(stage.GpuHours("installed"))} installed GPU-hours became useful, {Readable.Percent(stage.UsefulGpuHours / stage.GpuHours("installed"))}{most}";
    }
}
