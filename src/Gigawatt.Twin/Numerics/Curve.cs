namespace Gigawatt.Numerics;

/// <summary>A curve through given points, straight between them and level beyond its ends.</summary>
public sealed class Curve
{
    private readonly double[] xs;
    private readonly double[] ys;

    /// <summary>The curve through (<paramref name="xs"/>, <paramref name="ys"/>), with rising xs.</summary>
    /// <exception cref="ArgumentException">The points are fewer than two, unequal in number or not rising.</exception>
    public Curve(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys)
    {
        if (xs.Length != ys.Length || xs.Length < 2) { throw new ArgumentException("a curve needs two or more points, as many x as y"); }
        for (int i = 1; i < xs.Length; i++)
        {
            if (!(xs[i] > xs[i - 1])) { throw new ArgumentException("the x of a curve must rise"); }
        }
        this.xs = xs.ToArray();
        this.ys = ys.ToArray();
    }

    /// <summary>Height of the curve at <paramref name="x"/>.</summary>
    public double At(double x)
    {
        if (x <= xs[0]) { return ys[0]; }
        for (int i = 1; i < xs.Length; i++)
        {
            if (x <= xs[i]) { return ys[i - 1] + (ys[i] - ys[i - 1]) * (x - xs[i - 1]) / (xs[i] - xs[i - 1]); }
        }
        return ys[^1];
    }
}
