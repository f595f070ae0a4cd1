namespace Gigawatt.Power.Networks;

/// <summary>Steady voltages and flows of a grid.</summary>
/// <remarks>
/// Newton–Raphson in polar coordinates (Tinney and Hart 1967) on a fixed sparse pattern of 2×2 blocks. Each live island has one more unknown, its
/// imbalance, shared by participation; it takes the place of the angle of one participating node, so that a distributed slack costs nothing extra.
/// Around it, in rounds: participants stop at their limits of active power, voltage-holding nodes let go at reactive limits and take hold again,
/// tap changers step. A warmed object solves again without allocating. Not modelled: unbalance, frequency response, loads that depend on voltage.
/// </remarks>
public sealed class PowerFlow
{
    private const int MostRounds = 80;
    private const int NoseSteps = 14;

    internal readonly FlowState State;
    private readonly PowerFlowOptions options;
    private bool hasSolution;

    /// <summary>Prepares the flow of a grid.</summary>
    public PowerFlow(Grid grid, PowerFlowOptions? options = null)
    {
        Grid = grid;
        this.options = options ?? new PowerFlowOptions();
        State = new FlowState(grid);
    }

    /// <summary>The grid.</summary>
    public Grid Grid { get; }

    /// <summary>Voltage of each node; zero where no source holds it.</summary>
    public ReadOnlySpan<double> VoltagePu => State.V;

    /// <summary>Angle of each node, in radians from the reference of its island.</summary>
    public ReadOnlySpan<double> AngleRad => State.Theta;

    /// <summary>Flows of each branch.</summary>
    public ReadOnlySpan<BranchFlow> Flows => State.Flows;

    /// <summary>Active power of each generator.</summary>
    public ReadOnlySpan<double> OutputMw => State.OutputMw;

    /// <summary>Reactive power of each generator.</summary>
    public ReadOnlySpan<double> OutputMvar => State.OutputMvar;

    /// <summary>Steps that each tap changer stands from nominal, in the order of the transformers that have one.</summary>
    public ReadOnlySpan<int> TapSteps => State.TapSteps;

    /// <summary>Root node of each node's island; equal for nodes that hang together.</summary>
    public ReadOnlySpan<int> IslandOf => State.Island;

    /// <summary>Whether a node's voltage is held at a reactive limit of its generators.</summary>
    public bool IsAtReactiveLimit(int node) => State.AtLimit[node] != 0;

    /// <summary>Connects or disconnects a branch for the next solution.</summary>
    public void SetBranch(int branch, bool inService)
    {
        bool joins = Grid.Pis[branch].From != Grid.Pis[branch].To && !Grid.Cut[Grid.Pis[branch].From] && !Grid.Cut[Grid.Pis[branch].To];
        State.BranchIn[branch] = inService && joins;
    }

    /// <summary>Leaves so many of the equal circuits or units of a branch in service for the next solution.</summary>
    public void SetUnits(int branch, int units) => SetCapacity(branch, (double)units / Grid.Branches[branch].Count);

    /// <summary>Scales the capacity of a branch for the next solution: more or fewer of the same beside each other; none disconnects it.</summary>
    public void SetCapacity(int branch, double shareRatio)
    {
        ref PiModel whole = ref Grid.Pis[branch];
        ref PiModel pi = ref State.Pis[branch];
        (pi.G, pi.B, pi.HalfCharging) = (whole.G * shareRatio, whole.B * shareRatio, whole.HalfCharging * shareRatio);
        (pi.IronG, pi.Rated) = (whole.IronG * shareRatio, whole.Rated * shareRatio);
        SetBranch(branch, shareRatio > 0 && whole.InService);
    }

    /// <summary>Connects or disconnects a generator for the next solution.</summary>
    public void SetSource(int source, bool inService) => State.SourceIn[source] = inService;

    /// <summary>Schedules a source that stands for several equal units, so many of which run, for the next solution.</summary>
    /// <param name="source">The source.</param>
    /// <param name="outputMw">Its scheduled active power.</param>
    /// <param name="runningFraction">Share of its units that run: limits, rating and participation go with it; disconnected at zero.</param>
    public void SetOutput(int source, double outputMw, double runningFraction)
    {
        (State.ScheduleMw[source], State.Running[source]) = (outputMw, runningFraction);
        SetSource(source, runningFraction > 0);
    }

