using Gigawatt.Simulation;
using Gigawatt.Store;

namespace Gigawatt.Tests.Store;

public sealed class RunWriterTests : IDisposable
{
    private readonly TemporaryRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void A_complete_run_is_one_file_that_holds_everything()
    {
        string path = runs.Complete("a.gwr", 10_000);
        Directory.GetFiles(runs.Folder).ShouldBe([path]);
        using RunReader reader = new(path);
        reader.Status.ShouldBe(RunStatus.Complete);
        reader.Header.ShouldBe(TemporaryRuns.Header(10_000));
        reader.Header.From.Kind.ShouldBe(DateTimeKind.Utc);
        reader.Columns.ShouldBe(TemporaryRuns.Columns);
        reader.Read("it_power_mw").ShouldBe([.. Enumerable.Range(0, 10_000).Select(i => i / 1000.0)]);
        reader.Ledgers().ShouldBe([new LedgerLine("energy_mwh", "fuel", "in", 12.5)]);
        reader.Events().First().ShouldBe(new SiteEvent(90.5, EventKind.UnitTrip, "turbine-1", 38));
        reader.Document("summary.json").ShouldBe("{\"rows\": 1}");
    }

    [Fact]
    public void The_same_run_written_twice_gives_the_same_bytes() =>
        File.ReadAllBytes(runs.Complete("a.gwr", 9000)).ShouldBe(File.ReadAllBytes(runs.Complete("b.gwr", 9000)));

