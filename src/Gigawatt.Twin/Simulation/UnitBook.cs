using Gigawatt.Power;

namespace Gigawatt.Simulation;

/// <summary>What each generating group ran, burnt and emitted.</summary>
public sealed class UnitBook
{
    private readonly GeneratorGroup[] groups;
    private readonly double co2KgPerMwh;
    private readonly double[] runningS;
    private readonly double[] energyMws;
    private readonly double[] fuelMws;
    private readonly double[] noxKg;
    private readonly int[] most;

    /// <summary>Opens the book.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="co2KgPerMwh">Carbon dioxide of the fuel, per lower heating value.</param>
    public UnitBook(GeneratorGroup[] groups, double co2KgPerMwh)
    {
        this.groups = groups;
        this.co2KgPerMwh = co2KgPerMwh;
        int count = groups.Length;
        (runningS, energyMws, fuelMws, noxKg, most) = (new double[count], new double[count], new double[count], new double[count], new int[count]);
    }

    /// <summary>Books one step.</summary>
    public void Book(double stepS)
    {
        for (int i = 0; i < groups.Length; i++)
        {
            GeneratorGroup group = groups[i];
            runningS[i] += group.Running * stepS;
            energyMws[i] += group.OutputMw * stepS;
            fuelMws[i] += group.FuelMw * stepS;
            noxKg[i] += group.NoxKgPerS * stepS;
            most[i] = Math.Max(most[i], group.Installed);
        }
    }

    /// <summary>One row a group.</summary>
    public IReadOnlyList<UnitDuty> Duties() =>
    [
        .. groups.Select((group, i) => new UnitDuty(
            group.Name, most[i], group.StartCount, group.StartFailureCount, group.MaintenanceCount, runningS[i] / 3600, group.FailedUnitS / 3600,
            energyMws[i] / 3600, fuelMws[i] / 3600, noxKg[i], fuelMws[i] / 3600 * co2KgPerMwh)),
    ];
}
