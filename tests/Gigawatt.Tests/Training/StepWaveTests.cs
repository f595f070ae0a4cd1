using FsCheck.Fluent;
using Gigawatt.Compute;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class StepWaveTests
{
    private static readonly PowerStatesSpec States = new();

    [Fact]
    public void Without_a_pipeline_the_wave_is_compute_and_communication()
    {
        StepWave wave = Of(new StepParts { ComputeS = 2.1, ExposedCommunicationS = 0.9 });
        wave.HighFraction.ShouldBe(0.833, 1e-12);
        wave.LowFraction.ShouldBe(0.45, 1e-12);
        wave.PeriodS.ShouldBe(3, 1e-12);
        wave.DutyFraction.ShouldBe(0.7, 1e-12);                                   // 2.1 of 3 s
        wave.RiseS.ShouldBe(0.1, 1e-12);
        wave.PhaseSpreadS.ShouldBe(0);
    }

    [Fact]
    public void The_mean_is_exactly_that_of_the_parts() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte, byte, byte, byte, byte)>(), drawn =>
        {
            int stages = 1 + drawn.Item1 % 16, microbatches = stages + drawn.Item2 % 64;
            double computeS = 0.5 + drawn.Item3 / 50.0, bubbleS = computeS * (stages - 1) / microbatches;
            double communicationS = drawn.Item4 / 200.0, otherS = drawn.Item5 / 500.0;
            StepParts parts = new()
            {
                ComputeS = computeS,
                BubbleS = bubbleS,
                ExposedCommunicationS = communicationS,
                OtherS = otherS,
                PipelineStages = stages,
                Microbatches = microbatches,
            };
            StepWave wave = Of(parts);
            double mean = (0.833 * computeS + 0.215 * (bubbleS + otherS) + 0.45 * communicationS) / parts.StepS;
            double integral = 0;
            for (int i = 0; i < 4000; i++) { integral += wave.AtFraction((i + 0.5) * wave.PeriodS / 4000) / 4000; }
            return Math.Abs(wave.MeanFraction - mean) < 1e-9 && Math.Abs(integral - mean) < 2e-3 && wave.LowFraction <= wave.HighFraction + 1e-12;
        }).HoldsInAnyCase();

    [Theory]
    [InlineData(4, 16)]
    [InlineData(8, 32)]
    [InlineData(8, 64)]
    public void The_spread_of_a_pipeline_is_that_of_its_schedule(int stages, int microbatches)
    {
        // One forward, one backward at a time, a backward pass of two forward passes of 20 ms each; laid out pass by pass.
        const double forwardS = 0.02, backwardS = 0.04;
        double computeS = microbatches * (forwardS + backwardS), bubbleS = (stages - 1) * (forwardS + backwardS);
        (double Begin, double End)[][] work = Schedule(stages, microbatches, forwardS, backwardS);
        work.Max(stage => stage[^1].End).ShouldBe(computeS + bubbleS, 1e-9);
        StepWave wave = Of(new StepParts
        {
            ComputeS = computeS,
            BubbleS = bubbleS,
            ExposedCommunicationS = 1,
            PipelineStages = stages,
            Microbatches = microbatches,
        });
        wave.PhaseSpreadS.ShouldBe((stages - 1) * forwardS, 1e-9);
        wave.PhaseSpreadS.ShouldBe(work.Max(stage => stage[0].Begin), 1e-9);
        wave.FallS.ShouldBe((stages - 1) * backwardS, 1e-9);
        // The plateau is the share at work between the first moment of the last stage and the end of it, waits included.
        double from = wave.PhaseSpreadS, to = computeS + bubbleS - (stages - 1) * backwardS;
        double busyS = work.Sum(stage => stage.Sum(pass => Math.Max(0, Math.Min(to, pass.End) - Math.Max(from, pass.Begin))));
        double atWork = busyS / stages / (to - from);
        wave.HighFraction.ShouldBe(0.215 + (0.833 - 0.215) * atWork, 0.002);
    }

    [Fact]
    public void A_pipeline_that_is_never_full_is_level() =>
        Of(new StepParts { ComputeS = 1, BubbleS = 7, PipelineStages = 8, Microbatches = 1 }).SwingFraction.ShouldBe(0);

    [Fact]
    public void A_cap_slows_computing_and_lowers_the_plateau()
    {
        StepWave capped = StepWave.Of(new StepParts { ComputeS = 2.1, ExposedCommunicationS = 0.9 }, States, CapCurve.H100, 400.0 / 700, 0.1);
        capped.PeriodS.ShouldBe(2.1 / 0.821 + 0.9, 1e-9);
        capped.HighFraction.ShouldBe(0.833 * 395 / 647, 1e-9);
    }

    [Fact]
    public void Smoothing_raises_the_valley_and_slows_the_edges()
    {
        StepWave bare = Of(new StepParts { ComputeS = 2.1, ExposedCommunicationS = 0.9 });
        StepWave smoothed = bare.Smoothed(new ShelfSmoothingSpec { FloorFraction = 0.6 }, 700e-6, 0);
        smoothed.LowFraction.ShouldBe(0.6 * 0.833, 1e-9);
        double swingMw = 0.4 * 0.833 * 700e-6;
        smoothed.RiseS.ShouldBe(2 * 65e-6 / swingMw, 1e-9);                       // 65 J over half of 233 W: 0.56 s
        smoothed.MeanFraction.ShouldBeGreaterThan(bare.MeanFraction);
    }

    [Fact]
    public void A_bubble_without_a_pipeline_and_one_that_no_schedule_has_are_contradictions()
    {
        new StepParts { ComputeS = 1, BubbleS = 0.1 }.Contradictions().ShouldHaveSingleItem().Property.ShouldBe("BubbleS");
        new StepParts { ComputeS = 1, BubbleS = 0.5, PipelineStages = 4, Microbatches = 16 }.Contradictions().ShouldHaveSingleItem();
        new StepParts { ComputeS = 1, BubbleS = 0.1, PipelineStages = 4, Microbatches = 16 }.Contradictions().ShouldBeEmpty();
    }

    private static StepWave Of(StepParts parts) => StepWave.Of(parts, States, CapCurve.H100, 1, 0.1 * Math.Min(1, parts.StepS));

    private static (double Begin, double End)[][] Schedule(int stages, int microbatches, double forwardS, double backwardS)
    {
        double[,] forward = new double[stages, microbatches], backward = new double[stages, microbatches];
        int[] forwards = new int[stages], backwards = new int[stages];
        double[] freeAt = new double[stages];
        List<(double, double)>[] work = [.. Enumerable.Range(0, stages).Select(_ => new List<(double, double)>())];
        for (bool moved = true; moved;)
        {
            moved = false;
            for (int s = 0; s < stages; s++)
            {
                bool warm = forwards[s] < microbatches && forwards[s] - backwards[s] < stages - s;
                int k = warm ? forwards[s] : backwards[s];
                if (k >= microbatches) { continue; }
                bool ready = warm ? s == 0 || forwards[s - 1] > k : forwards[s] > k && (s == stages - 1 || backwards[s + 1] > k);
                if (!ready) { continue; }
                double from = warm ? (s == 0 ? 0 : forward[s - 1, k]) : s == stages - 1 ? forward[s, k] : backward[s + 1, k];
                double begin = Math.Max(freeAt[s], from), end = begin + (warm ? forwardS : backwardS);
                work[s].Add((begin, end));
                freeAt[s] = end;
                if (warm) { forward[s, forwards[s]++] = end; }
                else { backward[s, backwards[s]++] = end; }
                moved = true;
            }
        }
        return [.. work.Select(passes => passes.ToArray())];
    }
}
