using System.Diagnostics;
using System.Text.Json;

namespace Gigawatt.Tests.Cli;

/// <summary>A run that is ended from outside is never mistaken for a whole one.</summary>
public sealed class InterruptedRunTests : TemporaryFolder
{
    [NeedsFact("/bin/kill", "/usr/bin/env", "/proc/self/stat")]
    public void Ctrl_C_leaves_a_run_that_can_be_read_and_says_that_it_was_interrupted()
    {
        string run = Named("stopped");
        Process process = BeginYearAtOneSecond(run);
        Process.Start("/bin/kill", ["-INT", $"{process.Id}"]).WaitForExit();
        Outcome outcome = Gw.Finish(process);
        outcome.Code.ShouldBe(1);
        outcome.Out.ShouldContain("INTERRUPTED: what follows covers only the time simulated");
        File.Exists(Path.Combine(run, "run.db-wal")).ShouldBeFalse();
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "summary.json")));
        summary.RootElement.GetProperty("complete").GetBoolean().ShouldBeFalse();
        int steps = summary.RootElement.GetProperty("steps").GetInt32();
        (steps % 86400).ShouldBe(0);   // it stops at the end of a simulated day
        steps.ShouldBeInRange(86400, 364 * 86400);
        File.ReadAllText(Path.Combine(run, "report.html")).ShouldContain("\"complete\":false");

        File.Delete(Path.Combine(run, "report.html"));
        Outcome report = Gw.Run("report", run);
        report.Code.ShouldBe(0);
        report.Err.ShouldContain("stopped after");
        report.Err.ShouldContain("interrupted at 2026-");
        File.ReadAllText(Path.Combine(run, "report.html")).ShouldContain("\"complete\":false");

        Outcome export = Gw.Run("export", run, "--columns", "it_power_mw", "--every", "86400");
        export.Code.ShouldBe(0);
        export.Err.ShouldContain("stopped after");
        File.ReadLines(Path.Combine(run, "run.csv")).Count().ShouldBe(1 + steps / 86400);
    }

    [NeedsFact("/bin/kill", "/usr/bin/env", "/proc/self/stat")]
    public void A_killed_run_is_called_unfinished()
    {
        string run = Named("killed");
        Process process = BeginYearAtOneSecond(run);
        process.Kill();
        Gw.Finish(process).Code.ShouldNotBe(0);
        File.Exists(Path.Combine(run, "summary.json")).ShouldBeFalse();
        File.Exists(Path.Combine(run, "report.html")).ShouldBeFalse();

        Outcome report = Gw.Run("report", run);
        report.Code.ShouldBe(2);
        report.Err.ShouldContain("holds no report; unfinished:");
        report.Err.ShouldContain("of 31,536,000 rows");
        Gw.Run("compare", run, run).Code.ShouldBe(2);

        Outcome export = Gw.Run("export", run, "--columns", "it_power_mw", "--every", "3600");
        export.Code.ShouldBe(0);
        export.Err.ShouldContain("unfinished:");

        Outcome again = Gw.Run("run", Gw.Island, "--to", "2026-01-02", "--out", run);
        again.Code.ShouldBe(2);
        again.Err.ShouldContain("holds a run already");
    }

    /// <summary>A run that has a minute to go, once its first days are in the file.</summary>
    private static Process BeginYearAtOneSecond(string folder)
    {
        // A test that was itself started in the background would hand down an ignored SIGINT: env gives it back its meaning.
        Process process = Gw.Begin("/usr/bin/env", null, [], "--default-signal=INT", "dotnet", Gw.Program, "run", Gw.Island, "--step", "1 s", "--out", folder);
        FileInfo log = new(Path.Combine(folder, "run.db-wal"));
        for (int i = 0; i < 1200 && !process.HasExited && !(log.Exists && log.Length > 3_000_000); i++)
        {
            Thread.Sleep(50);
            log.Refresh();
        }
        process.HasExited.ShouldBeFalse();
        return process;
    }
}
