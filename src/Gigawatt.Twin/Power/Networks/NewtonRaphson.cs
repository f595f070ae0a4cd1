using Gigawatt.Numerics;

namespace Gigawatt.Power.Networks;

/// <summary>How one run of Newton's method ended.</summary>
internal readonly record struct NewtonEnd(FlowFailure Failure, int Node, int Iterations, double MismatchPu, double LowestPu);

/// <summary>Newton's method for the powers of all nodes.</summary>
/// <remarks>
/// Unknowns of a node: Δθ and ΔV/V. With a_ij = V_i V_j (G cos θ_ij + B sin θ_ij) and b_ij = V_i V_j (G sin θ_ij − B cos θ_ij) the derivatives are
/// ∂P_i/∂θ_j = b, V ∂P_i/∂V_j = a, ∂Q_i/∂θ_j = −a, V ∂Q_i/∂V_j = b; on the diagonal b − Q, a + P, P − a, b + Q.
/// Steps are shortened to 0.8 rad and 25 % of voltage.
/// </remarks>
internal static class NewtonRaphson
{
    private const double MostTurnRad = 0.8;
    private const double MostRise = 0.25;
    // At the nose of the PV curve the voltage is 0.5 to 0.7 of the source; nothing in service is below 0.8.
    private const double CollapsePu = 0.8;

    public static NewtonEnd Run(FlowState state, double tolerancePu, int mostIterations)
    {
        double best = double.PositiveInfinity, bestLowest = 0;
        int bestNode = -1, bestLowestNode = -1;
        for (int iteration = 0; ; iteration++)
        {
            Project(state);
            Evaluate(state);
            double worst = Mismatch(state, out int node);
            double lowest = Lowest(state, out int lowestNode);
            if (worst < tolerancePu) { return new NewtonEnd(FlowFailure.None, -1, iteration, worst, lowest); }
            if (worst < best) { (best, bestNode, bestLowest, bestLowestNode) = (worst, node, lowest, lowestNode); }
            bool lost = !double.IsFinite(worst) || iteration >= mostIterations;
            int singular = lost ? -1 : state.Lu.Factorise(state.Jacobian);
            if (singular >= 0 && bestLowest >= CollapsePu && iteration == 0) { return new NewtonEnd(FlowFailure.Singular, singular, iteration, worst, lowest); }
            if (lost || singular >= 0)
            {
                bool collapses = bestLowest < CollapsePu || lowest < CollapsePu;
                if (collapses && bestLowest >= CollapsePu) { (bestLowest, bestLowestNode) = (lowest, lowestNode); }
                return new NewtonEnd(collapses ? FlowFailure.VoltageCollapse : FlowFailure.NotSettled, collapses ? bestLowestNode : bestNode, iteration, best, bestLowest);
            }
            state.Lu.Solve(state.RightSide);
            Move(state);
        }
    }

    /// <summary>Angles of the linear flow: susceptances alone, voltages as they are.</summary>
    public static void StartDc(FlowState state)
    {
        SparseMatrix matrix = state.Jacobian;
        double[] right = state.RightSide;
        Array.Clear(matrix.Blocks);
        for (int i = 0; i < state.V.Length; i++)
        {
            ref Block own = ref matrix.Blocks[matrix.Diagonals[i]];
            (own.A, own.D) = (state.Live[i] ? 0 : 1, 1);
            (right[2 * i], right[2 * i + 1]) = (state.Live[i] ? state.PSpec[i] : 0, 0);
        }
        for (int k = 0; k < state.BranchIn.Length; k++)
        {
            ref PiModel pi = ref state.Pis[k];
            if (!state.BranchIn[k] || !state.Live[pi.From]) { continue; }
            double y = Math.Sqrt(pi.G * pi.G + pi.B * pi.B);
            double b = Math.Abs(pi.B) > 0.1 * y ? -pi.B : y;
            matrix.Blocks[matrix.Diagonals[pi.From]].A += b;
            matrix.Blocks[matrix.Diagonals[pi.To]].A += b;
            matrix.Blocks[pi.EntryFromTo].A -= b;
            matrix.Blocks[pi.EntryToFrom].A -= b;
            right[2 * pi.From] += b * pi.ShiftRad;
            right[2 * pi.To] -= b * pi.ShiftRad;
        }
        for (int i = 0; i < state.V.Length; i++)
        {
            int k = state.Live[i] ? state.Balancing[state.Island[i]] : -1;
            int entry = k < 0 ? -1 : matrix.Find(i, k);
            if (entry >= 0) { matrix.Blocks[entry].A = -state.Share[i] / state.Share[k]; }
        }
        if (state.Lu.Factorise(matrix) >= 0) { return; }
        state.Lu.Solve(right);
        for (int i = 0; i < state.V.Length; i++)
        {
            bool balances = state.Live[i] && state.Balancing[state.Island[i]] == i;
            if (state.Live[i] && !balances && double.IsFinite(right[2 * i])) { state.Theta[i] = right[2 * i]; }
        }
    }

