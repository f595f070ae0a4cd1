using System.Text.Json;

namespace Gigawatt.Tests.Cli;

/// <summary>Changed campuses that are run beside the one of the scenario.</summary>
public sealed class WhatIfTests : TemporaryFolder
{
    private const string Two = """

        what_if:
          - { name: without batteries, set: ["power.batteries=[]"] }
          - { name: one rack, set: ["compute.racks[0].count=1", "seed=1"] }

        """;

    private string Scenario(string more)
    {
        string file = Named("island.yaml");
        File.WriteAllText(file, File.ReadAllText(Gw.Island) + more);
        return file;
    }

    [Fact]
    public void Each_is_a_run_of_its_own_told_from_the_campus_as_it_is()
    {
        Outcome outcome = Gw.Run(["run", Scenario(Two), "--from", "2026-07-01", "--to", "2026-07-02", "--out", Named("run")]);
        outcome.Code.ShouldBe(0);
        outcome.Out.ShouldContain("\nWhat if\nwithout batteries");
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(Named("run/summary.json")));
        JsonElement[] rows = [.. summary.RootElement.GetProperty("what_if").EnumerateArray()];
        rows.Select(row => row.GetProperty("name").GetString()).ShouldBe(["as it is", "without batteries", "one rack"]);
        rows[0].GetProperty("useful_gpu_hours").GetDouble().ShouldBe(summary.RootElement.GetProperty("headline").GetProperty("useful_gpu_hours").GetDouble());
        rows[2].GetProperty("useful_gpu_hours").GetDouble().ShouldBeLessThan(72 * 48);
        rows[2].GetProperty("says").GetString()!.ShouldContain("fewer useful GPU-hours");
    }

    [Fact]
    public void Alone_runs_none_of_them()
    {
        Outcome outcome = Gw.Run(["run", Scenario(Two), "--from", "2026-07-01", "--to", "2026-07-01", "--alone", "--out", Named("alone")]);
        outcome.Code.ShouldBe(0);
        outcome.Out.ShouldNotContain("What if");
    }

    [Fact]
    public void A_change_that_cannot_be_made_is_an_error_of_the_file()
    {
        string file = Scenario("\nwhat_if:\n  - { name: typo, set: [\"power.batteriez=[]\"] }\n");
        int line = File.ReadAllText(file).Split('\n').Length - 1;
        foreach (string command in (string[])["check", "run"])
        {
            Outcome outcome = Gw.Run([command, file]);
            outcome.Code.ShouldBe(2);
            outcome.Err.ShouldContain($"{file}:{line}:");
            outcome.Err.ShouldContain("what_if[0]: expected one of gas_turbines, batteries");
            outcome.Err.ShouldContain("'batteriez' in 'typo'");
        }
    }
}
