namespace Gigawatt.Power.Networks;

/// <summary>Sparse LU of a matrix of 2×2 blocks: ordered and filled in once, factorised as often as its numbers change.</summary>
/// <remarks>
/// Order: minimum degree on the elimination graph (Tinney's scheme 2), ties by number. Numbers: row by row (Doolittle) in that order; pivots are
/// the inverted diagonal blocks, so the strong coupling of P–Q at one node is pivoted exactly. Factorising and solving allocate nothing.
/// Not modelled: pivoting between nodes, which power-flow matrices do not need.
/// </remarks>
internal sealed class SparseLu
{
    // A pivot block that loses this much of its size is taken as singular.
    private const double Tiny = 1e-13;

    private readonly int[] order;          // order[p] = node eliminated at place p
    private readonly int[] place;          // its inverse
    private readonly int[] lowerStarts;
    private readonly int[] lowerColumns;
    private readonly int[] upperStarts;
    private readonly int[] upperColumns;
    private readonly Block[] lower;
    private readonly Block[] upper;
    private readonly Block[] inverses;
    private readonly Block[] row;
    private readonly double[] first;
    private readonly double[] second;

    private SparseLu(int[] order, int[][] pattern)
    {
        int n = order.Length;
        this.order = order;
        place = new int[n];
        for (int p = 0; p < n; p++) { place[order[p]] = p; }
        // pattern[p]: places after p that meet p; the same, seen from the row, is the lower part.
        int[] counts = new int[n + 1];
        upperStarts = new int[n + 1];
        for (int p = 0; p < n; p++)
        {
            upperStarts[p + 1] = upperStarts[p] + pattern[p].Length;
            foreach (int q in pattern[p]) { counts[q]++; }
        }
        upperColumns = [.. pattern.SelectMany(one => one)];
        lowerStarts = new int[n + 1];
        for (int p = 0; p < n; p++) { lowerStarts[p + 1] = lowerStarts[p] + counts[p]; }
        lowerColumns = new int[upperColumns.Length];
        int[] next = lowerStarts[..n];
        for (int p = 0; p < n; p++)
        {
            foreach (int q in pattern[p]) { lowerColumns[next[q]++] = p; }
        }
        lower = new Block[upperColumns.Length];
        upper = new Block[upperColumns.Length];
        inverses = new Block[n];
        row = new Block[n];
        first = new double[n];
        second = new double[n];
    }

    /// <summary>Entries of both factors above what the matrix had: the fill.</summary>
    public int FactorEntries => 2 * upper.Length + inverses.Length;

    /// <summary>Finds order and fill for the pattern of a matrix.</summary>
    public static SparseLu Of(SparseMatrix matrix)
    {
        int n = matrix.Count;
        HashSet<int>[] neighbours = new HashSet<int>[n];
        for (int i = 0; i < n; i++)
        {
            neighbours[i] = [.. matrix.Columns.AsSpan(matrix.Starts[i], matrix.Starts[i + 1] - matrix.Starts[i])];
            neighbours[i].Remove(i);
        }
        SortedSet<(int Degree, int Node)> open = [.. neighbours.Select((set, i) => (set.Count, i))];
        int[] order = new int[n];
        int[][] met = new int[n][];
        int[] place = new int[n];
        for (int p = 0; p < n; p++)
        {
            (int Degree, int Node) least = open.Min;
            open.Remove(least);
            int node = least.Node;
            (order[p], place[node]) = (node, p);
            met[p] = [.. neighbours[node]];
            foreach (int i in met[p]) { open.Remove((neighbours[i].Count, i)); }
            foreach (int i in met[p])
            {
                neighbours[i].Remove(node);
                foreach (int j in met[p]) { if (j != i) { neighbours[i].Add(j); } }
            }
            foreach (int i in met[p]) { open.Add((neighbours[i].Count, i)); }
        }
        return new SparseLu(order, [.. met.Select(nodes => nodes.Select(node => place[node]).Order().ToArray())]);
    }

