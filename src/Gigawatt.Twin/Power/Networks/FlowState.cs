using Gigawatt.Numerics;

namespace Gigawatt.Power.Networks;

/// <summary>Power at both ends of a branch, into the branch.</summary>
/// <param name="FromMw">Active power that enters at the from side.</param>
/// <param name="FromMvar">Reactive power that enters at the from side.</param>
/// <param name="ToMw">Active power that enters at the to side.</param>
/// <param name="ToMvar">Reactive power that enters at the to side.</param>
/// <param name="LoadingFraction">Larger apparent power of both ends over the rating; zero without a rating.</param>
public readonly record struct BranchFlow(double FromMw, double FromMvar, double ToMw, double ToMvar, double LoadingFraction)
{
    /// <summary>Power lost in the branch.</summary>
    public double LossMw => FromMw + ToMw;

    /// <summary>Larger apparent power of both ends.</summary>
    public double LargerMva => Math.Sqrt(Math.Max(FromMw * FromMw + FromMvar * FromMvar, ToMw * ToMw + ToMvar * ToMvar));
}

/// <summary>The arrays a power flow works on, all of them made once.</summary>
internal sealed class FlowState
{
    public readonly Grid Grid;
    public readonly PiModel[] Pis;
    public readonly bool[] BranchIn, SourceIn;
    public readonly double[] V, Theta, E, F, P, Q, PSpec, QSpec, LoadP, LoadQ, VSet, QMin, QMax, Share, RightSide;
    public readonly bool[] Live, Holds;
    public readonly sbyte[] AtLimit;
    public readonly byte[] Releases;
    public readonly int[] Island, Balancing, AngleNode;
    public readonly double[] Lambda, Weights;
    public readonly sbyte[] Stopped;
    public readonly double[] BaseP, SourceWeight, DroopSlope, ScheduleMw, Running;
    public readonly int[] TapSteps, TapReversals;
    public readonly sbyte[] TapDirection;
    public readonly double[] G, B;
    public readonly SparseMatrix Jacobian;
    public readonly SparseLu Lu;
    public readonly BranchFlow[] Flows;
    public readonly double[] OutputMw, OutputMvar;
    public double LossMw, DeadMw;
    public double Scale = 1;
    private readonly int[] parent;
    private readonly int[] holders;

