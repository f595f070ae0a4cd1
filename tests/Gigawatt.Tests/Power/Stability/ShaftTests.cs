using FsCheck.Fluent;
using Gigawatt.Numerics;
using Gigawatt.Power.Stability;
using Gigawatt.Tests.Validation;

namespace Gigawatt.Tests.Power.Stability;

public sealed class ShaftTests
{
    private static readonly ShaftModes Modes = Shaft.Modes(TorsionTests.Benchmark);

    [Fact]
    public void Modes_are_orthogonal_over_the_inertias()
    {
        double nominal = 2 * Math.PI * 60;
        for (int r = 0; r < Modes.Modes.Count; r++)
        {
            for (int s = 0; s < Modes.Modes.Count; s++)
            {
                double sum = TorsionTests.Benchmark.Masses.Select((mass, i) => 2 * mass.InertiaS / nominal * Modes.Modes[r].NormalFactor[i] * Modes.Modes[s].NormalFactor[i]).Sum();
                sum.ShouldBe(r == s ? 1 : 0, 1e-9);
            }
        }
    }

    [Fact]
    public void A_slow_torque_is_shared_by_inertia()
    {
        // All that accelerates the exciter passes its coupling: H_exc over the sum of H, 0.0342165 / 2.8940335.
        double whole = TorsionTests.Benchmark.Masses.Sum(mass => mass.InertiaS);
        Shaft.Swing(Modes, 1e-4, 1)[4].AmplificationFactor.ShouldBe(0.0342165 / whole, 1e-6);
        Shaft.Swing(Modes, 1e-4, 1)[3].AmplificationFactor.ShouldBe((0.092897 + 0.155589 + 0.858670 + 0.884215) / whole, 1e-6);
    }

    [Fact]
    public void At_resonance_the_torque_is_that_of_the_mode_over_twice_its_damping()
    {
        ShaftMode mode = Modes.Modes[0];
        double natural = 2 * Math.PI * mode.NaturalHz;
        double expected = 34.929 * Math.Abs((mode.NormalFactor[1] - mode.NormalFactor[2]) * mode.NormalFactor[4]) / (2 * mode.DecayPerS * natural);
        Shaft.Swing(Modes, mode.NaturalHz, 1)[1].AmplificationFactor.ShouldBe(expected, 0.01 * expected);
    }

    [Fact]
    public void In_time_the_torque_grows_to_its_steady_swing()
    {
        ShaftSpec damped = TorsionTests.Benchmark with { DecaysPerS = [2, 2, 2, 2, 2] };
        ShaftModes shaft = Shaft.Modes(damped);
        ShaftTransient run = new(shaft, 1e-4);
        double radPerS = 2 * Math.PI * 15;
        double[] last = new double[5];
        for (int i = 0; i < 60_000; i++)
        {
            run.Step(0.1 * Elementary.Sin(radPerS * (i + 0.5) * 1e-4));
            if (i < 50_000) { continue; }
            for (int k = 0; k < 5; k++) { last[k] = Math.Max(last[k], Math.Abs(run.TorquePu[k])); }
        }
        CouplingSwing[] steady = Shaft.Swing(shaft, 15, 0.1);
        for (int k = 0; k < 5; k++) { last[k].ShouldBe(steady[k].TorquePu, 0.003 * steady[k].TorquePu); }
    }

    [Fact]
    public void Twice_the_torque_costs_256_times_the_life_on_the_assumed_line()
    {
        ShaftFatigueSpec line = new();
        ShaftFatigue.CyclesFactor(line, 0.3).ShouldBe(double.PositiveInfinity);
        ShaftFatigue.CyclesFactor(line, 0.6).ShouldBe(1e7 / 256, 1e-6);
        // 1 Hz for 39,062.5 s is the whole life at twice the endurance.
        ShaftFatigue.SpentFraction(line, 0.6, 1, 39_062.5).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void A_mass_that_hangs_on_nothing_is_refused_by_name()
    {
        CaseException wrong = Should.Throw<CaseException>(() => Shaft.Modes(TorsionTests.Benchmark with { Couplings = [.. TorsionTests.Benchmark.Couplings.Take(4)] }));
        wrong.Problems.ShouldHaveSingleItem().Path.ShouldBe("masses[5].name");
        wrong.Problems[0].Expected.ShouldContain("'EXC'");
    }

    [Fact]
    public void Stiffer_shafts_swing_faster() => Prop.ForAll(Gen.Choose(1, 400).Select(i => i / 20.0).ToArbitrary(), factor =>
    {
        ShaftSpec stiffer = TorsionTests.Benchmark with { Couplings = [.. TorsionTests.Benchmark.Couplings.Select(one => one with { StiffnessPuPerRad = one.StiffnessPuPerRad * factor })] };
        return Shaft.Modes(stiffer).Modes.Zip(Modes.Modes).All(pair => Math.Abs(pair.First.NaturalHz / pair.Second.NaturalHz - Math.Sqrt(factor)) < 1e-9 * Math.Sqrt(factor));
    }).HoldsInAnyCase();

    [Theory]
    [InlineData(0, 1, Math.PI / 2)]
    [InlineData(-1, 0, Math.PI)]
    [InlineData(-1, -1, -3 * Math.PI / 4)]
    [InlineData(3, 4, 0.9272952180016122)]
    [InlineData(1, -0.3, -0.2914567944778671)]
    public void The_angle_of_a_point_is_that_of_the_library(double x, double y, double expected) => Elementary.Atan2(y, x).ShouldBe(expected, 5e-16);

    [Fact]
    public void Angles_agree_with_the_library_all_around() => Prop.ForAll(Gen.Choose(-1000, 1000).ToArbitrary(), Gen.Choose(-1000, 1000).ToArbitrary(),
        (x, y) => Math.Abs(Elementary.Atan2(y, x) - Math.Atan2(y, x)) < 1e-15).HoldsInAnyCase(500);
}
