using Gigawatt.Numerics;

namespace Gigawatt.Tests.Contracts;

/// <summary>What drives a component: smooth days for physics, wild ones for robustness.</summary>
public sealed class Drive(bool wild)
{
    /// <summary>Whether inputs jump to extremes.</summary>
    public bool Wild { get; } = wild;

    /// <summary>A load between nothing and full; ten times full when wild.</summary>
    public double Load(double atS) => Wild ? Dice(atS, 1) * 10 : 0.55 + 0.35 * Elementary.Sin(atS / 9000) * Elementary.Sin(atS / 31_000);

    /// <summary>Outdoor air: a summer day, or anything from −60 to 70 °C.</summary>
    public double DryBulbC(double atS) => Wild ? -60 + 130 * Dice(atS, 2) : 27 + 8 * Elementary.Sin(atS / 13_751);

    /// <summary>Wet-bulb temperature, never above dry-bulb.</summary>
    public double WetBulbC(double atS) => DryBulbC(atS) - (Wild ? 30 * Dice(atS, 3) : 6);

    /// <summary>A share from 0 to 1 that has nothing to do with the load.</summary>
    public double Share(double atS, int which) => Wild ? Dice(atS, 10 + which) : 0.5 + 0.4 * Elementary.Sin(atS / (7000 + 911 * which));

    private static double Dice(double atS, int which)
    {
        // A hash that is 0 or 1 a quarter of the time each, anything between otherwise.
        ulong x = (ulong)(long)(atS * 1000) * 0x9E3779B97F4A7C15 + (ulong)which * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x ^= x >> 27;
        double u = (x >> 11) / (double)(1UL << 53);
        return u < 0.25 ? 0 : u > 0.75 ? 1 : (u - 0.25) * 2;
    }
}

/// <summary>What a run of a component left: the sums that matter, and how far its balance was off.</summary>
/// <param name="Sums">Energies, masses or times of the run; equal numbers mean equal runs.</param>
/// <param name="Every">Every number that any step returned, for the test of finiteness.</param>
/// <param name="WorstImbalance">Largest relative difference between what entered and what left or stayed in a step.</param>
public sealed record Trace(double[] Sums, IReadOnlyList<double> Every, double WorstImbalance);

/// <summary>What every component must hold, whatever it is. A component's contract says how to run it; the tests are inherited.</summary>
public abstract class Contract
{
    private const double DayS = 86_400;

    /// <summary>Runs a fresh component through a drive.</summary>
    protected abstract Trace Run(Drive drive, double stepS, double lengthS);

    /// <summary>Largest relative imbalance of one step.</summary>
    protected virtual double Balance => 1e-12;

    /// <summary>Change of the sums from one-minute to half-minute steps that is still the same result.</summary>
    protected virtual double Convergence => 0.005;

    [Theory]
    [InlineData(1, 3600)]
    [InlineData(60, DayS)]
    [InlineData(3600, 50 * DayS)]
    public void Every_number_is_finite_whatever_comes(double stepS, double lengthS) =>
        Run(new Drive(true), stepS, lengthS).Every.ShouldAllBe(number => double.IsFinite(number));

    [Fact]
    public void The_same_inputs_give_the_same_bits() =>
        Run(new Drive(true), 60, DayS).Sums.ShouldBe(Run(new Drive(true), 60, DayS).Sums);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_goes_in_comes_out_or_stays(bool wild) =>
        Run(new Drive(wild), 60, 2 * DayS).WorstImbalance.ShouldBeLessThan(Balance);

    [Fact]
    public void A_halved_step_gives_nearly_the_same()
    {
        double[] minute = Run(new Drive(false), 60, 2 * DayS).Sums;
        double[] half = Run(new Drive(false), 30, 2 * DayS).Sums;
        for (int i = 0; i < minute.Length; i++)
        {
            half[i].ShouldBe(minute[i], Convergence * Math.Max(1e-6, Math.Abs(minute[i])), $"sum {i}");
        }
    }

    /// <summary>Relative difference, for balances.</summary>
    protected static double Apart(double one, double other) =>
        Math.Abs(one - other) / Math.Max(1, Math.Max(Math.Abs(one), Math.Abs(other)));
}
