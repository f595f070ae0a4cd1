namespace Gigawatt.Power.Transients;

/// <summary>Mechanical stops: what runs into one stays there until it is driven back, without winding up.</summary>
public static class Stops
{
    /// <summary>The rate at which a value between stops moves when it is driven at <paramref name="ratePerS"/>.</summary>
    /// <remarks>
    /// Beyond a stop, where a moving stop or the error of a step can leave it, it returns with the time constant <paramref name="returnS"/>.
    /// </remarks>
    public static double Held(double valuePu, double ratePerS, double lowestPu, double highestPu, double returnS)
    {
        if (valuePu >= highestPu) { return Math.Min(ratePerS, (highestPu - valuePu) / returnS); }
        return valuePu <= lowestPu ? Math.Max(ratePerS, (lowestPu - valuePu) / returnS) : ratePerS;
    }
}
