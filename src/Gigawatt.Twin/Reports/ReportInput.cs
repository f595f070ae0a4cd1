using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;
using Gigawatt.Store;

namespace Gigawatt.Reports;

/// <summary>Everything that a summary or a report is made of.</summary>
public sealed record ReportInput
{
    /// <summary>What the run left in memory.</summary>
    public required RunResult Run { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Program { get; init; }

    /// <summary>Hash of what the run was computed from.</summary>
    public required string ScenarioHash { get; init; }

    /// <summary>The recorded run, for the hot week and the events; both are empty without it.</summary>
    public RunReader? Recorded { get; init; }

    /// <summary>Every value of the scenario with its evidence.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>Sources that the scenario declares, by id.</summary>
    public IReadOnlyDictionary<string, Source> Sources { get; init; } = new Dictionary<string, Source>();

    /// <summary>Claims held against the run.</summary>
    public IReadOnlyList<ClaimRow> Claims { get; init; } = [];

    /// <summary>The changed campuses that were run beside, by the name of what is different, each with the campus as it is over the same days.</summary>
    public IReadOnlyList<(string Name, RunResult Changed, RunResult AsItIs)> WhatIfs { get; init; } = [];

    /// <summary>Traps and doubts found in the scenario and in the run.</summary>
    public IReadOnlyList<LintRow> Lints { get; init; } = [];
}
