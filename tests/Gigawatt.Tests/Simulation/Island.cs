using Gigawatt.Compute;
using Gigawatt.Cooling;
using Gigawatt.Economics;
using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Training;
using Gigawatt.Water;

namespace Gigawatt.Tests.Simulation;

/// <summary>A small real campus for tests: ten 16.5 MW turbines, batteries, chillers and a tower, 600 racks, two jobs.</summary>
internal static class Island
{
    public static Scenario Scenario(DateOnly? end = null) => new()
    {
        Name = "island",
        Start = new DateOnly(2026, 1, 1),
        End = end ?? new DateOnly(2026, 1, 31),
        Compute = new ComputeSection
        {
            Racks =
            [
                new RackGroupSpec
                {
                    Name = "racks",
                    Count = 500,
                    Rack = new RackSpec
                    {
                        Title = "rack", NodeCount = 18, NodeGpus = 4, NodeOtherIdleMw = 0.0006, NodeOtherBusyMw = 0.0013,
                        SwitchMw = 0.010, AirHeatFixedMw = 0.008, PriceUsd = 3e6,
                        Gpu = new GpuSpec
                        {
                            Title = "gpu", Bf16TflopPerS = 2500, MemoryGb = 186, MemoryBandwidthGbPerS = 8000, NvlinkGbPerS = 900,
                            NicGbPerS = 50, TdpMw = 0.0012,
                        },
                    },
                },
            ],
            HouseLoadMw = 0.5,
        },
        Training = new TrainingSection
        {
            Jobs =
            [
                Job("big", 24_000, 10), Job("small", 8_000, 1),
            ],
        },
        Power = new PowerSection
        {
            GasTurbines =
            [
                new GeneratorGroupSpec
                {
                    Name = "turbines", Count = 10,
                    Unit = new GasTurbineSpec { RatedMw = 16.5, HeatRateRatio = 2.82, PriceUsd = 13e6 },
                },
            ],
            Batteries = [new BatteryGroupSpec { Name = "packs", Count = 16, Block = new BatterySpec { CapacityMwh = 3.9, RatedMw = 1.9 } }],
        },
        Cooling = new CoolingSection
        {
            Chillers =
            [
                new ChillerGroupSpec { Name = "chillers", Count = 40, Unit = new AirCooledChillerSpec { RatedMw = 1.68, FreeCooling = true } },
            ],
            Towers = [new TowerGroupSpec { Name = "towers", Count = 8, Unit = new CoolingTowerSpec { RatedMw = 3 } }],
        },
        Water = new WaterSection
        {
            System = new WaterSystemSpec
            {
                City = new CitySupplySpec { LimitM3PerS = 0.05, DailyCapM3 = 2000 },
                Reclaimed = new ReclaimedPlantSpec { CapacityM3PerS = 0.01 },
                TankM3 = 500,
            },
            ReclaimedOnline = new DateOnly(2026, 1, 10),
        },
        Economics = new EconomicsSpec { Operating = [new OperatingItem { Name = "staff", CostUsdPerS = 1 }] },
    };

    private static JobSpec Job(string name, int gpus, int priority) => new()
    {
        Job = new TrainingJobSpec
        {
            Name = name,
            Gpus = gpus,
            MinGpus = gpus / 2,
            Start = new DateOnly(2026, 1, 2),
            Priority = priority,
        },
    };

    public static RunResult Run(Scenario scenario, RunOptions options = default, IRecordSink? sink = null) =>
        new Simulator(scenario, options, sink ?? DeafSink.Instance).Run();
}
