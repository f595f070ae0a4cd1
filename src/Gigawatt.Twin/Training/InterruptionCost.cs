namespace Gigawatt.Training;

/// <summary>What idle GPUs cost: one interruption, and a day of them.</summary>
/// <remarks>
/// Money is GPU-hours times their price, whether rented or a full cost. Both are told, since one short stall is cheap and their rate is not: 30 minutes
/// of 100,000 GPUs at 2.21 USD an hour are 0.11 MUSD, 44 % goodput 3.0 MUSD a day. Not modelled: what a late model costs, credits from the landlord.
/// </remarks>
public static class InterruptionCost
{
    /// <summary>Cost of the GPUs for a second.</summary>
    public static double UsdPerS(int gpus, double priceUsdPerGpuS) => gpus * priceUsdPerGpuS;

    /// <summary>Cost of one stall of so long, lost work included in its length.</summary>
    public static double EventUsd(int gpus, double priceUsdPerGpuS, double lostS) => UsdPerS(gpus, priceUsdPerGpuS) * lostS;

    /// <summary>Cost of a day of what does not become work.</summary>
    public static double DayUsd(int gpus, double priceUsdPerGpuS, double goodputFraction) =>
        UsdPerS(gpus, priceUsdPerGpuS) * 86400 * (1 - goodputFraction);
}
