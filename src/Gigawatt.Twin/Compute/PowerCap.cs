using Gigawatt.Numerics;

namespace Gigawatt.Compute;

/// <summary>What a power cap costs in training speed, as measured on one type of GPU.</summary>
/// <remarks>
/// Straight between measured points, so monotone, and no cap comes out best that was not measured. Below the lowest measured cap speed falls straight to nothing at
/// the idle share (assumption). Not modelled: dependence on model, batch and precision.
/// </remarks>
public sealed class CapCurve
{
    private readonly double[] caps;
    private readonly double[] speeds;
    private readonly double[] drawn;
    private readonly double[] clocksHz;
    private readonly int assumed;

    private CapCurve(string title, double tdpMw, double idleFraction, double[] caps, double[] speeds, double[] drawn, double[] clocksHz, int assumed, Grade grade, string source)
    {
        (Title, TdpMw, IdleFraction, this.assumed, Grade, Source) = (title, tdpMw, idleFraction, assumed, grade, source);
        (this.caps, this.speeds, this.drawn, this.clocksHz) = (caps, speeds, drawn, clocksHz);
    }

    /// <summary>H100 of 700 W in pre-training of Llama-3-8B; clocks and drawn power from a vision transformer.</summary>
    public static CapCurve H100 { get; } = new(
        "H100", 700e-6, 0.104,
        [200.0 / 700, 300.0 / 700, 400.0 / 700, 500.0 / 700, 600.0 / 700, 1],
        [0.320, 0.594, 0.821, 0.915, 0.966, 1],
        [199.0 / 647, 298.0 / 647, 395.0 / 647, 493.0 / 647, 591.0 / 647, 1],
        [625e6, 1132e6, 1501e6, 1731e6, 1889e6, 1969e6],
        0, Grade.A, "arXiv 2603.16164, table 4 (speed); arXiv 2604.11391 (clocks and drawn power)");

    /// <summary>GB200 of 1,200 W: 1,000 W costs 5 % of speed; below that the H100's curve from the same share on (assumption).</summary>
    public static CapCurve Gb200 { get; } = FromOnePoint("GB200", 1200e-6, 1000.0 / 1200, 0.95, Grade.D,
        "arXiv 2605.24461: 5 % of speed at 1,000 W of 1,200 W; below that assumption: shape of the H100's curve");

    /// <summary>The type that was measured.</summary>
    public string Title { get; }

    /// <summary>Its power limit as sold.</summary>
    public double TdpMw { get; }

    /// <summary>Share of TDP at which nothing is left to compute with.</summary>
    public double IdleFraction { get; }

    /// <summary>How far the points can be trusted.</summary>
    public Grade Grade { get; }

    /// <summary>Where they come from.</summary>
    public string Source { get; }

    /// <summary>Measured caps as shares of TDP, rising.</summary>
    public ReadOnlySpan<double> CapsFraction => caps.AsSpan(assumed);

    /// <summary>The lowest cap of the curve; those below the first measured one are assumed.</summary>
    public double LowestFraction => caps[0];

    /// <summary>The curve for a GPU's name, such as "GB200 (one GPU of an NVL72)": the Blackwell one for Blackwell, else the H100's.</summary>
    public static CapCurve For(string gpuTitle) =>
        gpuTitle.Contains("B200", StringComparison.OrdinalIgnoreCase) || gpuTitle.Contains("B300", StringComparison.OrdinalIgnoreCase) ? Gb200 : H100;

    /// <summary>Training speed under a cap, relative to none.</summary>
    public double ThroughputRatio(double capFraction)
    {
        if (capFraction <= IdleFraction) { return 0; }
        return capFraction < caps[0]
            ? speeds[0] * (capFraction - IdleFraction) / (caps[0] - IdleFraction)
            : Between(speeds, capFraction);
    }

    /// <summary>Power drawn under a cap, relative to that without one.</summary>
    public double DrawnFraction(double capFraction) =>
        capFraction < caps[0] ? drawn[0] * Math.Max(0, capFraction) / caps[0] : Between(drawn, capFraction);

    /// <summary>Clock under a cap; 0 when none was measured for the type.</summary>
    public double ClockHz(double capFraction)
    {
        if (clocksHz.Length == 0) { return 0; }
        return capFraction < caps[0]
            ? clocksHz[0] * Math.Max(0, (capFraction - IdleFraction) / (caps[0] - IdleFraction))
            : Between(clocksHz, capFraction);
    }

    private static CapCurve FromOnePoint(string title, double tdpMw, double capFraction, double speed, Grade grade, string source)
    {
        double scale = speed / H100.ThroughputRatio(capFraction), power = capFraction / H100.DrawnFraction(capFraction);
        double[] caps = [.. H100.caps.Where(cap => cap < capFraction), capFraction, 1];
        return new CapCurve(
            title, tdpMw, H100.IdleFraction, caps, [.. caps.Select(cap => cap >= 1 ? 1 : scale * H100.ThroughputRatio(cap))],
            [.. caps.Select(cap => cap >= 1 ? 1 : Math.Min(1, power * H100.DrawnFraction(cap)))], [], caps.Length - 2, grade, source);
    }

    private double Between(double[] heights, double capFraction)
    {
        if (capFraction >= 1) { return heights[^1]; }
        int i = 1;
        while (caps[i] < capFraction) { i++; }
        return heights[i - 1] + (heights[i] - heights[i - 1]) * (capFraction - caps[i - 1]) / (caps[i] - caps[i - 1]);
    }
}

