namespace Gigawatt.Power.Networks;

/// <summary>Initial current of a three-phase short circuit at a bus.</summary>
/// <param name="Bus">The bus.</param>
/// <param name="MachinesPu">Part that machines and grids drive, in per unit of base current.</param>
/// <param name="InvertersPu">Part that inverters add.</param>
/// <param name="CurrentKa">The sum; not a number where the bus has no base voltage.</param>
/// <param name="PowerMva">Short-circuit power √3·U·I.</param>
public readonly record struct FaultCurrent(string Bus, double MachinesPu, double InvertersPu, double CurrentKa, double PowerMva);

/// <summary>Initial short-circuit currents in the manner of IEC 60909-0.</summary>
/// <remarks>
/// An equivalent source c·U at the fault; machines and grids as their subtransient reactance on their rating, X/R unlimited; loads, charging, shunts
/// and taps left out, as the standard does. I″ = c/|Z_kk| + Σ |Z_kj|/|Z_kk|·I_j with I_j the limited current of each inverter (2016 edition,
/// full converters). An island with inverters alone has no impedance behind it: all of them feed their limited current.
/// Not modelled: impedance correction factors K_G and K_T, peak, breaking and steady currents, unbalanced faults.
/// </remarks>
public static class ShortCircuit
{
    /// <summary>Currents at each bus; zero where nothing feeds it.</summary>
    /// <param name="grid">The grid; machines without a rating count with the base of the case.</param>
    /// <param name="voltageFactor">The factor c of the standard: 1.1 for the largest currents at medium voltage.</param>
    public static IReadOnlyList<FaultCurrent> Of(Grid grid, double voltageFactor = 1.1)
    {
        int n = grid.NodeCount;
        double baseMva = grid.Case.BaseMva;
        int[] parent = [.. Enumerable.Range(0, n)];
        foreach (PiModel pi in grid.Pis.Where(pi => pi.InService)) { Islands.Join(parent, pi.From, pi.To); }
        double[] machine = new double[n], inverter = new double[n];
        bool[] stiff = new bool[n];
        for (int s = 0; s < grid.NodeOfSource.Length; s++)
        {
            SourceSpec spec = grid.Case.Generators[s];
            int node = grid.NodeOfSource[s];
            if (!spec.InService || grid.Cut[node]) { continue; }
            double rating = (spec.RatedMva ?? baseMva) / baseMva;
            if (spec.Inverter) { inverter[node] += spec.FaultCurrentRatio * rating; continue; }
            machine[node] += rating / spec.SubtransientPu;
            stiff[Islands.Root(parent, node)] = true;
        }
        SparseMatrix matrix = grid.Admittance.Empty();
        foreach (PiModel pi in grid.Pis.Where(pi => pi.InService))
        {
            Add(matrix, matrix.Diagonals[pi.From], pi.G, pi.B);
            Add(matrix, matrix.Diagonals[pi.To], pi.G, pi.B);
            Add(matrix, pi.EntryFromTo, -pi.G, -pi.B);
            Add(matrix, pi.EntryToFrom, -pi.G, -pi.B);
        }
        for (int i = 0; i < n; i++)
        {
            if (stiff[Islands.Root(parent, i)]) { Add(matrix, matrix.Diagonals[i], 0, -machine[i]); continue; }
            // No impedance behind the island: its rows stand for themselves and are not used.
            for (int e = matrix.Starts[i]; e < matrix.Starts[i + 1]; e++) { matrix.Blocks[e] = default; }
            matrix.Blocks[matrix.Diagonals[i]] = Block.Complex(1, 0);
        }
        SparseLu lu = SparseLu.Of(matrix);
        bool solvable = lu.Factorise(matrix) < 0;
        double[] column = new double[2 * n];
        (double Machines, double Inverters)[] currents = new (double, double)[n];
        for (int k = 0; k < n; k++)
        {
            int root = Islands.Root(parent, k);
            if (!stiff[root] || !solvable)
            {
                for (int j = 0; j < n; j++) { if (Islands.Root(parent, j) == root) { currents[k].Inverters += inverter[j]; } }
                continue;
            }
            Array.Clear(column);
            column[2 * k] = 1;
            lu.Solve(column);
            double own = Size(column, k);
            currents[k].Machines = voltageFactor / own;
            for (int j = 0; j < n; j++) { if (inverter[j] > 0 && Islands.Root(parent, j) == root) { currents[k].Inverters += Size(column, j) / own * inverter[j]; } }
        }
        return [.. grid.Case.Buses.Select((bus, i) =>
        {
            (double machines, double inverters) = grid.Cut[grid.NodeOf(i)] ? default : currents[grid.NodeOf(i)];
            double powerMva = (machines + inverters) * baseMva;
            return new FaultCurrent(bus.Name, machines, inverters, bus.BaseKv is { } kv ? powerMva / (Math.Sqrt(3) * kv) : double.NaN, powerMva);
        })];
    }

    private static void Add(SparseMatrix matrix, int entry, double g, double b)
    {
        ref Block block = ref matrix.Blocks[entry];
        (block.A, block.B, block.C, block.D) = (block.A + g, block.B - b, block.C + b, block.D + g);
    }

    private static double Size(double[] column, int node) => Math.Sqrt(column[2 * node] * column[2 * node] + column[2 * node + 1] * column[2 * node + 1]);
}
