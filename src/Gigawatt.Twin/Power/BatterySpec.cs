using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>A battery block with its inverter. One spec may describe many identical blocks.</summary>
/// <remarks>
/// Energy: E⁺ = E + (η_c P_c − P_d/η_d − P_sb) Δt, the round trip being η_c η_d. Auxiliaries (cooling, controls) are a load of the bus and apart
/// from it. Power falls near full and empty where a taper says so; wear lowers the capacity unless the maker holds it.
/// Not modelled: voltage and temperature of cells, so power does not depend on them; state of charge that differs between blocks.
/// </remarks>
[Catalog("batteries")]
public sealed record BatterySpec : ISelfChecking
{
    /// <summary>What the manufacturer calls it.</summary>
    public string Title { get; init; } = "";

    /// <summary>Energy between empty and full, measured at the cells of a new block.</summary>
    public required double CapacityMwh { get; init => field = Check.Positive(value); }

    /// <summary>Highest power at the terminals, either way.</summary>
    public required double RatedMw { get; init => field = Check.Positive(value); }

    /// <summary>Energy kept on one way through inverter and cells; the round trip keeps its square.</summary>
    [Default(Grade.B, "round trip 92 % (Tesla Megapack 2 XL, 2 h): √0.92")]
    public double OneWayEfficiencyFraction { get; init => field = Check.PositiveFraction(value); } = 0.9591663046625439;

    /// <summary>Energy kept on the way in, when it differs from the way out.</summary>
    public double? ChargeEfficiencyFraction { get; init => field = value is { } kept ? Check.PositiveFraction(kept) : null; }

    /// <summary>Energy kept on the way out, when it differs from the way in.</summary>
    public double? DischargeEfficiencyFraction { get; init => field = value is { } kept ? Check.PositiveFraction(kept) : null; }

    /// <summary>Power that can be taken at a state of charge, as a share of rated power; straight between the points.</summary>
    public Curve? ChargeTaperFraction { get; init; }

    /// <summary>Power that can be given at a state of charge, as a share of rated power; straight between the points.</summary>
    public Curve? DischargeTaperFraction { get; init; }

    /// <summary>Power that electronics draw from the cells of a block in service, as a share of rated power.</summary>
    [Default(Grade.E, "assumption: none beside auxiliaries; the round trip was measured with it")]
    public double StandbyFraction { get; init => field = Check.Within(value, 0, 0.2); }

    /// <summary>Share of the stored energy that cells lose by themselves in a second.</summary>
    [Default(Grade.E, "assumption: none; 1 to 3 % a month in the trade, within the error of the round trip")]
    public double SelfDischargePerS { get; init => field = Check.Within(value, 0, 1e-4); }

    /// <summary>Standing load of cooling and controls as a share of rated power, in mild air.</summary>
    [Default(Grade.E, "assumption: 1 % of rated power (1–2 % in the trade)")]
    public double AuxiliaryFraction { get; init => field = Check.Within(value, 0, 0.2); } = 0.01;

    /// <summary>Extra auxiliary load for each kelvin that the air is outside the mild range, as a share of rated power.</summary>
    [Default(Grade.E, "assumption: none; no maker publishes it")]
    public double AuxiliaryRiseFractionPerK { get; init => field = Check.Within(value, 0, 0.01); }

    /// <summary>Air below which cells are heated.</summary>
    [Default(Grade.E, "assumption: 10 °C")]
    public double HeatedBelowC { get; init => field = Check.Within(value, -60, 60); } = 10;

    /// <summary>Air above which cooling works harder.</summary>
    [Default(Grade.E, "assumption: 25 °C")]
    public double CooledAboveC { get; init => field = Check.Within(value, -60, 60); } = 25;

    /// <summary>Apparent power of the inverter of a block; its rated power when absent.</summary>
    public double? ApparentMva { get; init => field = value is { } power ? Check.Positive(power) : null; }

    /// <summary>Apparent power that the inverter gives for a short time, over what it gives for good.</summary>
    [Default(Grade.E, "assumption: 1.2 of the rating, typical of offers of grid-forming inverters")]
    public double OverloadFactor { get; init => field = Check.Within(value, 1, 3); } = 1.2;

    /// <summary>How long it gives that.</summary>
    [Default(Grade.E, "assumption: 10 s, typical of offers of grid-forming inverters")]
    public double OverloadLastsS { get; init => field = Check.NotNegative(value); } = 10;

    /// <summary>State of charge that dispatch aims for when nothing happens, leaving room to absorb a load drop.</summary>
    [Default(Grade.E, "assumption: 90 %, so that a crashed job's power can be absorbed")]
    public double TargetChargeFraction { get; init => field = Check.Fraction(value); } = 0.9;

    /// <summary>State of charge below which the battery no longer counts as reserve.</summary>
    [Default(Grade.B, "minimum state of charge 20 % (REopt default)")]
    public double ReserveChargeFraction { get; init => field = Check.Fraction(value); } = 0.2;

    /// <summary>What the battery stands ready for, and the charge set aside for each; without roles all of it is reserve.</summary>
    public IReadOnlyList<BatteryRoleSpec> Roles { get; init; } = [];

    /// <summary>How cells wear.</summary>
    public BatteryWearSpec Wear { get; init; } = new();

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
        if (ApparentMva < RatedMw)
        {
            yield return new(nameof(ApparentMva), "at least the rated power",
                FormattableString.Invariant($"{ApparentMva:0.###} MVA for {RatedMw:0.###} MW"));
        }
        if (HeatedBelowC > CooledAboveC)
        {
            yield return new(nameof(HeatedBelowC), "at most the temperature above which it is cooled",
                FormattableString.Invariant($"{HeatedBelowC:0.#} °C and {CooledAboveC:0.#} °C"));
        }
        foreach ((string name, Curve? taper) in new[] { (nameof(ChargeTaperFraction), ChargeTaperFraction), (nameof(DischargeTaperFraction), DischargeTaperFraction) })
        {
            for (int percent = 0; taper is not null && percent <= 100; percent++)
            {
                double power = taper.At(percent / 100.0);
                if (power is >= 0 and <= 1) { continue; }
                yield return new(name, "0 % to 100 % of rated power", FormattableString.Invariant($"{power * 100:0.#} % at a charge of {percent} %"));
                break;
            }
        }
        if (ReserveChargeFraction < TargetChargeFraction)
        {
            foreach (Contradiction contradiction in BatteryRoles.Contradictions(this)) { yield return contradiction; }
        }
    }
}
