using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

/// <summary>Power inputs that cannot be, as files: each is answered with its place and what to do, never with a number or a stack trace.</summary>
public sealed class BadPowerInputTests : TemporaryFolder
{
    private const string Grid = "name: x\nbuses:\n  - { name: a, kind: reference }\n  - { name: b, load: 5 MW }\n  - { name: c, load: 5 MW }\n";
    private const string Source = "generators: [ { name: G, bus: a, output: 5 MW, voltage: 1 pu } ]\n";

    [Fact]
    public void An_island_without_a_source_is_named() => Refused(
        "power-flow", Grid + Source + "branches: [ { from: a, to: b, reactance: 0.1 pu } ]\n", "bad.yaml:5:13: buses[2]: expected a generator with a voltage set point", "none in the island of c");

    [Fact]
    public void A_network_without_any_source_is_named() => Refused(
        "power-flow", Grid.Replace(", kind: reference", "", StringComparison.Ordinal) + "generators: []\nbranches: [ { from: a, to: b, reactance: 0.1 pu }, { from: b, to: c, reactance: 0.1 pu } ]\n",
        "expected a generator with a voltage set point", "none in the island of a, b, c");

    [Fact]
    public void A_loop_without_impedance_is_refused_branch_by_branch()
    {
        string loop = Grid + Source + "branches:\n  - { from: a, to: b, reactance: 0 pu }\n  - { from: b, to: c, reactance: 0 pu }\n  - { from: c, to: a, reactance: 0 pu }\n";
        Refused("power-flow", loop, "bad.yaml:8:34: branches[0].reactance: expected an impedance; use a switch", "branches[2].reactance");
    }

    [Fact]
    public void Impedances_that_cancel_leave_no_solution_and_name_the_bus()
    {
        string text = Grid + Source + "branches: [ { from: a, to: b, reactance: 0.1 pu }, { from: a, to: b, reactance: -0.1 pu }, { from: a, to: c, reactance: 0.1 pu } ]\n";
        Asked("power-flow", text).Failure.ShouldNotBeNull().ShouldContain("at bus b");
    }

    [Fact]
    public void A_load_that_the_line_cannot_carry_names_the_bus_and_how_much_it_could()
    {
        string text = Grid + Source + "branches: [ { from: a, to: b, reactance: 0.3 pu }, { from: a, to: c, reactance: 0.1 pu } ]\n";
        string failure = Asked("power-flow", text.Replace("name: b, load: 5 MW", "name: b, load: 900 MW", StringComparison.Ordinal)).Failure.ShouldNotBeNull();
        failure.ShouldContain("the voltage collapses at bus b");
        failure.ShouldContain("of the load, the most that the network carries");
    }

    [Theory]
    [InlineData("ggov1: { proportional_gain: 200 }", "gains of 200 and 0.2 per s")]
    [InlineData("ggov1: { proportional_gain: 10, integral_gain: 50 per s }", "gains of 10 and 50 per s")]
    [InlineData("degov1: { actuator_gain: 500 per s }", "an actuator gain of 500 per s")]
    [InlineData("gast: { droop: 0.4 % }", "a gain 1/R of 250 behind lags of 0.4 s and 0.1 s")]
    [InlineData("lag: { droop: -4 % }", "expected 0.01 % to 100 %")]
    public void A_governor_that_cannot_be_stable_is_refused(string governor, string says) => Refused(
        "frequency", Shipped("job-crash.yaml").Replace("gast: { droop: 4 %, valve: 0.1 s, combustor: 0.1 s }", governor, StringComparison.Ordinal), "bad.yaml:17:", "machines[0].governor", says);

