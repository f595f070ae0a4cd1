using Gigawatt.Numerics;
using Gigawatt.Reports;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;
using Gigawatt.Store;
using Gigawatt.Tests.Simulation;

namespace Gigawatt.Tests.Reports;

/// <summary>Ten days of the test island, simulated once into a run file, for all tests of reports.</summary>
public sealed class ReportedRun : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gw-reports-").FullName;
    private readonly RunReader recorded;

    public ReportedRun()
    {
        (Input, recorded) = Recorded(Island.Scenario(new DateOnly(2026, 1, 10)), Path.Combine(folder, "run.db"));
        Data = ReportBuilder.Build(Input);
    }

    public ReportInput Input { get; }

    public ReportData Data { get; }

    public RunResult Run => Input.Run;

    /// <summary>A run without a file.</summary>
    internal static ReportInput Of(Scenario scenario, RunOptions options = default) => Of(Island.Run(scenario, options));

    internal static ReportInput Of(RunResult run) => new() { Run = run, Program = "0.1.0", ScenarioHash = "abc", Facts = Facts, Sources = Sources };

    private static (ReportInput Input, RunReader Recorded) Recorded(Scenario scenario, string path)
    {
        int days = scenario.End.DayNumber - scenario.Start.DayNumber + 1;
        DateTime from = scenario.Start.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        RunHeader header = new()
        {
            ScenarioName = scenario.Name,
            ScenarioText = "name: island",
            ScenarioHash = "abc",
            ProgramVersion = "0.1.0",
            Seed = 1,
            From = from,
            To = from.AddDays(days),
            StepS = 60,
            StepCount = days * 1440,
        };
        using RunWriter writer = new(path, header);
        RunResult run = Island.Run(scenario, sink: writer);
        writer.Complete();
        RunReader reader = new(path);
        return (Of(run) with { Recorded = reader }, reader);
    }

    private static Fact Fact(string path, Grade grade, string? source, FactOrigin origin = FactOrigin.Scenario) =>
        new(path, "1", 1, "", new Evidence(grade, source is null ? "an assumption" : Sources[source].Title, source), origin, "island.yaml", 3, 4);

    private static Dictionary<string, Source> Sources { get; } = new Dictionary<string, Source>
    {
        ["permit"] = new("permit", "Air permit 1234", "the state", new DateOnly(2025, 3, 10), Grade: Grade.A),
    };

    private static IReadOnlyList<Fact> Facts { get; } =
    [
        Fact("power.gas_turbines[0].count", Grade.A, "permit"), Fact("power.gas_turbines[0].rated", Grade.A, "permit"),
        Fact("power.dispatch.bridge", Grade.E, null, FactOrigin.Default), Fact("cooling.chillers[0].count", Grade.B, null),
        Fact("power_elsewhere", Grade.C, null),
    ];

    public void Dispose()
    {
        recorded.Dispose();
        Directory.Delete(folder, true);
    }
}
