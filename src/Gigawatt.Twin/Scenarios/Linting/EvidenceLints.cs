using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Linting;

/// <summary>What the numbers of a scenario rest on.</summary>
internal static class EvidenceLints
{
    private const int Shown = 3;

    // Entries whose counts, ratings and dates decide the headline.
    private static readonly string[] Deciding =
    [
        "compute.racks", "power.gas_turbines", "power.batteries", "power.grid", "cooling.chillers", "cooling.dry_coolers",
        "cooling.towers", "buildout.permits",
    ];

    private static readonly string[] DecidingKeys =
    [
        "count", "gpus", "rated", "delivered", "online", "from", "on", "ramp", "levels", "issued", "expires", "units", "limit", "import_limit",
        "until",
    ];

    // Names and settings, which no source could support.
    private static readonly string[] Settings =
        ["name", "model", "title", "description", "at", "says", "by", "measure", "basis", "comparison", "formula", "tolerance", "operator", "file", "climate"];

    private static readonly string[] SettingsOfTheRun = ["start", "end", "step", "seed", "sources", "site.parcels"];

    public static void Check(LintList lints, IReadOnlyList<LintSource> sources)
    {
        LintFact[] written = [.. lints.Facts.Where(f => f.Line > 0 && !IsSetting(f.Path))];
        LintFact[] bare = [.. written.Where(f => string.IsNullOrEmpty(f.SourceId) && f.Grade == Grade.E)];
        if (bare.Length > 0)
        {
            string more = bare.Length > Shown ? $" and {bare.Length - Shown} more" : "";
            lints.Add(
                LintRules.Unsourced, bare[0].Path,
                $"{bare.Length} of {written.Length} written values have no source: {string.Join(", ", bare.Take(Shown).Select(f => f.Path))}{more}");
        }
        LintFact[] deciding = [.. written.Where(f => IsDeciding(f.Path))];
        int assumed = deciding.Count(f => f.Grade == Grade.E);
        if (assumed * 2 > deciding.Length)
        {
            lints.Add(
                LintRules.HeadlineAssumed, deciding.First(f => f.Grade == Grade.E).Path,
                $"{assumed} of {deciding.Length} counts and dates that decide the headline are assumptions (grade E)");
        }
        CheckSources(lints, sources);
    }

    private static void CheckSources(LintList lints, IReadOnlyList<LintSource> sources)
    {
        HashSet<string> used = [.. lints.Facts.Select(f => f.SourceId ?? "")];
        foreach (LintSource source in sources.Where(s => !used.Contains(s.Id) && !used.Contains(s.Title)))
        {
            lints.Add(LintRules.UnusedSource, $"sources.{source.Id}", $"'{source.Id}' ({source.Title}) supports no value");
        }
        foreach (var same in sources.GroupBy(s => s.Title.Trim(), StringComparer.OrdinalIgnoreCase).Where(g => g.Key.Length > 0 && g.Count() > 1))
        {
            lints.Add(
                LintRules.SourceTwice, $"sources.{same.Last().Id}",
                $"'{same.Key}' is declared as {string.Join(" and ", same.Select(s => $"'{s.Id}'"))}");
        }
    }

    private static bool IsSetting(string path) =>
        Settings.Contains(LastKey(path)) || SettingsOfTheRun.Any(s => path == s || path.StartsWith(s + ".", StringComparison.Ordinal))
        || path.StartsWith("claims[", StringComparison.Ordinal) || path.StartsWith("site.parcels[", StringComparison.Ordinal);

    private static bool IsDeciding(string path) =>
        Deciding.Any(d => path.StartsWith(d + "[", StringComparison.Ordinal)) && DecidingKeys.Contains(LastKey(path));

    private static string LastKey(string path)
    {
        string key = path[(path.LastIndexOf('.') + 1)..];
        int bracket = key.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0 ? key : key[..bracket];
    }
}
