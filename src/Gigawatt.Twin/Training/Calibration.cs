using Gigawatt.Compute;

namespace Gigawatt.Training;

/// <summary>How well a calibration did on one run.</summary>
/// <param name="Row">The run.</param>
/// <param name="PredictedS">Step predicted with the run among those fitted.</param>
/// <param name="LeftOutS">Step predicted by a calibration without it; not a number when it was not fitted.</param>
/// <param name="FromSmallestS">Step predicted by a calibration on the smallest run of each family; not a number for these.</param>
public sealed record CalibrationCheck(CalibrationRow Row, double PredictedS, double LeftOutS, double FromSmallestS);

/// <summary>Errors of a set of predictions, as shares of what was measured.</summary>
/// <param name="Rows">How many.</param>
/// <param name="MeanFraction">Mean without sign.</param>
/// <param name="BiasFraction">Mean with sign.</param>
/// <param name="NinetiethFraction">Nine in ten are smaller, without sign.</param>
/// <param name="WorstFraction">The largest, with its sign.</param>
public sealed record CalibrationError(int Rows, double MeanFraction, double BiasFraction, double NinetiethFraction, double WorstFraction)
{
    /// <summary>Of predictions and measurements; those without a prediction are left out.</summary>
    public static CalibrationError Of(IEnumerable<(double PredictedS, double MeasuredS)> pairs)
    {
        double[] errors = [.. pairs.Where(pair => double.IsFinite(pair.PredictedS)).Select(pair => pair.PredictedS / pair.MeasuredS - 1)];
        if (errors.Length == 0) { return new(0, double.NaN, double.NaN, double.NaN, double.NaN); }
        double[] sorted = [.. errors.Select(Math.Abs).Order()];
        return new(
            errors.Length, sorted.Average(), errors.Average(), sorted[Math.Min(sorted.Length - 1, (int)(0.9 * sorted.Length))],
            errors.MaxBy(Math.Abs));
    }
}

/// <summary>Coefficients of the step found from measured runs, with their date and error.</summary>
/// <remarks>
/// The matrix factor is one number for all, one more for 8 and 4 bits, and small deviations for each accelerator and precision and for each software, drawn towards none;
/// so an accelerator without runs gets the common value. All other coefficients are common, tensor and pipeline once for software that hides them and once for
/// software that does not. Runs of dense models are fitted first; runs with experts then find what experts cost and nothing else. Values known beforehand, and how sure: in <see cref="CommonPriors"/>. A message that nothing hides cannot
/// cost more than 1.5 times its time on the wire, a matrix product not less than the best measured.
/// </remarks>
public sealed class Calibration
{
    private const double DeviationSpread = 0.06, DeviationLowest = -0.05, FrameworkSpread = 0.06;

    private const string ExpertName = "expert", ExpertMatrixName = "expert-matrix";

    // Usual value, spread, lowest and highest of each common coefficient. Kernel: microseconds; fixed: milliseconds; jitter: percent.
    private static readonly CalibrationFit.Prior[] CommonPriors =
    [
        new("matrix", 1.15, 0.05, 1.1, 3),            // assumption: odd shapes cost a seventh of the best rate
        new("narrow", 0.10, 0.10, 0, 1),              // casts to 8 and 4 bits around each product
        new("core", 1.5, 0.2, 1, 4),                  // assumption: fused attention at two thirds of the matrix rate
        new("memory", 1.3, 0.3, 0.8, 4),              // assumption: elementwise kernels at three quarters of the bandwidth
        new("kernel", 5, 3, 0, 20),                   // launch and tail of a kernel
        new("tensor", 1.1, 0.2, 0.9, 2),              // on the way, at measured collective rates
        new("tensor-hidden", 0.5, 0.25, 0, 1.5),      // assumption: half hidden behind its matrices
        new("context", 0.5, 0.3, 0, 1.5),
        new(ExpertName, 1, 0.3, 0.3, 3),
        new(ExpertMatrixName, 0.3, 0.3, 0, 4),        // assumption: products of experts, narrow and in groups, take a third longer
        new("pipeline", 1.1, 0.3, 0, 1.5),
        new("pipeline-hidden", 0.5, 0.4, 0, 1.5),
        new("data", 0.8, 0.3, 0.5, 1.5),      // what outlasts the arithmetic cannot vanish
        new("data-hidden", 0.15, 0.15, 0, 1),
        new("optimizer", 1.2, 0.2, 1, 3),
        new("fixed", 20, 20, 0, 500),
        new("jitter", 0.3, 0.3, 0, 5),                // GPUs of one type differ by 5 % and more, their running means by less
    ];

