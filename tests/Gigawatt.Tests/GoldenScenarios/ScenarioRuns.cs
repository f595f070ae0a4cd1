using System.Collections.Concurrent;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Tests.Conventions;

namespace Gigawatt.Tests.GoldenScenarios;

/// <summary>The shipped scenarios, each run once for all tests of a process.</summary>
internal static class ScenarioRuns
{
    private static readonly ConcurrentDictionary<string, Lazy<Scenario>> Scenarios = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Lazy<RunResult>> Runs = new(StringComparer.Ordinal);

    /// <summary>Folder of the scenarios.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "scenarios");

    /// <summary>Every shipped scenario by its file name without ending.</summary>
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.yaml")
        .Select(file => Path.GetFileName(file)[..^".yaml".Length])
        .Where(name => !name.EndsWith(".expected", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    /// <summary>A scenario as read from its file.</summary>
    public static Scenario Scenario(string name) => Scenarios.GetOrAdd(
        name, key => new Lazy<Scenario>(() => ScenarioLoader.Load(Path.Combine(Folder, key + ".yaml")).Value)).Value;

    /// <summary>The whole run of a scenario.</summary>
    public static RunResult Run(string name) =>
        Runs.GetOrAdd(name, key => new Lazy<RunResult>(() => Run(key, default))).Value;

    /// <summary>A run of its own.</summary>
    public static RunResult Run(string name, RunOptions options) =>
        new Simulator(Scenario(name), options with { Folder = Folder }, DeafSink.Instance).Run();

    /// <summary>Days in the middle of a scenario.</summary>
    public static RunOptions Middle(string name, int days)
    {
        Scenario scenario = Scenario(name);
        DateOnly middle = scenario.Start.AddDays((scenario.End.DayNumber - scenario.Start.DayNumber) / 2);
        DateOnly last = middle.AddDays(days - 1);
        return new RunOptions { From = middle, To = last > scenario.End ? scenario.End : last };
    }
}
