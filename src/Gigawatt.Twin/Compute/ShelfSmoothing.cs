using Gigawatt.Numerics;

namespace Gigawatt.Compute;

/// <summary>Smoothing of power inside GPUs and their power shelves, for each GPU.</summary>
/// <remarks>
/// A floor holds power up in the valleys of a step by burning, a ramp limit slows the climb, and the energy of the shelf bridges an edge: an edge of height A that
/// begins at once and ends after t asks A·t/2 of it, so t = 2E/A. Not modelled: recharge raising the plateau, circuit lifetime, presets.
/// </remarks>
public sealed record ShelfSmoothingSpec
{
    /// <summary>Energy in the power shelf for each GPU; 0 is none.</summary>
    [Default(Grade.C, "about 65 J a GPU in the power shelves of GB300 NVL72, as quoted from NVIDIA")]
    public double EnergyMwhPerGpu { get; init => field = Check.NotNegative(value); } = 65 / 3.6e9;

    /// <summary>Floor of a running job as a share of the power of its plateau; 0 is none.</summary>
    [Default(Grade.E, "assumption: no floor; up to 90 % is offered by one maker")]
    public double FloorFraction { get; init => field = Check.Fraction(value); }

    /// <summary>Fastest climb of one GPU; absent when not limited.</summary>
    public double? RampUpMwPerS { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Fastest fall of one GPU; absent when not limited.</summary>
    public double? RampDownMwPerS { get; init => field = value is { } given ? Check.Positive(given) : null; }
}

/// <summary>The equations of the smoothing.</summary>
public static class ShelfSmoothing
{
    /// <summary>Power of a valley under the floor.</summary>
    public static double FloorMw(ShelfSmoothingSpec spec, double lowMwPerGpu, double highMwPerGpu) =>
        Math.Max(lowMwPerGpu, spec.FloorFraction * highMwPerGpu);

    /// <summary>How long an edge of a height takes at the feed at least.</summary>
    public static double EdgeS(ShelfSmoothingSpec spec, double swingMwPerGpu, double? rampMwPerS) => swingMwPerGpu <= 0
        ? 0
        : Math.Max(2 * spec.EnergyMwhPerGpu * 3600 / swingMwPerGpu, rampMwPerS is { } ramp ? swingMwPerGpu / ramp : 0);
}