    /// <summary>Powers of all nodes at E + jF, the derivatives beside them.</summary>
    public static void Evaluate(FlowState state)
    {
        SparseMatrix matrix = state.Jacobian;
        int[] starts = matrix.Starts, columns = matrix.Columns;
        Block[] blocks = matrix.Blocks;
        double[] g = state.G, b = state.B, e = state.E, f = state.F;
        for (int i = 0; i < state.V.Length; i++)
        {
            int own = matrix.Diagonals[i];
            if (!state.Live[i])
            {
                for (int n = starts[i]; n < starts[i + 1]; n++) { blocks[n] = default; }
                blocks[own] = new Block { A = 1, D = 1 };
                (state.P[i], state.Q[i]) = (0, 0);
                continue;
            }
            double p = 0, q = 0, ei = e[i], fi = f[i];
            bool holds = state.Holds[i] && state.AtLimit[i] == 0;
            for (int n = starts[i]; n < starts[i + 1]; n++)
            {
                int j = columns[n];
                double cosine = ei * e[j] + fi * f[j], sine = fi * e[j] - ei * f[j];
                double a = g[n] * cosine + b[n] * sine, o = g[n] * sine - b[n] * cosine;
                p += a;
                q += o;
                ref Block block = ref blocks[n];
                (block.A, block.B) = (o, a);
                (block.C, block.D) = holds ? (0, 0) : (-a, o);
            }
            ref Block diagonal = ref blocks[own];
            double ownA = diagonal.B, ownO = diagonal.A;
            (diagonal.A, diagonal.B) = (ownO - q, ownA + p);
            (diagonal.C, diagonal.D) = holds ? (0, 1) : (p - ownA, ownO + q);
            (state.P[i], state.Q[i]) = (p, q);
        }
        for (int s = 0; s < state.SourceIn.Length; s++)
        {
            int node = state.Grid.NodeOfSource[s];
            if (!state.SourceIn[s] || state.DroopSlope[s] <= 0 || !state.Live[node] || (state.Holds[node] && state.AtLimit[node] == 0)) { continue; }
            state.Droop(s, state.V[node], out double slope);
            blocks[matrix.Diagonals[node]].D += slope * state.V[node];
        }
        for (int i = 0; i < state.V.Length; i++)
        {
            int k = state.Live[i] ? state.Balancing[state.Island[i]] : -1;
            if (k < 0) { continue; }
            // Only rows that meet the balancing node have the entry; who has a share always does.
            int entry = i == k ? matrix.Diagonals[i] : matrix.Find(i, k);
            if (entry >= 0) { (blocks[entry].A, blocks[entry].C) = (-state.Share[i] / state.Share[k], 0); }
        }
    }

    private static void Project(FlowState state)
    {
        for (int i = 0; i < state.V.Length; i++)
        {
            state.E[i] = state.V[i] * Elementary.Cos(state.Theta[i]);
            state.F[i] = state.V[i] * Elementary.Sin(state.Theta[i]);
        }
    }

    private static double Mismatch(FlowState state, out int node)
    {
        double[] right = state.RightSide;
        for (int i = 0; i < state.V.Length; i++)
        {
            bool holds = !state.Live[i] || (state.Holds[i] && state.AtLimit[i] == 0);
            right[2 * i] = state.Live[i] ? state.PSpec[i] + state.Share[i] * state.Lambda[state.Island[i]] - state.P[i] : 0;
            right[2 * i + 1] = holds ? 0 : state.QSpec[i] - state.Q[i] + (state.AtLimit[i] > 0 ? state.QMax[i] : state.AtLimit[i] < 0 ? state.QMin[i] : 0);
        }
        for (int s = 0; s < state.SourceIn.Length; s++)
        {
            int at = state.Grid.NodeOfSource[s];
            if (!state.SourceIn[s] || state.DroopSlope[s] <= 0 || !state.Live[at] || (state.Holds[at] && state.AtLimit[at] == 0)) { continue; }
            right[2 * at + 1] += state.Droop(s, state.V[at], out _);
        }
        double worst = 0;
        node = -1;
        for (int i = 0; i < right.Length; i++)
        {
            double size = Math.Abs(right[i]);
            if (size > worst || double.IsNaN(size)) { (worst, node) = (double.IsNaN(size) ? double.PositiveInfinity : size, i / 2); }
        }
        return worst;
    }

    public static double Lowest(FlowState state, out int node)
    {
        double lowest = double.PositiveInfinity;
        node = -1;
        for (int i = 0; i < state.V.Length; i++)
        {
            if (state.Live[i] && state.V[i] < lowest) { (lowest, node) = (state.V[i], i); }
        }
        return lowest;
    }

    private static void Move(FlowState state)
    {
        double[] step = state.RightSide;
        double turn = 0, rise = 0;
        for (int i = 0; i < state.V.Length; i++)
        {
            if (!state.Live[i]) { continue; }
            if (state.Balancing[state.Island[i]] != i) { turn = Math.Max(turn, Math.Abs(step[2 * i])); }
            rise = Math.Max(rise, Math.Abs(step[2 * i + 1]));
        }
        double scale = Math.Min(1, Math.Min(MostTurnRad / Math.Max(turn, 1e-12), MostRise / Math.Max(rise, 1e-12)));
        for (int i = 0; i < state.V.Length; i++)
        {
            if (!state.Live[i]) { continue; }
            int root = state.Island[i];
            if (state.Balancing[root] == i) { state.Lambda[root] += scale * step[2 * i] / state.Share[i]; }
            else { state.Theta[i] += scale * step[2 * i]; }
            state.V[i] *= 1 + scale * step[2 * i + 1];
        }
    }
}
