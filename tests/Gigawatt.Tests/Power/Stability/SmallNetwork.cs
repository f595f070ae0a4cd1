using Gigawatt.Numerics;
using Gigawatt.Power.Stability;
using Gigawatt.Power.Transients;

namespace Gigawatt.Tests.Power.Stability;

/// <summary>Networks small enough for closed forms, and the campus of the brief's size.</summary>
internal static class SmallNetwork
{
    private const double Stiff = 1e9;

    /// <summary>A classical machine of 100 MVA, X'd 0.3 and a line of 0.4 to an infinite bus; no load, no damping.</summary>
    public static CampusNetworkSpec OneMachine(double load, double inertiaS = 3.5, double damping = 0, double reactance = 0.3) => Infinite() with
    {
        TurbineLoadFraction = load,
        Turbines = [new() { Name = "G", Bus = "machine", Unit = new() { RatingMva = 100, RatedMw = 100, InertiaS = inertiaS, DampingPu = damping, TransientPu = reactance, IsClassical = true } }],
    };

    /// <summary>The same with a grid-forming inverter that holds its voltage.</summary>
    public static CampusNetworkSpec OneInverter(double droop, double filterS) => Infinite() with
    {
        Inverters =
        [
            new()
            {
                Name = "I", Bus = "machine", LoadFraction = 0.5,
                Unit = new()
                {
                    RatingMva = 100, DroopFraction = droop, FilterS = filterS, ReactancePu = 0.2, VoltageGainPerS = 0, CurrentLimitPu = 1000, OverloadFactor = 0, OverloadIntegralPerS = 0,
                },
            },
        ],
    };

    /// <summary>Stiffness of the machine's angle and the angle itself, from the power it carries: P = P_max sin δ.</summary>
    public static (double Synchronising, double StartRad) Synchronising(NetworkTransient run, double load)
    {
        // The grid bus is the reference of angles, so δ is the rotor's own; P_max follows from P.
        double angle = run.RotorRad(0);
        return (load * Elementary.Cos(angle) / Elementary.Sin(angle), angle);
    }

    /// <summary>Turbines, inverters and halls on two buses with a tie, as the bench times it.</summary>
    public static CampusNetworkSpec Campus(int turbines = 32, int inverters = 8, int halls = 8, bool hasUps = false) => new()
    {
        Buses = [new() { Name = "north", NominalKv = 34.5 }, new() { Name = "south", NominalKv = 34.5 }, .. Enumerable.Range(1, halls).Select(i => new NetworkBusSpec { Name = $"hall-{i}", NominalKv = 34.5 })],
        Branches =
        [
            new() { Name = "tie", From = "north", To = "south", ReactancePu = 0.02 },
            .. Enumerable.Range(1, halls).Select(i => new CampusBranchSpec { Name = $"feeder-{i}", From = i % 2 == 0 ? "north" : "south", To = $"hall-{i}", ResistancePu = 0.002, ReactancePu = 0.01 }),
        ],
        Turbines = turbines == 0 ? [] :
        [
            .. new[] { "north", "south" }.Select(bus => new NetworkMachineSpec
            {
                Name = bus, Bus = bus, Count = turbines / 2, Gast = new GastSpec { DroopPu = 0.04 },
                Unit = new() { RatingMva = 47.5, RatedMw = 38, InertiaS = 1.5, StepUpPu = 0.09 },
            }),
        ],
        Inverters = inverters == 0 ? [] :
        [
            .. new[] { "north", "south" }.Select(bus => new GridFormingGroupSpec { Name = bus, Bus = bus, Count = inverters / 2, Unit = new() { RatingMva = 60 } }),
        ],
        Halls =
        [
            .. Enumerable.Range(1, halls).Select(i => new HallLoadSpec
            {
                Name = $"hall-{i}", Bus = $"hall-{i}", LoadMw = (turbines > 0 ? turbines * 28.0 : inverters * 30.0) / halls, Ups = hasUps ? new() : null,
            }),
        ],
    };


    private static CampusNetworkSpec Infinite() => new()
    {
        Buses = [new() { Name = "machine", NominalKv = 13.8 }, new() { Name = "infinite", NominalKv = 13.8 }],
        Branches = [new() { Name = "line", From = "machine", To = "infinite", ReactancePu = 0.4 }],
        Grid = new() { Bus = "infinite", ShortCircuitMva = Stiff },
    };
}
