using Gigawatt.Buildout;
using Gigawatt.Numerics;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Linting;
using static Gigawatt.Tests.Scenarios.Linting.SmallCampus;

namespace Gigawatt.Tests.Scenarios.Linting;

public sealed class ComputeLintsTests
{
    private static Scenario With(RackGroupSpec racks) => Sound with { Compute = new ComputeSection { Racks = [racks] } };

    [Fact]
    public void Thirty_thousand_racks_on_25_MW_must_be_GPUs()
    {
        Lint lint = Check(With(Racks with { Count = 30_000 })).Only("GW201");
        lint.Path.ShouldBe("compute.racks[0].count");
        lint.What.ShouldBe(
            "30,000 racks of 132 kW are 3.96 GW, 158 times what else the scenario has (25 MW); 30,000 GPUs would be 417 racks, 55 MW");
        Check(With(Racks with { Count = 500 })).ShouldLack("GW201"); // 66 MW, less than three times 25 MW
    }

    [Fact]
    public void A_hundred_GPUs_on_25_MW_must_be_racks()
    {
        Check(With(Racks with { Count = null, Gpus = 100 })).Only("GW202").What.ShouldBe(
            "100 GPUs are 2 racks of 72, 264 kW; 100 racks would be 13.2 MW");
        Check(With(Racks with { Count = null, Gpus = 50 })).Only("GW202").What.ShouldStartWith("50 GPUs are 1 rack of 72");
        Check(With(Racks with { Count = null, Gpus = 7200 })).ShouldLack("GW202");
    }

    [Fact]
    public void A_rack_of_eight_kilowatts_per_GPU_is_none()
    {
        RackGroupSpec odd = Racks with { Rack = Nvl72 with { NodeOtherBusyMw = 0.03 } };
        Check(With(odd)).Only("GW204").What.ShouldStartWith("a rack of 'hall' draws 667 kW for 72 GPUs, 9.26 kW for each");
        Check(Sound).ShouldLack("GW204");
    }

    [Theory]
    [InlineData(Grade.E, "GW205")] // 60 of 100 racks assumed
    [InlineData(Grade.B, null)]
    public void Deliveries_that_are_mostly_assumed_are_told(Grade gradeOfTheRest, string? code)
    {
        Scenario scenario = With(Racks with
        {
            Delivered = new Rollout
            {
                Levels = [new() { On = new DateOnly(2025, 6, 1), Count = 40 }, new() { On = new DateOnly(2026, 3, 1), Count = 100 }],
            },
        });
        var lints = Check(
            scenario,
            new LintFact("compute.racks[0].delivered[0].count", Grade.B, "press", 20, 9),
            new LintFact("compute.racks[0].delivered[1].count", gradeOfTheRest, null, 21, 9));
        if (code is null) { lints.ShouldLack("GW205"); }
        else { lints.Only(code).What.ShouldBe("deliveries of 7.91 MW of the final 13.2 MW of racks (60 %) are assumptions (grade E)"); }
    }

    [Fact]
    public void A_permits_issue_can_start_a_delivery()
    {
        Scenario scenario = Sound with
        {
            Power = Sound.Power with { GasTurbines = [Turbines with { Online = new Rollout { From = "leave" } }] },
            Buildout = new BuildoutSection { Permits = [new PermitSpec { Name = "leave", Issued = new DateOnly(2026, 3, 1) }] },
        };
        SitePlan plan = new(scenario);
        plan.AllowedUnits(new DateOnly(2026, 2, 28)).ShouldBe([0]);
        plan.AllowedUnits(new DateOnly(2026, 3, 1)).ShouldBe([5]);
    }
}
