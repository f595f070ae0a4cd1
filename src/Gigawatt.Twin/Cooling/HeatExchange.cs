using Gigawatt.Numerics;

namespace Gigawatt.Cooling;

/// <summary>Counter-flow heat exchange by effectiveness and number of transfer units.</summary>
/// <remarks>Kays and London, Compact Heat Exchangers: ε = (1 − e)/(1 − c·e), e = exp(−NTU·(1 − c)), c = Cmin/Cmax; at c = 1 NTU/(1 + NTU).</remarks>
public static class HeatExchange
{
    private const double NearlyOne = 1 - 1e-9;

    /// <summary>Heat exchanged over the most that could be, for transfer units on the weaker stream.</summary>
    public static double EffectivenessFraction(double transferUnitsRatio, double capacityRatio)
    {
        if (capacityRatio > NearlyOne) { return transferUnitsRatio / (1 + transferUnitsRatio); }
        double left = Elementary.Exp(-transferUnitsRatio * (1 - capacityRatio));
        return (1 - left) / (1 - capacityRatio * left);
    }

    /// <summary>Transfer units that give an effectiveness: the inverse of <see cref="EffectivenessFraction"/>.</summary>
    public static double TransferUnitsRatio(double effectivenessFraction, double capacityRatio) =>
        capacityRatio > NearlyOne
            ? effectivenessFraction / (1 - effectivenessFraction)
            : Elementary.Log((1 - effectivenessFraction * capacityRatio) / (1 - effectivenessFraction)) / (1 - capacityRatio);
}
