using Gigawatt.Numerics;

namespace Gigawatt.Compute;

/// <summary>What a GPU of a training job is doing, from the least power to the most.</summary>
public enum GpuActivity
{
    /// <summary>No job is loaded.</summary>
    Idle,

    /// <summary>A job is loaded and waits: checkpoint, restart, pipeline bubble, data.</summary>
    Stall,

    /// <summary>Communicates while nothing else runs.</summary>
    Communication,

    /// <summary>Works at the pace of its memory: optimiser, normalisation.</summary>
    Memory,

    /// <summary>Multiplies matrices.</summary>
    Compute,
}

/// <summary>Power of a GPU in each of its states, as shares of TDP.</summary>
/// <remarks>
/// The published steady 78 to 81 % is the mean over whole steps; the plateau within a step is higher by what exposed communication is lower. Levels that no
/// public record separates are assumptions. Not modelled: spread between chips, dependence of the plateau on model and precision.
/// </remarks>
public sealed record PowerStatesSpec : ISelfChecking
{
    /// <summary>No job loaded.</summary>
    [Default(Grade.D, "8 x H100 training traces, grantwilkins/training_profile: 72-77 W of 700 W; read 2026")]
    public double IdleFraction { get; init => field = Check.Fraction(value); } = 0.104;

    /// <summary>Loaded and waiting.</summary>
    [Default(Grade.D, "8 x H100 training traces, grantwilkins/training_profile: 149-158 W of 700 W while checkpoints are written; read 2026")]
    public double StallFraction { get; init => field = Check.Fraction(value); } = 0.215;

    /// <summary>Exposed communication.</summary>
    [Default(Grade.E, "assumption: 45 %, the middle of 30 to 60 %")]
    public double CommunicationFraction { get; init => field = Check.Fraction(value); } = 0.45;

    /// <summary>Bound by memory.</summary>
    [Default(Grade.E, "assumption: 65 %, between exposed communication and matrix products")]
    public double MemoryFraction { get; init => field = Check.Fraction(value); } = 0.65;

    /// <summary>Matrix products.</summary>
    [Default(Grade.D, "steady 78-81 % over whole steps (same traces), a tenth of them exposed communication at 45 %: (79.5 % - 4.5 %) / 0.9")]
    public double ComputeFraction { get; init => field = Check.Fraction(value); } = 0.833;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        (string Name, double Fraction)[] rising =
        [
            (nameof(IdleFraction), IdleFraction), (nameof(StallFraction), StallFraction), (nameof(CommunicationFraction), CommunicationFraction),
            (nameof(MemoryFraction), MemoryFraction), (nameof(ComputeFraction), ComputeFraction),
        ];
        for (int i = 1; i < rising.Length; i++)
        {
            if (rising[i].Fraction >= rising[i - 1].Fraction) { continue; }
            yield return new Contradiction(
                rising[i].Name,
                FormattableString.Invariant($"shares that rise from idle over stall, communication and memory to compute: at least the {rising[i - 1].Fraction * 100:0.#} % of the state before"),
                FormattableString.Invariant($"{rising[i].Fraction * 100:0.#} %"));
        }
    }
}

/// <summary>GPU-seconds, or seconds of one GPU, spent in each state.</summary>
/// <param name="IdleS">Without a job.</param>
/// <param name="StallS">Loaded and waiting.</param>
/// <param name="CommunicationS">In exposed communication.</param>
/// <param name="MemoryS">Bound by memory.</param>
/// <param name="ComputeS">In matrix products.</param>
public readonly record struct StateTimes(double IdleS, double StallS, double CommunicationS, double MemoryS, double ComputeS)
{
    /// <summary>All of it.</summary>
    public double AllS => IdleS + StallS + CommunicationS + MemoryS + ComputeS;
}

/// <summary>The equations of the states.</summary>
public static class PowerStates
{
    // Shares by generation where a public record says more than the H100's traces do.
    private static readonly (string Title, PowerStatesSpec States, Grade Grade, string Source)[] Generations =
    [
        ("A100", new() { IdleFraction = 0.155, StallFraction = 0.2525, ComputeFraction = 0.93 }, Grade.D,
            "AcmeTrace, watts of 400: 5 % of time below 62, half below 101, three quarters below 372, 95 % below 413"),
        ("H100", new(), Grade.D, "8 x H100 training traces, grantwilkins/training_profile"),
        ("B200", new() { ComputeFraction = 0.825 }, Grade.D,
            "MLPerf logs of Lenovo, node of 8: 9.6 to 10.05 kW; less 2.8 kW of other parts and losses of 7 % it is 787 W a GPU over whole steps; other states as H100"),
        ("GB200", new(), Grade.E, "assumption: as H100; no power log of a rack is public"),
        ("GB300", new(), Grade.E, "assumption: as H100; no power log of a rack is public"),
    ];

    /// <summary>Generations that have shares of their own, with how far they can be trusted.</summary>
    public static IReadOnlyList<(string Title, PowerStatesSpec States, Grade Grade, string Source)> ByGeneration => Generations;

    /// <summary>States of a generation such as H100; null when it is not known.</summary>
    public static PowerStatesSpec? Of(string generation)
    {
        foreach ((string title, PowerStatesSpec states, _, _) in Generations)
        {
            if (string.Equals(title, generation, StringComparison.OrdinalIgnoreCase)) { return states; }
        }
        return null;
    }

    /// <summary>Share of TDP in a state.</summary>
    public static double Fraction(PowerStatesSpec spec, GpuActivity activity) => activity switch
    {
        GpuActivity.Idle => spec.IdleFraction,
        GpuActivity.Stall => spec.StallFraction,
        GpuActivity.Communication => spec.CommunicationFraction,
        GpuActivity.Memory => spec.MemoryFraction,
        _ => spec.ComputeFraction,
    };

    /// <summary>Share of TDP in a state under a power cap: matrix products draw what the cap leaves them, nothing draws more than they.</summary>
    public static double CappedFraction(PowerStatesSpec spec, GpuActivity activity, CapCurve curve, double capFraction) =>
        Math.Min(Fraction(spec, activity), spec.ComputeFraction * curve.DrawnFraction(capFraction));

    /// <summary>Mean share of TDP over a time spent in several states; 0 when there was none.</summary>
    public static double MeanFraction(PowerStatesSpec spec, in StateTimes times)
    {
        double allS = times.AllS;
        return allS > 0
            ? (times.IdleS * spec.IdleFraction + times.StallS * spec.StallFraction + times.CommunicationS * spec.CommunicationFraction
                + times.MemoryS * spec.MemoryFraction + times.ComputeS * spec.ComputeFraction) / allS
            : 0;
    }

    /// <summary>Power at the rack's feed for each GPU: chips, the rest of the node, converters and switches.</summary>
    /// <param name="rack">The rack that holds the GPU.</param>
    /// <param name="gpuFraction">Power of the GPU as a share of TDP.</param>
    /// <param name="isLoaded">Whether a job is loaded: then the other parts are as busy as training makes them, also while GPUs wait (assumption).</param>
    public static double FeedMwPerGpu(RackSpec rack, double gpuFraction, bool isLoaded) =>
        Rack.Power(rack, gpuFraction, isLoaded ? rack.TrainingActivityFraction : 0).TotalMw / Rack.Gpus(rack);
}