/// <summary>What warmth does to a GPU's power.</summary>
/// <remarks>
/// Power at a given clock = dynamic part + leakage, which doubles every so many kelvin. A warm GPU under a cap therefore computes like a cool one under a cap
/// lower by that factor. No public record of the GPUs in question was found; both numbers are assumptions.
/// </remarks>
public sealed record GpuWarmthSpec
{
    /// <summary>Temperature of the chip at which caps and shares were measured.</summary>
    [Default(Grade.E, "assumption: 60 °C, a chip on a cold plate")]
    public double ReferenceC { get; init => field = Check.Within(value, 0, 120); } = 60;

    /// <summary>Share of leakage in the power at that temperature.</summary>
    [Default(Grade.E, "assumption: 10 %")]
    public double LeakageFraction { get; init => field = Check.Fraction(value); } = 0.1;

    /// <summary>Warming over which leakage doubles.</summary>
    [Default(Grade.E, "assumption: 30 K")]
    public double DoublingK { get; init => field = Check.Positive(value); } = 30;
}

/// <summary>A number of GPUs under a cap that share a fixed power.</summary>
/// <param name="CapFraction">The cap as a share of TDP.</param>
/// <param name="CapMw">The cap of one GPU.</param>
/// <param name="Gpus">GPUs that the power feeds.</param>
/// <param name="ThroughputGpu">Their speed together, in GPUs at full speed.</param>
/// <param name="GainFraction">Speed over that of uncapped GPUs on the same power, less one.</param>
public readonly record struct CapChoice(double CapFraction, double CapMw, int Gpus, double ThroughputGpu, double GainFraction);

/// <summary>The equations of power caps.</summary>
public static class PowerCap
{
    /// <summary>Power at the same clock relative to the reference temperature.</summary>
    public static double WarmthFactor(GpuWarmthSpec spec, double chipC) =>
        1 + spec.LeakageFraction * (Elementary.Pow(2, (chipC - spec.ReferenceC) / spec.DoublingK) - 1);

    /// <summary>Training speed under a cap at a temperature, relative to none at the reference.</summary>
    /// <remarks>Heat costs speed only through the cap; at TDP the cap is TDP itself.</remarks>
    public static double ThroughputRatio(CapCurve curve, double capFraction, GpuWarmthSpec warmth, double chipC) =>
        curve.ThroughputRatio(capFraction / WarmthFactor(warmth, chipC));

    /// <summary>GPUs and speed on a fixed power when each is planned with its cap and everything else that it brings.</summary>
    /// <param name="curve">What a cap costs.</param>
    /// <param name="tdpMw">Power limit of the GPU as sold.</param>
    /// <param name="capFraction">The cap as a share of it.</param>
    /// <param name="siteMw">Power to share.</param>
    /// <param name="otherMwPerGpu">Node, network, losses and cooling for each GPU; does not fall with the cap.</param>
    /// <param name="mostGpus">GPUs that can be had.</param>
    /// <param name="warmthFactor">Power at the same clock relative to the temperature at which the curve was measured.</param>
    public static CapChoice At(
        CapCurve curve, double tdpMw, double capFraction, double siteMw, double otherMwPerGpu, int mostGpus = int.MaxValue, double warmthFactor = 1)
    {
        double speed = curve.ThroughputRatio(capFraction / warmthFactor), whole = curve.ThroughputRatio(1 / warmthFactor);
        int gpus = Fed(siteMw, tdpMw * capFraction + otherMwPerGpu, mostGpus);
        int uncapped = Fed(siteMw, tdpMw + otherMwPerGpu, mostGpus);
        return new CapChoice(capFraction, capFraction * tdpMw, gpus, gpus * speed, uncapped > 0 ? gpus * speed / (uncapped * whole) - 1 : 0);
    }

    /// <summary>The cap and the number of GPUs with the highest speed on a fixed power.</summary>
    /// <remarks>
    /// Between measured points f(c)/(c + o) with straight f has no maximum inside, so the best is a measured cap (assumed stretches are not searched), or the cap at which all GPUs that can be had
    /// use up the power. Speed counts in proportion to GPUs: what a larger job loses in communication is left out.
    /// </remarks>
    public static CapChoice Best(CapCurve curve, double tdpMw, double siteMw, double otherMwPerGpu, int mostGpus = int.MaxValue, double warmthFactor = 1)
    {
        CapChoice best = At(curve, tdpMw, 1, siteMw, otherMwPerGpu, mostGpus, warmthFactor);
        foreach (double cap in curve.CapsFraction) { Take(At(curve, tdpMw, Math.Min(1, cap * warmthFactor), siteMw, otherMwPerGpu, mostGpus, warmthFactor), ref best); }
        double fills = (siteMw / mostGpus - otherMwPerGpu) / tdpMw;
        if (fills > curve.IdleFraction && fills < 1) { Take(At(curve, tdpMw, fills * (1 - 1e-12), siteMw, otherMwPerGpu, mostGpus, warmthFactor), ref best); }
        return best;
    }

    private static int Fed(double siteMw, double eachMw, int most) => (int)Math.Min(most, Math.Floor(siteMw / eachMw * (1 + 1e-12)));

    private static void Take(in CapChoice candidate, ref CapChoice best)
    {
        if (candidate.ThroughputGpu > best.ThroughputGpu) { best = candidate; }
    }
}
