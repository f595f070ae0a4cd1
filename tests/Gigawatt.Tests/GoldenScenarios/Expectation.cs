using System.Globalization;
using System.Text;
using Gigawatt.Simulation;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Gigawatt.Tests.GoldenScenarios;

/// <summary>One number by which a run is known, how far it may move, and why that far.</summary>
internal sealed class ExpectedNumber
{
    public string Value { get; set; } = "";

    /// <summary>Largest deviation as a share of the value; 0 for counts.</summary>
    public double Tolerance { get; set; }

    public string Why { get; set; } = "";
}

/// <summary>What a scenario's run is expected to give: <c>NAME.expected.yaml</c>.</summary>
internal sealed class Expectation
{
    private const string Head = """
        # What a whole run of this scenario gives. A number that moves is part of the review.
        # GIGAWATT_ACCEPT=1 ./gw test   rewrites the values and keeps tolerances and reasons.
        # tolerance: largest deviation as a share of the value, 0 for counts.

        """;

    public Dictionary<string, ExpectedNumber> Headline { get; set; } = [];

    /// <summary>By month: what bound, live IT power, what would have bound next.</summary>
    public Dictionary<string, string> Binding { get; set; } = [];

    public static string File(string name) => Path.Combine(ScenarioRuns.Folder, name + ".expected.yaml");

    public static Expectation Read(string name) => new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
        .Deserialize<Expectation>(System.IO.File.ReadAllText(File(name)));

    /// <summary>What a run gives, with the tolerances and reasons of an earlier expectation.</summary>
    public static Expectation Of(RunResult run, Expectation? earlier)
    {
        Expectation found = new();
        foreach ((string key, double value, double tolerance, string why) in Numbers(run))
        {
            ExpectedNumber? known = earlier?.Headline.GetValueOrDefault(key);
            found.Headline[key] = new ExpectedNumber
            {
                Value = Text(value),
                Tolerance = known?.Tolerance ?? tolerance,
                Why = known?.Why ?? why,
            };
        }
        foreach (MonthBinding month in run.Binding)
        {
            found.Binding[month.Month] = $"{Word(month.Constraint)}, {month.LiveItPowerMw.ToString("0.0", CultureInfo.InvariantCulture)} MW, then {Word(month.Next)}";
        }
        return found;
    }

    /// <summary>Lines of a difference, as a reviewer reads them; empty when the run is as expected.</summary>
    public string Difference(Expectation found)
    {
        StringBuilder text = new();
        foreach (string key in Headline.Keys.Union(found.Headline.Keys))
        {
            ExpectedNumber? was = Headline.GetValueOrDefault(key);
            ExpectedNumber? now = found.Headline.GetValueOrDefault(key);
            if (was is not null && now is not null && Near(was, now)) { continue; }
            if (was is not null) { text.Append('-').AppendLine(Line(key, was)); }
            if (now is not null) { text.Append('+').AppendLine(Line(key, now)); }
        }
        foreach (string month in Binding.Keys.Union(found.Binding.Keys).Order(StringComparer.Ordinal))
        {
            string? was = Binding.GetValueOrDefault(month);
            string? now = found.Binding.GetValueOrDefault(month);
            if (was == now) { continue; }
            if (was is not null) { text.AppendLine(CultureInfo.InvariantCulture, $"-  {month}: {was}"); }
            if (now is not null) { text.AppendLine(CultureInfo.InvariantCulture, $"+  {month}: {now}"); }
        }
        return text.ToString();
    }

    public void Write(string name)
    {
        StringBuilder text = new(Head);
        text.AppendLine("headline:");
        foreach ((string key, ExpectedNumber number) in Headline) { text.AppendLine(Line(key, number)); }
        text.AppendLine().AppendLine("binding:");
        foreach ((string month, string line) in Binding) { text.AppendLine(CultureInfo.InvariantCulture, $"  {month}: {line}"); }
        System.IO.File.WriteAllText(File(name), text.Replace("\r\n", "\n").ToString());
    }

    private static string Line(string key, ExpectedNumber number) => string.Create(
        CultureInfo.InvariantCulture, $"  {key}: {{ value: {number.Value}, tolerance: {number.Tolerance:0.######}, why: {number.Why} }}");

    private static bool Near(ExpectedNumber was, ExpectedNumber now)
    {
        double before = double.Parse(was.Value, CultureInfo.InvariantCulture);
        double after = double.Parse(now.Value, CultureInfo.InvariantCulture);
        return Math.Abs(after - before) <= was.Tolerance * Math.Abs(before) + 1e-12;
    }

    private static IEnumerable<(string Key, double Value, double Tolerance, string Why)> Numbers(RunResult run)
    {
        Headline head = run.Headline;
        const string sum = "a sum of steps, the same bits everywhere";
        yield return ("live_it_power_peak_mw", head.LiveItPowerPeakMw, 1e-6, "planning arithmetic without chance");
        yield return ("it_power_peak_mw", head.ItPowerPeakMw, 1e-6, "one step of the run");
        yield return ("it_energy_mwh", head.ItEnergyMwh, 1e-6, sum);
        yield return ("fuel_mwh", run.Energy["fuel"], 1e-6, sum);
        yield return ("grid_import_mwh", run.Energy["grid_import"], 1e-6, sum);
        yield return ("pue", head.Pue, 1e-6, sum);
        yield return ("wue_l_per_kwh", head.WueLPerKwh, 1e-6, sum);
        yield return ("unserved_mwh", head.UnservedMwh, 1e-6, sum);
        yield return ("goodput_fraction", head.GoodputFraction, 1e-6, "every failure falls at the same time for the same seed");
        yield return ("useful_gpu_hours", head.UsefulGpuHours, 1e-6, sum);
        yield return ("interruptions", head.Interruptions, 0, "a count");
        yield return ("usd_per_gpu_hour", head.UsdPerGpuHour, 1e-6, sum);
        yield return ("usd_per_useful_gpu_hour", head.UsdPerUsefulGpuHour, 1e-6, sum);
        yield return ("co2_t", head.Co2T, 1e-6, sum);
        yield return ("events", run.EventCounts.Sum(), 0, "a count of events of all kinds");
    }

    private static string Text(double value) => value.ToString("G10", CultureInfo.InvariantCulture);

    private static string Word(Constraint constraint) => constraint.ToString().ToLowerInvariant();
}
