using Gigawatt.Claims;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;

namespace Gigawatt.Tests.Claims;

public sealed class ClaimTests
{
    private static readonly DateOnly Midwinter = new(2026, 1, 17);

    private static ClaimVerdict Judge(ClaimSpec claim) => Claim.JudgeAll(HandMadeRun.Of(claim)).ShouldHaveSingleItem();

    private static ClaimSpec Live(string value, Comparison comparison = Comparison.AtLeast) => new()
    {
        Says = "the first gigawatt is operational",
        By = "operator",
        On = Midwinter,
        Measure = Measure.LiveItPower,
        Basis = PowerBasis.It,
        Value = value,
        Comparison = comparison,
    };

    [Fact]
    public void A_claimed_gigawatt_is_contradicted_by_the_constraint_that_binds_and_by_how_much()
    {
        ClaimVerdict verdict = Judge(Live("1 GW"));
        verdict.Verdict.ShouldBe(Verdict.Contradicted);
        verdict.Claimed.ShouldBe("1 GW");
        verdict.Found.ShouldBe("352 MW");
        verdict.Reason.ShouldBe(
            "cooling allowed 352 MW of IT power on 2026-01-17, 648 MW short; the next constraint, power, allowed 512 MW; the run never reached it");
        verdict.Constraint.ShouldBe(Constraint.Cooling);
        verdict.ShortfallMw!.Value.ShouldBe(648, 1e-9);
        verdict.FirstDayReached.ShouldBeNull();
        (verdict.Says, verdict.By, verdict.On, verdict.Path).ShouldBe(("the first gigawatt is operational", "operator", Midwinter, "claims[0]"));
    }

    [Fact]
    public void A_claim_that_came_true_later_says_when()
    {
        // 288 + 4 n ≥ 0.98 × 500 on day 51 (2026-02-21), when it allows 492 MW.
        ClaimVerdict verdict = Judge(Live("500 MW"));
        verdict.FirstDayReached.ShouldBe(new DateOnly(2026, 2, 21));
        verdict.Reason.ShouldEndWith("148 MW short; the next constraint, power, allowed 512 MW; the run reached it on 2026-02-21");
    }

    [Theory]
    [InlineData("350 MW", Comparison.AtLeast, Verdict.Supported, "352 MW of IT power was live on 2026-01-17, which agrees with 350 MW within 1 %")]
    [InlineData("352 MW", Comparison.AtLeast, Verdict.Supported, "352 MW of IT power was live on 2026-01-17, as claimed")]
    [InlineData("358 MW", Comparison.AtLeast, Verdict.Supported, "352 MW of IT power was live on 2026-01-17, which agrees with 358 MW within 2 %")]
    [InlineData("200 MW", Comparison.AtLeast, Verdict.Supported, "352 MW of IT power was live on 2026-01-17, 152 MW more than the 200 MW claimed")]
    [InlineData("200 MW", Comparison.AtMost, Verdict.Contradicted, "352 MW of IT power was live on 2026-01-17, 152 MW more than the 200 MW claimed")]
    [InlineData("400 MW", Comparison.AtMost, Verdict.Supported, "352 MW of IT power was live on 2026-01-17, 48 MW less than the 400 MW claimed")]
    [InlineData("200 MW", Comparison.Equal, Verdict.Contradicted, "352 MW of IT power was live on 2026-01-17, 152 MW more than the 200 MW claimed")]
    public void Comparisons_read_as_they_are_meant(string value, Comparison comparison, Verdict expected, string reason)
    {
        ClaimVerdict verdict = Judge(Live(value, comparison));
        (verdict.Verdict, verdict.Reason).ShouldBe((expected, reason));
        verdict.Constraint.ShouldBeNull();
    }

