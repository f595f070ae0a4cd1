using System.CommandLine;
using Gigawatt.Claims;
using Gigawatt.Reports;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Linting;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;
using Gigawatt.Store;

namespace Gigawatt.Cli;

/// <summary><c>gw run</c>: simulates a scenario, prints what it found and leaves run.db, summary.json and report.html.</summary>
public static class RunCommand
{
    private const int MostSteps = 1_000_000_000;

    private sealed record Request(
        string File, string[] Sets, DateOnly? From, DateOnly? To, int? Seed, string? Out, bool Json, bool Quiet, bool Alone);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> file = ScenarioInput.File();
        Option<string[]> sets = ScenarioInput.Sets();
        Option<DateOnly?> from = ScenarioInput.Day("--from", "First day, instead of the scenario's");
        Option<DateOnly?> to = ScenarioInput.Day("--to", "Last day, instead of the scenario's");
        Option<string?> step = ScenarioInput.Step();
        Option<int?> seed = ScenarioInput.Whole("--seed", "Seed of chance (weather, failures); another one is another year", "number", int.MinValue);
        Option<string?> target = new("--out") { Description = "Folder to write, instead of runs/NAME-TIME", HelpName = "folder" };
        Option<bool> json = new("--json") { Description = "Print summary.json instead of text" };
        Option<bool> quiet = new("--quiet", "-q") { Description = "Print nothing but errors" };
        Option<bool> alone = new("--alone") { Description = "Do not run the changed campuses under 'what_if' beside it" };
        Command command = new("run", "Simulate a scenario: print what it found, leave run.db, summary.json and report.html")
        {
            file, sets, from, to, step, seed, target, json, quiet, alone,
        };
        command.SetAction((parsed, stop) => Task.FromResult(ExitCode.Of(() =>
        {
            string[] overrides = parsed.GetValue(sets) ?? [];
            if (parsed.GetValue(step) is { } length) { overrides = [.. overrides, $"step={length}"]; }
            Request request = new(
                parsed.GetValue(file)!, overrides, parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(seed),
                parsed.GetValue(target), parsed.GetValue(json), parsed.GetValue(quiet), parsed.GetValue(alone));
            return Run(request, stop);
        })));
        return command;
    }

    private static int Run(Request request, CancellationToken stop)
    {
        Reading<Scenario> reading = ScenarioLoader.Load(request.File, request.Sets);
        RunOptions options = Options(request, reading.Value);
        IReadOnlyList<Reading<Scenario>> changed = request.Alone ? [] : ScenarioLoader.LoadWhatIfs(reading, request.Sets);
        RunFolder folder = RunFolder.New(request.File, request.Out);
        Simulator simulator = new(reading.Value, options, DeafSink.Instance);
        string hash = ScenarioHash.Of(reading, options);
        using RunWriter writer = Writer(folder, Header(reading, options, simulator, hash));
        simulator.Record(writer);
        // The changed campuses have the other cores; nothing is shared between runs.
        Beside[] beside = [.. changed.Select((one, i) => Beside.Start(reading, one.Value, reading.Value.WhatIf[i], options, simulator, stop))];
        RunResult run = RunProgress.Run(simulator, request.Quiet, stop);
        (string, RunResult, RunResult)[] whatIfs = [.. beside.Select(one => (one.Name, one.Changed.GetAwaiter().GetResult(), one.AsItIs?.GetAwaiter().GetResult() ?? run))];

        IReadOnlyList<ClaimVerdict> verdicts = Claim.JudgeAll(run);
        ReportInput input = Input(reading, run, verdicts, hash) with { WhatIfs = run.Complete ? whatIfs : [] };
        string summary = Summary.Of(input).ToJson();
        KeyValuePair<string, string>[] documents = [new("summary", summary), new("facts", FactList.Json(reading.Facts))];
        LedgerLine[] ledgers =
        [
            .. run.Ledgers.SelectMany(ledger => ledger.Lines.Select((line, i) =>
                new LedgerLine(ledger.Name, line.Name, line.Side.ToString().ToLowerInvariant(), ledger[i]))),
        ];
        if (run.Complete) { writer.Complete(ledgers, documents); }
        else { writer.Stop(FormattableString.Invariant($"interrupted at {run.To:yyyy-MM-dd}"), ledgers, documents); }

        ReportData report = Report(input, folder);
        File.WriteAllText(folder.SummaryFile, summary);
        File.WriteAllText(folder.ReportFile, ReportPage.Render(report));
        RunDocument.Add(folder.DatabaseFile, "report", ReportJson.Write(report));
        if (!run.Complete && (request.Json || request.Quiet)) { Terminal.Error($"interrupted; {folder.Path} holds what was simulated until then"); }
        if (request.Json) { Console.Write(summary); }
        else if (!request.Quiet) { RunPrinter.Print(reading.Value, run, TerminalSummary.Of(input), folder); }
        return run.Complete ? ExitCode.Done : ExitCode.Failed;
    }

    private static ReportData Report(ReportInput input, RunFolder folder)
    {
        using RunReader recorded = new(folder.DatabaseFile);
        return ReportBuilder.Build(input with { Recorded = recorded });
    }

    /// <summary>The run file, claimed before anything is simulated; what stands in the way is the user's to change.</summary>
    private static RunWriter Writer(RunFolder folder, RunHeader header)
    {
        try
        {
            return new RunWriter(folder.DatabaseFile, header, Recorder.Columns.Count);
        }
        catch (StoreException wrong)
        {
            folder.Discard();
            throw new InputException($"{wrong.Message}. Nothing was simulated");
        }
    }

    private static RunOptions Options(Request request, Scenario scenario)
    {
        DateOnly from = request.From ?? scenario.Start;
        DateOnly to = request.To ?? scenario.End;
        if (from < scenario.Start || to > scenario.End || to < from)
        {
            throw new InputException(FormattableString.Invariant(
                $"--from and --to: expected days in order between {scenario.Start:yyyy-MM-dd} and {scenario.End:yyyy-MM-dd}, found {from:yyyy-MM-dd} and {to:yyyy-MM-dd}"));
        }
        if (to == DateOnly.MaxValue || (to.DayNumber - from.DayNumber + 1) * (86400 / scenario.StepS) > MostSteps)
        {
            throw new InputException(FormattableString.Invariant(
                $"{request.File}: expected at most {MostSteps:N0} steps in a run, found {from:yyyy-MM-dd} to {to:yyyy-MM-dd} in steps of {scenario.StepS:0.###} s; choose fewer days or a longer --step"));
        }
        return new RunOptions(request.From, request.To, null, request.Seed, 0, ScenarioLoader.FolderOf(request.File));
    }

    private static RunHeader Header(Reading<Scenario> reading, RunOptions options, Simulator simulator, string hash) => new()
    {
        ScenarioName = reading.Value.Name,
        ScenarioText = reading.Text,
        ScenarioHash = hash,
        ProgramVersion = ProgramVersion.Text,
        Seed = options.Seed ?? reading.Value.Seed,
        From = simulator.From,
        To = simulator.To,
        StepS = simulator.StepS,
        StepCount = (int)simulator.StepCount,
    };

    private static ReportInput Input(Reading<Scenario> reading, RunResult run, IReadOnlyList<ClaimVerdict> verdicts, string hash)
    {
        Dictionary<string, Fact> byPath = [];
        foreach (Fact fact in reading.Facts) { byPath.TryAdd(fact.Path, fact); }
        List<Lint> lints = [.. ScenarioInput.Lints(reading), .. RunLints.Check(run, verdicts, ScenarioInput.Facts(reading))];
        return new ReportInput
        {
            Run = run,
            Program = ProgramVersion.Text,
            ScenarioHash = hash,
            Facts = reading.Facts,
            Sources = reading.Sources,
            Claims = [.. verdicts.Select(verdict => Row(verdict, byPath.GetValueOrDefault(verdict.Path + ".value")))],
            Lints = [.. lints.Select(lint => new LintRow(
                lint.Code, lint.Line > 0 ? FormattableString.Invariant($"line {lint.Line}: {lint.Path}") : lint.Path, lint.Text))],
        };
    }

    private static ClaimRow Row(ClaimVerdict verdict, Fact? fact) => new(
        verdict.Says, verdict.By, verdict.On is { } day ? FormattableString.Invariant($"{day:yyyy-MM-dd}") : "",
        verdict.Verdict switch
        {
            Verdict.Supported => "supported",
            Verdict.Contradicted => "contradicted",
            _ => "not decidable",
        },
        verdict.Reason, fact?.Evidence.Source ?? "", (fact?.Evidence.Grade ?? Numerics.Grade.E).ToString());

    /// <summary>A changed campus that is being run, and the campus as it is over the same days when those are not the run's.</summary>
    private sealed record Beside(string Name, Task<RunResult> Changed, Task<RunResult>? AsItIs)
    {
        public static Beside Start(Reading<Scenario> reading, Scenario changed, WhatIfSpec spec, RunOptions options, Simulator simulator, CancellationToken stop)
        {
            DateOnly first = DateOnly.FromDateTime(simulator.From), last = DateOnly.FromDateTime(simulator.To).AddDays(-1);
            DateOnly from = spec.From is { } wanted && wanted > first && wanted <= last ? wanted : first;
            DateOnly to = spec.To is { } end && end < last && end >= from ? end : last;
            RunOptions days = options with { From = from, To = to };
            Task<RunResult> Go(Scenario scenario) => Task.Run(() => new Simulator(scenario, days, DeafSink.Instance).Run(null, stop), CancellationToken.None);
            return new Beside(spec.Name, Go(changed), (from, to) == (first, last) ? null : Go(reading.Value));
        }
    }
}
