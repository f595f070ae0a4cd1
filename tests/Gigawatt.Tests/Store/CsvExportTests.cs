using Gigawatt.Store;

namespace Gigawatt.Tests.Store;

public sealed class CsvExportTests : IDisposable
{
    private readonly TemporaryRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public void Rows_have_a_time_and_every_column()
    {
        using RunReader reader = new(runs.Complete("a.gwr", 3));
        Text(to => CsvExport.Rows(reader, to)).ShouldBe("""
            time,it_power_mw,supply_c,state_count
            2026-03-01T00:00:00Z,0,20,1
            2026-03-01T00:01:00Z,0.001,21,1
            2026-03-01T00:02:00Z,0.002,22,1

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Thinned_rows_are_means_over_chunk_borders_too()
    {
        using RunReader reader = new(runs.Complete("a.gwr", 5000));
        string[] lines = Text(to => CsvExport.Rows(reader, to, ["state_count", "it_power_mw"], 1000)).TrimEnd().Split('\n');
        lines[0].ShouldBe("time,state_count,it_power_mw");
        lines.Length.ShouldBe(6);
        string[] fifth = lines[5].Split(',');
        fifth[0].ShouldBe("2026-03-03T18:40:00Z");  // 4,000 min are 2 d 18 h 40 min
        double.Parse(fifth[2], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(4.4995, 1e-9);  // mean of 4.000 … 4.999
    }

    [Fact]
    public void Steps_below_a_second_keep_their_fractions_and_gaps_are_empty()
    {
        string path = runs.Named("a.gwr");
        using (RunWriter writer = new(path, TemporaryRuns.Header(3, 0.25)))
        {
            writer.Begin([new("a_mw", "A", "MW", 0)], TemporaryRuns.From, 0.25);
            foreach (double value in (double[])[1e-7, double.NaN, double.NegativeInfinity]) { writer.Row([value]); }
            writer.Complete();
        }
        using RunReader reader = new(path);
        Text(to => CsvExport.Rows(reader, to)).ShouldBe(
            "time,a_mw\n2026-03-01T00:00:00Z,1E-07\n2026-03-01T00:00:00.25Z,\n2026-03-01T00:00:00.5Z,-inf\n");
        Text(to => CsvExport.Rows(reader, to, every: 3)).ShouldBe("time,a_mw\n2026-03-01T00:00:00Z,1E-07\n");
    }

    [Fact]
    public void Events_and_ledgers_go_to_files_of_their_own()
    {
        using RunReader reader = new(runs.Complete("a.gwr", 10));
        IReadOnlyList<string> files = CsvExport.Files(reader, runs.Named("out.csv"));
        files.Select(Path.GetFileName).ShouldBe(["out.csv", "out.events.csv", "out.ledgers.csv"]);
        File.ReadAllText(files[1]).ShouldBe(
            "time,time_s,kind,component,value\n2026-03-01T00:01:30.5Z,90.5,unit_trip,turbine-1,38\n"
            + "2026-03-01T01:00:00Z,3600,job_started,\"job \"\"a\"\", first\",8192\n");
        File.ReadAllText(files[2]).ShouldBe("ledger,line,side,value\nenergy_mwh,fuel,in,12.5\n");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said()
    {
        using RunReader reader = new(runs.Complete("a.gwr", 10));
        Should.Throw<StoreException>(() => CsvExport.Files(reader, runs.Named("none/out.csv"))).Message.ShouldContain("the export cannot be written");
    }

    [Fact]
    public void Memory_does_not_grow_with_the_run()
    {
        using RunReader reader = new(runs.Complete("a.gwr", 100_000));
        CsvExport.Rows(reader, TextWriter.Null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        CsvExport.Rows(reader, TextWriter.Null);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(300_000);  // three chunks of 32 KiB, and names
    }

    private static string Text(Action<TextWriter> write)
    {
        using StringWriter to = new();
        write(to);
        return to.ToString();
    }
}