    [Theory]
    [InlineData(Measure.FacilityPower, "1 GW", "300 MW", null, "the site drew 300 MW in the mean on 2026-01-17, 700 MW short; racks drew 250 MW of the 352 MW of IT power that was live; the run never reached it")]
    [InlineData(Measure.InstalledGeneration, "1.2 GW", "1 GW", Constraint.Power, "generating units rated at 1 GW were in service on 2026-01-17, 200 MW short; the run never reached it")]
    [InlineData(Measure.PermittedGeneration, "1.2 GW", "460 MW", Constraint.Permits, "permits let generating units rated at 460 MW run on 2026-01-17, 740 MW short; the run never reached it")]
    [InlineData(Measure.CoolingNameplate, "500 MW", "464 MW", Constraint.Cooling, "cooling units rated at 464 MW were in service on 2026-01-17, 36 MW short; the run reached it on 2026-01-24")]
    [InlineData(Measure.CoolingDesignDay, "500 MW", "364 MW", Constraint.Cooling, "cooling units in service could reject 364 MW on the design day on 2026-01-17, 136 MW short; the run reached it on 2026-02-18")]
    [InlineData(Measure.GridImport, "300 MW", "150 MW", Constraint.Power, "grid ties allowed 150 MW on 2026-01-17, 150 MW short; the run never reached it")]
    [InlineData(Measure.InstalledTurbines, "41", "27", Constraint.Power, "27 generating units were in service on 2026-01-17, 14 short; the run never reached it")]
    [InlineData(Measure.BatteryEnergy, "1 GWh", "655 MWh", null, "batteries in service held 655 MWh when full on 2026-01-17, 345 MWh short; the run never reached it")]
    [InlineData(Measure.InstalledGpus, "555,000 GPUs", "200,000 GPUs", Constraint.Racks, "200,000 GPUs were delivered on 2026-01-17, 355,000 short; the run never reached it")]
    [InlineData(Measure.LiveGpus, "200,000", "176,000 GPUs", Constraint.Cooling, "176,000 GPUs were live on 2026-01-17, 24,000 short; cooling bound, at 352 MW of IT power; the next constraint, power, allowed 512 MW; the run reached it on 2026-01-27")]
    [InlineData(Measure.DailyWater, "13 MGD", "1 MGD", null, "1 MGD of water was drawn on 2026-01-17, 12 MGD short; the run never reached it")]
    [InlineData(Measure.DailyWater, "5000 m³", "3,785 m³ a day", null, "3,785 m³ a day of water was drawn on 2026-01-17, 1,215 m³ a day short; the run never reached it")]
    public void Every_measure_says_what_there_was_and_what_was_missing(
        Measure measure, string value, string found, Constraint? constraint, string reason)
    {
        PowerBasis? basis = Gigawatt.Scenarios.Linting.Measures.BasisOf(measure);
        ClaimVerdict verdict = Judge(new ClaimSpec { Says = "it", On = Midwinter, Measure = measure, Basis = basis, Value = value });
        (verdict.Verdict, verdict.Found, verdict.Constraint).ShouldBe((Verdict.Contradicted, found, constraint));
        verdict.Reason.ShouldBe(reason);
    }

    [Fact]
    public void A_power_without_a_basis_is_read_as_the_measures_and_says_so() =>
        Judge(Live("1 GW") with { Basis = null }).Reason.ShouldEndWith("the run never reached it (the claim gives no basis; read as IT power)");

    [Fact]
    public void Without_a_day_the_best_day_counts()
    {
        ClaimVerdict verdict = Judge(Live("500 MW") with { On = null });
        (verdict.Verdict, verdict.Reason).ShouldBe(
            (Verdict.Supported, "512 MW of IT power was live on 2026-02-26, 12 MW more than the 500 MW claimed")); // 288 + 4 × 56 = 512
    }

