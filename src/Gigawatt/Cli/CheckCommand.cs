using System.CommandLine;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Linting;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;

namespace Gigawatt.Cli;

/// <summary><c>gw check</c>: everything wrong or doubtful in scenario files, without running them.</summary>
public static class CheckCommand
{
    private const double LedgerTolerance = 1e-9;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string[]> files = new("scenarios") { Description = "One or more scenario files, such as scenarios/island-100mw.yaml", Arity = ArgumentArity.OneOrMore };
        Option<string[]> sets = ScenarioInput.Sets();
        Option<bool> strict = new("--strict") { Description = "Exit with 3 when there is a warning" };
        Option<bool> run = new("--run") { Description = "Run each scenario too, and exit with 3 when a ledger does not close" };
        Option<bool> quiet = new("--quiet", "-q") { Description = "Print errors and warnings only, no notes" };
        Command command = new("check", "Report everything wrong or doubtful in scenario files") { files, sets, strict, run, quiet };
        command.SetAction((parsed, stop) =>
        {
            int worst = ExitCode.Done;
            foreach (string file in parsed.GetValue(files)!)
            {
                // A shell's scenarios/*.yaml brings these along.
                if (file.EndsWith(".expected.yaml", StringComparison.Ordinal))
                {
                    if (!parsed.GetValue(quiet)) { Console.WriteLine($"{file}: expected numbers of a scenario, not a scenario; skipped"); }
                    continue;
                }
                int code = ExitCode.Of(() => Check(
                    file, parsed.GetValue(sets) ?? [], parsed.GetValue(strict), parsed.GetValue(run), parsed.GetValue(quiet), stop));
                worst = worst == ExitCode.BadInput ? worst : Math.Max(worst, code);
            }
            return Task.FromResult(worst);
        });
        return command;
    }

    private static int Check(string file, string[] sets, bool strict, bool run, bool quiet, CancellationToken stop)
    {
        Reading<Scenario> reading = ScenarioLoader.Load(file, sets);
        ScenarioLoader.LoadWhatIfs(reading, sets);
        IReadOnlyList<Lint> lints = ScenarioInput.Lints(reading);
        int warnings = 0;
        foreach (Lint lint in lints)
        {
            if (lint.Severity == LintSeverity.Warning) { warnings++; }
            else if (quiet) { continue; }
            Console.WriteLine(lint.Line > 0 ? $"{file}:{lint}" : $"{file}: {lint}");
        }
        int code = strict && warnings > 0 ? ExitCode.NotMet : ExitCode.Done;
        if (run)
        {
            RunResult result = new Simulator(reading.Value, new RunOptions { Folder = ScenarioLoader.FolderOf(file) }, DeafSink.Instance).Run(null, stop);
            if (!result.Complete)
            {
                Terminal.Error($"{file}: interrupted before its last day; the ledgers were not checked");
                return ExitCode.Failed;
            }
            foreach (Ledger ledger in result.Ledgers)
            {
                if (ledger.RelativeResidual <= LedgerTolerance) { continue; }
                Console.WriteLine(FormattableString.Invariant(
                    $"{file}: the {ledger.Name} ledger is open by {ledger.RelativeResidual:0.0e0} of its turnover; at most 1e-9 is allowed"));
                code = ExitCode.NotMet;
            }
        }
        if (!quiet)
        {
            int notes = lints.Count - warnings;
            string doubts = lints.Count == 0 ? "nothing to remark" : $"{Count(warnings, "warning")}, {Count(notes, "note")}";
            Console.WriteLine($"{file}: {reading.Value.Name} can be run; {doubts}{(run ? "; ledgers checked" : "")}");
        }
        return code;
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
