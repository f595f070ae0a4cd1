namespace Gigawatt.Power.Transients;

/// <summary>How many grid-forming blocks are enough.</summary>
public static class BatterySizing
{
    /// <summary>The smallest number of blocks of a group with which the disturbances are ridden through; null when not even <paramref name="most"/> are enough.</summary>
    /// <remarks>Bisection with the full simulation, on the assumption that more blocks never hurt; the answer itself and one block less have both been simulated.</remarks>
    public static int? SmallestCount(
        CampusBusSpec spec, int group, int most, ReadOnlySpan<Disturbance> events, double horizonS, double stepS, TransientWorkspace work)
    {
        int low = -1, high = most;
        if (!Holds(spec, group, most, events, horizonS, stepS, work)) { return null; }
        while (high - low > 1)
        {
            int middle = low + (high - low) / 2;
            if (Holds(spec, group, middle, events, horizonS, stepS, work)) { high = middle; } else { low = middle; }
        }
        return high;
    }

    private static bool Holds(
        CampusBusSpec spec, int group, int count, ReadOnlySpan<Disturbance> events, double horizonS, double stepS, TransientWorkspace work)
    {
        bool swings = count > 0 || spec.Machines.Any(one => one.InertiaS > 0) || spec.Forming.Where((one, i) => i != group && one.Count > 0).Any();
        GridFormingSpec asked = spec.Forming[group];
        if (!swings || (asked.SetPointMw != 0 && Math.Abs(asked.SetPointMw) > count * asked.RatedMva * asked.MaxPowerPu)) { return false; }
        CampusBus bus = new(spec with { Forming = [.. spec.Forming.Select((one, i) => i == group ? one with { Count = count } : one)] });
        return Transient.Simulate(bus, events, horizonS, stepS, work, null).Verdict == TransientVerdict.RiddenThrough;
    }
}
