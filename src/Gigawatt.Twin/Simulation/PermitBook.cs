using Gigawatt.Buildout;
using Gigawatt.Power;
using Gigawatt.Scenarios;

namespace Gigawatt.Simulation;

/// <summary>Emissions of twelve months under each permit, and how many units its caps still let run.</summary>
/// <remarks>
/// A group's emissions fall to its permits by the units that stand under each. At midnight what a cap leaves is divided by what the units
/// under the permit would emit at full load all day, with a margin of a tenth for warm air, ageing and starts; that share of them may run.
/// So a cap is neared ever more slowly and not passed. Not modelled: the months before the run, trade between permits.
/// </remarks>
public sealed class PermitBook
{
    private const double Margin = 1.1;
    private readonly Scenario scenario;
    private readonly Generation generation;
    private readonly int[] under;
    private readonly int[] standing;
    private readonly double[] roomFraction;
    private readonly RollingYear[] nox;
    private readonly RollingYear[] co2;
    private readonly PermitEmissions[] results;
    private readonly double co2KgPerMwh;

    /// <summary>Opens the book.</summary>
    public PermitBook(Scenario scenario, Generation generation)
    {
        this.scenario = scenario;
        this.generation = generation;
        int permits = scenario.Buildout.Permits.Count;
        under = new int[scenario.Power.GasTurbines.Count * permits];
        standing = new int[scenario.Power.GasTurbines.Count];
        roomFraction = new double[permits];
        Array.Fill(roomFraction, 1);
        nox = new RollingYear[permits];
        co2 = new RollingYear[permits];
        results = new PermitEmissions[permits];
        co2KgPerMwh = scenario.Economics.Gas.HigherToLowerRatio * scenario.Economics.Gas.Co2KgPerMwh;
        for (int p = 0; p < permits; p++)
        {
            PermitSpec permit = scenario.Buildout.Permits[p];
            (nox[p], co2[p]) = (new RollingYear(), new RollingYear());
            results[p] = new PermitEmissions(permit.Name, 0, 0, 0, 0, permit.NoxCapKg, permit.Co2CapKg, null);
        }
    }

    /// <summary>Nitrogen oxides of all units, under a permit or not.</summary>
    public double NoxKg { get; private set; }

    /// <summary>What was emitted under each permit.</summary>
    public IReadOnlyList<PermitEmissions> Results(DateOnly today) => [.. results.Select((_, p) => WithToday(p, today))];

    /// <summary>Units of each group that may run today; remembers which stand under which permit.</summary>
    public int[] Permitted(Programme programme, DateOnly day, out double allowedMw)
    {
        int[] allowed = programme.PermittedOn(day, roomFraction, under, out allowedMw);
        int permits = roomFraction.Length;
        for (int i = 0; i < standing.Length; i++)
        {
            standing[i] = 0;
            for (int p = 0; p < permits; p++) { standing[i] += under[i * permits + p]; }
        }
        return allowed;
    }

    /// <summary>Books what units emitted in a step.</summary>
    public void Book(double stepS)
    {
        int permits = roomFraction.Length;
        GeneratorGroup[] groups = generation.Plant.Generators;
        for (int g = 0; g < groups.Length; g++)
        {
            double noxKg = groups[g].NoxKgPerS * stepS;
            NoxKg += noxKg;
            int i = generation.ScenarioIndex(g);
            if (standing[i] == 0) { continue; }
            double co2Kg = groups[g].FuelMw * stepS / 3600 * co2KgPerMwh;
            for (int p = 0; p < permits; p++)
            {
                int units = under[i * permits + p];
                if (units == 0) { continue; }
                double share = (double)units / standing[i];
                nox[p].Add(noxKg * share);
                co2[p].Add(co2Kg * share);
            }
        }
    }

    /// <summary>Midnight: closes the day before and works out what caps leave.</summary>
    public void NewDay(Site site, double nowS)
    {
        for (int p = 0; p < roomFraction.Length; p++)
        {
            PermitSpec permit = scenario.Buildout.Permits[p];
            if (nowS > 0)
            {
                results[p] = WithToday(p, site.Today.AddDays(-1));
                nox[p].NextDay();
                co2[p].NextDay();
            }
            if ((permit.NoxCapKg is null && permit.Co2CapKg is null) || !permit.CapStopsUnits) { continue; }
            (double dayNoxKg, double dayCo2Kg, int units) = FullDay(site, p);
            double before = roomFraction[p];
            double room = 1;
            if (permit.NoxCapKg is { } noxCap && dayNoxKg > 0) { room = Math.Min(room, (noxCap - nox[p].SumKg) / dayNoxKg); }
            if (permit.Co2CapKg is { } co2Cap && dayCo2Kg > 0) { room = Math.Min(room, (co2Cap - co2[p].SumKg) / dayCo2Kg); }
            roomFraction[p] = Math.Max(0, room);
            if (before >= 1 && room < 1) { site.Tell(nowS, EventKind.EmissionCapReached, permit.Name, Math.Floor(units * roomFraction[p] + 1e-9)); }
            if (before < 1 && room >= 1) { site.Tell(nowS, EventKind.EmissionCapLifted, permit.Name, units); }
        }
    }

    private PermitEmissions WithToday(int p, DateOnly day)
    {
        PermitEmissions was = results[p];
        bool isOver = nox[p].SumKg > was.NoxCapKg || co2[p].SumKg > was.Co2CapKg;
        return was with
        {
            NoxKg = was.NoxKg + nox[p].TodayKg,
            Co2Kg = was.Co2Kg + co2[p].TodayKg,
            HighestNoxKg = Math.Max(was.HighestNoxKg, nox[p].SumKg),
            HighestCo2Kg = Math.Max(was.HighestCo2Kg, co2[p].SumKg),
            FirstOver = was.FirstOver ?? (isOver ? day : null),
        };
    }

    // What the units under a permit would emit today at full load.
    private (double NoxKg, double Co2Kg, int Units) FullDay(Site site, int permit)
    {
        int permits = roomFraction.Length;
        int[] today = new int[under.Length];
        site.Programme.PermittedOn(site.Today, null, today, out _);
        double noxKg = 0, co2Kg = 0;
        int units = 0;
        for (int i = 0; i < standing.Length; i++)
        {
            int here = today[i * permits + permit];
            GasTurbineSpec unit = scenario.Power.GasTurbines[i].Unit;
            double fuelMwh = here * 24 * Margin * unit.RatedMw * Math.Max(1, unit.ColdDayLimitFraction) * unit.HeatRateRatio;
            noxKg += fuelMwh * scenario.Economics.Gas.HigherToLowerRatio * Emissions.WorstNoxKgPerMwh(unit);
            co2Kg += fuelMwh * co2KgPerMwh;
            units += here;
        }
        return (noxKg, co2Kg, units);
    }
}
