using System.Diagnostics;
using Gigawatt.Power.Stability;
using Gigawatt.Power.Transients;

namespace Gigawatt.Bench;

/// <summary>Times the network transient of 32 turbines and 8 grid-forming inverters over 30 s: dotnet run -c Release -- stability</summary>
public static class StabilityRuns
{
    private const double LengthS = 30;
    private const double StepS = 1.0 / 120;

    public static void Print()
    {
        (string Name, CampusNetworkSpec Spec)[] cases =
        [
            ("two groups of 16 and two of 4", Grouped(Campus(false))), ("40 sources on two buses", Campus(false)), ("40 sources, a bus for each turbine", Campus(true)),
        ];
        foreach ((string name, CampusNetworkSpec spec) in cases)
        {
            NetworkFaultSpec fault = new() { Branch = "feeder-8", StartS = 1, ClearedS = 1.1 };
            for (int round = 0; round < 12; round++)
            {
                Stopwatch watch = Stopwatch.StartNew();
                NetworkTransient run = new(spec, fault, StepS);
                double startMs = watch.Elapsed.TotalMilliseconds;
                watch.Restart();
                int steps = 0;
                for (; run.TimeS < LengthS - StepS / 2; steps++) { run.Step(); }
                double runS = watch.Elapsed.TotalSeconds;
                Console.WriteLine(FormattableString.Invariant(
                    $"{name,-36} {run.BusCount,3} buses   start {startMs,6:0.0} ms   30 s in {runS * 1000,6:0.0} ms   {LengthS / runS,6:0} x real time   {runS / steps * 1e6,5:0.0} us/step   cut {run.Cut}, {run.MostSubstitutions} substitutions at most, {run.FrequencyHz:0.000} Hz"));
            }
        }
    }

    private static CampusNetworkSpec Grouped(CampusNetworkSpec spec) => spec with
    {
        Turbines = [.. spec.Turbines.GroupBy(one => one.Bus).Select(group => group.First() with { Count = group.Count() })],
        Inverters = [.. spec.Inverters.GroupBy(one => one.Bus).Select(group => group.First() with { Count = group.Count() })],
    };

    private static CampusNetworkSpec Campus(bool ownBuses)
    {
        List<NetworkBusSpec> buses = [new() { Name = "north", NominalKv = 34.5 }, new() { Name = "south", NominalKv = 34.5 }];
        List<CampusBranchSpec> branches = [new() { Name = "tie", From = "north", To = "south", ReactancePu = 0.02 }];
        List<HallLoadSpec> halls = [];
        List<NetworkMachineSpec> turbines = [];
        List<GridFormingGroupSpec> inverters = [];
        for (int i = 1; i <= 8; i++)
        {
            buses.Add(new() { Name = $"hall-{i}", NominalKv = 34.5 });
            branches.Add(new() { Name = $"feeder-{i}", From = i % 2 == 0 ? "north" : "south", To = $"hall-{i}", ResistancePu = 0.002, ReactancePu = 0.01 });
            halls.Add(new() { Name = $"hall-{i}", Bus = $"hall-{i}", LoadMw = 112, Supplies = new() { HoldUpS = 1 } });
        }
        for (int i = 0; i < 32; i++)
        {
            string at = i % 2 == 0 ? "north" : "south";
            string bus = ownBuses ? $"gt-{i}" : at;
            if (ownBuses)
            {
                buses.Add(new() { Name = bus, NominalKv = 13.8 });
                branches.Add(new() { Name = $"gsu-{i}", From = bus, To = at, ReactancePu = 0.09, RatingMva = 47.5 });
            }
            turbines.Add(new() { Name = $"GT-{i}", Bus = bus, Gast = new GastSpec { DroopPu = 0.04 }, Unit = new() { RatingMva = 47.5, RatedMw = 38, StepUpPu = ownBuses ? 0 : 0.09 } });
        }
        for (int i = 0; i < 8; i++) { inverters.Add(new() { Name = $"BESS-{i}", Bus = i % 2 == 0 ? "north" : "south", Unit = new() { RatingMva = 60 } }); }
        return new() { Buses = buses, Branches = branches, Turbines = turbines, Inverters = inverters, Halls = halls };
    }
}
