using Gigawatt.Power.Stability;

namespace Gigawatt.Tests.Validation;

/// <summary>Natural frequencies of a shaft against the published benchmark.</summary>
/// <remarks>
/// Source: IEEE SSR Task Force, First benchmark model for computer simulation of subsynchronous resonance, IEEE Trans. PAS-96 (1977):
/// inertia and stiffness of six masses; modes 15.71, 20.21, 25.55, 32.28 and 47.46 Hz.
/// </remarks>
public sealed class TorsionTests
{
    internal static readonly ShaftSpec Benchmark = new()
    {
        RatingMva = 892.4,
        NominalHz = 60,
        Masses =
        [
            new() { Name = "HP", InertiaS = 0.092897 }, new() { Name = "IP", InertiaS = 0.155589 }, new() { Name = "LPA", InertiaS = 0.858670 },
            new() { Name = "LPB", InertiaS = 0.884215 }, new() { Name = "GEN", InertiaS = 0.868495 }, new() { Name = "EXC", InertiaS = 0.0342165 },
        ],
        Couplings =
        [
            new() { From = "HP", To = "IP", StiffnessPuPerRad = 19.303 }, new() { From = "IP", To = "LPA", StiffnessPuPerRad = 34.929 },
            new() { From = "LPA", To = "LPB", StiffnessPuPerRad = 52.038 }, new() { From = "LPB", To = "GEN", StiffnessPuPerRad = 70.858 },
            new() { From = "GEN", To = "EXC", StiffnessPuPerRad = 2.822 },
        ],
        Generator = "GEN",
    };

    [Theory]
    [InlineData(0, 15.71)]
    [InlineData(1, 20.21)]
    [InlineData(2, 25.55)]
    [InlineData(3, 32.28)]
    [InlineData(4, 47.46)]
    public void The_first_benchmark_swings_at_its_published_frequencies(int mode, double publishedHz) =>
        Shaft.Modes(Benchmark).Modes[mode].NaturalHz.ShouldBe(publishedHz, 0.005);

    [Fact]
    public void A_free_shaft_of_two_masses_swings_as_the_formula_says()
    {
        // ω² = ω₀ K (1/2H₁ + 1/2H₂): 377 × 24.4 × (1/1.2 + 1/1.8) = 12,776, f = 17.99 Hz.
        ShaftSpec two = new()
        {
            RatingMva = 47.5,
            Masses = [new() { Name = "a", InertiaS = 0.6 }, new() { Name = "b", InertiaS = 0.9 }],
            Couplings = [new() { From = "a", To = "b", StiffnessPuPerRad = 24.4 }],
            Generator = "b",
        };
        double square = 2 * Math.PI * 60 * 24.4 * (1 / 1.2 + 1 / 1.8);
        Shaft.Modes(two).Modes[0].NaturalHz.ShouldBe(Math.Sqrt(square) / (2 * Math.PI), 1e-9);
    }
}
