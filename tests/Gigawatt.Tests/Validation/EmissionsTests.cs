using Gigawatt.Power;

namespace Gigawatt.Tests.Validation;

/// <summary>Concentrations to masses against EPA Method 19.</summary>
/// <remarks>
/// Source: 40 CFR 60, Appendix A-7, Method 19: Fd of natural gas 8,710 dscf/MMBtu, NOx 1.194e-7 lb/scf per ppm, oxygen correction 20.9/(20.9 − 15).
/// </remarks>
public sealed class EmissionsTests
{
    [Theory]
    [InlineData(1, 0.0036840)]
    [InlineData(2, 0.00737)]                        // behind a catalyst
    [InlineData(9, 0.03316)]                        // package sheets of Solar units
    [InlineData(25, 0.0921)]
    public void Parts_per_million_become_pounds_per_million_btu(double noxPpm, double expectedLbPerMmbtu)
    {
        (Emissions.NoxKgPerMwh(noxPpm) / (0.45359237 / 0.29307107)).ShouldBe(expectedLbPerMmbtu, 5e-6);
    }

    [Fact]
    public void A_gigawatt_and_a_fifth_all_year_passes_the_250_tonnes_of_the_federal_threshold_even_behind_a_catalyst()
    {
        // 1,200 MW at 9,000 Btu/kWh LHV, 8,760 h: 104.8 TBtu HHV; x 0.00737 lb/MMBtu = 350 t, x 0.03316 = 1,577 t.
        double higherMwh = 1200.0 * 8760 * 9000 / 3412.141633 * 1.108;
        (higherMwh * Emissions.NoxKgPerMwh(2) / 1000).ShouldBe(350, 1);
        (higherMwh * Emissions.NoxKgPerMwh(9) / 1000).ShouldBe(1577, 2);
    }
}
