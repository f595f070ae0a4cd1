using System.Numerics;

namespace Gigawatt.Power.Stability;

/// <summary>The network in one state of its breakers: the matrix that turns injected currents into voltages.</summary>
/// <remarks>
/// Admittances of branches, of the fault and of every source behind its reactance are inverted once; a step only multiplies. Nodes that no
/// source reaches have no voltage. The matrix stands by columns, so that its product adds in the same order on every processor.
/// </remarks>
internal sealed class AdmittanceStage
{
    private readonly double[] real;
    private readonly double[] imaginary;

    private AdmittanceStage(int nodes, int stride, double[] real, double[] imaginary, bool[] isLive)
    {
        Nodes = nodes;
        Stride = stride;
        IsLive = isLive;
        this.real = real;
        this.imaginary = imaginary;
    }

    public int Nodes { get; }

    /// <summary>Length of a vector of nodes, filled up to whole registers.</summary>
    public int Stride { get; }

    /// <summary>Whether a source reaches a node.</summary>
    public bool[] IsLive { get; }

    public static int StrideOf(int nodes) => (nodes + 7) / 8 * 8;

    public Complex Diagonal(int node) => new(real[node * Stride + node], imaginary[node * Stride + node]);

    /// <summary>Builds the stage from series admittances between nodes and admittances to ground.</summary>
    public static AdmittanceStage Of(int nodes, IReadOnlyList<(int From, int To, Complex Admittance)> series, Complex[] ground, bool[] hasSource)
    {
        bool[] live = Reached(nodes, series, hasSource);
        int[] at = new int[nodes];
        int count = 0;
        for (int i = 0; i < nodes; i++) { at[i] = live[i] ? count++ : -1; }
        Complex[][] matrix = [.. Enumerable.Range(0, count).Select(_ => new Complex[2 * count])];
        for (int i = 0; i < count; i++) { matrix[i][count + i] = Complex.One; }
        for (int i = 0; i < nodes; i++)
        {
            if (live[i]) { matrix[at[i]][at[i]] += ground[i]; }
        }
        foreach ((int from, int to, Complex admittance) in series)
        {
            if (!live[from]) { continue; }
            matrix[at[from]][at[from]] += admittance;
            matrix[at[to]][at[to]] += admittance;
            matrix[at[from]][at[to]] -= admittance;
            matrix[at[to]][at[from]] -= admittance;
        }
        Invert(matrix);
        int stride = StrideOf(nodes);
        double[] real = new double[nodes * stride];
        double[] imaginary = new double[nodes * stride];
        for (int row = 0; row < nodes; row++)
        {
            for (int column = 0; column < nodes; column++)
            {
                if (!live[row] || !live[column]) { continue; }
                Complex value = matrix[at[row]][count + at[column]];
                real[column * stride + row] = value.Real;
                imaginary[column * stride + row] = value.Imaginary;
            }
        }
        return new AdmittanceStage(nodes, stride, real, imaginary, live);
    }

    /// <summary>The rows and columns of a few nodes, by columns, each filled up to whole registers.</summary>
    public (double[] Real, double[] Imaginary) Part(int[] chosen)
    {
        int width = StrideOf(chosen.Length);
        (double[] partReal, double[] partImaginary) = (new double[width * chosen.Length], new double[width * chosen.Length]);
        for (int column = 0; column < chosen.Length; column++)
        {
            for (int row = 0; row < chosen.Length; row++)
            {
                partReal[column * width + row] = real[chosen[column] * Stride + chosen[row]];
                partImaginary[column * width + row] = imaginary[chosen[column] * Stride + chosen[row]];
            }
        }
        return (partReal, partImaginary);
    }

    /// <summary>Adds to given voltages those that currents into some nodes make.</summary>
    /// <param name="injected">Nodes into which currents flow.</param>
    /// <param name="currentReal">Real parts of their currents, in the same order.</param>
    /// <param name="currentImaginary">Imaginary parts.</param>
    /// <param name="voltageReal">Real parts of the voltages of all nodes, changed.</param>
    /// <param name="voltageImaginary">Imaginary parts.</param>
    public void Add(int[] injected, double[] currentReal, double[] currentImaginary, double[] voltageReal, double[] voltageImaginary)
    {
        for (int row = 0; row < Stride; row += Vector<double>.Count)
        {
            Vector<double> sumReal = new(voltageReal, row);
            Vector<double> sumImaginary = new(voltageImaginary, row);
            for (int k = 0; k < injected.Length; k++)
            {
                int start = injected[k] * Stride + row;
                Vector<double> zr = new(real, start);
                Vector<double> zi = new(imaginary, start);
                sumReal += zr * currentReal[k] - zi * currentImaginary[k];
                sumImaginary += zr * currentImaginary[k] + zi * currentReal[k];
            }
            sumReal.CopyTo(voltageReal, row);
            sumImaginary.CopyTo(voltageImaginary, row);
        }
    }

    private static bool[] Reached(int nodes, IReadOnlyList<(int From, int To, Complex Admittance)> series, bool[] hasSource)
    {
        bool[] live = [.. hasSource];
        for (int round = 0; round < nodes; round++)
        {
            bool grew = false;
            foreach ((int from, int to, _) in series)
            {
                if (live[from] == live[to]) { continue; }
                live[from] = live[to] = true;
                grew = true;
            }
            if (!grew) { break; }
        }
        return live;
    }

    // Gauss-Jordan with row pivots: the matrix is small and inverted once a stage.
    private static void Invert(Complex[][] matrix)
    {
        int n = matrix.Length;
        for (int column = 0; column < n; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < n; row++)
            {
                if (Size(matrix[row][column]) > Size(matrix[pivot][column])) { pivot = row; }
            }
            (matrix[column], matrix[pivot]) = (matrix[pivot], matrix[column]);
            Complex[] top = matrix[column];
            Complex scale = Complex.One / top[column];
            for (int k = column; k < 2 * n; k++) { top[k] *= scale; }
            for (int row = 0; row < n; row++)
            {
                Complex factor = matrix[row][column];
                if (row == column || factor == Complex.Zero) { continue; }
                for (int k = column; k < 2 * n; k++) { matrix[row][k] -= factor * top[k]; }
            }
        }
    }

    private static double Size(Complex value) => value.Real * value.Real + value.Imaginary * value.Imaginary;
}
