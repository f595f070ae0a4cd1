using Gigawatt.Compute;
using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>A model on GPUs for which nobody has published a frontier: enough to draw one from the datasheets.</summary>
/// <remarks>
/// Not modelled: speculative decoding, overlap of traffic with arithmetic, imbalance of experts, time to the first token. It is an
/// estimate to compare designs with, not a measurement; a published frontier goes before it.
/// </remarks>
public sealed record ServingLawSpec : ISelfChecking
{
    /// <summary>The model served.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>The GPU it is served on.</summary>
    public required GpuSpec Gpu { get; init; }

    /// <summary>Number format of weights, keys and values.</summary>
    [Default(Grade.E, "assumption: FP8")]
    public Precision Precision { get; init; } = Precision.Fp8;

    /// <summary>GPUs that hold one copy of the model.</summary>
    [Default(Grade.E, "assumption: 8, one node")]
    public int Gpus { get; init => field = Check.AtLeastOne(value); } = 8;

    /// <summary>Tokens of context that one user holds in memory, on average.</summary>
    [Default(Grade.E, "assumption: 8,704, the middle of an 8k/1k request")]
    public int Context { get; init => field = Check.AtLeastOne(value); } = 8704;

    /// <summary>Keys and values of one token of context; from the model's heads when absent (compressed attention needs less).</summary>
    public double? TokenKvGb { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Tokens of input for each token of output.</summary>
    [Default(Grade.E, "assumption: 8, as in the published mix 8k/1k")]
    public double InputRatio { get; init => field = Check.NotNegative(value); } = 8;

    /// <summary>Share of the memory's bandwidth that decoding reaches.</summary>
    [Default(Grade.E, "assumption: 60 %")]
    public double BandwidthFraction { get; init => field = Check.PositiveFraction(value); } = 0.6;

    /// <summary>Share of peak arithmetic that prefill reaches.</summary>
    [Default(Grade.E, "assumption: 50 %")]
    public double ArithmeticFraction { get; init => field = Check.PositiveFraction(value); } = 0.5;

    /// <summary>Time of all collectives in one step of decoding.</summary>
    [Default(Grade.E, "assumption: 2 ms, about 60 layers with two exchanges of 17 us each")]
    public double AllToAllS { get; init => field = Check.NotNegative(value); } = 0.002;

    /// <summary>What an hour of one GPU costs its owner.</summary>
    public required double CostUsdPerGpuS { get; init => field = Check.Positive(value); }

    /// <summary>Power of the site for one GPU when it serves.</summary>
    public required double SitePowerMwPerGpu { get; init => field = Check.Positive(value); }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        double weightsGb = ServingFrontierLaw.WeightsGb(this);
        if (weightsGb + ServingFrontierLaw.UserKvGb(this) > Gpus * Gpu.MemoryGb)
        {
            yield return new(nameof(Gpus), FormattableString.Invariant(
                $"{Math.Ceiling((weightsGb + ServingFrontierLaw.UserKvGb(this)) / Gpu.MemoryGb):0} GPUs or more, whose memory holds the weights ({weightsGb:0} GB) and one user"),
                FormattableString.Invariant($"{Gpus} with {Gpus * Gpu.MemoryGb:0} GB"));
        }
    }
}

/// <summary>Decoding is bound by memory, prefill by arithmetic: a frontier from datasheets.</summary>
public static class ServingFrontierLaw
{
    /// <summary>Memory of all weights.</summary>
    public static double WeightsGb(ServingLawSpec spec) => spec.Model.Parameters * BytesPerNumber(spec.Precision) * 1e-9;

    /// <summary>Memory of one user's keys and values.</summary>
    /// <remarks>2 · layers · heads of keys and values · width of a head · bytes, for each token of context.</remarks>
    public static double UserKvGb(ServingLawSpec spec)
    {
        ModelSpec model = spec.Model;
        double tokenGb = spec.TokenKvGb
            ?? 2.0 * model.Layers * (model.KvHeads ?? model.Heads) * ((double)model.Hidden / model.Heads) * BytesPerNumber(spec.Precision) * 1e-9;
        return tokenGb * spec.Context;
    }

    /// <summary>Users that fit in the memory of one copy beside its weights.</summary>
    public static int MostUsers(ServingLawSpec spec) => (int)Math.Floor((spec.Gpus * spec.Gpu.MemoryGb - WeightsGb(spec)) / UserKvGb(spec));

    /// <summary>Time of one step of decoding, in which each of so many users gets a token.</summary>
    /// <remarks>
    /// max[(weights read + users · KV)/(G · bandwidth · share), users · 2 · active parameters/(G · peak · share)] + collectives. One user reads the
    /// active weights; more users meet more experts: weights · [1 − (1 − active/all)^users].
    /// </remarks>
    public static double DecodeS(ServingLawSpec spec, int users)
    {
        double active = (double)(spec.Model.ActiveParameters ?? spec.Model.Parameters) / spec.Model.Parameters;
        double readGb = WeightsGb(spec) * (1 - Elementary.Pow(1 - active, users)) + users * UserKvGb(spec);
        double memoryS = readGb / (spec.Gpus * spec.Gpu.MemoryBandwidthGbPerS * spec.BandwidthFraction);
        return Math.Max(memoryS, users * TokenGpuS(spec) / spec.Gpus) + spec.AllToAllS;
    }

    /// <summary>GPU-time of the arithmetic of one token: 2 operations for each parameter that it meets.</summary>
    public static double TokenGpuS(ServingLawSpec spec) =>
        Model.TflopPerToken(spec.Model) / 3 / (Gpu.PeakTflopPerS(spec.Gpu, spec.Precision) * spec.ArithmeticFraction);

    /// <summary>What the law says when so many users share a copy; prefill runs on GPUs of its own, in proportion.</summary>
    public static ServingPoint At(ServingLawSpec spec, int users)
    {
        double decodeS = DecodeS(spec, users);
        double outputGpuS = spec.Gpus * decodeS / users + spec.InputRatio * TokenGpuS(spec);
        return new ServingPoint { InteractivityPerS = 1 / decodeS, ThroughputPerGpuS = (1 + spec.InputRatio) / outputGpuS };
    }

    /// <summary>The frontier of the law: doubling users until the memory is full.</summary>
    public static ServingFrontierSpec Frontier(ServingLawSpec spec)
    {
        List<ServingPoint> points = [];
        int most = MostUsers(spec);
        for (int users = most; users >= 1; users /= 2)
        {
            ServingPoint at = At(spec, users);
            if (points.Count == 0 || at.InteractivityPerS > points[^1].InteractivityPerS * (1 + 1e-9) && at.ThroughputPerGpuS < points[^1].ThroughputPerGpuS * (1 - 1e-9)) { points.Add(at); }
        }
        return new ServingFrontierSpec
        {
            Title = $"{spec.Model.Title} on {spec.Gpu.Title}, from datasheets",
            Points = points,
            InputRatio = spec.InputRatio,
            CostUsdPerGpuS = spec.CostUsdPerGpuS,
            SitePowerMwPerGpu = spec.SitePowerMwPerGpu,
        };
    }

    private static double BytesPerNumber(Precision precision) => precision switch { Precision.Fp4 => 0.5, Precision.Fp8 => 1, _ => 2 };
}
