using System.Text.Json;
using Gigawatt.Numerics;
using Gigawatt.Power.Waveforms;

namespace Gigawatt.Tests.Power.Waveforms;

public sealed class CampusSwingTests
{
    private const double StepS = 0.005;

    [Theory]
    [InlineData(0.0, 3)]
    [InlineData(0.1, 3)]
    [InlineData(0.05, 1.2)]
    public void The_closed_form_meets_the_series_behind_a_battery(double edgeS, double periodS)
    {
        JobSwing job = new(880, 400, periodS, 0.7, edgeS, 500_000);
        foreach (double tau in new[] { 5.0, 30 })
        {
            CampusSwingStep step = CampusSwing.Step([job], new CampusSmoothing(0, 0, 0, tau, 1000), 10);
            double[] load = new double[(int)Math.Round(100 * periodS / StepS)], left = new double[load.Length];
            IterationWave.Fill([new JobWaveSpec { Name = "a", HighMw = 1000, LowMw = 600, PeriodS = periodS, DutyFraction = 0.7, RiseS = edgeS, FallS = edgeS }], 1, StepS, load);
            StorageTotals totals = StorageSmoothing.Run(
                new StorageSmoothingSpec { PowerMw = 1000, EnergyMwh = 100, TimeConstantS = tau, RecoveryRatio = 1e5, OneWayEfficiencyFraction = 1 }, StepS, 880, load, left, []);
            double[] settled = left[^(int)Math.Round(10 * periodS / StepS)..];
            step.PeakToPeakMw.ShouldBe(settled.Max() - settled.Min(), 0.02 * step.PeakToPeakMw);
            double hours = load.Length * StepS / 3600;
            step.DischargeMw.ShouldBe(totals.DischargedMwh / hours, 0.02 * step.DischargeMw);
            step.FundamentalMw.ShouldBe(job.Iteration.HarmonicMw(1) * StorageSmoothing.Gain(1 / periodS, tau), 1e-9);
        }
    }

    [Fact]
    public void Without_smoothing_the_swing_reaches_the_grid()
    {
        CampusSwingStep step = CampusSwing.Step([new JobSwing(880, 400, 3, 0.7, 0.1, 0), new JobSwing(88, 40, 2, 0.7, 0.1, 0)], default, 10);
        step.PeakToPeakMw.ShouldBe(440, 1e-9);
        step.DischargeMw.ShouldBe(0);
        step.IsWithin.ShouldBeFalse();
        step.AttenuationNeededDb.ShouldBe(20 * Elementary.Log(44) / Elementary.Log(10), 1e-9);
    }

    [Fact]
    public void Floors_racks_and_weak_batteries_each_do_their_part()
    {
        JobSwing[] job = [new JobSwing(880, 400, 3, 0.7, 0.1, 500_000)];
        CampusSwingStep floor = CampusSwing.Step(job, new CampusSmoothing(0.8, 0, 0, 0, 0), 10);
        floor.PeakToPeakMw.ShouldBe(200, 1e-9);                                  // 1,000 less 800
        floor.BurntMw.ShouldBe(0.3 * 200, 1e-9);
        CampusSwingStep rack = CampusSwing.Step(job, new CampusSmoothing(0, 0.1, 65 / 3.6e9, 0, 0), 10);
        rack.PeakToPeakMw.ShouldBeInRange(380, 400);                             // edges, not iterations
        CampusSwing.Step(job, new CampusSmoothing(0, 0, 0, 30, 100), 10).PeakToPeakMw.ShouldBe(200, 1e-9);        // 400 − 2 × 100
        CampusSwing.Step(job, new CampusSmoothing(0, 0, 0, 30, 300), 10).IsWithin.ShouldBeTrue();
    }

    [Fact]
    public void Many_steps_allocate_nothing()
    {
        JobSwing[] job = [new JobSwing(880, 400, 3, 0.7, 0.1, 500_000)];
        double sum = CampusSwing.Step(job, new CampusSmoothing(0.5, 0.1, 1e-8, 30, 300), 10).PeakToPeakMw;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) { sum += CampusSwing.Step(job, new CampusSmoothing(0.5, 0.1, 1e-8, 30 + i, 300), 10).PeakToPeakMw; }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        double.IsFinite(sum).ShouldBeTrue();
    }

    [Fact]
    public void The_load_record_takes_bands_and_recovery_from_the_profile()
    {
        ComplianceProfile profile = new()
        {
            Rules = [],
            RecoveryFraction = 0.9,
            Frequency = [new RideThrough { LowHz = 58.8, HighHz = 61.2 }, new RideThrough { LowHz = 57, HighHz = 58.8, LastsS = 299 }],
        };
        Perc1Load load = Perc1Load.From(new Perc1Spec { FceaseFraction = 0.5 }, profile);
        load.DbflPu.ShouldBe(0.02, 1e-12);
        load.DbfhPu.ShouldBe(0.02, 1e-12);
        load.FreconFraction.ShouldBe(0.8, 1e-12);                                // half ceases, four fifths of it must come back
        load.RemainingFraction.ShouldBe(0.9, 1e-12);
        load.TextLine("17", "hall").ShouldBe("""perc1 17 "hall" : "Tap" 0 "Tbp" 0.02 "Taq" 0 "Tbq" 0.02 "Dbfl" 0.02 "Dbfh" 0.02 "Fcease" 0.5 "Frecon" 0.8 /""");
        JsonDocument.Parse(load.Json("hall", 100)).RootElement.GetProperty("Frecon").GetDouble().ShouldBe(0.8, 1e-12);
    }

    [Fact]
    public void Ramps_of_a_straight_climb_are_the_climb()
    {
        double[] climb = [.. Enumerable.Range(0, 10_000).Select(i => 100 + 0.02 * i)];
        IReadOnlyList<RampRow> rows = RampStatistics.Of(climb, 0.01);
        rows.Select(row => row.WindowS).ShouldBe([1, 5, 15, 60]);                // 100 s hold no ten minutes
        rows.ShouldAllBe(row => Math.Abs(row.HighestMw - 2 * row.WindowS) < 1e-6 && Math.Abs(row.MedianMw - 2 * row.WindowS) < 1e-6);
        RampStatistics.Csv(climb, 0.01, 2).ShouldBe("time_s,power_mw\n0,100\n0.01,100.02\n");
    }
}
