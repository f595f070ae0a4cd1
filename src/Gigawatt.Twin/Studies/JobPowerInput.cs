using Gigawatt.Compute;
using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>A fixed power that GPUs share under a cap.</summary>
public sealed record FixedPowerSpec
{
    /// <summary>Power to share.</summary>
    public required double SiteMw { get; init => field = Check.Positive(value); }

    /// <summary>The accelerators.</summary>
    public required GpuSpec Gpu { get; init; }

    /// <summary>Node, network, losses and cooling for each GPU, which do not fall with the cap.</summary>
    public required double OtherMwPerGpu { get; init => field = Check.NotNegative(value); }

    /// <summary>GPUs that can be had; absent for as many as the power feeds.</summary>
    public int? GpusOwned { get; init => field = value is { } owned ? Check.AtLeastOne(owned) : null; }

    /// <summary>Temperature of the chips.</summary>
    [Default(Grade.E, "assumption: 60 °C, at which caps count as measured")]
    public double ChipC { get; init => field = Check.Within(value, 0, 120); } = 60;

    /// <summary>What warmth does.</summary>
    public GpuWarmthSpec Warmth { get; init; } = new();
}

/// <summary>Jobs, a fixed power, recordings: each may be left out.</summary>
public sealed record JobPowerInput : ISelfChecking
{
    /// <summary>What is studied.</summary>
    public required string Name { get; init; }

    /// <summary>Jobs of a campus; the first is the one that the answer is about.</summary>
    public IReadOnlyList<JobPowerSpec> Jobs { get; init; } = [];

    /// <summary>IT power of the campus that does not change.</summary>
    [Default(Grade.E, "assumption: none")]
    public double ConstantMw { get; init => field = Check.NotNegative(value); }

    /// <summary>A fixed power to use best; absent for the power that the first job has now.</summary>
    public FixedPowerSpec? FixedPower { get; init; }

    /// <summary>A recording as lines of comma-separated values: <c>time_s, node, power_w</c>.</summary>
    public IReadOnlyList<string> NodePower { get; init; } = [];

    /// <summary>The job's own log as lines of comma-separated values: <c>step, duration_s</c>.</summary>
    public IReadOnlyList<string> StepLog { get; init; } = [];

    /// <summary>Missing samples or steps in a row that are bridged.</summary>
    [Default(Grade.E, "assumption: five in a row")]
    public int Bridges { get; init => field = Check.NotNegative(value); } = 5;

    /// <summary>GPUs in a recorded node, when there is no job to say it.</summary>
    [Default(Grade.E, "assumption: eight, as in most servers")]
    public int NodeGpus { get; init => field = Check.AtLeastOne(value); } = 8;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Jobs.Count == 0 && FixedPower is null && NodePower.Count == 0 && StepLog.Count == 0)
        {
            yield return new(nameof(Jobs), "jobs, a 'fixed_power', or a recording in 'node_power' or 'step_log'", "none of them");
        }
    }

    /// <summary>Reads a recording by itself: power of nodes when the header has a column of power, else a log of steps.</summary>
    internal static JobPowerInput? Import(string path)
    {
        if (!path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) { return null; }
        ProblemList problems = new();
        string? text = InputFile.Read(path, problems);
        problems.ThrowIfAny(path);
        string[] lines = text!.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        string head = lines.FirstOrDefault(line => !string.IsNullOrWhiteSpace(line) && !line.StartsWith('#')) ?? "";
        bool isPower = head.Contains("power", StringComparison.OrdinalIgnoreCase) || !head.Contains("step", StringComparison.OrdinalIgnoreCase);
        JobPowerInput input = new() { Name = Path.GetFileNameWithoutExtension(path), NodePower = isPower ? lines : [], StepLog = isPower ? [] : lines };
        try
        {
            if (isPower) { _ = PowerTrace.Read(lines, "", input.Bridges); }
            else { _ = StepTrace.Read(lines, "", input.Bridges); }
            return input;
        }
        catch (CaseException wrong)
        {
            throw new ScenarioException([.. wrong.Problems.Select(problem => new Problem(path, LineOf(problem.Path), 1, "", problem.Expected, problem.Found))]);
        }
    }

    // Problems of a recording stand at '[index of the line]'; what concerns all of it stands at its first line.
    private static int LineOf(string place) =>
        place.Length > 2 && int.TryParse(place.AsSpan(1, place.Length - 2), System.Globalization.CultureInfo.InvariantCulture, out int index) ? index + 1 : 1;
}
