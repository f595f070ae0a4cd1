namespace Gigawatt.Power.Stability;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations.</summary>
/// <remarks>
/// Each rotation removes one pair of elements beside the diagonal; sweeps end when what is left beside it is rounding. Vectors come out
/// orthogonal to the last digits, which the modes of a shaft need. Source: Golub and Van Loan, Matrix Computations, 8.5 (cyclic Jacobi).
/// Not modelled: matrices of more than some hundred rows, for which tridiagonal methods are faster.
/// </remarks>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60;

    /// <summary>Turns a matrix into its eigenvalues, smallest first, and its vectors.</summary>
    /// <param name="matrix">Rows of the matrix, which are overwritten.</param>
    /// <returns>The values and, for each, its vector.</returns>
    public static (double[] Values, double[][] Vectors) Of(double[][] matrix)
    {
        int n = matrix.Length;
        double[][] turned = new double[n][];
        for (int i = 0; i < n; i++)
        {
            turned[i] = new double[n];
            turned[i][i] = 1;
        }
        for (int sweep = 0; sweep < MostSweeps && Beside(matrix) > 0; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++) { Rotate(matrix, turned, p, q); }
            }
        }
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => matrix[i][i])];
        return ([.. order.Select(i => matrix[i][i])], [.. order.Select(i => Column(turned, i))]);
    }

    private static double[] Column(double[][] matrix, int column) => [.. matrix.Select(row => row[column])];

    private static double Beside(double[][] matrix)
    {
        double sum = 0;
        for (int i = 0; i < matrix.Length; i++)
        {
            for (int j = i + 1; j < matrix.Length; j++) { sum += matrix[i][j] * matrix[i][j]; }
        }
        return sum;
    }

    private static void Rotate(double[][] a, double[][] turned, int p, int q)
    {
        double off = a[p][q];
        // What rounding cannot see of both diagonal elements is nothing.
        if (Math.Abs(off) <= 1e-17 * (Math.Abs(a[p][p]) + Math.Abs(a[q][q])))
        {
            a[p][q] = a[q][p] = 0;
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * off);
        double t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < a.Length; k++)
        {
            double left = a[k][p];
            double right = a[k][q];
            a[k][p] = c * left - s * right;
            a[k][q] = s * left + c * right;
        }
        for (int k = 0; k < a.Length; k++)
        {
            double upper = a[p][k];
            double lower = a[q][k];
            a[p][k] = c * upper - s * lower;
            a[q][k] = s * upper + c * lower;
        }
        a[p][q] = a[q][p] = 0;
        for (int k = 0; k < a.Length; k++)
        {
            double left = turned[k][p];
            double right = turned[k][q];
            turned[k][p] = c * left - s * right;
            turned[k][q] = s * left + c * right;
        }
    }
}