    [Fact]
    public void A_row_allocates_nothing()
    {
        using RunWriter writer = TemporaryRuns.Begun(runs.Named("a.gwr"), 10, 100_000);
        double[] row = TemporaryRuns.RowAt(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 4000; i++) { writer.Row(row); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_stopped_run_keeps_every_row_and_says_why()
    {
        string path = runs.Named("a.gwr");
        using (RunWriter writer = TemporaryRuns.Begun(path, 5000, 20_000)) { writer.Stop("frequency is not a number at 2026-03-04"); }
        using RunReader reader = new(path);
        reader.Status.ShouldBe(RunStatus.Stopped);
        reader.StatusSentence.ShouldBe("stopped after 5,000 of 20,000 rows: frequency is not a number at 2026-03-04");
        reader.Read("it_power_mw").Length.ShouldBe(5000);
        File.Exists(path + "-wal").ShouldBeFalse();
    }

    [Fact]
    public void A_writer_disposed_early_leaves_a_stopped_run()
    {
        string path = runs.Named("a.gwr");
        TemporaryRuns.Begun(path, 100, 200).Dispose();
        using RunReader reader = new(path);
        (reader.Status, reader.RowCount).ShouldBe((RunStatus.Stopped, 100));
    }

    [Fact]
    public void A_run_that_is_not_whole_cannot_be_called_complete()
    {
        using RunWriter writer = TemporaryRuns.Begun(runs.Named("a.gwr"), 99, 100);
        Should.Throw<InvalidOperationException>(() => writer.Complete()).Message.ShouldBe("the run promised 100 rows and wrote 99: stop it instead");
    }

    [Fact]
    public void A_killed_writer_leaves_an_unfinished_run_of_whole_chunks()
    {
        // What the disk holds while the writer lives is what a kill leaves: the file and its log.
        using RunWriter writer = TemporaryRuns.Begun(runs.Named("a.gwr"), 9000, 20_000);
        foreach (string side in (string[])["", "-wal"]) { File.Copy(runs.Named("a.gwr" + side), runs.Named("killed.gwr" + side)); }
        using RunReader reader = new(runs.Named("killed.gwr"));
        reader.Status.ShouldBe(RunStatus.Running);
        reader.StatusSentence.ShouldBe("unfinished: 8,192 of 20,000 rows; its writer is still at work, or died");
        reader.Read("it_power_mw").ShouldBe([.. Enumerable.Range(0, 8192).Select(i => i / 1000.0)]);
        reader.Daily("supply_c").Mean.Length.ShouldBe(6);  // 8,192 min are 5.7 days
    }

    [Fact]
    public void A_run_can_be_read_while_it_is_written()
    {
        string path = runs.Named("a.gwr");
        using (RunWriter writer = TemporaryRuns.Begun(path, 5000, 10_000))
        {
            using RunReader early = new(path);
            early.Read("it_power_mw").Length.ShouldBe(4096);
            for (int step = 5000; step < 10_000; step++) { writer.Row(TemporaryRuns.RowAt(step)); }
            early.Read("it_power_mw").Length.ShouldBe(4096);
            writer.Complete();
        }
        using RunReader late = new(path);
        (late.Status, late.Read("it_power_mw")[^1]).ShouldBe((RunStatus.Complete, 9.999));
    }

    [Fact]
    public void A_run_never_replaces_a_file()
    {
        File.WriteAllText(runs.Named("a.gwr"), "mine");
        Refused("a.gwr").ShouldEndWith("the file exists already, and runs are never written over. Choose another name, or remove it first");
        File.ReadAllText(runs.Named("a.gwr")).ShouldBe("mine");
    }

    [Fact]
    public void A_missing_folder_is_said() =>
        Refused("none/a.gwr").ShouldEndWith("the folder does not exist. Make it first, or choose another one");

    [Fact]
    public void A_folder_that_may_not_be_written_to_is_said()
    {
        string folder = runs.Folder;
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess) { folder = "/proc/self"; }  // permissions do not hold root back
        else if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute); }
        else { folder = Path.Combine(folder, "a|b"); }
        try
        {
            Should.Throw<StoreException>(() => new RunWriter(Path.Combine(folder, "a.gwr"), TemporaryRuns.Header(1)));
        }
        finally
        {
            if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(runs.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); }
        }
    }

    [Fact]
    public void A_run_larger_than_the_disk_is_refused_before_it_begins_and_leaves_no_file()
    {
        RunHeader header = TemporaryRuns.Header(int.MaxValue, 0.001);
        Should.Throw<StoreException>(() => new RunWriter(runs.Named("a.gwr"), header, 1_000_000)).Message.ShouldContain("MB free. Make room");
        using RunWriter writer = new(runs.Named("b.gwr"), header);
        RecordedColumn[] many = [.. Enumerable.Range(0, 1_000_000).Select(i => new RecordedColumn($"c{i}_mw", "", "MW", 0))];
        Should.Throw<StoreException>(() => writer.Begin(many, TemporaryRuns.From, 0.001)).Message.ShouldContain("MB free. Make room");
        Directory.GetFiles(runs.Folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_disk_that_fills_up_ends_the_run_with_a_sentence_and_keeps_what_was_written()
    {
        string path = runs.Named("a.gwr");
        using (RunWriter writer = TemporaryRuns.Begun(path, 4096, 1_000_000))
        {
            writer.Database.Execute("pragma max_page_count = 20");
            double[] noise = new double[3];
            StoreException full = Should.Throw<StoreException>(() =>
            {
                for (int i = 0; i < 1_000_000; i++)
                {
                    noise[0] = i * 7919L % 104729;
                    writer.Row(noise);
                }
            });
            full.Message.ShouldBe($"{path}: the run cannot be written: the disk is full. Rows written so far can be read; make room, or choose another disk, and run again");
        }
        using RunReader reader = new(path);
        reader.Status.ShouldBe(RunStatus.Stopped);
        reader.Reason.ShouldContain("the disk is full");
        reader.RowCount.ShouldBeGreaterThanOrEqualTo(4096);
        reader.Read("it_power_mw")[..4096].ShouldBe([.. Enumerable.Range(0, 4096).Select(i => i / 1000.0)]);
    }

    private string Refused(string name) =>
        Should.Throw<StoreException>(() => new RunWriter(runs.Named(name), TemporaryRuns.Header(1))).Message;
}
