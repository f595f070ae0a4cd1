using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>A battery block with its inverter. One spec may describe many identical blocks.</summary>
/// <remarks>
/// Losses are one efficiency each way and a standing load of auxiliaries taken from the bus while in service.
/// Not modelled: ageing, power taper near full and empty, temperature, reactive power.
/// </remarks>
[Catalog("batteries")]
public sealed record BatterySpec : ISelfChecking
{
    /// <summary>What the manufacturer calls it.</summary>
    public string Title { get; init; } = "";

    /// <summary>Energy between empty and full, measured at the cells.</summary>
    public required double CapacityMwh { get; init => field = Check.Positive(value); }

    /// <summary>Highest power at the terminals, either way.</summary>
    public required double RatedMw { get; init => field = Check.Positive(value); }

    /// <summary>Energy kept on one way through inverter and cells; the round trip keeps its square.</summary>
    [Default(Grade.B, "round trip 92 % (Tesla Megapack 2 XL, 2 h): √0.92")]
    public double OneWayEfficiencyFraction { get; init => field = Check.PositiveFraction(value); } = 0.9591663046625439;

    /// <summary>Standing load of cooling and controls as a share of rated power.</summary>
    [Default(Grade.E, "assumption: 1 % of rated power (1–2 % in the trade)")]
    public double AuxiliaryFraction { get; init => field = Check.Within(value, 0, 0.2); } = 0.01;

    /// <summary>State of charge that dispatch aims for when nothing happens, leaving room to absorb a load drop.</summary>
    [Default(Grade.E, "assumption: 90 %, so that a crashed job's power can be absorbed")]
    public double TargetChargeFraction { get; init => field = Check.Fraction(value); } = 0.9;

    /// <summary>State of charge below which the battery no longer counts as reserve.</summary>
    [Default(Grade.B, "minimum state of charge 20 % (REopt default)")]
    public double ReserveChargeFraction { get; init => field = Check.Fraction(value); } = 0.2;

    /// <summary>Mean time in service between forced outages of one block.</summary>
    [Default(Grade.D, "availability 97 % (REopt) with a repair of 72 h: 72 h × 0.97 / 0.03")]
    public double MeanTimeToFailureS { get; init => field = Check.Positive(value); } = 72 * 3600.0 * 0.97 / 0.03;

    /// <summary>Mean time to repair one block.</summary>
    [Default(Grade.E, "assumption: 72 h")]
    public double MeanRepairS { get; init => field = Check.Positive(value); } = 72 * 3600.0;

    /// <summary>Price of one block delivered; absent when not known.</summary>
    public double? PriceUsd { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (ReserveChargeFraction >= TargetChargeFraction)
        {
            yield return new(nameof(ReserveChargeFraction), "less than the target charge",
                FormattableString.Invariant($"{ReserveChargeFraction * 100:0.#} % with a target of {TargetChargeFraction * 100:0.#} %"));
        }
    }
}

/// <summary>What a group of identical battery blocks remembers between steps.</summary>
public struct BatteryState
{
    /// <summary>Blocks in service and not failed.</summary>
    public int Blocks;

    /// <summary>Energy in the cells of those blocks together.</summary>
    public double StoredMwh;
}

/// <summary>The battery's equations, for a group of identical blocks.</summary>
public static class Battery
{
    /// <summary>Highest power the group can deliver for a whole step.</summary>
    public static double DischargeLimitMw(BatterySpec spec, in BatteryState state, double stepS) =>
        Math.Min(state.Blocks * spec.RatedMw, state.StoredMwh * spec.OneWayEfficiencyFraction * 3600 / stepS);

    /// <summary>Highest power the group can take for a whole step.</summary>
    public static double ChargeLimitMw(BatterySpec spec, in BatteryState state, double stepS)
    {
        double roomMwh = Math.Max(0, state.Blocks * spec.CapacityMwh - state.StoredMwh);
        return Math.Min(state.Blocks * spec.RatedMw, roomMwh / spec.OneWayEfficiencyFraction * 3600 / stepS);
    }

    /// <summary>Delivers up to <paramref name="askedMw"/> for one step; returns what reached the terminals.</summary>
    public static double Discharge(BatterySpec spec, ref BatteryState state, double askedMw, double stepS)
    {
        double deliveredMw = Math.Min(askedMw, DischargeLimitMw(spec, state, stepS));
        state.StoredMwh = Math.Max(0, state.StoredMwh - deliveredMw / spec.OneWayEfficiencyFraction * stepS / 3600);
        return deliveredMw;
    }

    /// <summary>Takes up to <paramref name="offeredMw"/> for one step; returns what was taken at the terminals.</summary>
    public static double Charge(BatterySpec spec, ref BatteryState state, double offeredMw, double stepS)
    {
        double takenMw = Math.Min(offeredMw, ChargeLimitMw(spec, state, stepS));
        state.StoredMwh += takenMw * spec.OneWayEfficiencyFraction * stepS / 3600;
        return takenMw;
    }
}
