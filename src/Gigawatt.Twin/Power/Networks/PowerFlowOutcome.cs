namespace Gigawatt.Power.Networks;

/// <summary>Where the search for voltages begins.</summary>
public enum FlowStart
{
    /// <summary>Angles from the linear (DC) flow, voltages at their set points.</summary>
    Dc,

    /// <summary>All angles equal, voltages at their set points.</summary>
    Flat,

    /// <summary>At the last solution.</summary>
    Warm,
}

/// <summary>How a power flow is solved.</summary>
public sealed record PowerFlowOptions
{
    /// <summary>Where the search begins.</summary>
    public FlowStart Start { get; init; } = FlowStart.Dc;

    /// <summary>Largest mismatch at a node that counts as solved.</summary>
    public double TolerancePu { get; init; } = 1e-8;

    /// <summary>Newton steps before giving up between two changes of a limit or tap.</summary>
    public int MostIterations { get; init; } = 30;

    /// <summary>Whether generators that reach a reactive limit let their voltage go.</summary>
    public bool ReactiveLimits { get; init; } = true;

    /// <summary>Whether generators that balance stop at their limits of active power.</summary>
    public bool ActiveLimits { get; init; } = true;
}

/// <summary>Why a power flow has no solution.</summary>
public enum FlowFailure
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>Newton's method does not settle; the mismatch at the named node is largest.</summary>
    NotSettled,

    /// <summary>The voltage of the named node collapses: more is drawn than the network can carry there.</summary>
    VoltageCollapse,

    /// <summary>The equations of the named node have no unique answer.</summary>
    Singular,

    /// <summary>Every generator that balances the named node's island is at a limit of active power.</summary>
    NoRoom,

    /// <summary>Limits and taps still change after many rounds; the named node changed last.</summary>
    Hunting,
}

/// <summary>How a power flow ended.</summary>
/// <param name="Failure">Why there is no solution; none when there is one.</param>
/// <param name="Node">The node that is named with it; −1 for none.</param>
/// <param name="Iterations">Newton steps in all.</param>
/// <param name="MismatchMva">Largest mismatch at a node at the end.</param>
/// <param name="LowestVoltagePu">Lowest voltage of a live node at the end.</param>
/// <param name="ShortMw">Power that is missing (or too much, when negative) where generators have no room.</param>
/// <param name="LossMw">Power lost in branches.</param>
/// <param name="DeadMw">Load of islands that no source holds.</param>
/// <param name="CarriedFraction">Where the voltage collapses: the share of all loads and schedules up to which there is a solution.</param>
public readonly record struct PowerFlowOutcome(
    FlowFailure Failure, int Node, int Iterations, double MismatchMva, double LowestVoltagePu, double ShortMw, double LossMw, double DeadMw,
    double CarriedFraction = double.NaN)
{
    /// <summary>Whether voltages were found that satisfy every node.</summary>
    public bool Converged => Failure == FlowFailure.None;

    /// <summary>What went wrong, in a sentence; empty when nothing did.</summary>
    public string Why(Grid grid)
    {
        string at = Node >= 0 ? grid.NameOf(Node) : "";
        return Failure switch
        {
            FlowFailure.None => "",
            FlowFailure.VoltageCollapse => FormattableString.Invariant(
                $"no solution: the voltage collapses at bus {at} ({LowestVoltagePu:0.00} pu at {CarriedFraction * 100:0} % of the load, the most that the network carries); less load, more reactive power or a stronger branch is needed"),
            FlowFailure.Singular => $"no solution: the equations at bus {at} are singular: check impedances of opposite sign around it",
            FlowFailure.NoRoom when ShortMw > 0 => FormattableString.Invariant(
                $"no solution: the island of bus {at} lacks {ShortMw:0.###} MW: every generator that balances it is at its maximum; less load or more generation is needed"),
            FlowFailure.NoRoom => FormattableString.Invariant(
                $"no solution: the island of bus {at} has {-ShortMw:0.###} MW too much: every generator that balances it is at its minimum"),
            FlowFailure.Hunting => $"no solution: limits and taps keep changing around bus {at}",
            _ => FormattableString.Invariant(
                $"no solution after {Iterations} iterations: bus {at} is out of balance by {MismatchMva:0.###} MVA, the lowest voltage is {LowestVoltagePu:0.00} pu"),
        };
    }
}
