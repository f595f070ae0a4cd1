using FsCheck.Fluent;
using Gigawatt.Numerics;
using Gigawatt.Power;

namespace Gigawatt.Tests.Power;

public sealed class BatteryWearTests
{
    private const double DayS = 86400;
    private static readonly BatteryWearSpec Wear = new();

    [Theory]
    [InlineData(1, 2, 10_000)]
    [InlineData(0.5, 2, 40_000)]             // a · D^−b = 10,000 × 4
    [InlineData(0.1, 1.5, 316_228)]
    [InlineData(0.1, 2.5, 3_162_278)]
    public void Shallow_cycles_end_the_life_later(double depth, double exponent, double cycles) =>
        BatteryWear.CyclesToEnd(Wear, depth, exponent).ShouldBe(cycles, cycles * 1e-5);

    [Fact]
    public void Ten_thousand_full_cycles_end_the_life()
    {
        BatteryWearState state = default;
        BatteryWear.Age(Wear, ref state, Duty(DayS, 0, 1, 10_000) with { LowWearRatio = 1, HighWearRatio = 1 });
        state.LowCycleFraction.ShouldBe(0.2, 1e-12);
        state.CounterFraction.ShouldBe(0.2, 1e-12);
    }

    [Fact]
    public void Standing_for_the_calendar_life_ends_it()
    {
        BatteryWearState state = default;
        for (int day = 0; day < 20 * 365; day++) { BatteryWear.Age(Wear, ref state, Duty(DayS, 0.5, 0, 0)); }
        state.CalendarFraction.ShouldBe(0.2, 1e-9);
        BatteryWear.Lost(Wear, state).ShouldBe((state.CalendarFraction, state.CalendarFraction));
    }

    [Fact]
    public void Blast_Lite_is_its_published_formula()
    {
        // At 25 °C and half full: x = 0.39425, U_a = 0.120 V; k_cal = 8.37e4 · e^(−17.474) · e^(−3560 · U_a / 298.15).
        const double kelvin = 298.15;
        double x = 8.5e-3 + 0.5 * 0.7715;
        double anode = 0.6379 + 0.5416 * Exp(-305.5309 * x) + 0.044 * Tanh(-(x - 0.1958) / 0.1088) - 0.1978 * Tanh((x - 1.0571) / 0.0854)
            - 0.6875 * Tanh((x + 0.0117) / 0.0529) - 0.0175 * Tanh((x - 0.5692) / 0.0875);
        double calendar = 8.37e4 * Exp(-5210 / kelvin) * Exp(-3560 * anode / kelvin);
        BatteryWear.BlastCalendarFactor(25, 0.5).ShouldBe(calendar, calendar * 1e-12);
        double cycle = (4.38e-8 + 1.55e-8 * 0.9 + 1.68e-7 * 0.25) * (Exp(2190 / kelvin) + Exp(-1.55e5 / kelvin));
        BatteryWear.BlastCycleFactor(25, 0.9, 0.25).ShouldBe(cycle, cycle * 1e-12);

        BatteryWearState state = default;
        for (int day = 0; day < 1000; day++) { BatteryWear.Age(Wear, ref state, Duty(DayS, 0.5, 0.9, 1) with { RateRatio = 0.25 }); }
        state.BlastCalendarFraction.ShouldBe(calendar * Elementary.Pow(1000, 0.526), 1e-12);
        state.BlastCycleFraction.ShouldBe(cycle * Elementary.Pow(1000, 0.828), 1e-12);
    }

    [Fact]
    public void The_published_increment_goes_over_into_the_same_curve_when_its_step_is_small()
    {
        // dy = k p (k/y)^((1−p)/p) dx, one minute at a time from the first day on, against the closed form.
        double factor = BatteryWear.BlastCalendarFactor(25, 0.5);
        double lost = factor;
        for (int step = 0; step < 99 * 1440; step++) { lost += factor * 0.526 * Elementary.Pow(factor / lost, (1 - 0.526) / 0.526) / 1440; }
        BatteryWearState state = default;
        BatteryWear.Age(Wear, ref state, Duty(100 * DayS, 0.5, 0, 0));
        state.BlastCalendarFraction.ShouldBe(lost, lost * 1e-4);
    }

