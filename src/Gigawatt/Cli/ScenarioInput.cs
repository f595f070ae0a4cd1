using System.CommandLine;
using System.Globalization;
using Gigawatt.Numerics;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Linting;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Cli;

/// <summary>What every command that takes a scenario shares: the file, overrides, and the lints it draws.</summary>
public static class ScenarioInput
{
    /// <summary>The scenario file.</summary>
    public static Argument<string> File() => new("scenario") { Description = "A scenario file, such as scenarios/island-100mw.yaml" };

    /// <summary>Overrides of values.</summary>
    public static Option<string[]> Sets() => new("--set")
    {
        Description = "Change a value: --set power.batteries[0].count=200 (may be given several times)",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        HelpName = "path=value",
    };

    /// <summary>A day on the command line.</summary>
    public static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "yyyy-mm-dd",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            {
                return day;
            }
            result.AddError($"{name}: expected a date such as 2026-07-01, found '{result.Tokens[0].Value}'");
            return null;
        },
    };

    /// <summary>A whole number on the command line.</summary>
    public static Option<int?> Whole(string name, string description, string helpName, int least) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least) { return number; }
            string range = least == int.MinValue ? "a whole number such as 7" : FormattableString.Invariant($"a whole number of {least} or more");
            result.AddError($"{name}: expected {range}, found '{text}'");
            return null;
        },
    };

    /// <summary>The length of a step on the command line.</summary>
    public static Option<string?> Step() => new("--step")
    {
        Description = "Length of a step, instead of the scenario's: '15 min', '10 s'",
        HelpName = "duration",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            _ = Unit.TryParse("s", out Unit second, out _);
            if (Quantity.TryParse(text, out Quantity given, out _) && given.Unit.Dimension == second.Dimension && given.In(second) is >= 1 and <= 3600 and double stepS
                && Math.Abs(86400 / stepS - Math.Round(86400 / stepS)) < 1e-9)
            {
                return text;
            }
            result.AddError($"--step: expected a duration from 1 s to 1 h that divides a day, such as '1 min' or '15 min', found '{text}'");
            return null;
        },
    };

    /// <summary>What the lints say of a scenario.</summary>
    public static IReadOnlyList<Lint> Lints(Reading<Scenario> reading) => Scenarios.Linting.Lints.Check(
        reading.Value, Facts(reading), [.. reading.Sources.Values.Select(source => new LintSource(source.Id, source.Title))]);

    /// <summary>The values of a scenario as the lints see them: places only for what the file itself says.</summary>
    public static IReadOnlyList<LintFact> Facts(Reading<Scenario> reading) =>
    [
        .. reading.Facts.Select(fact => new LintFact(
            fact.Path, fact.Evidence.Grade, fact.Evidence.SourceId ?? (fact.Evidence.IsGiven ? fact.Evidence.Source : null),
            fact.Origin == FactOrigin.Scenario ? fact.Line : 0, fact.Column)),
    ];
}
