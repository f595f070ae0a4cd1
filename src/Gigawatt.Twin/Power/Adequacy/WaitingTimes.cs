using Gigawatt.Numerics;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Power.Adequacy;

/// <summary>Uniform and exponential numbers for one simulation loop, taken from a stream in blocks.</summary>
/// <remarks>
/// Exponential by the ziggurat of 256 layers (Marsaglia and Tsang, J. Stat. Software 5(8), 2000): 99 of 100 draws are one multiplication and
/// one comparison; the rest ask for e^−x. Layer and place in it come from different bits of one 64-bit number. Exact, not an approximation.
/// </remarks>
internal sealed class WaitingTimes
{
    private const int Layers = 256;
    private const double TailStart = 7.69711747013104972;
    private const double LayerArea = 3.949659822581572e-3;
    private const double Unit = 1.0 / (1UL << 53);

    private static readonly double[] Widths = MakeWidths();
    private static readonly double[] Heights = [.. Widths.Select(width => Elementary.Exp(-width))];

    private readonly ulong[] bits = new ulong[1024];
    private Stream stream;
    private int at;

    /// <summary>Goes on with another stream, from its beginning.</summary>
    public void Begin(Stream other)
    {
        stream = other;
        at = bits.Length;
    }

    /// <summary>A number from 0 (included) to 1 (excluded).</summary>
    public double Uniform() => (long)(Next() >> 11) * Unit;

    /// <summary>A waiting time of mean 1.</summary>
    public double Exponential()
    {
        ulong drawn = Next();
        int layer = (int)(drawn & (Layers - 1));
        double x = (long)(drawn >> 11) * Unit * Widths[layer];
        return x < Widths[layer + 1] ? x : Outside(layer, x);
    }

    private double Outside(int layer, double x)
    {
        // Beyond the start of the tail an exponential begins anew.
        double before = 0;
        while (true)
        {
            if (x < Widths[layer + 1]) { return before + x; }
            if (layer == 0) { before += TailStart; }
            else if (Heights[layer] + Uniform() * (Heights[layer + 1] - Heights[layer]) < Elementary.Exp(-x)) { return before + x; }
            ulong drawn = Next();
            layer = (int)(drawn & (Layers - 1));
            x = (long)(drawn >> 11) * Unit * Widths[layer];
        }
    }

    private ulong Next()
    {
        if ((uint)at >= (uint)bits.Length)
        {
            stream.FillBits(bits);
            at = 0;
        }
        return bits[at++];
    }

    private static double[] MakeWidths()
    {
        double[] widths = new double[Layers + 1];
        widths[0] = LayerArea / Elementary.Exp(-TailStart);
        widths[1] = TailStart;
        for (int i = 2; i < Layers; i++) { widths[i] = -Elementary.Log(Elementary.Exp(-widths[i - 1]) + LayerArea / widths[i - 1]); }
        return widths;
    }
}
