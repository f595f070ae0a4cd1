using Gigawatt.Scenarios.Reading;
using static Gigawatt.Tests.Scenarios.Reading.Reader;

namespace Gigawatt.Tests.Scenarios.Reading;

public sealed class OverridesTests
{
    [Fact]
    public void A_value_is_set_by_number_by_name_and_where_nothing_was()
    {
        Plant plant = Read(
            Good, "power.batteries[Yard].count=200", "power.batteries[0].count=7", "step=5 min", "tax.county=3 USD/MWh",
            "campuses[memphis].name=N", "power.limits.heat=2", "power.gas_turbines[1].rated=40 MW", "halls[H1].fed_by=[south]").Value;
        plant.Power.Batteries.Select(b => b.Count).ShouldBe([7, 200]);
        plant.StepS.ShouldBe(300);
        plant.TaxUsdPerMwh["county"].ShouldBe(3);
        plant.Campuses["memphis"].Name.ShouldBe("N");
        plant.Power.Limits!.HeatRatio.ShouldBe(2);
        plant.Power.GasTurbines[1].Turbine.RatedMw.ShouldBe(40);
        plant.Halls[0].FedBy.ShouldBe(["south"]);
    }

    [Fact]
    public void A_fact_of_the_command_line_says_so_and_may_bring_its_source()
    {
        Reading<Plant> reading = Read(Good, "power.gas_turbines[0].count=9", "step={ value: 2 min, source: permit }");
        Fact count = reading.Facts.Single(f => f.Path == "power.gas_turbines[0].count");
        (count.Origin, count.Evidence.Source, count.Line).ShouldBe((FactOrigin.CommandLine, "given on the command line", 0));
        reading.Facts.Single(f => f.Path == "step").Evidence.Source.ShouldBe("Air permit 1234");
        reading.Facts.Single(f => f.Path == "power.gas_turbines[0].name").Evidence.SourceId.ShouldBe("permit");
    }

    [Theory]
    [InlineData("power.batteries[5].count=2", "--set power.batteries[5].count=2: power.batteries[5]: expected an item: 0 to 1, or a name (Yard), found '5'")]
    [InlineData("power.batteries[Yrad].count=2", "--set power.batteries[Yrad].count=2: power.batteries[Yrad]: expected an item: 0 to 1, or a name (Yard), found 'Yrad'; did you mean 'Yard'?")]
    [InlineData("step=57", "--set step=57: step: expected a quantity such as '57 min', found '57'")]
    [InlineData("stpe=57 s", "--set stpe=57 s: stpe: expected one of name, start, step, is_island, power, halls, tax, campuses, claims, seed, found 'stpe'; did you mean 'step'?")]
    [InlineData("step", "--set step: expected a path and a value such as 'power.batteries[0].count=200', found 'step'")]
    [InlineData("=3", "--set =3: expected a path and a value such as 'power.batteries[0].count=200', found '=3'")]
    [InlineData("step.of=3", "--set step.of=3: step.of: expected a mapping, found '1 min'")]
    public void An_error_names_the_override(string set, string expected) => Problems(Good, set).ShouldBe([expected]);
}
