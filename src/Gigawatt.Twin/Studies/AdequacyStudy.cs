using System.Globalization;
using Gigawatt.Numerics;
using Gigawatt.Power.Adequacy;

namespace Gigawatt.Studies;

/// <summary>How often units that fail do not carry a load: exact, simulated, and how many units a target takes.</summary>
public static class AdequacyStudy
{
    private const int MostUnits = 2000;

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<AdequacyInput>(
        "adequacy", "How many hours a year do units that fail not carry the load, and how many units would?", "studies/rts-79.yaml", Answer);

    private static StudyAnswer Answer(AdequacyInput input)
    {
        if (input.Units.Count == 0) { throw new CaseException("units", "one generating unit or more", "an empty list"); }
        UnitGroup[] groups = [.. input.Units.Select(unit => unit.At(input.InletC))];
        for (int i = 0; i < groups.Length; i++)
        {
            if (!(groups[i].AvailableMw > 0))
            {
                throw new CaseException($"units[{i}].derate", "a unit with output left at the inlet temperature", FormattableString.Invariant($"none at {input.InletC} °C"));
            }
        }
        AdequacyLoad load = AdequacyLoad.Of(input.Load);
        OutageTable table = OutageTable.Of(groups, input.GridMw);
        AdequacyIndices exact = AdequacyIndices.Of(table, load);
        AdequacyYear[]? years = input.MonteCarlo is { } chance ? SequentialMonteCarlo.Run(groups, load, chance) : null;
        AdequacyAnswer data = new(
            exact.LoleHPerYear, exact.LoleDaysPerYear, exact.EensMwhPerYear, exact.EuePpm, exact.LolpAtPeakFraction, exact.LossesPerYear, exact.MeanDurationS / 3600,
            1 - exact.LoleHPerYear / load.Hours, groups.Sum(group => group.Count), table.InstalledMw, load.PeakMw, load.EnergyMwh, load.Hours, table.GridMw, table.IsExact,
            Points(table), years is null ? null : Simulated(years, input.MonteCarlo!), null, null);
        if (input.Target is { } target) { data = WithTarget(data, target, input, groups, load); }
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = Finding(data),
            Remarks = [.. Remarks(data, input, groups)],
            Tables = [.. Tables(data, input, groups)],
            Charts = [.. AdequacyCharts.Of(data, input, groups, load, table, years)],
            Data = data,
        };
    }

    private static AdequacyAnswerPoint[] Points(OutageTable table)
    {
        // As many points as people and programs like to read, the first and the last among them.
        const int most = 200;
        int stride = Math.Max(1, (table.Points + most - 1) / most);
        IEnumerable<int> shown = Enumerable.Range(0, table.Points).Where(i => i % stride == 0 || i == table.Points - 1);
        return [.. shown.Select(i => i * table.GridMw).Select(outMw => new AdequacyAnswerPoint(outMw, table.AtLeastFraction(outMw), table.EnteringPerS(outMw) * 8760 * 3600))];
    }

    private static AdequacyAnswerMonteCarlo Simulated(AdequacyYear[] years, MonteCarloSpec spec)
    {
        AnnualStatistic loss = AnnualStatistic.Of([.. years.Select(year => year.LossH)]);
        AnnualStatistic energy = AnnualStatistic.Of([.. years.Select(year => year.UnservedMwh)]);
        AnnualStatistic count = AnnualStatistic.Of([.. years.Select(year => (double)year.Losses)]);
        return new(
            years.Length, spec.Seed, loss.Mean, loss.StandardError, energy.Mean, energy.StandardError, count.Mean, count.StandardError,
            count.Mean > 0 ? loss.Mean / count.Mean : 0, new(loss.P05, loss.P50, loss.P95), new(energy.P05, energy.P50, energy.P95));
    }

    private static AdequacyAnswer WithTarget(AdequacyAnswer data, AdequacyTargetSpec target, AdequacyInput input, UnitGroup[] groups, AdequacyLoad load)
    {
        int sized = target.Group is null ? 0 : Array.FindIndex(groups, group => group.Name == target.Group);
        double acceptedH = target.AcceptedH(load.Hours);
        if (!(acceptedH > 0)) { throw new CaseException("target.availability", "less than 100 %, since units that fail never reach it", "100 %"); }
        int? units = UnitCount.ForLole(groups, sized, load, acceptedH, MostUnits);
        double ratedMw = units is { } count ? input.Units.Select((unit, i) => (i == sized ? count : unit.Count) * unit.RatedMw).Sum() : double.NaN;
        return data with { UnitsNeeded = units, Target = new(groups[sized].Name, acceptedH, units, ratedMw, ratedMw / load.PeakMw - 1) };
    }

    private static string Finding(AdequacyAnswer data)
    {
        string carried = data.LoleHPerYear == 0
            ? $"{Count(data.UnitCount)} of {Figures.Power(data.InstalledMw, 4)} always carry a peak of {Figures.Power(data.PeakMw, 4)}"
            : $"{Count(data.UnitCount)} of {Figures.Power(data.InstalledMw, 4)} fall short of a peak of {Figures.Power(data.PeakMw, 4)} for {Hours(data.LoleHPerYear)} a year, and of {Energy(data.EensMwhPerYear)}";
        return data.Target switch
        {
            null => carried + ".",
            { Units: { } units } target => $"{carried}; at most {Hours(target.LoleHPerYear)} a year takes {units} units of '{target.Group}', {Signed(target.OverbuildFraction)} of rating over the peak.",
            { } target => $"{carried}; no number of units of '{target.Group}' up to {MostUnits:N0} brings it to {Hours(target.LoleHPerYear)}.",
        };
    }

    private static IEnumerable<string> Remarks(AdequacyAnswer data, AdequacyInput input, UnitGroup[] groups)
    {
        if (data.PeakMw > data.InstalledMw)
        {
            yield return $"The peak of {Figures.Power(data.PeakMw, 4)} is above the {Figures.Power(data.InstalledMw, 4)} that stand even with nothing out: part of the shortage is no chance.";
        }
        if (data.MonteCarlo is { StandardError: > 0 } simulated)
        {
            double errors = Math.Abs(simulated.LoleHPerYear - data.LoleHPerYear) / simulated.StandardError;
            yield return $"{simulated.Years:N0} simulated years give {Figures.Number(simulated.LoleHPerYear, 4)} ± {Figures.Number(simulated.StandardError, 2)} h: {Figures.Number(errors, 2)} standard errors from the exact value.";
        }
        if (!data.IsExact)
        {
            yield return $"Some outages are no whole multiple of the grid of {Figures.Number(data.GridMw)} MW; they are shared between two points so that their mean stays.";
        }
        if (double.IsNaN(data.LossFrequencyPerYear)) { yield return "How often and how long is unknown: not every group says how long its outages last (mttf and mttr)."; }
        if (groups.All(group => group.CommonCauseFraction == 0))
        {
            yield return "Units are taken as independent; one cause for all of them (fuel, controls, weather) comes on top: set common_cause.";
        }
        yield return $"Inlet air {Figures.Number(input.InletC)} °C all year; a year of {data.Hours:N0} h. Not modelled: planned maintenance, starts, transmission, storage.";
    }

    private static IEnumerable<StudyTable> Tables(AdequacyAnswer data, AdequacyInput input, UnitGroup[] groups)
    {
        AdequacyAnswerMonteCarlo? mc = data.MonteCarlo;
        object?[] Row(string name, double exact, double? simulated = null, double? error = null, AdequacyAnswerSpread? spread = null) =>
            [name, Digits(exact), Digits(simulated), Digits(error), Digits(spread?.P05), Digits(spread?.P50), Digits(spread?.P95)];
        yield return StudyTable.Of("Indices of a year, exact and simulated", ["index", "exact", "simulated", "standard error", "5 % of years below", "half below", "95 % below"],
        [
            Row("loss of load, h (LOLE)", data.LoleHPerYear, mc?.LoleHPerYear, mc?.StandardError, mc?.LossH),
            Row("daily peaks not carried, d", data.LoleDaysPerYear),
            Row("energy not served, MWh (EENS)", data.EensMwhPerYear, mc?.EensMwhPerYear, mc?.EensStandardError, mc?.UnservedMwh),
            Row("energy not served, ppm (EUE)", data.EuePpm),
            Row("shortages", data.LossFrequencyPerYear, mc?.LossFrequencyPerYear, mc?.LossFrequencyStandardError),
            Row("length of a shortage, h", data.MeanDurationH, mc?.MeanDurationH),
            Row("probability of a shortage at the peak", data.LolpAtPeak),
        ]);
        yield return StudyTable.Of("Units", ["group", "units", "rated, MW", "available, MW", "forced outage rate, %", "MTTF, h", "MTTR, h", "group, MW"],
            input.Units.Select((unit, i) => new object?[]
            {
                unit.Name, unit.Count, unit.RatedMw, groups[i].AvailableMw, unit.UnavailabilityFraction * 100,
                unit.UnavailabilityFraction > 0 ? unit.MeanRepairS * (1 - unit.UnavailabilityFraction) / unit.UnavailabilityFraction / 3600 : unit.MttfS / 3600,
                unit.MeanRepairS / 3600, groups[i].InstalledMw,
            }));
        int stride = Math.Max(1, data.OutageTable.Count / 24);
        yield return StudyTable.Of("Capacity out", ["at least, MW", "probability", "times a year"],
            data.OutageTable.Where((_, i) => i % stride == 0).Where(point => point.Probability > 1e-9)
                .Select(point => new object?[] { point.OutMw, Digits(point.Probability), Digits(point.FrequencyPerYear) }));
    }

    // Ten thousandths of an hour matter here: seven digits, or powers of ten when very small.
    private static string Digits(double? value) => value switch
    {
        null or double.NaN => "",
        > 0 and < 1e-4 => value.Value.ToString("0.###e0", CultureInfo.InvariantCulture),
        _ => Figures.Number(value.Value, 7),
    };

    private static string Count(int units) => units == 1 ? "1 unit" : $"{units.ToString("N0", CultureInfo.InvariantCulture)} units";

    private static string Hours(double hours) => hours >= 1 ? $"{Figures.Number(hours, 4)} h" : Figures.Duration(hours * 3600);

    private static string Energy(double energyMwh) => energyMwh >= 0.01 ? $"{Figures.Number(energyMwh, 4)} MWh" : $"{Figures.Number(energyMwh * 1000, 3)} kWh";

    private static string Signed(double fraction) => fraction >= 0 ? "+" + Figures.Percent(fraction) : Figures.Percent(fraction);
}
