using System.CommandLine;
using System.Globalization;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Linting;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Cli;

/// <summary>What every command that takes a scenario shares: the file, overrides, and the lints it draws.</summary>
public static class ScenarioInput
{
    /// <summary>The scenario file.</summary>
    public static Argument<string> File() => new("scenario") { Description = "Scenario file, such as scenarios/island-100mw.yaml" };

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
