using Gigawatt.Numerics;
using Gigawatt.Power.Networks;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Studies;

/// <summary>Input of the power-flow study: a network and what to ask of it.</summary>
public sealed record PowerFlowInput
{
    /// <summary>The network; its keys stand beside the others.</summary>
    [Inline]
    public required NetworkCase Network { get; init; }

    /// <summary>Whether generators that reach a reactive limit let their voltage go.</summary>
    [Default(Grade.D, "a generator cannot give more than it has")]
    public bool ReactiveLimits { get; init; } = true;

    /// <summary>Whether generators that balance stop at their limits of active power.</summary>
    [Default(Grade.D, "a generator cannot give more than it has")]
    public bool ActiveLimits { get; init; } = true;

    /// <summary>Whether to lose every branch and generator in turn.</summary>
    [Default(Grade.D, "asked for when wanted")]
    public bool Contingencies { get; init; }

    /// <summary>Whether to compute initial short-circuit currents.</summary>
    [Default(Grade.D, "asked for when wanted")]
    public bool ShortCircuit { get; init; }

    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Reads a MATPOWER case when the path ends in <c>.m</c>; null otherwise.</summary>
    /// <exception cref="ScenarioException">The file is no case; each problem has its line.</exception>
    internal static PowerFlowInput? Import(string path)
    {
        if (!path.EndsWith(".m", StringComparison.OrdinalIgnoreCase)) { return null; }
        ProblemList unreadable = new();
        string? text = InputFile.Read(path, unreadable);
        unreadable.ThrowIfAny(path);
        if (Matpower.TryParse(text ?? "", out IReadOnlyList<MatpowerProblem> problems) is not { } read)
        {
            throw new ScenarioException([.. problems.OrderBy(one => one.Line).Select(one => new Problem(path, one.Line, one.Column, $"mpc.{one.Part}", one.Expected, one.Found))]);
        }
        try
        {
            Grid.Of(read.Network);
        }
        catch (CaseException wrong)
        {
            throw new ScenarioException([.. wrong.Problems.Select(one => new Problem(path, Line(read, one.Path), 1, one.Path, one.Expected, one.Found)).OrderBy(one => one.Line)]);
        }
        // runpf enforces no limits unless told to.
        return new PowerFlowInput { Network = read.Network, ReactiveLimits = false, ActiveLimits = false, Contingencies = true, Notes = read.Notes };
    }

    private static int Line(MatpowerCase read, string path)
    {
        int end = path.IndexOf(']', StringComparison.Ordinal);
        return end > 0 && read.Lines.TryGetValue(path[..(end + 1)], out int line) ? line : 1;
    }
}

/// <summary>Voltage of a bus.</summary>
public sealed record PowerFlowAnswerBus(string Name, double VPu, double AngleDeg, double? Kv, int Island);

/// <summary>Flow of a branch.</summary>
public sealed record PowerFlowAnswerBranch(
    string Name, string From, string To, double FromMw, double FromMvar, double ToMw, double ToMvar, double LossMw, double? LoadingPercent, double VoltageDropPercent);

/// <summary>Output of a generator.</summary>
public sealed record PowerFlowAnswerGenerator(string Name, string Bus, double OutputMw, double OutputMvar, bool AtReactiveLimit);

/// <summary>An island: buses that hang together.</summary>
public sealed record PowerFlowAnswerIsland(int Number, int Buses, double LoadMw, double OutputMw, bool IsLive);

/// <summary>A voltage outside its limits.</summary>
public sealed record PowerFlowAnswerVoltage(string Bus, double VPu, double MinPu, double MaxPu);

/// <summary>A loss of one element.</summary>
public sealed record PowerFlowAnswerContingency(
    string Name, LostElement Lost, bool Secure, string? Why, double LoadLostMw, int Islands, int Overloads, string? WorstBranch, double WorstLoadingPercent,
    int VoltageViolations, double LowestVPu);

/// <summary>A short-circuit current.</summary>
public sealed record PowerFlowAnswerFault(string Bus, double CurrentKa, double PowerMva, double InverterPercent);

/// <summary>What <c>gw study power-flow --json</c> prints.</summary>
public sealed record PowerFlowAnswer
{
    /// <summary>Whether voltages were found that satisfy every bus.</summary>
    public required bool Converged { get; init; }

    /// <summary>Why not; absent when they were.</summary>
    public string? Why { get; init; }

    /// <summary>Newton steps.</summary>
    public required int Iterations { get; init; }

    /// <summary>Largest mismatch.</summary>
    public required double MismatchMva { get; init; }

    /// <summary>Power lost in lines and transformers.</summary>
    public required double LossMw { get; init; }

    /// <summary>Output of the generators that balance their islands.</summary>
    public required double SlackMw { get; init; }

    /// <summary>Voltages.</summary>
    public required IReadOnlyList<PowerFlowAnswerBus> Buses { get; init; }

    /// <summary>Branches above their rating.</summary>
    public required IReadOnlyList<PowerFlowAnswerBranch> Overloads { get; init; }

    /// <summary>Buses outside their limits.</summary>
    public required IReadOnlyList<PowerFlowAnswerVoltage> VoltageViolations { get; init; }

    /// <summary>All branches.</summary>
    public required IReadOnlyList<PowerFlowAnswerBranch> Branches { get; init; }

    /// <summary>All generators.</summary>
    public required IReadOnlyList<PowerFlowAnswerGenerator> Generators { get; init; }

    /// <summary>All islands.</summary>
    public required IReadOnlyList<PowerFlowAnswerIsland> Islands { get; init; }

    /// <summary>Losses of one element, the worst first; empty when not asked for.</summary>
    public required IReadOnlyList<PowerFlowAnswerContingency> Contingencies { get; init; }

    /// <summary>Short-circuit currents; empty when not asked for.</summary>
    public required IReadOnlyList<PowerFlowAnswerFault> ShortCircuits { get; init; }
}
