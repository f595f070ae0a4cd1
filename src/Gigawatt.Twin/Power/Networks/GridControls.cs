namespace Gigawatt.Power.Networks;

/// <summary>What changes between two Newton runs: limits of generators and tap changers. Each returns a node that changed, or −1.</summary>
/// <remarks>
/// Active limits: who would pass a limit is set to it and leaves the sharing; the imbalance of the rest only grows, so nobody comes back.
/// Reactive limits: a node lets go of its voltage beyond a limit and takes hold again when its voltage has passed the set point; it may do so
/// <c>MostReleases</c> times, then stays at the limit, so that two neighbours cannot chase each other. Tap changers: half the way to the
/// target, at least one step; a changer that reverses moves by single steps and stands still after its third reversal. Short ties couple
/// regulators so tightly that whole steps of both would overshoot.
/// </remarks>
internal static class GridControls
{
    private const int MostReleases = 2;
    private const int MostReversals = 3;
    private const double Damping = 0.5;
    private const double Slack = 1e-7;

    public static int StopAtActiveLimits(FlowState state, out double shortMw)
    {
        double baseMva = state.Grid.Case.BaseMva;
        int changed = -1;
        shortMw = 0;
        for (int s = 0; s < state.SourceIn.Length; s++)
        {
            if (!state.SourceIn[s] || state.Stopped[s] != 0 || state.SourceWeight[s] <= 0) { continue; }
            int node = state.Grid.NodeOfSource[s];
            if (!state.Live[node]) { continue; }
            SourceSpec spec = state.Grid.Case.Generators[s];
            double asked = state.BaseP[s] + state.SourceWeight[s] * state.Lambda[state.Island[node]];
            double most = (spec.MaxMw * state.Running[s] ?? double.PositiveInfinity) / baseMva, least = (spec.MinMw * state.Running[s] ?? double.NegativeInfinity) / baseMva;
            if (asked <= most + Slack && asked >= least - Slack) { continue; }
            double limit = asked > most ? most : least;
            state.Stopped[s] = (sbyte)(asked > most ? 1 : -1);
            shortMw += (asked - limit) * baseMva;
            state.PSpec[node] += limit - state.BaseP[s];
            state.BaseP[s] = limit;
            changed = node;
        }
        if (changed < 0) { return -1; }
        state.Balance();
        bool balanced = true;
        for (int i = 0; i < state.V.Length; i++)
        {
            if (state.Live[i] && state.Island[i] == i && state.Balancing[i] < 0) { (balanced, changed) = (false, i); }
        }
        if (balanced) { shortMw = 0; }
        return changed;
    }

    public static int SwitchReactiveLimits(FlowState state)
    {
        int changed = -1;
        for (int i = 0; i < state.V.Length; i++)
        {
            if (!state.Live[i] || !state.Holds[i]) { continue; }
            if (state.AtLimit[i] == 0)
            {
                double q = state.HeldMvarPu(i);
                if (q > state.QMax[i] + Slack) { (state.AtLimit[i], changed) = (1, i); }
                else if (q < state.QMin[i] - Slack) { (state.AtLimit[i], changed) = (-1, i); }
                continue;
            }
            bool passed = state.AtLimit[i] > 0 ? state.V[i] > state.VSet[i] + Slack : state.V[i] < state.VSet[i] - Slack;
            if (!passed || state.Releases[i] >= MostReleases) { continue; }
            state.Releases[i]++;
            (state.AtLimit[i], state.V[i], changed) = (0, state.VSet[i], i);
        }
        return changed;
    }

    public static int StepTaps(FlowState state)
    {
        int changed = -1;
        for (int i = 0; i < state.TapSteps.Length; i++)
        {
            ref TapModel tap = ref state.Grid.Taps[i];
            ref PiModel pi = ref state.Pis[tap.Branch];
            if (!state.BranchIn[tap.Branch] || !state.Live[tap.Node] || state.TapReversals[i] >= MostReversals) { continue; }
            double error = state.V[tap.Node] - tap.Target;
            if (Math.Abs(error) <= tap.HalfBand) { continue; }
            // More turns on the from side lower the to side and raise the from side.
            int direction = (error > 0 ? 1 : -1) * (tap.Node == pi.From ? -1 : 1);
            bool reverses = state.TapDirection[i] != 0 && state.TapDirection[i] != direction;
            if (reverses) { state.TapReversals[i]++; }
            double wanted = Math.Abs(error) / tap.Step * Damping;
            int move = state.TapReversals[i] > 0 ? 1 : Math.Max(1, (int)Math.Min(wanted, tap.Steps));
            int target = Math.Max(-tap.Steps, Math.Min(tap.Steps, state.TapSteps[i] + direction * move));
            if (target == state.TapSteps[i] || state.TapReversals[i] >= MostReversals) { continue; }
            (state.TapSteps[i], state.TapDirection[i], changed) = (target, (sbyte)direction, tap.Node);
        }
        if (changed >= 0) { state.Turn(); }
        return changed;
    }
}
