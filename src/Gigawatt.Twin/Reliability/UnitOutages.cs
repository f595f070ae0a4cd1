using System.Diagnostics;
using Gigawatt.Numerics;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Reliability;

/// <summary>The outages of a group of equal units, one by one, at their exact times.</summary>
/// <remarks>
/// Each unit has a stream of its own, named after the component and the unit's index, so adding units never changes
/// the luck of those already there. Units are searched only when the earliest change is reached.
/// </remarks>
public sealed class UnitOutages
{
    private readonly TwoStateUnitSpec spec;
    private readonly TwoStateUnitState[] units;
    private int earliest = -1;

    /// <summary>A group with room for so many units, none of them installed yet.</summary>
    /// <param name="spec">How often a unit fails and how long its repair takes.</param>
    /// <param name="seed">Seed of the campaign.</param>
    /// <param name="run">Number of the run within it.</param>
    /// <param name="component">Name of the component in the scenario.</param>
    /// <param name="capacity">Most units that will ever be installed.</param>
    public UnitOutages(TwoStateUnitSpec spec, long seed, int run, string component, int capacity)
    {
        this.spec = spec;
        units = new TwoStateUnitState[Check.NotNegative(capacity)];
        for (int i = 0; i < units.Length; i++)
        {
            units[i].Luck = Stream.For(seed, run, FormattableString.Invariant($"{component}/{i}"), "outage");
        }
    }

    /// <summary>Units that are there, in service or not.</summary>
    public int InstalledUnits { get; private set; }

    /// <summary>Units in service.</summary>
    public int AvailableUnits { get; private set; }

    /// <summary>Time of the next failure or return in the group.</summary>
    public double NextS => earliest < 0 ? double.PositiveInfinity : units[earliest].NextS;

    /// <summary>Whether a unit is installed and in service.</summary>
    public bool IsUp(int unit) => unit < InstalledUnits && units[unit].IsUp;

    /// <summary>So many units are there from now on: new ones begin in service, removed ones are those with the highest index.</summary>
    public void Install(int count, double atS)
    {
        Debug.Assert(count >= 0 && count <= units.Length, "a group cannot hold more units than it was made for");
        count = Math.Max(0, Math.Min(count, units.Length));
        for (int i = count; i < InstalledUnits; i++) { AvailableUnits -= units[i].IsUp ? 1 : 0; }
        for (int i = InstalledUnits; i < count; i++)
        {
            units[i] = TwoStateUnit.Begin(spec, units[i].Luck, atS);
            AvailableUnits++;
        }
        InstalledUnits = count;
        FindEarliest();
    }

    /// <summary>The next change up to a time, earliest first; false when there is none left. Call it in a loop.</summary>
    /// <param name="untilS">Changes at or before this time happen.</param>
    /// <param name="unit">Index of the unit that changed, or -1.</param>
    /// <param name="isUp">True when it returned to service, false when it failed.</param>
    /// <param name="timeS">When it changed.</param>
    public bool TryNext(double untilS, out int unit, out bool isUp, out double timeS)
    {
        unit = earliest;
        isUp = false;
        timeS = NextS;
        if (unit < 0 || timeS > untilS)
        {
            unit = -1;
            return false;
        }
        ref TwoStateUnitState changed = ref units[unit];
        TwoStateUnit.Change(spec, ref changed);
        isUp = changed.IsUp;
        AvailableUnits += isUp ? 1 : -1;
        FindEarliest();
        return true;
    }

    /// <summary>Lets every change up to a time happen; returns how many there were.</summary>
    public int Advance(double toS)
    {
        int changes = 0;
        while (TryNext(toS, out _, out _, out _)) { changes++; }
        return changes;
    }

    private void FindEarliest()
    {
        earliest = InstalledUnits > 0 ? 0 : -1;
        for (int i = 1; i < InstalledUnits; i++)
        {
            if (units[i].NextS < units[earliest].NextS) { earliest = i; }
        }
    }
}
