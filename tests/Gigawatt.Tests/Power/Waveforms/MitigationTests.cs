using Gigawatt.Numerics;
using Gigawatt.Power;
using Gigawatt.Power.Waveforms;

namespace Gigawatt.Tests.Power.Waveforms;

public sealed class MitigationTests
{
    private const double StepS = 0.01;

    private static readonly Trapezoid Iteration = new(1000, 600, 3, 0.7, 0.1, 0.1);
    private static readonly JobWaveSpec Job = new() { Name = "a", HighMw = 1000, LowMw = 600, PeriodS = 3, DutyFraction = 0.7 };

    [Fact]
    public void A_floor_burns_what_is_missing_to_it_and_leaves_a_smaller_swing()
    {
        double[] drawn = new double[3000];
        GpuSmoothingCost cost = GpuSmoothing.Run(new GpuSmoothingSpec { FloorFraction = 0.9 }, 1000, StepS, Wave(30), drawn);
        drawn.Skip(300).Min().ShouldBe(900, 1e-9);
        // Of each period 0.9 s lie below 800 MW; the valley of 0.8 s misses 300 MW and each edge a triangle of 300 MW by 0.075 s.
        (cost.BurntMwh * 3600).ShouldBe(10 * (0.8 * 300 + 300 * 0.075), 15);
        cost.WithheldMwh.ShouldBe(0, 1e-12);
    }

    [Fact]
    public void The_floor_is_let_go_when_the_job_has_long_been_idle()
    {
        GpuSmoothingState state = new() { OutputMw = 100 };
        GpuSmoothingSpec spec = new() { FloorFraction = 0.8, ActiveS = 5 };
        for (int i = 0; i < 500; i++) { GpuSmoothing.Step(spec, ref state, 10, 80, StepS).ShouldBe(80); }
        for (int i = 0; i < 5; i++) { GpuSmoothing.Step(spec, ref state, 10, 80, StepS); }
        state.OutputMw.ShouldBe(10);
    }

    [Fact]
    public void Power_climbs_falls_and_waits_as_told()
    {
        GpuSmoothingSpec spec = new() { RampUpMwPerS = 100, RampDownMwPerS = 50, HysteresisS = 0.2 };
        GpuSmoothingState state = new() { OutputMw = 0 };
        for (int i = 0; i < 100; i++) { GpuSmoothing.Step(spec, ref state, 500, 0, StepS); }
        state.OutputMw.ShouldBe(100, 1e-9);                                       // one second at 100 MW/s
        for (int i = 0; i < 20; i++) { GpuSmoothing.Step(spec, ref state, 0, 0, StepS); }
        state.OutputMw.ShouldBe(100, 1e-9);                                       // held for 0.2 s
        for (int i = 0; i < 100; i++) { GpuSmoothing.Step(spec, ref state, 0, 0, StepS); }
        state.OutputMw.ShouldBe(50, 1e-9);
    }

    [Fact]
    public void A_limited_climb_lengthens_iterations_by_the_work_that_it_withholds()
    {
        // 400 MW at 800 MW/s take 0.5 s instead of 0.1: (0.5 − 0.1)/2 of 3 s.
        GpuSmoothing.LengtheningFraction(Iteration, 800).ShouldBe(0.2 / 3, 1e-12);
        GpuSmoothing.LengtheningFraction(Iteration, 8000).ShouldBe(0);
        double[] wave = new double[30_000];                                      // 30 s in steps of 1 ms
        IterationWave.Fill([Job], 1, 0.001, wave);
        GpuSmoothingCost cost = GpuSmoothing.Run(new GpuSmoothingSpec { RampUpMwPerS = 800 }, 1000, 0.001, wave, wave);
        (cost.WithheldMwh * 3600 / (400 * 30)).ShouldBe(0.2 / 3, 0.0003);
    }

    [Theory]
    [InlineData(0.1, 5)]
    [InlineData(1.0 / 3, 20)]
    [InlineData(2, 1)]
    public void A_low_pass_lowers_a_sine_by_its_formula(double hz, double timeConstantS)
    {
        double[] load = [.. Enumerable.Range(0, 100_000).Select(i => 500 + 100 * Elementary.Sin(2 * Math.PI * hz * (i + 0.5) * StepS))], left = new double[load.Length];
        StorageSmoothing.Run(Endless(timeConstantS) with { OneWayEfficiencyFraction = 1, RecoveryRatio = 1e6 }, StepS, 500, load, left, []);
        double[] settled = left[50_000..];
        ((settled.Max() - settled.Min()) / 200).ShouldBe(StorageSmoothing.Gain(hz, timeConstantS), 0.01 * StorageSmoothing.Gain(hz, timeConstantS));
    }