    [Fact]
    public void REopt_loses_its_calendar_part_with_the_root_of_time_and_its_cycles_evenly()
    {
        BatteryWearState state = default;
        for (int day = 0; day < 3600; day++) { BatteryWear.Age(Wear, ref state, Duty(DayS, 0.5, 0.9, 1)); }
        state.ReoptFraction.ShouldBe(1.16e-3 * 0.5 * 60 + 2.46e-5 * 3600, 1e-9);        // 0.0348 + 0.0886
    }

    [Theory]
    [InlineData(25, 0.9, 0.25, true)]
    [InlineData(5, 0.9, 0.25, false)]
    [InlineData(50, 0.9, 0.25, false)]
    [InlineData(25, 0.000168, 0.25, false)]
    [InlineData(25, 0.9, 0.7, false)]
    public void Outside_the_fitted_range_BLAST_Lite_gives_way_to_a_range(double cellC, double depth, double rate, bool inside)
    {
        BatteryWearSpec spec = new() { Law = BatteryWearLaw.BlastLfp };
        BatteryDuty duty = Duty(DayS, 0.5, depth, 1) with { CellC = cellC, RateRatio = rate, LowWearRatio = 1e-5, HighWearRatio = 1e-4 };
        BatteryWear.IsInsideFit(duty).ShouldBe(inside);
        BatteryWearState state = default;
        BatteryWear.Age(spec, ref state, duty);
        (double low, double high) = BatteryWear.Lost(spec, state);
        if (inside) { (low, high).ShouldBe((state.BlastCalendarFraction + state.BlastCycleFraction, low)); }
        else { high.ShouldBe(low + 0.2 * 9e-5, 1e-12); }
    }

    [Fact]
    public void How_time_is_cut_does_not_matter() => Prop.ForAll(Gen.Choose(1, 50).ToArbitrary(), pieces =>
    {
        BatteryDuty whole = Duty(50 * DayS, 0.6, 0.85, 40) with { LowWearRatio = 0.001, HighWearRatio = 0.002 };
        BatteryDuty piece = whole with
        {
            LengthS = whole.LengthS / pieces,
            FullCyclesRatio = 40.0 / pieces,
            LowWearRatio = 0.001 / pieces,
            HighWearRatio = 0.002 / pieces,
        };
        BatteryWearState once = default, often = default;
        BatteryWear.Age(Wear, ref once, whole);
        for (int i = 0; i < pieces; i++) { BatteryWear.Age(Wear, ref often, piece); }
        return Near(once.CalendarFraction, often.CalendarFraction) && Near(once.BlastCalendarFraction, often.BlastCalendarFraction)
            && Near(once.BlastCycleFraction, often.BlastCycleFraction) && Near(once.ReoptFraction, often.ReoptFraction)
            && Near(once.HighCycleFraction, often.HighCycleFraction);
    }).HoldsInAnyCase(50);

    [Fact]
    public void Wear_never_heals_and_stays_finite() => Prop.ForAll(Gen.Choose(0, 1000).Four().ToArbitrary(), draw =>
    {
        BatteryWearState state = default;
        double before = 0;
        for (int day = 0; day < 200; day++)
        {
            int which = (day % 4) switch { 0 => draw.Item1, 1 => draw.Item2, 2 => draw.Item3, _ => draw.Item4 };
            double depth = which / 1000.0;
            BatteryWear.Age(Wear, ref state, Duty(DayS, depth, depth, which / 100.0) with { HighWearRatio = depth / 100 });
            double lost = state.BlastCalendarFraction + state.BlastCycleFraction + state.ReoptFraction + BatteryWear.Lost(Wear, state).HighFraction;
            if (!double.IsFinite(lost) || lost < before) { return false; }
            before = lost;
        }
        return true;
    }).HoldsInAnyCase(50);

    [Fact]
    public void Exponents_the_wrong_way_round_are_a_contradiction() =>
        new BatteryWearSpec { LowestDepthFactor = 2.5, HighestDepthFactor = 1.5 }.Contradictions().ShouldHaveSingleItem().Found.ShouldBe("2.5 with a highest of 1.5");

    private static BatteryDuty Duty(double lengthS, double charge, double depth, double cycles) => new(lengthS, 25, charge, depth, 0.25, cycles, 0, 0);

    private static bool Near(double one, double other) => Math.Abs(one - other) <= 1e-9 * Math.Abs(one);

    private static double Exp(double x) => Elementary.Exp(x);

    private static double Tanh(double x) => Elementary.Tanh(x);
}
