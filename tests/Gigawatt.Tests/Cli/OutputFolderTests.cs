namespace Gigawatt.Tests.Cli;

/// <summary>Where a run cannot be kept nothing is simulated, and nothing that lies there already is lost.</summary>
public sealed class OutputFolderTests : TemporaryFolder
{
    // A run of a whole year at 1 s would take a minute: an answer within the patience of these tests came before it.
    private static Outcome RunInto(string folder) => Gw.Run("run", Gw.Island, "--step", "1 s", "--out", folder);

    [Fact]
    public void A_folder_below_a_file_is_refused()
    {
        File.WriteAllText(Named("file"), "mine");
        Outcome outcome = RunInto(Named("file/run"));
        outcome.Code.ShouldBe(2);
        outcome.Out.ShouldBeEmpty();
        outcome.Err.ShouldContain($"{Named("file/run")}: the folder for the run cannot be made");
        File.ReadAllText(Named("file")).ShouldBe("mine");
    }

    [Fact]
    public void A_folder_that_holds_a_run_is_refused_and_left_as_it_was()
    {
        Directory.CreateDirectory(Named("run"));
        File.WriteAllText(Named("run/run.db"), "an older run");
        Outcome outcome = RunInto(Named("run"));
        outcome.Code.ShouldBe(2);
        outcome.Err.ShouldBe($"error: {Named("run")}: holds a run already; name another folder with --out, or remove it\n");
        File.ReadAllText(Named("run/run.db")).ShouldBe("an older run");
    }

    // Nobody can make files there, root neither.
    [NeedsFact("/proc/self/mem")]
    public void A_folder_that_takes_no_files_is_refused()
    {
        Outcome outcome = Gw.Run("run", Gw.Island, "--to", "2026-01-02", "--out", "/proc");
        outcome.Code.ShouldBe(2);
        outcome.Out.ShouldBeEmpty();
        outcome.Err.ShouldContain("/proc/run.db:");
        outcome.Err.ShouldContain("Nothing was simulated");
    }

    [NeedsFact("/bin/sh")]
    public void A_read_only_folder_is_refused()
    {
        // To root, which may write everywhere, the folder is not read-only; /proc above stands for it then.
        if (Environment.UserName == "root" || OperatingSystem.IsWindows()) { return; }
        Directory.CreateDirectory(Named("closed"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Outcome outcome = RunInto(Named("closed"));
        outcome.Code.ShouldBe(2);
        outcome.Err.ShouldContain("no file can be made there");
        outcome.Err.ShouldContain("Nothing was simulated");
    }
}
