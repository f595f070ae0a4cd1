using Gigawatt.Numerics;

namespace Gigawatt.Power.Commitment;

/// <summary>What only the whole problem shows: no hours, names that lead nowhere, statuses and charges that cannot be.</summary>
internal static class CommitmentChecks
{
    /// <exception cref="CaseException">The parts do not fit together; all misfits at once.</exception>
    public static void Demand(CommitmentProblem problem)
    {
        List<CaseProblem> wrong = [];
        if (problem.Units.Count == 0) { wrong.Add(new("units", "at least one unit", "none")); }
        if (problem.LoadMw.Count == 0) { wrong.Add(new("load", "the load of at least one hour", "an empty list")); }
        for (int t = 0; t < problem.LoadMw.Count; t++)
        {
            if (!(problem.LoadMw[t] >= 0 && double.IsFinite(problem.LoadMw[t]))) { wrong.Add(new($"load[{t}]", "a load of 0 MW or more", FormattableString.Invariant($"{problem.LoadMw[t]:G6} MW"))); }
        }
        if (problem.Import is { } import && import.PriceUsdPerMwh.Count != 1 && import.PriceUsdPerMwh.Count != problem.LoadMw.Count)
        {
            wrong.Add(new("import.price", $"one price, or one for each of the {problem.LoadMw.Count} hours", $"{import.PriceUsdPerMwh.Count} prices"));
        }
        if (problem.Import?.PriceUsdPerMwh.Any(price => !(price >= 0)) == true) { wrong.Add(new("import.price", "prices of 0 USD/MWh or more", "a price below")); }
        if (problem.EmissionsCapKg is <= 0) { wrong.Add(new("emissions_cap", "more than 0 kg, or no such key", FormattableString.Invariant($"{problem.EmissionsCapKg:G6} kg"))); }
        for (int i = 0; i < problem.Units.Count; i++) { wrong.AddRange(Unit(problem, problem.Units[i], $"units[{i}]")); }
        if (problem.Battery is { } battery && problem.Start is null)
        {
            double firstMwh = battery.InitialFraction * battery.CapacityMwh;
            double reachMwh = Math.Min(battery.CapacityMwh, firstMwh + problem.LoadMw.Count * battery.RatedMw * battery.OneWayEfficiencyFraction);
            if (battery.FinalFraction * battery.CapacityMwh > reachMwh + 1e-9)
            {
                wrong.Add(new("battery.final", FormattableString.Invariant($"a charge that can be reached: at most {reachMwh / battery.CapacityMwh * 100:0.#} % after {problem.LoadMw.Count} h"),
                    FormattableString.Invariant($"{battery.FinalFraction * 100:0.#} %")));
            }
        }
        if (wrong.Count > 0) { throw new CaseException(wrong); }
    }

    private static IEnumerable<CaseProblem> Unit(CommitmentProblem problem, CommittableUnit unit, string path)
    {
        if (unit.FuelLine.Length > 0 && problem.FuelLines.All(line => line.Name != unit.FuelLine))
        {
            string[] names = [.. problem.FuelLines.Select(line => line.Name)];
            yield return new(path + ".fuel_line", names.Length == 0 ? "no such key, as no fuel line is declared" : $"the name of a fuel line ({string.Join(", ", names)})",
                $"'{unit.FuelLine}'{Suggestion.Phrase(unit.FuelLine, names)}");
        }
        if (problem.Start is not null) { yield break; }
        int done = Math.Max(1, (int)Math.Floor(Math.Min(unit.InStatusS, 1e8) / 3600 + 1e-9));
        int up = Math.Max(1, Fleet.WholeHours(unit.MinUpS));
        for (int hour = 0; unit.IsOn && hour < up - done; hour++)
        {
            if (!Fleet.IsInMaintenance(unit, hour)) { continue; }
            yield return new(path + ".in_status", FormattableString.Invariant($"{up} h on before maintenance at hour {hour}, as the minimum time on asks"), FormattableString.Invariant($"{done + hour} h"));
            yield break;
        }
        if (unit.IsOn && unit.OutputMw is { } outputMw && unit.StopLimitMw is { } stopMw && outputMw > stopMw && Fleet.IsInMaintenance(unit, 0))
        {
            yield return new(path + ".output", FormattableString.Invariant($"at most {stopMw:G6} MW, from which it can stop for maintenance in the first hour"), FormattableString.Invariant($"{outputMw:G6} MW"));
        }
    }
}