    [Theory]
    [InlineData("67 %", Measure.LiveItPower, null, "the value 67 % is a plain number, but live_it_power is a power")]
    [InlineData("350 MW", Measure.LiveGpus, null, "the value 350 MW is a power, but live_gpus is a plain number")]
    [InlineData("67 %", Measure.LiveGpus, null, "the value 67 % is a share, but live_gpus is a count; a share of what would be a formula")]
    [InlineData("350 MW", Measure.LiveItPower, PowerBasis.Cooling, "the value is cooling, but live_it_power is IT power: compare it with cooling_nameplate or cooling_design_day")]
    [InlineData("soon", Measure.LiveItPower, null, "the value 'soon' is no quantity such as '1 GW' or '110,000'")]
    public void What_cannot_be_compared_is_not_decided(string value, Measure measure, PowerBasis? basis, string reason)
    {
        ClaimVerdict verdict = Judge(new ClaimSpec { Says = "it", On = Midwinter, Measure = measure, Basis = basis, Value = value });
        (verdict.Verdict, verdict.Found, verdict.Reason).ShouldBe((Verdict.NotDecidable, "", reason));
    }

    [Fact]
    public void A_day_outside_the_run_is_not_decided_but_the_run_says_when_it_got_there()
    {
        ClaimVerdict verdict = Judge(Live("400 MW") with { On = new DateOnly(2027, 1, 1) });
        verdict.Verdict.ShouldBe(Verdict.NotDecidable);
        verdict.Reason.ShouldBe("2027-01-01 lies outside the run (2026-01-01 to 2026-05-30); it reached 400 MW on 2026-01-27");
        verdict.FirstDayReached.ShouldBe(new DateOnly(2026, 1, 27)); // 288 + 26 × 4 = 392 = 0.98 × 400
    }

    [Theory]
    [InlineData("1140 MW / 1700 MW", "67 %", Comparison.Equal, Verdict.Supported, "67.06 %", "1140 MW / 1700 MW = 67.06 %: agrees with 67 % within 0.1 %")]
    [InlineData("200 MW / 300 MW", "50 %", Comparison.Equal, Verdict.Contradicted, "66.67 %", "200 MW / 300 MW = 66.67 %, not 50 %: 33.3 % more than claimed")]
    [InlineData("1140 MW + 425 MW", "1.5 GW", Comparison.AtLeast, Verdict.Supported, "1.565 GW", "1140 MW + 425 MW = 1.565 GW, at least the 1.5 GW claimed: 4.33 % more than claimed")]
    [InlineData("1.2 GW / (10,715 kWh/year)", "2,000,000 homes", Comparison.AtLeast, Verdict.Contradicted, "981,727 homes", "1.2 GW / (10,715 kWh/year) = 981,727 homes, not 2,000,000 homes: 50.9 % less than claimed")]
    [InlineData("200 MW / 110000", "1.8 kW", Comparison.Equal, Verdict.Supported, "1.818 kW", "200 MW / 110000 = 1.818 kW: agrees with 1.8 kW within 2 %")]
    [InlineData("2025-08-22 - 2025-03-07", "5 months", Comparison.AtLeast, Verdict.Supported, "5.52 months", "2025-08-22 - 2025-03-07 = 5.52 months, at least the 5 months claimed: 10.4 % more than claimed")]
    [InlineData("1700 MW - 1140 MW", "425 MW", Comparison.Equal, Verdict.Contradicted, "560 MW", "1700 MW - 1140 MW = 560 MW, not 425 MW: 31.8 % more than claimed")]
    [InlineData("40 ft", "12.192 m", Comparison.Equal, Verdict.Supported, "12.19 m", "40 ft = 12.19 m, as claimed")]
    [InlineData("1 MW + 1 d", "2 MW", Comparison.Equal, Verdict.NotDecidable, "", "the formula '1 MW + 1 d' cannot be worked out: column 8: expected a power, to go with what stands before, found a duration")]
    public void Arithmetic_is_redone_in_the_reason(
        string formula, string value, Comparison comparison, Verdict expected, string found, string reason)
    {
        ClaimVerdict verdict = Judge(new ClaimSpec { Says = "it", Formula = formula, Value = value, Comparison = comparison });
        (verdict.Verdict, verdict.Found, verdict.Reason).ShouldBe((expected, found, reason));
        verdict.FirstDayReached.ShouldBeNull();
    }
}