    [Fact]
    public void Isochronous_sharing_that_cannot_be_stable_is_refused()
    {
        // With T1 = T2 = 0.1 s, H 1.875 s on the turbine and R 4 %, the loop 3.75 s² (1 + 0.1 s)² + 25 s + K is at its limit between the default of 5 and 500 per s.
        string text = Shipped("job-crash.yaml").Replace("    count: 32\n", "    count: 32\n    is_isochronous: true\n", StringComparison.Ordinal);
        Refused("frequency", text + "sharing: { integral_gain: 500 per s }\n", "bad.yaml:9:21: ", "machines[0].is_isochronous: expected isochronous sharing that is stable", "500 per s");
        Asked("frequency", text).Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData("power.frequency.turbine_governor: expected a governor that is stable", "gast: { droop: 0.4 % }")]
    [InlineData("power.frequency.turbine_governor: expected a lower stop at or below zero", "gast: { min_valve: 0.1 }")]
    public void A_scenario_says_so_before_it_runs(string says, string governor)
    {
        string text = File.ReadAllText(Path.Combine(Gw.Root, "scenarios", "island-100mw.yaml")).Replace("  dispatch:\n", $"  frequency: {{ turbine_governor: {{ {governor} }} }}\n  dispatch:\n", StringComparison.Ordinal);
        ScenarioException wrong = Should.Throw<ScenarioException>(() => ScenarioLoader.LoadText(text, "bad.yaml"));
        wrong.Message.ShouldContain(says);
        wrong.Message.ShouldContain("('own turbines')");
        wrong.Message.ShouldMatch(@"bad\.yaml:\d+:\d+: ");
    }

    [Theory]
    [InlineData("min_stable: 120 %", "unit.min_stable: expected a minimum below the rating (at most 100 %), found 120 % of 16.5 MW")]
    [InlineData("no_load_fuel: -5 %", "unit.no_load_fuel: expected 0 % to 95 %")]
    [InlineData("start_fuel: -1 MWh", "unit.start_fuel: expected 0 MWh or more")]
    [InlineData("heat_rate: -9000 Btu/kWh", "unit.heat_rate: expected 3412.14163 Btu/kWh to")]
    [InlineData("fuel_points: [ { load: 50 %, heat_rate: 11000 Btu/kWh }, { load: 100 %, heat_rate: 9000 Btu/kWh } ]", "unit.fuel_points: expected a point at 100 % load within 1 % of the heat rate, 10.16 MJ/kWh, found 9.496 MJ/kWh")]
    [InlineData("fuel_points: [ { load: 50 %, heat_rate: 11000 Btu/kWh }, { load: 90 %, heat_rate: 9630 Btu/kWh } ]", "unit.fuel_points: expected two or more points whose loads rise and end at 100 %")]
    [InlineData("fuel_points: [ { load: 50 %, heat_rate: -11000 Btu/kWh }, { load: 100 %, heat_rate: 9630 Btu/kWh } ]", "unit.fuel_points[0].heat_rate: expected")]
    public void A_unit_whose_fuel_or_least_output_cannot_be_is_refused(string line, string says) => Refused(
        "unit", Shipped("unit.yaml").Replace("  model: smt-130", $"  {line}\n  model: smt-130", StringComparison.Ordinal), "bad.yaml:", says);

    [Theory]
    [InlineData("power-flow", "case14.yaml", "min: 0 MW, max: 140 MW", "min: 150 MW, max: 140 MW", "generators[1].min: expected at most its maximum, 140 MW, found 150 MW")]
    [InlineData("commitment", "three-units.yaml", "no_load_fuel: 310 MMBtu/h", "no_load_fuel: -310 MMBtu/h", "units[1].no_load_fuel: expected 0 MMBtu/h or more")]
    [InlineData("commitment", "three-units.yaml", "max: 400 MW", "max: 90 MW", "units[1].min: expected a minimum at or below the maximum")]
    [InlineData("frequency", "job-crash.yaml", "combustor: 0.1 s }", "combustor: 0.1 s, min_valve: 1.2 }", "expected a lower stop below the upper stop")]
    [InlineData("adequacy", "five-nines.yaml", "rated: 38 MW", "rated: -38 MW", "units[0].rated: expected more than 0 MW")]
    public void Minima_above_maxima_and_negative_fuel_are_refused(string study, string file, string piece, string instead, string says)
    {
        Shipped(file).ShouldContain(piece);
        Refused(study, Shipped(file).Replace(piece, instead, StringComparison.Ordinal), "bad.yaml:", says);
    }

    private static string Shipped(string file) => File.ReadAllText(Path.Combine(Gw.Root, "studies", file));

    private StudyAnswer Asked(string study, string text)
    {
        string path = Named("bad.yaml");
        File.WriteAllText(path, text);
        return StudyList.Find(study)!.Answer(path, []);
    }

    private void Refused(string study, string text, params string[] says)
    {
        ScenarioException wrong = Should.Throw<ScenarioException>(() => Asked(study, text));
        foreach (string piece in says) { wrong.Message.ShouldContain(piece); }
    }
}
