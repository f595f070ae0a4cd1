namespace Gigawatt.Training;

/// <summary>Least squares with bounds and with a weight towards values known beforehand.</summary>
/// <remarks>
/// Minimises Σ(x·c/t − 1)² + λ·Σ((c − c₀)/s)² over lowest ≤ c ≤ highest: relative errors of rows, and how far coefficients go from what physics and single measurements
/// say, in units of how sure that is; λ is the square of the error that a row is trusted to. The sum is convex, so going over the coefficients one by one finds its only minimum.
/// </remarks>
internal static class CalibrationFit
{
    public readonly record struct Prior(string Name, double Usual, double Spread, double Lowest, double Highest);

    private const double RowTrust = 0.02;

    public static double[] Solve(IReadOnlyList<double[]> rows, IReadOnlyList<double> times, Prior[] priors)
    {
        int n = priors.Length;
        double[,] a = new double[n, n];
        double[] b = new double[n];
        for (int r = 0; r < rows.Count; r++)
        {
            for (int i = 0; i < n; i++)
            {
                double yi = rows[r][i] / times[r];
                if (yi == 0) { continue; }
                b[i] += yi;
                for (int j = 0; j < n; j++) { a[i, j] += yi * rows[r][j] / times[r]; }
            }
        }
        double[] c = new double[n];
        for (int i = 0; i < n; i++)
        {
            double weight = RowTrust * RowTrust / (priors[i].Spread * priors[i].Spread);
            a[i, i] += weight;
            b[i] += weight * priors[i].Usual;
            c[i] = priors[i].Usual;
        }
        for (int sweep = 0; sweep < 5000; sweep++)
        {
            double moved = 0;
            for (int i = 0; i < n; i++)
            {
                double rest = b[i];
                for (int j = 0; j < n; j++) { rest -= a[i, j] * c[j]; }
                rest += a[i, i] * c[i];
                double next = Math.Min(priors[i].Highest, Math.Max(priors[i].Lowest, rest / a[i, i]));
                moved = Math.Max(moved, Math.Abs(next - c[i]) / priors[i].Spread);
                c[i] = next;
            }
            if (moved < 1e-7) { break; }
        }
        return c;
    }
}
