using System.Collections.Concurrent;
using Gigawatt.Compute;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>The published runs that come with the program, and the calibration found from them.</summary>
public static class TrainingPublished
{
    private static readonly Lazy<IReadOnlyList<CalibrationRow>> Read = new(Load);
    private static readonly Lazy<Calibration> Fitted = new(() => Training.Calibration.Of([.. Rows.Where(row => row.IsFitted)], Gpu));
    private static readonly Lazy<IReadOnlyList<CalibrationCheck>> Checked = new(() => Training.Calibration.Checks(Rows, Gpu));
    private static readonly ConcurrentDictionary<string, GpuSpec> Gpus = new(StringComparer.Ordinal);

    /// <summary>The runs, <c>studies/published-steps.csv</c>.</summary>
    public static IReadOnlyList<CalibrationRow> Rows => Read.Value;

    /// <summary>Coefficients from all that are marked <c>fit</c>.</summary>
    public static Calibration Calibration => Fitted.Value;

    /// <summary>How well that predicts them: fitted, left out, from the smallest of each family.</summary>
    public static IReadOnlyList<CalibrationCheck> Checks => Checked.Value;

    /// <summary>Names of the accelerators that the catalogue knows.</summary>
    public static IReadOnlyList<string> GpuNames => Catalog.Embedded.Models("gpus");

    /// <summary>Accelerator of a name in the catalogue.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static GpuSpec Gpu(string name) => Gpus.GetOrAdd(name, key => GpuNames.Contains(key)
        ? ScenarioReader.ReadText<GpuHolder>($"gpu: {{ model: {key} }}\n", "catalog/gpus.yaml", Catalog.Embedded).Value.Gpu
        : throw new KeyNotFoundException(key));

    /// <summary>Name in the catalogue of an accelerator; its title when it is not there.</summary>
    public static string NameOf(GpuSpec gpu) => GpuNames.FirstOrDefault(name => Gpu(name).Title == gpu.Title) ?? gpu.Title;

    private static IReadOnlyList<CalibrationRow> Load()
    {
        using Stream stream = typeof(TrainingPublished).Assembly.GetManifestResourceStream("studies/published-steps.csv")
            ?? throw new InvalidOperationException("studies/published-steps.csv is not in the program");
        using StreamReader reader = new(stream);
        return CalibrationRowReader.Read(reader.ReadToEnd(), out _);
    }

    private sealed record GpuHolder
    {
        public required GpuSpec Gpu { get; init; }
    }
}