    /// <summary>Factorises; returns the node whose pivot vanished, or −1.</summary>
    public int Factorise(SparseMatrix matrix)
    {
        Block[] work = row;
        for (int p = 0; p < order.Length; p++)
        {
            int node = order[p];
            for (int e = lowerStarts[p]; e < lowerStarts[p + 1]; e++) { work[lowerColumns[e]] = default; }
            for (int e = upperStarts[p]; e < upperStarts[p + 1]; e++) { work[upperColumns[e]] = default; }
            for (int e = matrix.Starts[node]; e < matrix.Starts[node + 1]; e++) { work[place[matrix.Columns[e]]] = matrix.Blocks[e]; }
            double size = Size(work[p]);
            for (int e = lowerStarts[p]; e < lowerStarts[p + 1]; e++)
            {
                int k = lowerColumns[e];
                Block w = work[k];
                if (w.A == 0 && w.B == 0 && w.C == 0 && w.D == 0)
                {
                    lower[e] = default;
                    continue;
                }
                Block inverse = inverses[k];
                Block factor = new()
                {
                    A = w.A * inverse.A + w.B * inverse.C,
                    B = w.A * inverse.B + w.B * inverse.D,
                    C = w.C * inverse.A + w.D * inverse.C,
                    D = w.C * inverse.B + w.D * inverse.D,
                };
                lower[e] = factor;
                for (int u = upperStarts[k]; u < upperStarts[k + 1]; u++)
                {
                    ref Block target = ref work[upperColumns[u]];
                    ref Block other = ref upper[u];
                    target.A -= factor.A * other.A + factor.B * other.C;
                    target.B -= factor.A * other.B + factor.B * other.D;
                    target.C -= factor.C * other.A + factor.D * other.C;
                    target.D -= factor.C * other.B + factor.D * other.D;
                }
            }
            for (int e = upperStarts[p]; e < upperStarts[p + 1]; e++) { upper[e] = work[upperColumns[e]]; }
            Block pivot = work[p];
            double determinant = pivot.A * pivot.D - pivot.B * pivot.C;
            double scale = Math.Max(size, Size(pivot));
            if (!(Math.Abs(determinant) > Tiny * scale * Math.Min(scale, 1))) { return node; }
            inverses[p] = new Block { A = pivot.D / determinant, B = -pivot.B / determinant, C = -pivot.C / determinant, D = pivot.A / determinant };
        }
        return -1;
    }

    /// <summary>Solves for the last factorisation; right side in, solution out, two numbers a node.</summary>
    public void Solve(Span<double> pairs)
    {
        for (int p = 0; p < order.Length; p++)
        {
            double a = pairs[2 * order[p]], b = pairs[2 * order[p] + 1];
            for (int e = lowerStarts[p]; e < lowerStarts[p + 1]; e++)
            {
                ref Block factor = ref lower[e];
                int k = lowerColumns[e];
                a -= factor.A * first[k] + factor.B * second[k];
                b -= factor.C * first[k] + factor.D * second[k];
            }
            (first[p], second[p]) = (a, b);
        }
        for (int p = order.Length - 1; p >= 0; p--)
        {
            double a = first[p], b = second[p];
            for (int e = upperStarts[p]; e < upperStarts[p + 1]; e++)
            {
                ref Block other = ref upper[e];
                int k = upperColumns[e];
                a -= other.A * first[k] + other.B * second[k];
                b -= other.C * first[k] + other.D * second[k];
            }
            ref Block inverse = ref inverses[p];
            first[p] = inverse.A * a + inverse.B * b;
            second[p] = inverse.C * a + inverse.D * b;
            pairs[2 * order[p]] = first[p];
            pairs[2 * order[p] + 1] = second[p];
        }
    }

    private static double Size(Block block) =>
        Math.Max(Math.Max(Math.Abs(block.A), Math.Abs(block.B)), Math.Max(Math.Abs(block.C), Math.Abs(block.D)));
}
