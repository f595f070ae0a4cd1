using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>GPU-time from installed to useful: each loss of the ledger is one step down.</summary>
internal static class GpuTimeWaterfall
{
    private const double SmallestGpuHours = 1e-6;
    private const double NearlyAllFraction = 0.9;

    private static readonly Dictionary<string, string> Notes = new(StringComparer.Ordinal)
    {
        ["installed"] = "Every hour of every GPU delivered, from its delivery on.",
        ["awaiting_commissioning"] = "Delivered, not yet commissioned.",
        ["awaiting_floor"] = "Commissioned, but there is no floor to stand on.",
        ["awaiting_fabric"] = "Commissioned, but no fabric port joins them.",
        ["awaiting_power"] = "Commissioned, but the power that is there does not carry them on the planning basis.",
        ["awaiting_permits"] = "Commissioned, but the units that would power them may not run.",
        ["awaiting_cooling"] = "Commissioned, but their heat could not be rejected on the design day.",
        ["held_back_power"] = "Live, but paused or switched off in operation because power ran short.",
        ["held_back_cooling"] = "Live, but paused or switched off in operation because cooling ran short.",
        ["in_repair"] = "Their node failed and was not yet repaired.",
        ["idle"] = "Live and wanted by nobody, or standing by for others that fail.",
        ["detection"] = "Held by a job that had failed, until the failure was found.",
        ["waiting_for_nodes"] = "Waiting until a failed node was replaced, or until there were enough GPUs for their job to go on.",
        ["communicators"] = "Joining their job's network in a restart.",
        ["program_start"] = "Starting their job's program in a restart.",
        ["checkpoint_load"] = "Loading a checkpoint in a restart.",
        ["planned_stop"] = "Held by a job that was stopped by plan.",
        ["evaluation"] = "Evaluating the model instead of training it.",
        ["network_stall"] = "Waiting for the end of a link flap that retries absorbed.",
        ["checkpoint_stall"] = "Waiting while their job wrote a checkpoint.",
        ["throttled"] = "Slowed by a power cap or by power missing inside a step.",
        ["slow_steps"] = "Computing time that slow GPUs and stragglers took.",
        ["waiting_for_data"] = "Computing time in which input data was waited for.",
        ["lost_work"] = "Work done since the last checkpoint and lost to a failure.",
        ["not_yet_safe"] = "Work done since the last checkpoint when the run ended.",
        ["useful"] = "Training progress made safe by a checkpoint.",
        ["serving_idle"] = "Switched on for users who were not there at the moment.",
        ["serving"] = "Answering users.",
        ["rented_out"] = "Kept for tenants by contract, used or not.",
    };

    /// <summary>Lines of time that served its purpose: training, serving, tenants.</summary>
    internal static readonly string[] Useful = ["useful", "serving", "rented_out"];

    /// <summary>The chart's data.</summary>
    public static GpuTimeData Build(ReportInput input)
    {
        Ledger ledger = input.Run.GpuTime;
        const string Caption =
            "GPU-hours over the run; every hour of every delivered GPU goes to exactly one place, and the steps add up. Useful is time at full speed "
            + "that a checkpoint made safe; how well kernels, communication and pipeline use a working GPU is told below.";
        string sources = EvidenceMix.Sources(input, "compute", "training");
        if (ledger["installed"] <= 0) { return new GpuTimeData(Title(ledger), Caption + sources, [], []); }
        string shared = UsefulGpuHours(ledger) > ledger["useful"] + SmallestGpuHours ? " Serving users and renting out are useful as well, and counted in the sentence above." : "";
        // A stage that is nearly the whole run would show the same bars again.
        IEnumerable<FleetStage> stages = FleetStages.Of(input.Run).Where(stage => stage.GpuHours("installed") < NearlyAllFraction * ledger["installed"]);
        GpuTimePart[] parts = [.. stages.Select(FleetStages.Part), .. StepWaterfall.Part(input.Run) is { } inside ? [inside] : Array.Empty<GpuTimePart>()];
        return new GpuTimeData(Title(ledger), Caption + shared + sources, Steps(ledger, i => ledger[i], SmallestGpuHours), parts);
    }

    /// <summary>Bars of a waterfall over the lines of the GPU-time ledger: what was installed, every loss, what was useful.</summary>
    internal static IReadOnlyList<GpuTimeStep> Steps(Ledger ledger, Func<int, double> gpuHours, double smallestGpuHours)
    {
        GpuTimeStep Named(string line, string kind) => Step(line, gpuHours(ledger.Line(line)), kind);
        List<GpuTimeStep> steps = [Named("installed", "total")];
        for (int i = 0; i < ledger.Lines.Count; i++)
        {
            (string name, Side side) = ledger.Lines[i];
            if (side != Side.In && !Useful.Contains(name) && Math.Abs(gpuHours(i)) > smallestGpuHours) { steps.Add(Step(name, gpuHours(i), "loss")); }
        }
        GpuTimeStep trained = Named("useful", "useful");
        string[] others = [.. Useful.Where(name => name != "useful" && gpuHours(ledger.Line(name)) > smallestGpuHours)];
        steps.Add(others.Length > 0 ? trained with { Label = "Useful training" } : trained);
        foreach (string name in others) { steps.Add(Named(name, "useful")); }
        return steps;
    }

    /// <summary>The finding, from the GPU-time ledger.</summary>
    public static string Title(Ledger ledger)
    {
        double installed = ledger["installed"], useful = UsefulGpuHours(ledger);
        if (installed <= 0) { return "No GPUs were delivered in this run"; }
        (string name, double lost) = GpuTimeLosses.Largest(ledger);
        string worst = lost > SmallestGpuHours ? $"; the most was lost to {Cause(name)}, {Readable.Percent(lost / installed)}" : "";
        return useful > 0
            ? $"Of {Readable.Amount(installed)} installed GPU-hours {Readable.Percent(useful / installed)} became useful{worst}"
            : $"None of the {Readable.Amount(installed)} installed GPU-hours became useful{worst}";
    }

    /// <summary>GPU-hours that served their purpose.</summary>
    public static double UsefulGpuHours(Ledger ledger) => ledger["useful"] + ledger["serving"] + ledger["rented_out"];

    /// <summary>What took GPU-time, after "lost to".</summary>
    public static string Cause(string line) => line switch
    {
        "awaiting_commissioning" => "waiting for commissioning",
        "awaiting_floor" => "waiting for floor space",
        "awaiting_fabric" => "waiting for fabric",
        "awaiting_power" => "waiting for power",
        "awaiting_permits" => "waiting for permits",
        "awaiting_cooling" => "waiting for cooling",
        "held_back_power" => "power shortages in operation",
        "held_back_cooling" => "cooling shortages in operation",
        "in_repair" => "repair",
        "idle" => "GPUs that no job wanted",
        GpuTimeLosses.Restarts => "finding failures and restarting",
        "detection" => "failures that had to be found",
        "waiting_for_nodes" => "waiting for nodes",
        "communicators" => "setting up communicators",
        "program_start" => "starting programs",
        "checkpoint_load" => "loading checkpoints",
        "planned_stop" => "planned stops",
        "network_stall" => "link flaps",
        "checkpoint_stall" => "checkpoints that stop the job",
        "slow_steps" => "slow steps",
        "throttled" => "throttling",
        "serving_idle" => "serving GPUs without requests",
        "lost_work" => "work lost in failures",
        _ => LedgerWords.InSentence(line),
    };

    private static GpuTimeStep Step(string line, double gpuHours, string kind) =>
        new(line, LedgerWords.Label(line), gpuHours, Notes.GetValueOrDefault(line, ""), kind);
}
