using Gigawatt.Cooling;

namespace Gigawatt.Tests.Cooling;

public sealed class CduTests
{
    [Fact]
    public void The_Deschutes_record_is_a_heat_exchanger_that_can_exist()
    {
        // 2 MW, 31.48 kg/s PG25, 32.30 kg/s water, approach 3 K; logarithmic mean 3.590 K, UA 557.2 kW/K.
        CduExchanger exchanger = Cdu.Exchanger(new CduSpec());
        exchanger.CapacityRatio.ShouldBe(0.922, 0.002);
        exchanger.EffectivenessFraction.ShouldBe(0.8426, 0.0005);
        exchanger.TransferUnitsRatio.ShouldBe(4.475, 0.02);
        exchanger.ConductanceMwPerK.ShouldBe(0.5572, 0.002);
        exchanger.MeanDifferenceK.ShouldBe(3.590, 0.02);
        (26.8 + exchanger.CoolantReturnRiseK).ShouldBe(45.86, 0.02);
        new CduSpec().Contradictions().ShouldBeEmpty();
    }

    [Fact]
    public void The_approach_is_in_proportion_to_the_heat()
    {
        Cdu.CoolantC(new CduSpec(), 2, 26.8).ShouldBe(29.8, 1e-12);
        Cdu.CoolantC(new CduSpec(), 1, 26.8).ShouldBe(28.3, 1e-12);
    }

    [Fact]
    public void An_approach_that_the_flows_cannot_give_is_a_contradiction() =>
        // Half the water: it would warm by 2 MW / (16.15 × 4.186 kW/K) = 29.6 K, past the 19.1 K between the inlets.
        new CduSpec { WaterKgPerS = 16.15 }.Contradictions().ShouldHaveSingleItem().Property.ShouldBe("ApproachK");

    [Theory]
    [InlineData(80, 21.6)]
    [InlineData(130, 13.27)]
    [InlineData(150, 11.5)]
    [InlineData(172.5, 10.0)]
    public void An_NVL72_with_115_kW_in_its_coolant_warms_it(double litresPerMinute, double expectedK) =>
        Coolant.TemperatureRiseK(0.115, litresPerMinute / 60_000, 35).ShouldBe(expectedK, 0.04);

    [Theory]
    [InlineData(20, 1020.2, 3908)]
    [InlineData(35, 1013.1, 3947)]
    [InlineData(45, 1007.7, 3972)]
    public void PG25_has_the_properties_of_the_Melinder_polynomials(double coolantC, double kgPerM3, double jPerKgK)
    {
        Coolant.DensityKgPerM3(coolantC).ShouldBe(kgPerM3, 0.001 * kgPerM3);
        (Coolant.HeatMwSPerKgK(coolantC) * 1e6).ShouldBe(jPerKgK, 0.001 * jPerKgK);
    }

    [Theory]
    [InlineData(0.8, 0, 0.512)]    // 0.8³
    [InlineData(0.8, 0.2, 0.5696)] // 0.8 × (0.2 + 0.8 × 0.64)
    [InlineData(1, 0.2, 1)]
    [InlineData(0, 0.2, 0)]
    public void A_pump_follows_the_affinity_laws(double flow, double staticShare, double expected) =>
        Pump.PowerFraction(flow, staticShare).ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData(1.505, 0.9, 0.6185)]
    [InlineData(2, 1, 0.666667)]   // NTU / (1 + NTU)
    [InlineData(1, 0, 0.632121)]   // 1 − 1/e
    public void Effectiveness_and_transfer_units_are_each_others_inverse(double units, double ratio, double effectiveness)
    {
        HeatExchange.EffectivenessFraction(units, ratio).ShouldBe(effectiveness, 5e-4);
        HeatExchange.TransferUnitsRatio(HeatExchange.EffectivenessFraction(units, ratio), ratio).ShouldBe(units, 1e-9);
    }
}
