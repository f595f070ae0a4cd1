using System.Diagnostics;
using Gigawatt.Power.Waveforms;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Bench;

/// <summary>Times the parts of a study of a wave: dotnet run -c Release -- waveform</summary>
public static class WaveformRuns
{
    private const double StepS = 0.01;
    private const int Samples = 66_000;

    public static void Print()
    {
        JobWaveSpec job = new() { Name = "a", HighMw = 1000, LowMw = 600, PeriodS = 3, DutyFraction = 0.7 };
        double[] wave = new double[Samples], left = new double[Samples];
        ComplianceMeter meter = new(Samples, StepS);
        ComplianceProfile ercot = Profile("ercot"), ieso = Profile("ieso");
        StorageSmoothingSpec store = new() { PowerMw = 300, EnergyMwh = 1, TimeConstantS = 30 };
        RealFft fft = new(65_536);
        double[] re = new double[fft.Bins], im = new double[fft.Bins];
        JobSwing[] jobs = [new JobSwing(880, 400, 3, 0.7, 0.1, 500_000)];
        double sum = 0;
        Time("wave, 66,000 samples", Samples, () => IterationWave.Fill([job], 1, StepS, wave));
        Time("battery, 66,000 samples", Samples, () => StorageSmoothing.Run(store, StepS, 880, wave, left, []));
        Time("FFT of 65,536", fft.Length, () => fft.Transform(wave, re, im));
        Time("band 0.1 to 55 Hz, any 5 s", Samples, () => meter.Measure(ercot.Rules[0], left, 1000, []));
        Time("5 MW in any 15 s", Samples, () => meter.Measure(ieso.Rules[1], left, 1000, []));
        Time("sine waves below 60 Hz", Samples, () => meter.Measure(ieso.Rules[2], left, 1000, []));
        Time("smallest battery for ERCOT", 1, () => BatterySizing.Smallest(wave, StepS, 880, 1000, ercot.Rules, 0.96, meter));
        Time("campus step, closed form", 1000, () =>
        {
            for (int i = 0; i < 1000; i++) { sum += CampusSwing.Step(jobs, new CampusSmoothing(0.5, 0.05, 1.8e-8, 30 + i, 300), 10).PeakToPeakMw; }
        });
        Console.WriteLine(FormattableString.Invariant($"({sum:0} MW in sum)"));
    }

    private static ComplianceProfile Profile(string name) =>
        ScenarioReader.ReadText<ComplianceProfile>($"model: {name}\n", "one.yaml", Catalog.Embedded).Value;

    private static void Time(string what, int items, Action work)
    {
        work();
        double best = double.MaxValue;
        for (int i = 0; i < 15; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            work();
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }
        Console.WriteLine(FormattableString.Invariant($"{what,-28} {best,9:0.000} ms   {best * 1e6 / items,10:0.0} ns each"));
    }
}
