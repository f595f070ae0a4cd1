using System.Numerics;
using Gigawatt.Numerics;

namespace Gigawatt.Power.Stability;

/// <summary>The steady state before the event: voltages, and what every bus with sources gives.</summary>
/// <remarks>
/// Buses with sources hold the set voltage. Inverters give their set share; machines (else the grid, else the inverters) share what is left
/// in proportion to their ratings, losses included. Newton's method on the mismatches of power, full matrix.
/// Not modelled: limits of reactive power at the start.
/// </remarks>
internal sealed class StartPoint
{
    private const int MostRounds = 40;

    private StartPoint(Complex[] voltages, Complex[] given)
    {
        Voltages = voltages;
        Given = given;
    }

    /// <summary>Voltage of each node.</summary>
    public Complex[] Voltages { get; }

    /// <summary>Power that the sources of each node give, on the base of the network.</summary>
    public Complex[] Given { get; }

    /// <summary>Finds the steady state.</summary>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="series">Branches.</param>
    /// <param name="load">What each node draws.</param>
    /// <param name="fixedPower">What its sources give whatever happens.</param>
    /// <param name="share">Its share of the rest; zero at all nodes without such a source.</param>
    /// <param name="isHeld">Whether sources hold its voltage.</param>
    /// <param name="heldPu">The voltage they hold.</param>
    /// <exception cref="CaseException">There is none: the load is more than the network can carry.</exception>
    public static StartPoint Of(
        int nodes, IReadOnlyList<(int From, int To, Complex Admittance)> series, Complex[] load, double[] fixedPower, double[] share, bool[] isHeld, double heldPu)
    {
        Complex[][] y = [.. Enumerable.Range(0, nodes).Select(_ => new Complex[nodes])];
        foreach ((int from, int to, Complex admittance) in series)
        {
            y[from][from] += admittance;
            y[to][to] += admittance;
            y[from][to] -= admittance;
            y[to][from] -= admittance;
        }
        double[] angle = new double[nodes];
        double[] size = [.. Enumerable.Repeat(heldPu, nodes)];
        int reference = Array.FindIndex(share, part => part > 0);
        double rest = load.Sum(one => one.Real) - fixedPower.Sum();
        double total = share.Sum();
        double worst = double.PositiveInfinity;
        for (int round = 0; round < MostRounds; round++)
        {
            Complex[] drawn = Drawn(y, angle, size);
            // Unknown: all angles but one, the rest of power, voltages that nothing holds.
            double[][] matrix = [.. Enumerable.Range(0, 2 * nodes).Select(_ => new double[2 * nodes + 1])];
            worst = 0;
            for (int i = 0; i < nodes; i++)
            {
                double active = fixedPower[i] + rest * share[i] / total - load[i].Real - drawn[i].Real;
                double reactive = isHeld[i] ? 0 : -load[i].Imaginary - drawn[i].Imaginary;
                worst = Math.Max(worst, Math.Max(Math.Abs(active), Math.Abs(reactive)));
                matrix[i][2 * nodes] = active;
                matrix[nodes + i][2 * nodes] = reactive;
                for (int k = 0; k < nodes; k++)
                {
                    (Complex byAngle, Complex bySize) = Slopes(y, angle, size, drawn, i, k);
                    matrix[i][k] = k == reference ? -share[i] / total : byAngle.Real;
                    matrix[i][nodes + k] = isHeld[k] ? 0 : bySize.Real;
                    matrix[nodes + i][k] = isHeld[i] || k == reference ? 0 : byAngle.Imaginary;
                    matrix[nodes + i][nodes + k] = isHeld[i] ? (i == k ? 1 : 0) : isHeld[k] ? 0 : bySize.Imaginary;
                }
            }
            if (worst < 1e-12) { break; }
            double[] change = Solved(matrix);
            for (int i = 0; i < nodes; i++)
            {
                if (i == reference) { rest += change[i]; } else { angle[i] += change[i]; }
                size[i] += change[nodes + i];
            }
        }
        if (!(worst < 1e-8))
        {
            throw new CaseException("halls", "loads that the network can carry from its sources at nominal voltage", FormattableString.Invariant($"no steady state: {load.Sum(one => one.Real):0.###} per unit of load; shorten the feeders, or lower load or impedance"));
        }
        Complex[] final = Drawn(y, angle, size);
        return new StartPoint([.. Enumerable.Range(0, nodes).Select(i => Polar(size[i], angle[i]))], [.. Enumerable.Range(0, nodes).Select(i => final[i] + load[i])]);
    }

    /// <summary>A complex number of a size and an angle.</summary>
    public static Complex Polar(double size, double angleRad) => new(size * Elementary.Cos(angleRad), size * Elementary.Sin(angleRad));

    private static Complex[] Drawn(Complex[][] y, double[] angle, double[] size)
    {
        Complex[] voltage = [.. angle.Select((one, i) => Polar(size[i], one))];
        return [.. voltage.Select((one, i) => one * Complex.Conjugate(Sum(y[i], voltage)))];
    }

    private static Complex Sum(Complex[] row, Complex[] voltage)
    {
        Complex sum = Complex.Zero;
        for (int k = 0; k < row.Length; k++) { sum += row[k] * voltage[k]; }
        return sum;
    }

    // dS_i/dθ_k and dS_i/dV_k.
    private static (Complex ByAngle, Complex BySize) Slopes(Complex[][] y, double[] angle, double[] size, Complex[] drawn, int i, int k)
    {
        Complex vi = Polar(size[i], angle[i]);
        Complex vk = Polar(size[k], angle[k]);
        Complex flow = vi * Complex.Conjugate(y[i][k] * vk);
        Complex byAngle = i == k ? Complex.ImaginaryOne * (drawn[i] - flow) : -Complex.ImaginaryOne * flow;
        Complex bySize = (i == k ? (drawn[i] + flow) : flow) / size[k];
        return (byAngle, bySize);
    }

    private static double[] Solved(double[][] matrix)
    {
        int n = matrix.Length;
        for (int column = 0; column < n; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < n; row++)
            {
                if (Math.Abs(matrix[row][column]) > Math.Abs(matrix[pivot][column])) { pivot = row; }
            }
            (matrix[column], matrix[pivot]) = (matrix[pivot], matrix[column]);
            double top = matrix[column][column];
            if (top == 0) { continue; }
            for (int row = 0; row < n; row++)
            {
                double factor = matrix[row][column] / top;
                if (row == column || factor == 0) { continue; }
                for (int k = column; k <= n; k++) { matrix[row][k] -= factor * matrix[column][k]; }
            }
        }
        return [.. matrix.Select((row, i) => row[i] == 0 ? 0 : row[n] / row[i])];
    }
}
