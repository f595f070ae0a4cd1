using Gigawatt.Numerics;

namespace Gigawatt.Compute;

/// <summary>A rack of accelerator nodes with its switches, board converters and power shelf.</summary>
/// <remarks>
/// Power runs from the chips outwards: chips of a node, plus the loss of the node's board converter
/// (in = (out + fixed) / efficiency), plus the rack's switches, plus the loss of the power shelf (same form). A node's
/// chips are GPUs at a share of TDP and the rest (CPU, memory, adapters, fans) between an idle and a busy power, so a
/// rack is linear in both. Form and Frontier's numbers: ExaDigiT RAPS, config/frontier.yaml (ORNL, 2026).
/// Heat to room air is a fixed part (fans, optics, shelves) plus a share of the power; the rest goes to the liquid.
/// Not modelled: converter efficiency that varies with load, power factor, start-up, fan speed by inlet temperature.
/// </remarks>
[Catalog("racks")]
public sealed record RackSpec : ISelfChecking
{
    private const double NameplateTolerance = 0.02;

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>The accelerators in it.</summary>
    public required GpuSpec Gpu { get; init; }

    /// <summary>Compute nodes (trays, servers) in the rack.</summary>
    public required int NodeCount { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Accelerator packages in one node: what a node failure takes away.</summary>
    public required int NodeGpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Power of one node's CPUs, memory, adapters, storage and fans without a job.</summary>
    public required double NodeOtherIdleMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Power of one node's CPUs, memory, adapters, storage and fans in full work.</summary>
    public required double NodeOtherBusyMw { get; init => field = Check.NotNegative(value); }

    /// <summary>How busy the nodes' other parts are in steady training, 0 idle to 1 full: training leaves CPUs and fans far from their rating.</summary>
    [Default(Grade.D, "MLPerf Training v4.0 power log of Dell, 8 x H100 in air: 7.2 kW mean where the datasheet says 10.2 kW")]
    public double TrainingActivityFraction { get; init => field = Check.Fraction(value); } = 0.25;

    /// <summary>Load-independent loss of one node's board converter, at its output.</summary>
    [Default(Grade.E, "assumption: losses of the board converter are proportional to load")]
    public double BoardLossFixedMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Output over input of one node's board converter, besides its fixed loss.</summary>
    [Default(Grade.A, "ExaDigiT RAPS frontier.yaml (ORNL, 2026): 48 V bridge of one node, (out + 13 W) / 0.98")]
    public double BoardEfficiencyFraction { get; init => field = Check.PositiveFraction(value); } = 0.98;

    /// <summary>Power of the switches inside the rack (scale-up network, top-of-rack), all together.</summary>
    [Default(Grade.E, "assumption: no switch in the rack; the scale-out network counts its own power")]
    public double SwitchMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Load-independent loss of the rack's power shelves, at their output.</summary>
    [Default(Grade.E, "assumption: losses of the power shelf are proportional to load")]
    public double ShelfLossFixedMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Output over input of the rack's power shelves (rectifiers), besides their fixed loss.</summary>
    [Default(Grade.E, "assumption: 97.5 % for rectifiers of the titanium class at half load")]
    public double ShelfEfficiencyFraction { get; init => field = Check.PositiveFraction(value); } = 0.975;

    /// <summary>Rated power of the datasheet. The parts must add up to it within 2 %.</summary>
    public double? NameplateMw { get; init => field = value is { } rated ? Check.Positive(rated) : null; }

    /// <summary>Heat to room air that does not depend on load.</summary>
    [Default(Grade.E, "assumption: no constant part")]
    public double AirHeatFixedMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Share of the rack's power that heats room air on top of the fixed part; 100 % in air-cooled racks.</summary>
    [Default(Grade.E, "assumption: 7 % for cold-plate racks; with 8 kW fixed this gives 17 kW of 132 kW in an NVL72")]
    public double AirHeatFraction { get; init => field = Check.Fraction(value); } = 0.07;

    /// <summary>Gross floor that one rack takes, with aisles, columns and its share of electrical rooms.</summary>
    [Default(Grade.C, "30-50 ft2 per rack, datacentres.com (2025); the middle")]
    public double FootprintM2 { get; init => field = Check.Positive(value); } = 3.7;

    /// <summary>Mass of the rack as it stands.</summary>
    public double? MassKg { get; init => field = value is { } mass ? Check.Positive(mass) : null; }

    /// <summary>Price of the whole rack.</summary>
    public double? PriceUsd { get; init => field = value is { } price ? Check.NotNegative(price) : null; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (NodeOtherBusyMw < NodeOtherIdleMw)
        {
            yield return new Contradiction(
                nameof(NodeOtherBusyMw), "at least the idle power of the same parts",
                FormattableString.Invariant($"{NodeOtherBusyMw * 1e6:0} W, below {NodeOtherIdleMw * 1e6:0} W idle"));
        }
        if (NameplateMw is not { } nameplateMw) { yield break; }
        double fullMw = Rack.FullMw(this);
        if (Math.Abs(fullMw / nameplateMw - 1) > NameplateTolerance)
        {
            yield return new Contradiction(
                nameof(NameplateMw), FormattableString.Invariant($"within 2 % of what the parts add up to, {fullMw * 1e3:0.0} kW"),
                FormattableString.Invariant($"{nameplateMw * 1e3:0.0} kW"));
        }
    }
}

/// <summary>Where the power of one rack goes, electrically and as heat.</summary>
/// <param name="ChipsMw">GPUs, CPUs, memory, adapters and fans of all nodes.</param>
/// <param name="BoardLossMw">Lost in the nodes' board converters.</param>
/// <param name="SwitchMw">Switches in the rack.</param>
/// <param name="ShelfLossMw">Lost in the power shelves.</param>
/// <param name="TotalMw">Drawn from the hall's feed: the sum of the four.</param>
/// <param name="LiquidHeatMw">Heat to the rack's liquid.</param>
/// <param name="AirHeatMw">Heat to the room's air; with the liquid's it adds up to the total.</param>
public readonly record struct RackPower(
    double ChipsMw, double BoardLossMw, double SwitchMw, double ShelfLossMw, double TotalMw,
    double LiquidHeatMw, double AirHeatMw);

/// <summary>The equations of one rack.</summary>
public static class Rack
{
    /// <summary>Accelerator packages in one rack.</summary>
    public static int Gpus(RackSpec spec) => spec.NodeCount * spec.NodeGpus;

