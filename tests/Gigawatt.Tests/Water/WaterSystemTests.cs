using FsCheck.Fluent;
using Gigawatt.Water;

namespace Gigawatt.Tests.Water;

public sealed class WaterSystemTests
{
    private const double PlantM3PerS = 0.5695643;   // 13 MGD

    private static readonly WaterSystemSpec Campus = new()
    {
        Reclaimed = new() { CapacityM3PerS = PlantM3PerS },
        City = new() { LimitM3PerS = 0.1, DailyCapM3 = 4921 },   // 1.3 MGD
        TankM3 = 1000,
    };

    [Fact]
    public void Thirteen_and_a_half_million_gallons_in_thirteen_out()
    {
        WaterSystemState state = WaterSystem.Start(Campus);
        WaterStep step = WaterSystem.Step(Campus, ref state, PlantM3PerS, true, 0, 60);
        step.ReclaimedM3PerS.ShouldBe(PlantM3PerS);
        (step.SewageM3PerS / PlantM3PerS * 13).ShouldBe(13.5, 0.001);
        step.PlantRejectM3PerS.ShouldBe(step.SewageM3PerS - step.ReclaimedM3PerS);
        step.CityM3PerS.ShouldBe(0);
        step.ElectricMw.ShouldBe(0.0006 * 3600 * PlantM3PerS, 1e-12);   // 1.23 MW
        step.CyclesRatio.ShouldBe(2.5);
    }

    [Fact]
    public void When_the_plant_fails_the_city_serves_up_to_its_cap_and_then_the_tank()
    {
        WaterSystemState state = WaterSystem.Start(Campus);
        // 0.1 m³/s of city water for 4,921 m³ lasts 49,210 s; then 1,000 m³ of tank lasts 10,000 s; then nothing.
        double cityM3 = 0, tankM3 = 0, unservedM3 = 0;
        bool capReached = false;
        for (int i = 0; i < 86_400 / 60; i++)
        {
            WaterStep step = WaterSystem.Step(Campus, ref state, 0.1, false, 0, 60);
            cityM3 += step.CityM3PerS * 60;
            tankM3 -= step.TankChangeM3;
            unservedM3 += step.UnservedM3PerS * 60;
            capReached |= step.CityCapReached;
        }
        cityM3.ShouldBe(4921, 1e-6);
        tankM3.ShouldBe(1000, 1e-6);
        unservedM3.ShouldBe(8640 - 4921 - 1000, 1e-6);
        capReached.ShouldBeTrue();
        WaterSystem.AvailableM3PerS(Campus, state, false, 0, 60).ShouldBe(0, 1e-9);
        WaterSystem.AvailableM3PerS(Campus, state, false, 1, 60).ShouldBe(0.1);   // a new day
    }

    [Fact]
    public void Spare_reclaimed_water_refills_the_tank()
    {
        var state = new WaterSystemState { TankM3 = 400 };
        WaterStep step = WaterSystem.Step(Campus, ref state, 0.2, true, 0, 60);
        step.TankChangeM3.ShouldBe(60 * (PlantM3PerS - 0.2), 1e-9);
        step.ReclaimedM3PerS.ShouldBe(PlantM3PerS, 1e-12);
    }

    [Fact]
    public void Without_a_plant_the_city_refills_the_tank()
    {
        WaterSystemSpec town = Campus with { Reclaimed = null };
        WaterSystemState state = default;
        WaterStep step = WaterSystem.Step(town, ref state, 0.04, true, 0, 60);
        step.CityM3PerS.ShouldBe(0.1, 1e-12);
        step.TankChangeM3.ShouldBe(3.6, 1e-9);
        step.CyclesRatio.ShouldBe(12);
    }

    [Fact]
    public void What_is_said_to_be_available_is_served()
    {
        WaterSystemSpec spec = Campus with { OtherUseM3PerS = 0.01 };
        WaterSystemState state = WaterSystem.Start(spec);
        for (int i = 0; i < 3000; i++)
        {
            bool inService = i % 700 < 400;
            double available = WaterSystem.AvailableM3PerS(spec, state, inService, i / 1440, 60);
            WaterStep step = WaterSystem.Step(spec, ref state, Math.Min(0.3, available), inService, i / 1440, 60);
            if (available > 0) { step.UnservedM3PerS.ShouldBe(0, 1e-12); }
        }
    }

    [Fact]
    public void Water_closes_whatever_happens() =>
        Prop.ForAll(Gen.Choose(0, 1000).ArrayOf(6).ToArbitrary(), dice =>
        {
            var state = new WaterSystemState { TankM3 = dice[0], CityTodayM3 = 5 * dice[1] };
            WaterSystemSpec spec = dice[5] % 3 == 0 ? Campus with { Reclaimed = null } : Campus;
            double stepS = 1 + 3.6 * dice[4];
            double before = state.TankM3;
            WaterStep step = WaterSystem.Step(spec, ref state, dice[2] / 800.0, dice[3] % 2 == 0, 0, stepS);
            double intake = step.SewageM3PerS + step.CityM3PerS;
            double gone = step.ServedM3PerS + step.PlantRejectM3PerS + step.TankChangeM3 / stepS;
            Math.Abs(intake - gone).ShouldBeLessThan(1e-12 * (1 + before / stepS));
            step.UnservedM3PerS.ShouldBeGreaterThanOrEqualTo(0);
            state.TankM3.ShouldBeInRange(0, spec.TankM3);
            return state.CityTodayM3 <= Math.Max(4921, 5 * dice[1]) + 1e-9;
        }).HoldsInAnyCase();

    [Fact]
    public void A_step_allocates_nothing()
    {
        WaterSystemState state = WaterSystem.Start(Campus);
        WaterSystem.Step(Campus, ref state, 0.3, true, 0, 60);
        long before = GC.GetAllocatedBytesForCurrentThread();
        double sum = 0;
        for (int i = 0; i < 1000; i++) { sum += WaterSystem.Step(Campus, ref state, 0.3, i % 2 == 0, i / 100, 60).ServedM3PerS; }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sum.ShouldBeGreaterThan(0);
    }
}
