using Gigawatt.Power;

namespace Gigawatt.Tests.Power;

public sealed class EmissionsTests
{
    [Fact]
    public void Below_the_compliant_load_the_uncontrolled_concentration_holds()
    {
        UnitEmissions spec = new() { NoxPpm = 9 };
        Emissions.NoxPpm(spec, 0.5).ShouldBe(9);
        Emissions.NoxPpm(spec, 0.49).ShouldBe(86.9);
    }

    [Fact]
    public void A_step_emits_by_its_fuel()
    {
        // 25 MW on three units: Willans 2.5 x (6 + 0.8 x 25) = 65 MW, x 1.108 x 15 ppm x 0.0057018 kg/MWh per ppm = 6.16 kg/h.
        PowerStep step = new SmallPlant(SmallPlant.Units(3)).Running().Step(25);
        (step.NoxKgPerS * 3600).ShouldBe(65 * 1.108 * 15 * 0.0057018, 0.001);
    }

    [Fact]
    public void A_rolling_year_forgets_what_is_older_than_365_days()
    {
        RollingYear year = new();
        year.Add(10);
        for (int day = 1; day < 365; day++)
        {
            year.NextDay();
            year.Add(1);
        }
        year.SumKg.ShouldBe(10 + 364);
        year.NextDay();
        year.SumKg.ShouldBe(364);                                       // the first day has fallen out
        year.TodayKg.ShouldBe(0);
    }

    [Fact]
    public void A_guarantee_above_the_uncontrolled_rate_is_a_contradiction() =>
        new UnitEmissions { NoxPpm = 100 }.Contradictions().ShouldHaveSingleItem().Found.ShouldBe("86.9 ppm with 100 ppm guaranteed");
}
