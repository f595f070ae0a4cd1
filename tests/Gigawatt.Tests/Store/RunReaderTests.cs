using Gigawatt.Simulation;
using Gigawatt.Store;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Tests.Store;

public sealed class RunReaderTests : IDisposable
{
    private readonly TemporaryRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 4096)]
    [InlineData(4095, 2)]
    [InlineData(100, 9900)]
    [InlineData(8192, 1808)]
    [InlineData(9999, 1)]
    [InlineData(10_000, 0)]
    public void Any_part_of_a_column_is_that_part(int first, int count)
    {
        using RunReader reader = new(runs.Complete("a.gwr", 10_000));
        reader.Read("it_power_mw", first, count).ShouldBe([.. Enumerable.Range(first, count).Select(i => i / 1000.0)]);
    }

    [Fact]
    public void The_overview_has_one_value_per_chunk()
    {
        using RunReader reader = new(runs.Complete("a.gwr", 10_000));
        ChunkSummary[] summaries = reader.Overview("it_power_mw");
        summaries.Select(s => (s.FirstStep, s.Count, s.Min, s.Max)).ShouldBe([(0, 4096, 0, 4.095), (4096, 4096, 4.096, 8.191), (8192, 1808, 8.192, 9.999)]);
        summaries[2].Mean.ShouldBe((8.192 + 9.999) / 2, 1e-12);
    }

    [Theory]
    [InlineData(60)]    // a chunk is 2.8 days
    [InlineData(1)]     // a chunk is 1.1 h
    public void Days_are_those_in_which_steps_begin(double stepS)
    {
        int rows = stepS == 60 ? 3000 : 90_000;
        int perDay = (int)(86_400 / stepS);
        using RunReader reader = new(runs.Complete("a.gwr", rows, stepS));
        DailyValues daily = reader.Daily("it_power_mw");
        daily.First.ShouldBe(new DateOnly(2026, 3, 1));
        daily.Mean.Length.ShouldBe((rows + perDay - 1) / perDay);
        (daily.Min[0], daily.Max[0], daily.Min[1]).ShouldBe((0, (perDay - 1) / 1000.0, perDay / 1000.0));
        daily.Mean[0].ShouldBe((perDay - 1) / 2000.0, 1e-9);
        daily.Max[^1].ShouldBe((rows - 1) / 1000.0);
    }

    [Fact]
    public void Samples_that_are_not_a_number_come_back_and_count_in_no_mean()
    {
        string path = runs.Named("a.gwr");
        using (RunWriter writer = new(path, TemporaryRuns.Header(3)))
        {
            writer.Begin([new("a_mw", "A", "MW", 0.001), new("b_mw", "B", "MW", 0)], TemporaryRuns.From, 60);
            writer.Row([1, double.NaN]);
            writer.Row([double.PositiveInfinity, double.NaN]);
            writer.Row([3, double.NaN]);
            writer.Complete();
        }
        using RunReader reader = new(path);
        reader.Read("a_mw").ShouldBe([1, double.PositiveInfinity, 3]);
        (reader.Overview("a_mw")[0].Mean, reader.Daily("a_mw").Mean[0], reader.Daily("a_mw").Max[0]).ShouldBe((2, 2, 3));
        reader.Overview("b_mw")[0].Mean.ShouldBe(double.NaN);
        reader.Daily("b_mw").Min[0].ShouldBe(double.NaN);
    }

    [Fact]
    public void A_mistyped_column_or_document_is_answered_with_the_one_meant()
    {
        using RunReader reader = new(runs.Complete("a.gwr", 10));
        Should.Throw<StoreException>(() => reader.Read("it_powr_mw")).Message.ShouldEndWith("the run has no column 'it_powr_mw'; did you mean 'it_power_mw'?");
        Should.Throw<StoreException>(() => reader.Daily("x")).Message.ShouldEndWith("the run has no column 'x'. It has it_power_mw, supply_c, state_count");
        Should.Throw<StoreException>(() => reader.Document("sumary.json")).Message.ShouldEndWith("did you mean 'summary.json'?");
        reader.Document("scenario").ShouldBe(reader.Header.ScenarioText);
    }

    [Fact]
    public void What_is_no_run_file_is_said()
    {
        File.WriteAllText(runs.Named("text"), "name: island");
        File.WriteAllText(runs.Named("empty"), "");
        Refused("text").ShouldEndWith("this is not a run file. Expected a file written by 'gw run'");
        Refused("empty").ShouldContain("the file is empty");
        Refused("none").ShouldContain("there is no such file");
        Should.Throw<StoreException>(() => new RunReader(runs.Folder));
    }

    [Fact]
    public void A_newer_schema_is_said()
    {
        string path = runs.Complete("a.gwr", 10);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[63] = 2;
        File.WriteAllBytes(path, bytes);
        Refused("a.gwr").ShouldEndWith("the run is written in schema version 2, and this program reads version 1. Update Gigawatt");
    }

    [Fact]
    public void A_changed_byte_in_a_chunk_is_noticed()
    {
        string path = runs.Complete("a.gwr", 4096);
        using (Database database = Database.OpenForWriting(path)) { database.Execute("update chunk set data = zeroblob(length(data)) where column = 1"); }
        using RunReader reader = new(path);
        Should.Throw<StoreException>(() => reader.Read("supply_c")).Message
            .ShouldEndWith("the file is damaged (chunk 0 of column supply_c: its checksum differs). Restore it from a copy, or run the scenario again");
        reader.Read("it_power_mw").Length.ShouldBe(4096);
    }

    [Fact]
    public void A_file_cut_anywhere_gives_a_sentence()
    {
        byte[] whole = File.ReadAllBytes(runs.Complete("a.gwr", 20_000));
        Stream chance = Stream.For(7, 0, "truncate", "test");
        for (int i = 0; i < 60; i++)
        {
            File.WriteAllBytes(runs.Named("cut.gwr"), whole[..(int)(chance.NextUniform() * whole.Length)]);
            Should.Throw<StoreException>(() => ReadAll("cut.gwr"));
        }
    }

    [Fact]
    public void Junk_anywhere_gives_numbers_or_a_sentence_but_nothing_worse()
    {
        byte[] whole = File.ReadAllBytes(runs.Complete("a.gwr", 20_000));
        Stream chance = Stream.For(7, 0, "junk", "test");
        int noticed = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = [.. whole];
            // Every other file is hurt in its first pages, where the tables and the index begin.
            int reach = i % 2 == 0 ? whole.Length : Math.Min(whole.Length, 8 * 8192);
            for (int k = 0; k <= i % 40; k++) { damaged[(int)(chance.NextUniform() * reach)] = (byte)(chance.NextUniform() * 256); }
            File.WriteAllBytes(runs.Named("junk.gwr"), damaged);
            try
            {
                ReadAll("junk.gwr");
            }
            catch (StoreException)
            {
                noticed++;
            }
        }
        noticed.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_finished_run_is_read_without_a_trace()
    {
        string path = runs.Complete("a.gwr", 10);
        using (RunReader reader = new(path)) { reader.Read("it_power_mw").Length.ShouldBe(10); }
        Directory.GetFiles(runs.Folder).ShouldBe([path]);
    }

    private void ReadAll(string name)
    {
        using RunReader reader = new(runs.Named(name));
        foreach (RecordedColumn column in reader.Columns)
        {
            reader.Read(column.Name);
            reader.Overview(column.Name);
            reader.Daily(column.Name);
        }
        CsvExport.Events(reader, TextWriter.Null);
        CsvExport.Rows(reader, TextWriter.Null);
        reader.Ledgers();
        foreach (string document in reader.Documents) { reader.Document(document); }
    }

    private string Refused(string name) => Should.Throw<StoreException>(() => new RunReader(runs.Named(name))).Message;
}
