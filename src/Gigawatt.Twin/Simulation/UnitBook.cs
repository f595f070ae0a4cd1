using Gigawatt.Power;

namespace Gigawatt.Simulation;

/// <summary>What each generating group ran, burnt and emitted.</summary>
public sealed class UnitBook
{
    private readonly GeneratorGroup[] groups;
    private readonly double co2KgPerMwh;
    private readonly Sums[] sums;

    /// <summary>Opens the book.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="co2KgPerMwh">Carbon dioxide of the fuel, per lower heating value.</param>
    public UnitBook(GeneratorGroup[] groups, double co2KgPerMwh)
    {
        this.groups = groups;
        this.co2KgPerMwh = co2KgPerMwh;
        sums = new Sums[groups.Length];
    }

    /// <summary>Books one step.</summary>
    public void Book(double stepS)
    {
        for (int i = 0; i < groups.Length; i++)
        {
            GeneratorGroup group = groups[i];
            ref Sums sum = ref sums[i];
            sum.Most = Math.Max(sum.Most, group.Installed);
            // A group at rest burns nothing.
            if (group.FuelMw == 0) { continue; }
            sum.RunningS += group.Running * stepS;
            sum.EnergyMws += group.OutputMw * stepS;
            sum.FuelMws += group.FuelMw * stepS;
            sum.NoxKg += group.NoxKgPerS * stepS;
        }
    }

    /// <summary>One row a group.</summary>
    public IReadOnlyList<UnitDuty> Duties() =>
    [
        .. groups.Select((group, i) => new UnitDuty(
            group.Name, sums[i].Most, group.StartCount, group.StartFailureCount, group.MaintenanceCount, sums[i].RunningS / 3600, group.FailedUnitS / 3600,
            sums[i].EnergyMws / 3600, sums[i].FuelMws / 3600, sums[i].NoxKg, sums[i].FuelMws / 3600 * co2KgPerMwh)),
    ];

    private struct Sums
    {
        public double RunningS, EnergyMws, FuelMws, NoxKg;
        public int Most;
    }
}
