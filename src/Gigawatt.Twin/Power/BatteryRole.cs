using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>What a battery stands ready for.</summary>
public enum BatteryRole
{
    /// <summary>Carries the load from the loss of a unit until another has started.</summary>
    Bridge,

    /// <summary>Stands in for spinning reserve, so that fewer units run.</summary>
    SpinningReserve,

    /// <summary>Takes the swings of training iterations, faster than any unit follows.</summary>
    Smoothing,

    /// <summary>Discharges above a chosen power of the bus, so that grid and units see less.</summary>
    PeakShaving,
}

/// <summary>A role of a battery and the part of its charge that is set aside for it.</summary>
/// <remarks>
/// From empty to full lie: the charge that no role may use, what each role holds, up to the target charge, and above it the room that roles
/// keep free to absorb. Each role has its own part, so that no two promise the same energy.
/// </remarks>
public sealed record BatteryRoleSpec : ISelfChecking
{
    /// <summary>The role.</summary>
    public required BatteryRole Role { get; init; }

    /// <summary>Charge kept for the role, below the target charge.</summary>
    [Default(Grade.E, "assumption: nothing unless the operator sets it aside")]
    public double HoldFraction { get; init => field = Check.Fraction(value); }

    /// <summary>Room kept free for the role, above the target charge.</summary>
    [Default(Grade.E, "assumption: nothing unless the operator sets it aside")]
    public double RoomFraction { get; init => field = Check.Fraction(value); }

    /// <summary>Power of the bus above which peaks are shaved.</summary>
    public double? AboveMw { get; init => field = value is { } power ? Check.Positive(power) : null; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Role == BatteryRole.PeakShaving && AboveMw is null)
        {
            yield return new(nameof(AboveMw), "the power of the bus above which peaks are shaved, such as '900 MW'", "nothing");
        }
        if (Role != BatteryRole.PeakShaving && AboveMw is not null)
        {
            yield return new(nameof(AboveMw), "it only with the role peak_shaving", "it with another role");
        }
    }
}

/// <summary>How the charge of a battery is divided among its roles.</summary>
public static class BatteryRoles
{
    /// <summary>What does not fit: more set aside than there is between reserve charge, target charge and full.</summary>
    public static IEnumerable<Contradiction> Contradictions(BatterySpec spec)
    {
        double hold = 0, room = 0;
        HashSet<BatteryRole> seen = [];
        foreach (BatteryRoleSpec role in spec.Roles)
        {
            hold += role.HoldFraction;
            room += role.RoomFraction;
            if (!seen.Add(role.Role)) { yield return new(nameof(spec.Roles), "each role once", "one of them twice"); }
        }
        double between = spec.TargetChargeFraction - spec.ReserveChargeFraction;
        if (hold > between + 1e-12)
        {
            yield return new(
                nameof(spec.Roles), FormattableString.Invariant($"at most {between * 100:0.#} % held, which lie between reserve and target charge"),
                FormattableString.Invariant($"{hold * 100:0.#} %; raise the target, lower the reserve, or give a role less"));
        }
        if (room > 1 - spec.TargetChargeFraction + 1e-12)
        {
            yield return new(
                nameof(spec.Roles), FormattableString.Invariant($"at most {(1 - spec.TargetChargeFraction) * 100:0.#} % of room, which lie above the target charge"),
                FormattableString.Invariant($"{room * 100:0.#} %; lower the target or give a role less room"));
        }
    }

    /// <summary>Charge that reserve may not use: the reserve charge, and what roles other than bridge and spinning reserve hold.</summary>
    public static double KeptFromReserveFraction(BatterySpec spec) => Kept(spec, true, false);

    /// <summary>Charge that peak shaving may not use: the reserve charge, and what every other role holds.</summary>
    public static double KeptFromShavingFraction(BatterySpec spec) => Kept(spec, false, true);

    /// <summary>Power of the bus above which the battery shaves peaks; unlimited without that role.</summary>
    public static double ShavesAboveMw(BatterySpec spec)
    {
        double aboveMw = double.MaxValue;
        for (int i = 0; i < spec.Roles.Count; i++)
        {
            if (spec.Roles[i] is { Role: BatteryRole.PeakShaving, AboveMw: { } limitMw }) { aboveMw = Math.Min(aboveMw, limitMw); }
        }
        return aboveMw;
    }

    private static double Kept(BatterySpec spec, bool forReserve, bool forShaving)
    {
        double kept = spec.ReserveChargeFraction;
        for (int i = 0; i < spec.Roles.Count; i++)
        {
            bool isOwn = spec.Roles[i].Role switch
            {
                BatteryRole.Bridge or BatteryRole.SpinningReserve => forReserve,
                BatteryRole.PeakShaving => forShaving,
                _ => false,
            };
            if (!isOwn) { kept += spec.Roles[i].HoldFraction; }
        }
        return kept;
    }
}
