using Gigawatt.Compute;
using Gigawatt.Cooling;
using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Linting;
using Gigawatt.Training;

namespace Gigawatt.Tests.Scenarios.Linting;

/// <summary>A sound campus of 100 racks: 7,200 GPUs and 13.2 MW. Each test spoils one thing.</summary>
internal static class SmallCampus
{
    /// <summary>18 × (4 × 1.2 + 1.6) kW / 0.98 + 11 kW of switches = 128.6 kW; / 0.975 = 131.8 kW.</summary>
    public static RackSpec Nvl72 { get; } = new()
    {
        Title = "NVL72",
        Gpu = new GpuSpec
        {
            Title = "GB200",
            Bf16TflopPerS = 2500,
            MemoryGb = 186,
            MemoryBandwidthGbPerS = 8000,
            NvlinkGbPerS = 900,
            NicGbPerS = 50,
            TdpMw = 0.0012,
        },
        NodeCount = 18,
        NodeGpus = 4,
        NodeOtherIdleMw = 0.0006,
        NodeOtherBusyMw = 0.0016,
        SwitchMw = 0.011,
    };

    public static RackGroupSpec Racks { get; } = new() { Name = "hall", Rack = Nvl72, Count = 100 };

    public static GeneratorGroupSpec Turbines { get; } = new()
    {
        Name = "turbines",
        Unit = new GasTurbineSpec { RatedMw = 5, HeatRateRatio = 2.8 },
        Count = 5,
    };

    public static BatteryGroupSpec Batteries { get; } = new()
    {
        Name = "yard",
        Block = new BatterySpec { CapacityMwh = 3.9, RatedMw = 1.9 },
        Count = 10,
    };

    public static ChillerGroupSpec Chillers { get; } = new()
    {
        Name = "chillers",
        Unit = new AirCooledChillerSpec { RatedMw = 1.68, RatedAmbientC = 35 },
        Count = 12,
    };

    public static TrainingJobSpec Job { get; } = new() { Name = "run", Start = new DateOnly(2026, 1, 1), Gpus = 7000 };

    public static Scenario Sound { get; } = new()
    {
        Name = "small campus",
        Start = new DateOnly(2026, 1, 1),
        End = new DateOnly(2026, 12, 31),
        Compute = new ComputeSection { Racks = [Racks] },
        Training = new TrainingSection { Jobs = [new JobSpec { Job = Job }] },
        Cooling = new CoolingSection { Chillers = [Chillers] },
        Power = new PowerSection { GasTurbines = [Turbines], Batteries = [Batteries] },
    };

    public static Scenario With(params ClaimSpec[] claims) => Sound with { Claims = claims };

    public static IReadOnlyList<Lint> Check(Scenario scenario, params LintFact[] facts) => Lints.Check(scenario, facts);

    /// <summary>The one finding of a code.</summary>
    public static Lint Only(this IReadOnlyList<Lint> lints, string code) =>
        lints.Where(l => l.Code == code).ShouldHaveSingleItem($"of: {string.Join("\n", lints)}");

    public static void ShouldLack(this IReadOnlyList<Lint> lints, string code) =>
        lints.Where(l => l.Code == code).ShouldBeEmpty();
}
