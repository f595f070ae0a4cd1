using FsCheck.Fluent;
using Gigawatt.Power.Adequacy;

namespace Gigawatt.Tests.Power.Adequacy;

public sealed class KOutOfNTests
{
    private const double FiveNines = 1e-5;

    [Fact]
    public void Thirty_two_of_thirty_six()
    {
        KOutOfN.AvailabilityFraction(32, 36, 0.97).ShouldBe(0.995782390977, 1e-12);
        KOutOfN.UnavailabilityFraction(32, 36, 0.97).ShouldBe(1 - 0.995782390977, 1e-12);
    }

    [Theory]
    [InlineData(15, 0.007, 40)]             // ISO: 38 MW, 32 must run
    [InlineData(35, 0.007, 45)]             // 32.68 MW, 37 must run
    [InlineData(35, 0.010, 49)]             // 30.4 MW, 40 must run
    public void Five_nines_of_1200_MW_from_38_MW_units(double inletC, double derateFractionPerK, int expected)
    {
        UnitGroupSpec unit = new() { Name = "gt", RatedMw = 38, ForcedOutageRateFraction = 0.03, DerateFractionPerK = derateFractionPerK };
        KOutOfN.UnitsNeeded(1200, unit.AvailableMw(inletC), 0.97, FiveNines).ShouldBe(expected);
        UnitCount.ForLole([unit.At(inletC)], 0, AdequacyLoad.Constant(1200), 0.0876).ShouldBe(expected);
    }

    [Fact]
    public void No_number_of_units_helps_against_a_common_cause() =>
        KOutOfN.UnitsNeeded(1200, 38, 0.97, FiveNines, commonCauseFraction: 0.01).ShouldBeNull();    // 0.03 · 0.01 = 3e-4 at best

    [Fact]
    public void A_pair_of_which_one_must_run()
    {
        // λ = 1/900 h, μ = 1/100 h: (3/900 + 1/100) · 900² / 2 = 5,400 h until both are down; one in a hundred of the time, so often:
        (KOutOfN.PairMttfS(900 * 3600, 100 * 3600) / 3600).ShouldBe(5400, 1e-9);
        (KOutOfN.FailuresPerS(1, 2, 900 * 3600, 100 * 3600) * 3600).ShouldBe(0.18 / 900, 1e-15);
    }

    [Fact]
    public void Falling_below_is_as_frequent_as_the_table_says()
    {
        OutageTable table = OutageTable.Of([UnitGroup.TwoState("gt", 36, 38, 0.03, 24 * 3600)]);
        (table.EnteringPerS(5 * 38) / KOutOfN.FailuresPerS(32, 36, 24 * 3600 * 97 / 3.0, 24 * 3600)).ShouldBe(1, 1e-12);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(90, 0.9 + 0.1 / Math.E)]    // 1 / (λ + μ) = 90 h
    [InlineData(1e6, 0.9)]
    public void A_unit_new_in_service(double hours, double expected) =>
        KOutOfN.AvailabilityAfterFraction(900, 100, hours).ShouldBe(expected, 1e-14);

    [Fact]
    public void Big_numbers_stay_numbers()
    {
        double sum = 0;
        for (int running = 0; running <= 5000; running++) { sum += KOutOfN.ExactlyFraction(running, 5000, 0.3); }
        sum.ShouldBe(1, 1e-11);
    }

    [Fact]
    public void More_needed_is_never_likelier() => Prop.ForAll(
        (from n in Gen.Choose(1, 60) from a in Gen.Choose(1, 99) from beta in Gen.Choose(0, 10) select (N: n, A: a, Beta: beta)).ToArbitrary(),
        drawn =>
        {
            double a = drawn.A / 100.0, beta = drawn.Beta / 100.0;
            return Enumerable.Range(1, drawn.N).All(k => KOutOfN.AvailabilityFraction(k, drawn.N, a, beta) <= KOutOfN.AvailabilityFraction(k - 1, drawn.N, a, beta) + 1e-12
                && Math.Abs(KOutOfN.AvailabilityFraction(k, drawn.N, a, beta) + KOutOfN.UnavailabilityFraction(k, drawn.N, a, beta) - 1) < 1e-12);
        }).HoldsInAnyCase(50);
}
