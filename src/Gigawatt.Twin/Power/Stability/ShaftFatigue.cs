using Gigawatt.Numerics;

namespace Gigawatt.Power.Stability;

/// <summary>How many swings of a torque a shaft bears: a straight line between torque and cycles on logarithmic axes.</summary>
/// <remarks>
/// Basquin's line N = N_e (T_e/T)^m above the endurance torque, no damage below it (Miner's rule adds the shares). The line of a real shaft
/// is the maker's secret: the defaults are assumptions of the size found for rotor steels, meant to rank cases, not to certify one.
/// </remarks>
public sealed record ShaftFatigueSpec
{
    /// <summary>Amplitude below which swings do no harm, of rated torque.</summary>
    [Default(Grade.E, "assumption: endurance of rotor steel with fillets and keyways as a share of rated torque; ask the maker")]
    public double EndurancePu { get; init => field = Check.Positive(value); } = 0.3;

    /// <summary>Swings at the endurance torque that use up the shaft.</summary>
    [Default(Grade.E, "assumption: the usual knee of stress-cycle lines of steel, ten million")]
    public double EnduranceCyclesFactor { get; init => field = Check.Positive(value); } = 1e7;

    /// <summary>Steepness of the line: one tenth more torque costs this many tenths of the cycles.</summary>
    [Default(Grade.E, "assumption: 5 to 10 is usual for notched steel in torsion")]
    public double SlopeFactor { get; init => field = Check.Positive(value); } = 8;
}

/// <summary>Life that swings take from a shaft.</summary>
public static class ShaftFatigue
{
    /// <summary>Swings of an amplitude that use up the shaft; without limit at or below the endurance torque.</summary>
    public static double CyclesFactor(ShaftFatigueSpec spec, double amplitudePu) => amplitudePu <= spec.EndurancePu
        ? double.PositiveInfinity
        : spec.EnduranceCyclesFactor * Elementary.Pow(spec.EndurancePu / amplitudePu, spec.SlopeFactor);

    /// <summary>Share of the shaft's life that a steady swing takes in a time.</summary>
    public static double SpentFraction(ShaftFatigueSpec spec, double amplitudePu, double frequencyHz, double durationS) =>
        frequencyHz * durationS / CyclesFactor(spec, amplitudePu);
}
