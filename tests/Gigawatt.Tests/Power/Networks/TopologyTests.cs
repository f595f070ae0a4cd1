using Gigawatt.Power.Networks;

namespace Gigawatt.Tests.Power.Networks;

public sealed class TopologyTests
{
    private const double YearS = 8760 * 3600.0;

    // Two breakers, 150 ft of bus duct, 500 ft of cable (IEEE 493-2007): 2·0.0027·83.1 + 1.5·0.0024·35 + 0.5·0.0083·15.7 = 0.639895 h a year.
    private static readonly double Path = Topology.PathFraction([2 * 0.0027 / YearS, 1.5 * 0.0024 / YearS, 0.5 * 0.0083 / YearS], [83.1 * 3600, 35 * 3600, 15.7 * 3600]);

    private static readonly double Breaker = 0.0027 * 83.1 / 8760;

    [Fact]
    public void One_path_and_two_sections_with_a_tie_meet_the_sizing_tool()
    {
        Path.ShouldBe(7.3047e-5, 5e-10);
        Topology.Of("ring_with_tie", Path, Breaker, 1, 0).LoadFraction.ShouldBe(9.0778e-9, 5e-14);
        Topology.Of("ring", Path, Breaker, 1, 0).LoadFraction.ShouldBe(Path * Path);
    }

    [Fact]
    public void A_common_cause_of_five_percent_outweighs_what_independent_failures_leave()
    {
        TopologyResult two = Topology.Of("two_n", Path, Breaker, 4, 0.05);
        two.CommonFraction.ShouldBe(3.652e-6, 1e-9);
        (two.CommonFraction / two.OutageFraction).ShouldBeGreaterThan(0.99);
        Topology.Of("radial", Path, Breaker, 4, 0.05).OutageFraction.ShouldBe(Path);
    }

    [Fact]
    public void Too_little_is_left_when_two_of_n_are_down()
    {
        // 3 u² (1 − u) + u³ and 6 u² (1 − u)² + 4 u³ (1 − u) + u⁴ with u = 0.01.
        Topology.Of("3m2", 0.01, 0, 2, 0).CapacityFraction.ShouldBe(2.98e-4, 1e-12);
        Topology.Of("4m3", 0.01, 0, 3, 0).CapacityFraction.ShouldBe(5.9203e-4, 1e-12);
        Topology.Of("n_plus_1", 0.01, 0, 3, 0).LoadFraction.ShouldBe(5.9203e-4, 1e-12);
        Topology.Of("block_redundant", 0.01, 0.001, 3, 0).LoadFraction.ShouldBe(0.01 * 0.031, 1e-12);
    }

    [Fact]
    public void Redundancy_never_makes_a_load_worse_than_a_single_path() => Topology.Names.Where(name => name != "n_plus_1")
        .ShouldAllBe(name => Topology.Of(name, 1e-3, 1e-4, 3, 0.1).OutageFraction <= 1e-3);
}

public sealed class TransformerAgeingTests
{
    private static readonly TransformerThermalSpec Unit = new();

    [Theory]
    [InlineData(110, 1)]
    [InlineData(117, 2.0)]           // doubles about every 7 K
    [InlineData(98, 0.28)]
    [InlineData(140, 17.2)]
    public void Insulation_ages_by_the_law_of_Arrhenius(double hotSpotC, double factor) =>
        TransformerAgeing.AgeingFactor(hotSpotC).ShouldBe(factor, factor * 0.01);

    [Fact]
    public void Rated_load_at_30_degrees_settles_at_110_and_uses_normal_life()
    {
        TransformerThermalState state = TransformerAgeing.Settled(Unit, 1);
        TransformerAgeing.Step(Unit, ref state, 1, 30, 1000 * 3600).ShouldBe(110, 1e-9);
        TransformerAgeing.LifeUsedFraction(Unit, state).ShouldBe(1000.0 / 180_000, 1e-9);
    }

    [Fact]
    public void After_one_lag_the_oil_has_gone_63_percent_of_its_way()
    {
        TransformerThermalState state = default;
        TransformerAgeing.Step(Unit, ref state, 1, 30, 3 * 3600);
        state.TopOilRiseK.ShouldBe(55 * (1 - 0.36788), 1e-3);
    }

    [Fact]
    public void Half_the_step_gives_the_same_temperatures_and_nearly_the_same_ageing()
    {
        TransformerThermalState one = default, two = default;
        for (int i = 0; i < 1440; i++)
        {
            double load = i % 480 < 240 ? 1.2 : 0.6;
            TransformerAgeing.Step(Unit, ref one, load, 35, 60);
            TransformerAgeing.Step(Unit, ref two, load, 35, 30);
            TransformerAgeing.Step(Unit, ref two, load, 35, 30);
        }
        two.TopOilRiseK.ShouldBe(one.TopOilRiseK, 1e-9);
        two.AgedS.ShouldBe(one.AgedS, one.AgedS * 0.002);
        one.AgedS.ShouldBeGreaterThan(0);
    }
}
