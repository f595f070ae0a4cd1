namespace Gigawatt.Power.Networks;

/// <summary>A square of four numbers: one entry of a network's matrix.</summary>
/// <remarks>It holds the derivatives of P and Q by angle and voltage, or a complex number g + jb as [g −b; b g].</remarks>
internal struct Block
{
    public double A, B, C, D;

    public static Block Complex(double re, double im) => new() { A = re, B = -im, C = im, D = re };
}

/// <summary>A sparse square matrix of 2×2 blocks by rows, with a pattern that is symmetric and fixed.</summary>
/// <remarks>Off-diagonal entries stand where a branch, in service or not, joins two nodes: an outage changes numbers only.</remarks>
internal sealed class SparseMatrix
{
    private SparseMatrix(int[] starts, int[] columns, int[] diagonals)
    {
        (Starts, Columns, Diagonals) = (starts, columns, diagonals);
        Blocks = new Block[columns.Length];
    }

    /// <summary>Rows.</summary>
    public int Count => Diagonals.Length;

    /// <summary>Where each row begins; one more than rows.</summary>
    public int[] Starts { get; }

    /// <summary>Column of each entry, ascending within a row.</summary>
    public int[] Columns { get; }

    /// <summary>Entry of each diagonal.</summary>
    public int[] Diagonals { get; }

    /// <summary>The numbers.</summary>
    public Block[] Blocks { get; }

    /// <summary>A matrix with a diagonal and both entries of each pair.</summary>
    public static SparseMatrix Of(int count, IEnumerable<(int Row, int Column)> pairs)
    {
        SortedSet<int>[] rows = [.. Enumerable.Range(0, count).Select(i => new SortedSet<int> { i })];
        foreach ((int row, int column) in pairs)
        {
            rows[row].Add(column);
            rows[column].Add(row);
        }
        int[] starts = new int[count + 1];
        for (int i = 0; i < count; i++) { starts[i + 1] = starts[i] + rows[i].Count; }
        int[] columns = [.. rows.SelectMany(row => row)];
        int[] diagonals = [.. Enumerable.Range(0, count).Select(i => Array.BinarySearch(columns, starts[i], starts[i + 1] - starts[i], i))];
        return new SparseMatrix(starts, columns, diagonals);
    }

    /// <summary>An empty matrix of the same pattern, sharing it.</summary>
    public SparseMatrix Empty() => new(Starts, Columns, Diagonals);

    /// <summary>Where an entry stands; negative when it is not in the pattern.</summary>
    public int Find(int row, int column) => Array.BinarySearch(Columns, Starts[row], Starts[row + 1] - Starts[row], column);
}
