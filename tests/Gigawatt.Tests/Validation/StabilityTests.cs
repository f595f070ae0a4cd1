using Gigawatt.Numerics;
using Gigawatt.Power.Stability;
using Gigawatt.Tests.Power.Stability;

namespace Gigawatt.Tests.Validation;

/// <summary>Transients against closed forms of the textbooks.</summary>
/// <remarks>
/// One machine on an infinite bus: ω = √(K_s ω₀/2H) with K_s = EV cos δ₀/X. Equal areas with no transfer during the fault:
/// δ_cr = acos[(π − 2δ₀) sin δ₀ − cos δ₀], t_cr = √(4H(δ_cr − δ₀)/(ω₀ P_m)). Source: Kundur, Power System Stability and Control, ch. 13.
/// Inverter and virtual machine: D'Arco and Suul, IEEE Trans. Smart Grid 5(1), 2014: H = T/(2 m_p), D = 1/m_p.
/// </remarks>
public sealed class StabilityTests
{
    private const double NominalRadPerS = 2 * Math.PI * 60;

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1.0 / 120)]
    public void One_machine_swings_on_an_infinite_bus_as_the_formula_says(double stepS)
    {
        // A short dip far away starts a swing of a few degrees.
        NetworkTransient run = new(SmallNetwork.OneMachine(0.5), new NetworkFaultSpec { Bus = "machine", StartS = 0.1, ClearedS = 0.1 + stepS, ArcPu = 0.5 }, stepS);
        double start = run.RotorRad(0);
        (double synchronising, _) = SmallNetwork.Synchronising(run, 0.5);
        double expectedHz = Math.Sqrt(synchronising * NominalRadPerS / (2 * 3.5)) / (2 * Math.PI);
        // Times at which the rotor passes its resting place upwards.
        List<double> passes = [];
        double before = 0;
        while (passes.Count < 6)
        {
            run.Step();
            double away = run.RotorRad(0) - start;
            if (before < 0 && away >= 0) { passes.Add(run.TimeS - stepS * away / (away - before)); }
            before = away;
        }
        double foundHz = 5 / (passes[5] - passes[0]);
        foundHz.ShouldBe(expectedHz, 0.002 * expectedHz);
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.8)]
    [InlineData(0.9)]
    public void A_machine_falls_out_of_step_at_the_clearing_time_of_equal_areas(double load)
    {
        NetworkTransient calm = new(SmallNetwork.OneMachine(load), null, 1e-3);
        (_, double start) = SmallNetwork.Synchronising(calm, load);
        double critical = Math.Acos((Math.PI - 2 * start) * Elementary.Sin(start) - Elementary.Cos(start));
        double expectedS = Math.Sqrt(4 * 3.5 * (critical - start) / (NominalRadPerS * load));
        Slips(load, expectedS * 0.995).ShouldBeFalse();
        Slips(load, expectedS * 1.005).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0.02, 0.05)]
    [InlineData(0.05, 0.1)]
    public void A_grid_forming_inverter_is_its_virtual_machine(double droop, double filterS)
    {
        // The same grid, once behind an inverter and once behind a classical machine of H = T/2m and D = 1/m.
        NetworkFaultSpec dip = new() { Bus = "machine", StartS = 0.05, ClearedS = 0.1, ArcPu = 1 };
        const double stepS = 5e-4;
        NetworkTransient inverter = new(SmallNetwork.OneInverter(droop, filterS), dip, stepS);
        NetworkTransient machine = new(SmallNetwork.OneMachine(0.5, filterS / (2 * droop), 1 / droop, 0.2), dip, stepS);
        double from = inverter.InverterRad(0);
        double machineFrom = machine.RotorRad(0);
        from.ShouldBe(machineFrom, 1e-9);
        double swing = 0;
        double worst = 0;
        for (int i = 0; i < 2000; i++)
        {
            inverter.Step();
            machine.Step();
            swing = Math.Max(swing, Math.Abs(machine.RotorRad(0) - machineFrom));
            worst = Math.Max(worst, Math.Abs(machine.RotorRad(0) - inverter.InverterRad(0)));
        }
        swing.ShouldBeGreaterThan(0.005);
        worst.ShouldBeLessThan(1e-6 * swing + 1e-9);
    }

    private static bool Slips(double load, double clearedS)
    {
        // Steps that end exactly at the clearing: 200 of them in the fault.
        double stepS = clearedS / 200;
        NetworkTransient run = new(SmallNetwork.OneMachine(load), new NetworkFaultSpec { Bus = "machine", StartS = 0, ClearedS = clearedS }, stepS);
        while (run.TimeS < 4 && !run.HasSlipped) { run.Step(); }
        return run.HasSlipped;
    }
}
