using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Gigawatt.Cli;

/// <summary>The usual help with lines to try below it.</summary>
/// <param name="usual">The help that lists arguments and options.</param>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Lines to try by command; under <c>gw</c> those for somebody who never saw the program.</summary>
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["gw"] =
        [
            "./gw run scenarios/island-100mw.yaml       # a year of a small campus: a summary here, report.html in runs/",
            "./gw check scenarios/colossus-2.yaml       # what is wrong or doubtful in a scenario, without running it",
        ],
        ["run"] =
        [
            "./gw run scenarios/island-100mw.yaml       # leaves run.db, summary.json and report.html in runs/island-100mw-TIME/",
            "./gw run scenarios/island-100mw.yaml --to 2026-03-31 --set power.gas_turbines[0].count=6 --out runs/six",
            "./gw run scenarios/island-100mw.yaml --json --seed 7 | jq .headline",
        ],
        ["check"] = ["./gw check scenarios/*.yaml", "./gw check scenarios/island-100mw.yaml --run --strict"],
        ["study"] =
        [
            "./gw study                                 # the studies and an example of each",
            "./gw study adequacy studies/rts-79.yaml    # tables here, study.html with pictures in runs/",
            "./gw study frequency studies/load-loss-32-turbines.yaml --json | jq .nadir_hz",
        ],
        ["report"] = ["./gw report runs/six", "./gw report runs/six --out six.html"],
        ["compare"] = ["./gw compare runs/island-100mw-20260301-120000 runs/six"],
        ["export"] = ["./gw export runs/six --csv", "./gw export runs/six --columns it_power_mw,facility_power_mw --every 60 --out hourly.csv"],
        ["catalog"] = ["./gw catalog", "./gw catalog turbines", "./gw catalog titan-350 --json"],
        ["schema"] = ["./gw schema > scenario.schema.json"],
    };

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        Command command = parseResult.CommandResult.Command;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string line in Examples.GetValueOrDefault(command is RootCommand ? "gw" : command.Name, [])) { output.WriteLine($"  {line}"); }
        output.WriteLine();
        output.WriteLine(command is RootCommand
            ? "'gw COMMAND --help' tells more about one command. Exit codes: 0 done, 1 failed or interrupted, 2 bad input, 3 a check was not met."
            : "Exit codes: 0 done, 1 failed or interrupted, 2 bad input, 3 a check was not met. docs/commands.md has the details.");
        return code;
    }
}