    /// <summary>Sets the load of a bus's node for the next solution; all load of the node.</summary>
    public void SetLoad(int node, double loadMw, double loadMvar)
    {
        State.LoadP[node] = loadMw / Grid.Case.BaseMva;
        State.LoadQ[node] = loadMvar / Grid.Case.BaseMva;
    }

    /// <summary>Solves; from the last solution when that is the start and there is one.</summary>
    public PowerFlowOutcome Solve()
    {
        FlowState state = State;
        bool warm = options.Start == FlowStart.Warm && hasSolution;
        state.Prepare(keepsTaps: warm);
        state.Admit();
        if (!warm)
        {
            state.StartFlat();
            if (options.Start != FlowStart.Flat) { NewtonRaphson.StartDc(state); }
        }
        else { state.StartWarm(); }
        PowerFlowOutcome outcome = Rounds(state);
        if (!outcome.Converged && outcome.Failure != FlowFailure.NoRoom && (warm || options.Start != FlowStart.Flat))
        {
            // A start that suits most cases can lie badly for one; level voltages are the second try.
            int before = outcome.Iterations;
            state.Prepare(keepsTaps: false);
            state.Admit();
            state.StartFlat();
            PowerFlowOutcome again = Rounds(state);
            outcome = (again.Converged ? again : outcome) with { Iterations = before + again.Iterations };
        }
        hasSolution = outcome.Converged;
        if (outcome.Failure is FlowFailure.NotSettled or FlowFailure.VoltageCollapse) { outcome = Nose(state, outcome); }
        state.Finish();
        return outcome with { LossMw = state.LossMw, DeadMw = state.DeadMw };
    }

    // Iterates that run away name no culprit; the last solution before the nose of the PV curve does. Found by halving the share of all powers.
    private PowerFlowOutcome Nose(FlowState state, PowerFlowOutcome outcome)
    {
        double carried = 0, broken = 2, lowestPu = 0;
        int node = -1;
        for (int i = 0; i < NoseSteps; i++)
        {
            double share = (carried + broken) / 2;
            state.Scale = share;
            state.Prepare(keepsTaps: false);
            state.Admit();
            state.StartFlat();
            NewtonEnd end = NewtonRaphson.Run(state, options.TolerancePu, options.MostIterations);
            if (end.Failure != FlowFailure.None) { broken = share; }
            else { (carried, lowestPu) = (share, NewtonRaphson.Lowest(state, out node)); }
            // It has a solution without limits: then these are what stands in the way.
            if (i == 0 && end.Failure == FlowFailure.None) { break; }
        }
        state.Scale = 1;
        return node < 0 || carried >= 1 ? outcome with { Failure = FlowFailure.NotSettled }
            : outcome with { Failure = FlowFailure.VoltageCollapse, Node = node, LowestVoltagePu = lowestPu, CarriedFraction = carried };
    }

    private PowerFlowOutcome Rounds(FlowState state)
    {
        double baseMva = Grid.Case.BaseMva;
        int iterations = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            NewtonEnd end = NewtonRaphson.Run(state, options.TolerancePu, options.MostIterations);
            iterations += end.Iterations;
            if (end.Failure != FlowFailure.None)
            {
                return new PowerFlowOutcome(end.Failure, end.Node, iterations, end.MismatchPu * baseMva, end.LowestPu, 0, 0, 0);
            }
            int changed = -1;
            if (options.ActiveLimits)
            {
                changed = GridControls.StopAtActiveLimits(state, out double shortMw);
                if (changed >= 0 && shortMw != 0)
                {
                    return new PowerFlowOutcome(FlowFailure.NoRoom, changed, iterations, end.MismatchPu * baseMva, end.LowestPu, shortMw, 0, 0);
                }
            }
            if (changed < 0 && options.ReactiveLimits) { changed = GridControls.SwitchReactiveLimits(state); }
            if (changed < 0) { changed = GridControls.StepTaps(state); }
            if (changed < 0) { return new PowerFlowOutcome(FlowFailure.None, -1, iterations, end.MismatchPu * baseMva, end.LowestPu, 0, 0, 0); }
            if (round == MostRounds - 1) { return new PowerFlowOutcome(FlowFailure.Hunting, changed, iterations, end.MismatchPu * baseMva, end.LowestPu, 0, 0, 0); }
        }
        return default;
    }
}