    /// <summary>Power of one rack whose GPUs run at a mean share of TDP and whose nodes are busy to a share of 0 to 1.</summary>
    public static RackPower Power(RackSpec spec, double gpuShareOfTdp, double activityFraction)
    {
        double otherMw = spec.NodeOtherIdleMw + (spec.NodeOtherBusyMw - spec.NodeOtherIdleMw) * activityFraction;
        double chipsMw = spec.NodeCount * (spec.NodeGpus * spec.Gpu.TdpMw * gpuShareOfTdp + otherMw);
        double boardMw = (chipsMw + spec.NodeCount * spec.BoardLossFixedMw) / spec.BoardEfficiencyFraction;
        double shelfOutMw = boardMw + spec.SwitchMw;
        double totalMw = (shelfOutMw + spec.ShelfLossFixedMw) / spec.ShelfEfficiencyFraction;
        double airMw = Math.Min(totalMw, spec.AirHeatFixedMw + spec.AirHeatFraction * totalMw);
        return new RackPower(
            chipsMw, boardMw - chipsMw, spec.SwitchMw, totalMw - shelfOutMw, totalMw, totalMw - airMw, airMw);
    }

    /// <summary>Power with every GPU at TDP and every node in full work: what the feed must carry.</summary>
    public static double FullMw(RackSpec spec) => Power(spec, 1, 1).TotalMw;

    /// <summary>Power in steady training: GPUs at their busy share, the rest as busy as training makes it.</summary>
    public static double TrainingMw(RackSpec spec) =>
        Power(spec, spec.Gpu.BusyFraction, spec.TrainingActivityFraction).TotalMw;

    /// <summary>Power switched on without a job.</summary>
    public static double IdleMw(RackSpec spec) => Power(spec, spec.Gpu.IdleFraction, 0).TotalMw;
}
