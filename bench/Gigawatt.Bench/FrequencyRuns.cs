using System.Diagnostics;
using Gigawatt.Power.Transients;

namespace Gigawatt.Bench;

/// <summary>Times transients on one bus in this process: dotnet run -c Release -- frequency</summary>
public static class FrequencyRuns
{
    public static void Print()
    {
        Time("32 turbines and 8 batteries, every one a row", Bus(1));
        Time("the same, one row a kind", Bus(32));
    }

    private static CampusBus Bus(int together)
    {
        GovernorSpec governor = new() { Gast = new() { DroopPu = 0.04, ValveS = 0.1, CombustorS = 0.1 } };
        int blocks = Math.Min(8, together);
        return new CampusBus(new CampusBusSpec
        {
            Machines = [.. Enumerable.Range(0, 32 / together).Select(i => new MachineGroupSpec
            {
                Name = $"turbine {i}", Count = together, RatedMw = 38, GeneratorMva = 47.5, TurbineBaseMw = 47.5, InertiaS = 1.5, CarryingMw = 28 * together, Governor = governor,
            })],
            Forming = [.. Enumerable.Range(0, 8 / blocks).Select(i => new GridFormingSpec { Name = $"battery {i}", Count = blocks, RatedMva = 60, CapacityMwh = 120 })],
            Loads = [new LoadBlockSpec { Name = "load", PowerMw = 896 }],
        });
    }

    private static void Time(string what, CampusBus bus)
    {
        const double HorizonS = 30;
        TransientWorkspace work = new();
        // A slow ramp to the end keeps it from coming to rest early.
        Disturbance[] events = [new(DisturbanceKind.LoadChange, 1, ChangeMw: -89.6), new(DisturbanceKind.LoadChange, 2, ChangeMw: 50, RampS: 28)];
        double best = double.PositiveInfinity;
        TransientOutcome outcome = default;
        for (int i = 0; i < 30; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            outcome = Transient.Simulate(bus, events, HorizonS, Transient.UsualStepS, work, null);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }
        Console.WriteLine(FormattableString.Invariant(
            $"{what,-48} {outcome.Steps,6} steps   {best * 1e3,8:0.00} ms   {HorizonS / best,10:N0} times real time"));
    }
}
