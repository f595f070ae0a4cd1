namespace Gigawatt.Numerics;

/// <summary>Exponential, logarithm and their kin from additions and multiplications alone.</summary>
/// <remarks>
/// The platform's functions differ in the last bit between operating systems; these give the same bits everywhere, so
/// the same scenario and seed give the same results everywhere. Relative error is below 4e-16 for Exp and Log in the
/// ranges the engine uses. Exp: x = k·ln 2 + r, |r| ≤ ln 2 / 2, Taylor polynomial of degree 13 in r.
/// Log: x = 2^k·m with m in [√½, √2), 2·artanh((m−1)/(m+1)) as an odd series. Sin and Cos: reduction by π/2 in two
/// parts and Taylor polynomials; meant for arguments below about 1e5. Not modelled: errno, subnormal results.
/// </remarks>
public static class Elementary
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double HalfPiHigh = 1.57079632673412561417e+00;
    private const double HalfPiLow = 6.07710050650619224932e-11;

    /// <summary>e raised to <paramref name="x"/>.</summary>
    public static double Exp(double x)
    {
        if (x > 709) { return double.PositiveInfinity; }
        if (x < -700) { return 0; }
        double k = Math.Floor(x * 1.4426950408889634 + 0.5);
        double r = x - k * Ln2High - k * Ln2Low;
        double p = 1.0 / 6227020800;
        p = p * r + 1.0 / 479001600;
        p = p * r + 1.0 / 39916800;
        p = p * r + 1.0 / 3628800;
        p = p * r + 1.0 / 362880;
        p = p * r + 1.0 / 40320;
        p = p * r + 1.0 / 5040;
        p = p * r + 1.0 / 720;
        p = p * r + 1.0 / 120;
        p = p * r + 1.0 / 24;
        p = p * r + 1.0 / 6;
        p = p * r + 0.5;
        p = p * r + 1;
        p = p * r + 1;
        return p * BitConverter.Int64BitsToDouble(((long)k + 1023) << 52);
    }

    /// <summary>Natural logarithm; negative infinity at zero, not a number below.</summary>
    public static double Log(double x)
    {
        if (!(x > 0)) { return x == 0 ? double.NegativeInfinity : double.NaN; }
        if (double.IsPositiveInfinity(x)) { return x; }
        long bits = BitConverter.DoubleToInt64Bits(x);
        long k = (bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            k++;
        }
        double s = (m - 1) / (m + 1);
        double z = s * s;
        double p = 1.0 / 21;
        p = p * z + 1.0 / 19;
        p = p * z + 1.0 / 17;
        p = p * z + 1.0 / 15;
        p = p * z + 1.0 / 13;
        p = p * z + 1.0 / 11;
        p = p * z + 1.0 / 9;
        p = p * z + 1.0 / 7;
        p = p * z + 1.0 / 5;
        p = p * z + 1.0 / 3;
        double log = 2 * s + 2 * s * z * p;
        return k * Ln2High + (log + k * Ln2Low);
    }

    /// <summary><paramref name="x"/> raised to <paramref name="power"/>, for x of zero or more.</summary>
    public static double Pow(double x, double power) => x == 0 ? (power == 0 ? 1 : 0) : Exp(power * Log(x));

    /// <summary>Sine of an angle in radians.</summary>
    public static double Sin(double x)
    {
        double q = Math.Floor(x / (Math.PI / 2) + 0.5);
        double r = x - q * HalfPiHigh - q * HalfPiLow;
        return ((long)q & 3) switch { 0 => SinCore(r), 1 => CosCore(r), 2 => -SinCore(r), _ => -CosCore(r) };
    }

    /// <summary>Cosine of an angle in radians.</summary>
    public static double Cos(double x)
    {
        double q = Math.Floor(x / (Math.PI / 2) + 0.5);
        double r = x - q * HalfPiHigh - q * HalfPiLow;
        return ((long)q & 3) switch { 0 => CosCore(r), 1 => -SinCore(r), 2 => -CosCore(r), _ => SinCore(r) };
    }

    /// <summary>Hyperbolic tangent.</summary>
    public static double Tanh(double x)
    {
        if (Math.Abs(x) > 20) { return Math.Sign(x); }
        double e = Exp(-2 * Math.Abs(x));
        return Math.Sign(x) * (1 - e) / (1 + e);
    }

    /// <summary>Angle of the point (<paramref name="x"/>, <paramref name="y"/>) in radians, from −π to π; zero at the origin.</summary>
    public static double Atan2(double y, double x)
    {
        if (x == 0 && y == 0) { return 0; }
        double a = Math.Abs(y), b = Math.Abs(x);
        double angle = a <= b ? AtanCore(a / b) : Math.PI / 2 - AtanCore(b / a);
        if (x < 0) { angle = Math.PI - angle; }
        return y < 0 ? -angle : angle;
    }

    // Two halvings of the angle bring a ratio of at most 1 below tan(π/16).
    private static double AtanCore(double t)
    {
        t /= 1 + Math.Sqrt(1 + t * t);
        t /= 1 + Math.Sqrt(1 + t * t);
        double z = t * t, p = 0;
        for (int k = 23; k >= 1; k -= 2) { p = 1.0 / k - z * p; }
        return 4 * t * p;
    }

    /// <summary>Main branch of Lambert's function: the w of −1 or more with w·e^w = <paramref name="x"/>; not a number below −1/e.</summary>
    /// <remarks>
    /// Halley's iteration (Corless et al., Advances in Computational Mathematics 5, 1996) from the series at the branch point, or from logarithms.
    /// Within a thousandth of the branch point the series itself; 1 + e·x is taken there with e in two parts.
    /// </remarks>
    public static double LambertW(double x)
    {
        if (x == 0 || double.IsNaN(x) || double.IsPositiveInfinity(x)) { return x; }
        double above = Math.FusedMultiplyAdd(Math.E, x, 1) + 1.4456468917292502e-16 * x;
        if (above < 0) { return above > -1e-15 ? -1 : double.NaN; }
        double w;
        if (x < -0.2)
        {
            double p = Math.Sqrt(2 * above);
            w = -1 + p * (1 + p * (-1.0 / 3 + p * (11.0 / 72 + p * (-43.0 / 540 + p * (769.0 / 17280)))));
            if (p < 1e-3) { return w; }
        }
        else
        {
            double log = Log(1 + x);
            w = log * (1 - Log(1 + log) / (2 + log));
        }
        for (int i = 0; i < 20; i++)
        {
            double e = Exp(w), miss = w * e - x;
            double move = miss / (e * (w + 1) - (w + 2) * miss / (2 * w + 2));
            w -= move;
            if (Math.Abs(move) <= 1e-16 * Math.Abs(w) + 1e-300) { break; }
        }
        return w;
    }

    private static double SinCore(double r)
    {
        double z = r * r;
        double p = 1.0 / 355687428096000;
        p = 1.0 / 1307674368000 - z * p;
        p = 1.0 / 6227020800 - z * p;
        p = 1.0 / 39916800 - z * p;
        p = 1.0 / 362880 - z * p;
        p = 1.0 / 5040 - z * p;
        p = 1.0 / 120 - z * p;
        p = 1.0 / 6 - z * p;
        return r - r * z * p;
    }

    private static double CosCore(double r)
    {
        double z = r * r;
        double p = 1.0 / 20922789888000;
        p = 1.0 / 87178291200 - z * p;
        p = 1.0 / 479001600 - z * p;
        p = 1.0 / 3628800 - z * p;
        p = 1.0 / 40320 - z * p;
        p = 1.0 / 720 - z * p;
        p = 1.0 / 24 - z * p;
        return 1 - z * (0.5 - z * p);
    }
}

/// <summary>Additions to the platform's mathematics.</summary>
public static class MathExtensions
{
    extension(Math)
    {
        /// <summary>The value, moved to the nearer limit when outside; compiles to two moves instead of two branches.</summary>
        public static double Limit(double value, double lowest, double highest) =>
            Math.Min(Math.Max(value, lowest), highest);
    }
}