    [Fact]
    public void What_a_store_takes_it_gives_loses_or_keeps()
    {
        double[] load = Wave(300), left = new double[load.Length], stored = new double[load.Length];
        StorageSmoothingSpec spec = Endless(20) with { EnergyMwh = 2, PowerMw = 250 };
        StorageTotals totals = StorageSmoothing.Run(spec, StepS, 880, load, left, stored);
        (left.Sum() - load.Sum()).ShouldBe((totals.ChargedMwh - totals.DischargedMwh) * 3600 / StepS, 1e-4);
        (stored[^1] - 1).ShouldBe(totals.ChargedMwh - totals.DischargedMwh - totals.LossMwh, 1e-9);
        totals.HighestMw.ShouldBe(250, 1e-9);
        totals.Cycles.ShouldBeInRange(98, 101);
        stored.ShouldAllBe(mwh => mwh >= 0 && mwh <= 2);
    }

    [Fact]
    public void Losses_do_not_drain_a_store_that_smooths()
    {
        double[] load = Wave(3600), left = new double[load.Length], stored = new double[load.Length];
        StorageSmoothing.Run(Endless(30) with { EnergyMwh = 400 }, StepS, 880, load, left, stored);
        stored[^1].ShouldBe(200, 0.2);                                           // 7 MWh were lost in the hour
        left.Skip(180_000).Average().ShouldBe(887, 1);                           // and drawn from the grid
    }

    [Fact]
    public void An_empty_or_full_store_does_nothing()
    {
        double[] load = Wave(3), left = new double[300];
        StorageSmoothing.Run(Endless(30) with { EnergyMwh = 0 }, StepS, 880, load, left, []).DischargedMwh.ShouldBe(0);
        left.ShouldBe(load);
    }

    [Fact]
    public void A_halved_step_gives_nearly_the_same_battery_throughput()
    {
        double Throughput(double stepS)
        {
            double[] load = new double[(int)Math.Round(300 / stepS)];
            IterationWave.Fill([Job], 1, stepS, load);
            return StorageSmoothing.Run(Endless(30), stepS, 880, load, load, []).DischargedMwh;
        }
        Throughput(0.01).ShouldBe(Throughput(0.005), 1e-3 * Throughput(0.005));
    }

    [Fact]
    public void The_chain_passes_power_through_every_part_in_order()
    {
        MitigationSpec spec = new()
        {
            Gpu = new GpuSmoothingSpec { FloorFraction = 0.7, RampUpMwPerS = 2000, RampDownMwPerS = 2000 },
            Rack = new RackStorageSpec { Gpus = 500_000, PowerMwPerGpu = 400e-6 },
            Battery = new BatterySmoothingSpec { Block = new BatterySpec { CapacityMwh = 3.9, RatedMw = 1.927 }, Count = 208 },
            Turbine = new TurbineResponseSpec(),
        };
        MitigatedWave made = MitigatedWave.Of(spec, Wave(300), StepS, 880);
        double[] swings = [.. new[] { made.GpuMw, made.RackMw, made.GridMw, made.TurbineMw }.Select(series => series[15_000..]).Select(late => late.Max() - late.Min())];
        swings[0].ShouldBe(300, 1e-6);
        swings[1].ShouldBe(300, 4);                                              // racks serve edges, not iterations
        Steepest(made.RackMw).ShouldBeLessThan(Steepest(made.GpuMw));
        swings[3].ShouldBeLessThan(swings[2]);
        swings[2].ShouldBeLessThan(10);
        made.Turbine.HighestSpinMw.ShouldBeGreaterThan(0);
        spec.Rack.Store.EnergyMwh.ShouldBe(32.5 / 3600, 1e-9);                    // 65 J × 500,000 = 32.5 MJ
        MitigatedWave again = MitigatedWave.Of(spec, Wave(300), StepS, 880);
        again.GridMw.ShouldBe(made.GridMw);
    }

    [Fact]
    public void A_turbine_follows_within_its_time_and_ramp()
    {
        double[] step = [.. Enumerable.Repeat(100.0, 2000)], made = new double[2000];
        TurbineResponse.Run(new TurbineResponseSpec { TimeConstantS = 5 }, StepS, 0, step, made);
        made[499].ShouldBe(63.2, 0.1);                                           // 1 − 1/e after one time constant
        TurbineEffort slow = TurbineResponse.Run(new TurbineResponseSpec { TimeConstantS = 5, RampMwPerS = 2 }, StepS, 0, step, made);
        made[499].ShouldBe(10, 0.05);
        slow.SteepestMwPerS.ShouldBe(2, 1e-9);
    }

    private static StorageSmoothingSpec Endless(double timeConstantS) => new() { PowerMw = 1e4, EnergyMwh = 1e3, TimeConstantS = timeConstantS };

    private static double Steepest(double[] series) => Enumerable.Range(15_000, series.Length - 15_001).Max(i => Math.Abs(series[i + 1] - series[i]));

    private static double[] Wave(double lengthS)
    {
        double[] wave = new double[(int)Math.Round(lengthS / StepS)];
        IterationWave.Fill([Job], 1, StepS, wave);
        return wave;
    }
}