    public FlowState(Grid grid)
    {
        Grid = grid;
        int n = grid.NodeCount, branches = grid.Pis.Length, sources = grid.NodeOfSource.Length, taps = grid.Taps.Length;
        (V, Theta, E, F, P, Q) = (new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
        (PSpec, QSpec, VSet, QMin, QMax, Share) = (new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
        (LoadP, LoadQ) = ((double[])grid.LoadP.Clone(), (double[])grid.LoadQ.Clone());
        (Live, Holds, AtLimit, Releases) = (new bool[n], new bool[n], new sbyte[n], new byte[n]);
        (Island, Balancing, AngleNode, Lambda, Weights) = (new int[n], new int[n], new int[n], new double[n], new double[n]);
        (parent, holders, RightSide) = (new int[n], new int[n], new double[2 * n]);
        (Stopped, BaseP, SourceWeight, DroopSlope) = (new sbyte[sources], new double[sources], new double[sources], new double[sources]);
        (OutputMw, OutputMvar, ScheduleMw, Running) = (new double[sources], new double[sources], new double[sources], new double[sources]);
        (TapSteps, TapReversals, TapDirection) = (new int[taps], new int[taps], new sbyte[taps]);
        Pis = (PiModel[])grid.Pis.Clone();
        (BranchIn, SourceIn, Flows) = (new bool[branches], new bool[sources], new BranchFlow[branches]);
        for (int i = 0; i < branches; i++) { BranchIn[i] = Pis[i].InService; }
        for (int i = 0; i < sources; i++)
        {
            SourceIn[i] = grid.Case.Generators[i].InService && !grid.Cut[grid.NodeOfSource[i]];
            (ScheduleMw[i], Running[i]) = (grid.Case.Generators[i].OutputMw, 1);
        }
        Jacobian = grid.Admittance.Empty();
        (G, B) = (new double[Jacobian.Columns.Length], new double[Jacobian.Columns.Length]);
        Lu = SparseLu.Of(grid.Admittance);
    }

    /// <summary>Islands, who holds what, who balances.</summary>
    public void Prepare(bool keepsTaps)
    {
        int n = V.Length;
        for (int i = 0; i < n; i++)
        {
            parent[i] = i;
            (Live[i], Holds[i], AtLimit[i], Releases[i]) = (false, false, 0, 0);
            (PSpec[i], QSpec[i], QMin[i], QMax[i], Share[i]) = (-LoadP[i] * Scale, -LoadQ[i] * Scale, 0, 0, 0);
            (Weights[i], Lambda[i], Balancing[i], AngleNode[i], holders[i]) = (0, 0, -1, -1, 0);
        }
        for (int i = 0; i < TapSteps.Length; i++)
        {
            (TapReversals[i], TapDirection[i]) = (0, 0);
            if (!keepsTaps) { TapSteps[i] = 0; }
        }
        for (int i = 0; i < BranchIn.Length; i++) { if (BranchIn[i]) { Islands.Join(parent, Pis[i].From, Pis[i].To); } }
        for (int i = 0; i < n; i++) { Island[i] = Islands.Root(parent, i); }
        double baseMva = Grid.Case.BaseMva;
        for (int s = 0; s < SourceIn.Length; s++)
        {
            (SourceWeight[s], Stopped[s], DroopSlope[s], BaseP[s]) = (0, 0, 0, 0);
            if (!SourceIn[s]) { continue; }
            SourceSpec spec = Grid.Case.Generators[s];
            int node = Grid.NodeOfSource[s];
            BaseP[s] = ScheduleMw[s] * Scale / baseMva;
            if (IsHolding(s, spec))
            {
                // Live is set for the root first and handed to its nodes below.
                Live[Island[node]] = true;
                if (spec.VoltageDroopFraction > 0) { DroopSlope[s] = spec.RatedMva!.Value * Running[s] / baseMva / spec.VoltageDroopFraction; }
                else
                {
                    (Holds[node], VSet[node]) = (true, spec.VoltagePu!.Value);
                    QMin[node] += (spec.MinReactiveMvar * Running[s] ?? double.NegativeInfinity) / baseMva;
                    QMax[node] += (spec.MaxReactiveMvar * Running[s] ?? double.PositiveInfinity) / baseMva;
                    holders[node]++;
                }
            }
            else { QSpec[node] += spec.OutputReactiveMvar / baseMva; }
            Weights[Island[node]] += spec.ParticipationFactor * Running[s];
        }
        for (int i = 0; i < n; i++) { Live[i] = Live[Island[i]]; }
        for (int i = 0; i < n; i++) { if (Live[i] && Grid.IsReference[i] && AngleNode[Island[i]] < 0) { AngleNode[Island[i]] = i; } }
        Weigh();
        for (int s = 0; s < SourceIn.Length; s++)
        {
            if (!SourceIn[s] || SourceWeight[s] <= 0) { continue; }
            // Who balances starts inside its limits.
            SourceSpec spec = Grid.Case.Generators[s];
            BaseP[s] = Math.Max(Math.Min(BaseP[s], (spec.MaxMw * Running[s] ?? double.PositiveInfinity) / baseMva), (spec.MinMw * Running[s] ?? double.NegativeInfinity) / baseMva);
        }
        for (int s = 0; s < SourceIn.Length; s++) { if (SourceIn[s]) { PSpec[Grid.NodeOfSource[s]] += BaseP[s]; } }
        Balance();
    }

    // Stated participation; else the reference alone; else the largest generator that holds a voltage.
    private void Weigh()
    {
        for (int s = 0; s < SourceIn.Length; s++)
        {
            if (!SourceIn[s]) { continue; }
            SourceSpec spec = Grid.Case.Generators[s];
            int node = Grid.NodeOfSource[s], root = Island[node];
            if (Weights[root] > 0) { SourceWeight[s] = spec.ParticipationFactor * Running[s]; }
            else if (node == AngleNode[root] && IsHolding(s, spec)) { SourceWeight[s] = 1; }
            else if (IsHolding(s, spec) && (Balancing[root] < 0 || Room(s) > Room(Balancing[root]))) { Balancing[root] = s; }
        }
        for (int s = 0; s < SourceIn.Length; s++)
        {
            if (SourceIn[s] && SourceWeight[s] > 0) { Balancing[Island[Grid.NodeOfSource[s]]] = -1; }
        }
        for (int i = 0; i < V.Length; i++)
        {
            if (Island[i] == i && Balancing[i] >= 0 && Weights[i] <= 0) { SourceWeight[Balancing[i]] = 1; }
        }
    }

    private double Room(int source) => Grid.Case.Generators[source].MaxMw ?? Grid.Case.Generators[source].RatedMva ?? double.MaxValue;

    private bool IsHolding(int source, SourceSpec spec) => spec.VoltagePu is not null && Grid.HoldsVoltage[Grid.NodeOfSource[source]];

    /// <summary>Sums the weights of those that still have room and chooses in each island the node whose angle gives way to the imbalance.</summary>
    public void Balance()
    {
        for (int i = 0; i < V.Length; i++) { (Share[i], Balancing[i]) = (0, -1); }
        for (int s = 0; s < SourceIn.Length; s++)
        {
            if (SourceIn[s] && Stopped[s] == 0) { Share[Grid.NodeOfSource[s]] += SourceWeight[s]; }
        }
        for (int i = 0; i < V.Length; i++)
        {
            int root = Island[i];
            if (Live[i] && Share[i] > 0 && (Balancing[root] < 0 || Share[i] > Share[Balancing[root]])) { Balancing[root] = i; }
        }
        for (int i = 0; i < V.Length; i++) { if (Island[i] == i && AngleNode[i] < 0) { AngleNode[i] = Balancing[i]; } }
    }

    /// <summary>The admittance matrix for the branches in service and the taps as they stand.</summary>
    public void Admit()
    {
        Array.Clear(G);
        Array.Clear(B);
        int[] diagonals = Jacobian.Diagonals;
        for (int i = 0; i < V.Length; i++) { (G[diagonals[i]], B[diagonals[i]]) = (Grid.ShuntG[i], Grid.ShuntB[i]); }
        for (int k = 0; k < BranchIn.Length; k++)
        {
            if (!BranchIn[k]) { continue; }
            ref PiModel pi = ref Pis[k];
            int ff = diagonals[pi.From], tt = diagonals[pi.To];
            double t = pi.Ratio, c = pi.ShiftRad == 0 ? 1 : Elementary.Cos(pi.ShiftRad), s = pi.ShiftRad == 0 ? 0 : Elementary.Sin(pi.ShiftRad);
            G[ff] += pi.G / (t * t) + pi.IronG;
            B[ff] += (pi.B + pi.HalfCharging) / (t * t);
            G[tt] += pi.G;
            B[tt] += pi.B + pi.HalfCharging;
            // Y_ft = −y / (t e^(−jφ)), Y_tf = −y / (t e^(jφ)).
            G[pi.EntryFromTo] -= (pi.G * c - pi.B * s) / t;
            B[pi.EntryFromTo] -= (pi.B * c + pi.G * s) / t;
            G[pi.EntryToFrom] -= (pi.G * c + pi.B * s) / t;
            B[pi.EntryToFrom] -= (pi.B * c - pi.G * s) / t;
        }
    }

    /// <summary>Turns a branch to the tap where its changer stands.</summary>
    public void Turn()
    {
        for (int i = 0; i < TapSteps.Length; i++)
        {
            ref TapModel tap = ref Grid.Taps[i];
            Pis[tap.Branch].Ratio = tap.Nominal * (1 + TapSteps[i] * tap.Step);
        }
        Admit();
    }

    /// <summary>Set points where voltage is held, 1 pu elsewhere; all angles equal.</summary>
    public void StartFlat()
    {
        for (int i = 0; i < TapSteps.Length; i++) { Pis[Grid.Taps[i].Branch].Ratio = Grid.Taps[i].Nominal; }
        if (TapSteps.Length > 0) { Turn(); }
        for (int i = 0; i < V.Length; i++) { (V[i], Theta[i]) = (Live[i] ? Holds[i] ? VSet[i] : 1 : 0, 0); }
    }

    /// <summary>The last voltages, set points where they are held, 1 pu where there was none.</summary>
    public void StartWarm()
    {
        if (TapSteps.Length > 0) { Turn(); }
        for (int i = 0; i < V.Length; i++)
        {
            if (!Live[i]) { (V[i], Theta[i]) = (0, 0); }
            else if (Holds[i]) { V[i] = VSet[i]; }
            else if (V[i] <= 0) { V[i] = 1; }
        }
    }

    /// <summary>Reactive power that droop gives at a node, and how much less it gives per unit of voltage.</summary>
    public double Droop(int source, double v, out double slope)
    {
        SourceSpec spec = Grid.Case.Generators[source];
        double q = DroopSlope[source] * (spec.VoltagePu!.Value - v);
        double part = Running[source] / Grid.Case.BaseMva;
        double least = (spec.MinReactiveMvar ?? -spec.RatedMva!.Value) * part, most = (spec.MaxReactiveMvar ?? spec.RatedMva!.Value) * part;
        slope = q > least && q < most ? DroopSlope[source] : 0;
        return Math.Limit(q, least, most);
    }

    /// <summary>Reactive power that the voltage-holding generators of a node must give.</summary>
    public double HeldMvarPu(int node)
    {
        double q = Q[node] - QSpec[node];
        for (int s = 0; s < SourceIn.Length; s++)
        {
            if (SourceIn[s] && DroopSlope[s] > 0 && Grid.NodeOfSource[s] == node) { q -= Droop(s, V[node], out _); }
        }
        return q;
    }

    /// <summary>Angles from the reference, flows of branches, outputs of generators.</summary>
    public void Finish()
    {
        double baseMva = Grid.Case.BaseMva;
        for (int i = 0; i < V.Length; i++)
        {
            int reference = AngleNode[Island[i]];
            P[i] = Live[i] && reference >= 0 ? Grid.AngleRad[reference] - Theta[reference] : 0;
        }
        DeadMw = 0;
        for (int i = 0; i < V.Length; i++)
        {
            Theta[i] += P[i];
            if (!Live[i] && !Grid.Cut[i]) { DeadMw += Math.Max(0, LoadP[i]) * baseMva; }
            (E[i], F[i]) = (V[i] * Elementary.Cos(Theta[i]), V[i] * Elementary.Sin(Theta[i]));
        }
        LossMw = 0;
        for (int k = 0; k < Flows.Length; k++)
        {
            Flows[k] = BranchIn[k] && Live[Pis[k].From] ? Flow(Pis[k], baseMva) : default;
            LossMw += Flows[k].LossMw;
        }
        NewtonRaphson.Evaluate(this);
        for (int s = 0; s < SourceIn.Length; s++)
        {
            (OutputMw[s], OutputMvar[s]) = (0, 0);
            int node = Grid.NodeOfSource[s];
            if (!SourceIn[s] || !Live[node]) { continue; }
            SourceSpec spec = Grid.Case.Generators[s];
            OutputMw[s] = (BaseP[s] + (Stopped[s] == 0 ? SourceWeight[s] * Lambda[Island[node]] : 0)) * baseMva;
            OutputMvar[s] = DroopSlope[s] > 0 ? Droop(s, V[node], out _) * baseMva
                : IsHolding(s, spec) ? HeldShareMvar(s, spec, node) : spec.OutputReactiveMvar;
        }
    }

    // By their ranges where these are known, else equally.
    private double HeldShareMvar(int source, SourceSpec spec, int node)
    {
        double baseMva = Grid.Case.BaseMva, allMvar = HeldMvarPu(node) * baseMva, range = QMax[node] - QMin[node];
        if (!double.IsFinite(range) || range <= 0) { return allMvar / holders[node]; }
        double part = (spec.MaxReactiveMvar!.Value - spec.MinReactiveMvar!.Value) * Running[source] / baseMva / range;
        return spec.MinReactiveMvar.Value * Running[source] + (allMvar - QMin[node] * baseMva) * part;
    }

    private BranchFlow Flow(in PiModel pi, double baseMva)
    {
        double t = pi.Ratio, c = pi.ShiftRad == 0 ? 1 : Elementary.Cos(pi.ShiftRad), s = pi.ShiftRad == 0 ? 0 : Elementary.Sin(pi.ShiftRad);
        // Voltage behind the ideal transformer, V_f / (t e^(jφ)).
        double ef = E[pi.From], ff = F[pi.From], et = E[pi.To], ft = F[pi.To];
        double ei = (ef * c + ff * s) / t, fi = (ff * c - ef * s) / t;
        double de = ei - et, df = fi - ft;
        double ire = pi.G * de - pi.B * df, iim = pi.G * df + pi.B * de;
        double fromRe = ire - pi.HalfCharging * fi, fromIm = iim + pi.HalfCharging * ei;
        double toRe = -ire - pi.HalfCharging * ft, toIm = -iim + pi.HalfCharging * et;
        double p1 = (ei * fromRe + fi * fromIm + pi.IronG * (ef * ef + ff * ff)) * baseMva, q1 = (fi * fromRe - ei * fromIm) * baseMva;
        double p2 = (et * toRe + ft * toIm) * baseMva, q2 = (ft * toRe - et * toIm) * baseMva;
        double larger = Math.Sqrt(Math.Max(p1 * p1 + q1 * q1, p2 * p2 + q2 * q2));
        return new BranchFlow(p1, q1, p2, q2, double.IsFinite(pi.Rated) ? larger / (pi.Rated * baseMva) : 0);
    }
}