    private readonly CalibrationFit.Prior[] priors;
    private readonly double[] values;
    private readonly Dictionary<string, int> places;

    private Calibration(IReadOnlyList<CalibrationRow> rows, CalibrationFit.Prior[] priors, double[] values)
    {
        Rows = rows;
        this.priors = priors;
        this.values = values;
        places = priors.Select((prior, i) => (prior.Name, i)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Runs it was found from.</summary>
    public IReadOnlyList<CalibrationRow> Rows { get; }

    /// <summary>Coefficients by name, for people: value, and what it would be without any run.</summary>
    public IEnumerable<(string Name, double ValueFactor, double UsualFactor)> Coefficients =>
        priors.Select((prior, i) => (prior.Name, values[i], prior.Usual));

    /// <summary>Finds coefficients from measured runs; without any, what is known beforehand.</summary>
    /// <param name="rows">Runs with a measured step.</param>
    /// <param name="gpus">Accelerator of a name.</param>
    public static Calibration Of(IReadOnlyList<CalibrationRow> rows, Func<string, GpuSpec> gpus)
    {
        CalibrationRow[] used = [.. rows.Where(row => row.StepS is not null)];
        CalibrationFit.Prior[] priors =
        [
            .. CommonPriors,
            .. used.Select(Hardware).Distinct().Order(StringComparer.Ordinal).Select(name => new CalibrationFit.Prior(name, 0, DeviationSpread, DeviationLowest, 1)),
            .. used.Select(row => row.Framework).Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal)
                .Select(name => new CalibrationFit.Prior(name, 0, FrameworkSpread, DeviationLowest, 1)),
        ];
        Calibration blank = new(used, priors, [.. priors.Select(prior => prior.Usual)]);
        CalibrationRow[] dense = [.. used.Where(row => row.Experts == 0)], sparse = [.. used.Where(row => row.Experts > 0)];
        double[] Solved(CalibrationRow[] some, CalibrationFit.Prior[] known) => CalibrationFit.Solve(
            [.. some.Select(row => blank.Features(row, StepTime.Terms(row.Setting(gpus(row.Gpu)), row.Layout())))], [.. some.Select(row => row.StepS!.Value)], known);
        double[] values = Solved(dense, priors);
        if (sparse.Length > 0)
        {
            // Runs with experts say what experts cost; all else stands.
            values = Solved(sparse, [.. priors.Select((prior, i) => prior.Name is ExpertName or ExpertMatrixName ? prior : prior with { Lowest = values[i], Highest = values[i] })]);
        }
        return new(used, priors, values);
    }

    /// <summary>Coefficients for an accelerator, precision and software; what was never measured takes the common values.</summary>
    /// <param name="gpu">Accelerator as the catalogue calls it.</param>
    /// <param name="precision">Number format.</param>
    /// <param name="framework">Software and year; empty when unknown.</param>
    /// <param name="overlap">What it hides.</param>
    public StepCoefficients For(string gpu, Precision precision, string framework, StepOverlap overlap) => new()
    {
        MatrixFactor = Math.Max(1, Value("matrix") + (precision == Precision.Bf16 ? 0 : Value("narrow")) + Value(Hardware(gpu, precision)) + Value(framework)),
        ExpertMatrixFactor = Value(ExpertMatrixName),
        CoreFactor = Value("core"),
        MemoryFactor = Value("memory"),
        KernelS = 1e-6 * Value("kernel"),
        TensorFactor = Value(overlap == StepOverlap.All ? "tensor-hidden" : "tensor"),
        ContextFactor = Value("context"),
        ExpertFactor = Value(ExpertName),
        PipelineFactor = Value(overlap == StepOverlap.None ? "pipeline" : "pipeline-hidden"),
        DataFactor = Value("data"),
        HiddenDataFactor = Value("data-hidden"),
        OptimizerFactor = Value("optimizer"),
        FixedS = 1e-3 * Value("fixed"),
        JitterFraction = 0.01 * Value("jitter"),
    };

    /// <summary>Step of a run as this calibration has it.</summary>
    public StepBreakdown Predict(CalibrationRow row, GpuSpec gpu) =>
        StepTime.Of(row.Setting(gpu), row.Layout(), For(row.Gpu, row.Precision, row.Framework, row.Overlap));

    /// <summary>Latest date among runs of an accelerator and precision; of all runs when it has none; empty without dates.</summary>
    public string Date(string gpu, Precision precision)
    {
        CalibrationRow[] own = [.. Rows.Where(row => Hardware(row) == Hardware(gpu, precision))];
        return (own.Length > 0 ? own : Rows).Select(row => row.Date).DefaultIfEmpty("").Max(StringComparer.Ordinal)!;
    }

    /// <summary>How many runs of an accelerator and precision it was found from.</summary>
    public int RowsOf(string gpu, Precision precision) => Rows.Count(row => Hardware(row) == Hardware(gpu, precision));

    /// <summary>Every run predicted three ways: fitted, left out, and from the smallest run of each family.</summary>
    public static IReadOnlyList<CalibrationCheck> Checks(IReadOnlyList<CalibrationRow> rows, Func<string, GpuSpec> gpus)
    {
        CalibrationRow[] measured = [.. rows.Where(row => row.StepS is not null)];
        CalibrationRow[] fitted = [.. measured.Where(row => row.IsFitted)];
        HashSet<CalibrationRow> smallest = [.. fitted.GroupBy(row => row.Family).SelectMany(family => family.Where(row => row.Gpus == family.Min(one => one.Gpus)))];
        Calibration all = Of(fitted, gpus), small = Of([.. fitted.Where(smallest.Contains)], gpus);
        return
        [
            .. measured.Select(row => new CalibrationCheck(
                row, all.Predict(row, gpus(row.Gpu)).StepS,
                row.IsFitted ? Of([.. fitted.Where(one => !ReferenceEquals(one, row))], gpus).Predict(row, gpus(row.Gpu)).StepS : double.NaN,
                row.IsFitted && !smallest.Contains(row) ? small.Predict(row, gpus(row.Gpu)).StepS : double.NaN)),
        ];
    }

    private static string Hardware(CalibrationRow row) => Hardware(row.Gpu, row.Precision);

    private static string Hardware(string gpu, Precision precision) => $"{gpu} {precision.ToString().ToLowerInvariant()}";

    private double Value(string name) => places.TryGetValue(name, out int place) ? values[place] : 0;

    private double[] Features(CalibrationRow row, in StepTerms terms)
    {
        double slots = terms.MicroBatches + terms.IdleRatio;
        double[] x = new double[priors.Length];
        x[places["matrix"]] = x[places[Hardware(row)]] = slots * terms.SlotS;
        if (row.Precision != Precision.Bf16) { x[places["narrow"]] = slots * terms.SlotS; }
        if (row.Framework.Length > 0) { x[places[row.Framework]] = slots * terms.SlotS; }
        x[places[ExpertMatrixName]] = slots * terms.ExpertSlotS;
        x[places["core"]] = slots * terms.CoreS + terms.MicroBatches * terms.HeadS;
        x[places["memory"]] = slots * terms.MemoryS;
        x[places["kernel"]] = 1e-6 * slots * terms.Kernels;
        x[places[row.Overlap == StepOverlap.All ? "tensor-hidden" : "tensor"]] = slots * terms.TensorS;
        x[places["context"]] = slots * terms.ContextS;
        x[places[ExpertName]] = slots * terms.ExpertS;
        x[places[row.Overlap == StepOverlap.None ? "pipeline" : "pipeline-hidden"]] = terms.PipelineS;
        x[places["data"]] = terms.OpenDataS;
        x[places["data-hidden"]] = terms.HiddenDataS;
        x[places["optimizer"]] = terms.OptimizerS;
        x[places["fixed"]] = 1e-3;
        x[places["jitter"]] = terms.JitterS;
        return x;
    }
}
