using FsCheck.Fluent;
using Gigawatt.Power;

namespace Gigawatt.Tests.Power;

/// <summary>Whatever happens to a plant, what enters the campus bus leaves it.</summary>
public sealed class DispatchBalanceTests
{
    [Fact]
    public void Energy_at_the_bus_closes_in_every_step_of_any_history() =>
        Prop.ForAll(Gen.Choose(0, 1000).ArrayOf(60).ToArbitrary(), Closes).HoldsInAnyCase();

    [Fact]
    public void A_step_allocates_nothing()
    {
        PowerPlant plant = Plant([500, 500, 500, 500, 500, 500]);
        plant.FindRunning();
        double sum = Run(plant, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sum += Run(plant, 1000 * 60);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        double.IsFinite(sum).ShouldBeTrue();
    }

    private static double Run(PowerPlant plant, double fromS)
    {
        double sum = 0;
        for (int i = 0; i < 1000; i++) { sum += Dispatch.Step(plant, 40 + i % 50, 0, 25, 100_000, fromS + i * 60, 60).ServedMw; }
        return sum;
    }

    private static PowerPlant Plant(ReadOnlySpan<int> dice)
    {
        GeneratorGroup near = new("near", SmallPlant.Unit with { RampMwPerS = 0.02 }, 0, 6);
        GeneratorGroup far = new("far", SmallPlant.Unit with { RatedMw = 16, MinStableFraction = 0.4 }, 1, 6);
        near.Resize(dice[0] / 166, dice[0] / 166);
        far.Resize(dice[1] / 166, dice[1] / 200);
        BatteryGroup packs = new("packs", SmallPlant.Block with { AuxiliaryFraction = 0.01, TargetChargeFraction = 0.9 });
        packs.Resize(dice[2] / 60);
        packs.State.StoredMwh = packs.State.Blocks * 4 * dice[3] / 1000.0;
        PowerPlant plant = new()
        {
            Generators = [near, far],
            Sites =
            [
                new PlantSite("halls"),
                new PlantSite("far") { Line = new PowerLineSpec { RatedMw = 25, LossAtRatedFraction = 0.03 }, Circuits = dice[4] / 300 },
            ],
            Batteries = [packs],
            StepUp = new TransformerSpec(),
            Dispatch = new DispatchSpec { ReserveUnits = dice[4] % 3 },
            GridFirst = dice[5] % 2 == 0,
        };
        plant.GridLimitMw = dice[5] / 20.0;
        return plant;
    }

    private static bool Closes(int[] dice)
    {
        PowerPlant plant = Plant(dice);
        if (dice[0] % 2 == 0) { plant.FindRunning(); }
        double nowS = 0;
        for (int i = 6; i + 5 < dice.Length; i += 6)
        {
            double stepS = dice[i] < 300 ? 60 : 1 + dice[i] * 3.5;
            double before = plant.Batteries[0].State.StoredMwh;
            Upset(plant, dice[i + 1], dice[i + 2]);
            double demandMw = dice[i + 3] / 5.0;
            PowerStep step = Dispatch.Step(plant, demandMw, dice[i + 4] / 5.0, dice[i + 5] / 15.0 - 20, 100_000, nowS, stepS);
            nowS += stepS;

            double inMw = step.GenerationMw + step.GridMw + step.DischargeMw;
            double outMw = step.ServedMw + step.AuxiliaryMw + step.ChargeMw + step.StepUpLossMw + step.LineLossMw + step.DumpedMw;
            Near(inMw, outMw, demandMw).ShouldBeTrue($"{inMw} in, {outMw} out: {step}");
            double storedMw = (step.StoredMwh - before) * 3600 / stepS;
            Near(step.ChargeMw - step.DischargeMw - step.BatteryLossMw, storedMw, demandMw + Math.Abs(storedMw)).ShouldBeTrue($"stored {storedMw} MW: {step}");
            step.ServedMw.ShouldBeInRange(0, demandMw);
            step.FuelMw.ShouldBeGreaterThanOrEqualTo(step.GenerationMw);
            step.GridMw.ShouldBeInRange(0, plant.GridLimitMw * (1 + 1e-12));
            step.StoredMwh.ShouldBeInRange(0, plant.Batteries[0].State.Blocks * 4 * (1 + 1e-12));
            foreach (double part in new[] { step.DischargeMw, step.ChargeMw, step.BatteryLossMw, step.StepUpLossMw, step.LineLossMw, step.DumpedMw })
            {
                part.ShouldBeGreaterThanOrEqualTo(0, step.ToString());
            }
        }
        return true;
    }

    private static bool Near(double a, double b, double scale) => Math.Abs(a - b) <= 1e-12 * Math.Max(100, scale);

    private static void Upset(PowerPlant plant, int what, int which)
    {
        GeneratorGroup group = plant.Generators[which % 2];
        switch (what % 5)
        {
            case 0: group.Fail(which % 6); break;
            case 1: group.Repair(which % 6); break;
            case 2: group.Resize(Math.Max(0, group.Installed - 1), which % 7); break;
            case 3: plant.Sites[1].Circuits = which % 4; break;
            default: break;
        }
    }
}
