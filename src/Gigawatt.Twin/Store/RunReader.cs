using Gigawatt.Numerics;
using Gigawatt.Simulation;

namespace Gigawatt.Store;

/// <summary>One chunk of a column at a glance: what a chart shows when it is zoomed out.</summary>
/// <param name="FirstStep">Step of its first sample, counted from 0.</param>
/// <param name="Count">Samples in it.</param>
/// <param name="Min">Lowest finite sample; not a number when there is none.</param>
/// <param name="Mean">Mean of the finite samples; not a number when there is none.</param>
/// <param name="Max">Highest finite sample; not a number when there is none.</param>
public readonly record struct ChunkSummary(int FirstStep, int Count, double Min, double Mean, double Max);

/// <summary>Reads a run file, also while it is being written: what is there at opening is what is read.</summary>
/// <remarks>Every failure is a <see cref="StoreException"/>. One reader per thread.</remarks>
public sealed class RunReader : IDisposable
{
    private readonly Database database;
    private readonly Statement chunk;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly double[] scratch = new double[ColumnCodec.ChunkLength];

    /// <summary>Opens a run file.</summary>
    /// <exception cref="StoreException">It is missing, no run file, of another schema version, or damaged.</exception>
    public RunReader(string path)
    {
        RunFile.Require(path);
        database = Database.OpenForReading(path);
        try
        {
            RunRow run = RunRow.Read(database);
            (Header, Status, Reason, FirstRow, RowCount) = (run.Header, run.Status, run.Reason, run.FirstRow, run.Rows);
            Columns = RunRow.ReadColumns(database);
            for (int c = 0; c < Columns.Count; c++) { places[Columns[c].Name] = c; }
            chunk = database.Prepare("select count, encoding, crc, data from chunk where column = ? and seq = ?");
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The file, as it was named.</summary>
    public string Path => database.Path;

    /// <summary>What the run is of.</summary>
    public RunHeader Header { get; }

    /// <summary>How far the run came. Only a complete run has every row that its header promises.</summary>
    public RunStatus Status { get; }

    /// <summary>Why the run was stopped; empty otherwise.</summary>
    public string Reason { get; }

    /// <summary>Status for people: complete, stopped and why, or unfinished.</summary>
    public string StatusSentence => Status switch
    {
        RunStatus.Complete => "complete",
        RunStatus.Stopped => FormattableString.Invariant($"stopped after {RowCount:N0} of {Header.StepCount:N0} rows: {Reason}"),
        _ => FormattableString.Invariant($"unfinished: {RowCount:N0} of {Header.StepCount:N0} rows; its writer is still at work, or died"),
    };

    /// <summary>Time of the first row, in UTC.</summary>
    public DateTime FirstRow { get; }

    /// <summary>Rows that can be read.</summary>
    public int RowCount { get; }

    /// <summary>The recorded columns, in the order of a row.</summary>
    public IReadOnlyList<RecordedColumn> Columns { get; }

    /// <summary>Names of the documents kept with the run; the scenario file is <c>scenario</c>.</summary>
    public IReadOnlyList<string> Documents
    {
        get
        {
            using Statement names = database.Prepare("select name from document order by name");
            List<string> found = [];
            while (names.Step()) { found.Add(names.Text(0)); }
            return found;
        }
    }

    /// <summary>Time of a row, in UTC.</summary>
    public DateTime TimeOf(int row) => RunTime.Add(FirstRow, row * Header.StepS);

    /// <summary>A whole column.</summary>
    /// <exception cref="StoreException">There is no such column, or the file is damaged.</exception>
    public double[] Read(string column) => Read(column, 0, RowCount);

    /// <summary>A part of a column.</summary>
    /// <exception cref="StoreException">There is no such column, or the file is damaged.</exception>
    public double[] Read(string column, int firstStep, int count)
    {
        int place = PlaceOf(column);
        ArgumentOutOfRangeException.ThrowIfNegative(firstStep);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, RowCount - firstStep);
        double[] values = new double[count];
        int done = 0;
        while (done < count)
        {
            int step = firstStep + done;
            int seq = step / ColumnCodec.ChunkLength;
            int skip = step % ColumnCodec.ChunkLength;
            int length = LengthOf(seq);
            Span<double> rest = values.AsSpan(done);
            if (skip == 0 && length <= rest.Length)
            {
                LoadChunk(place, seq, rest[..length]);
                done += length;
                continue;
            }
            LoadChunk(place, seq, scratch.AsSpan(0, length));
            int take = Math.Min(length - skip, rest.Length);
            scratch.AsSpan(skip, take).CopyTo(rest);
            done += take;
        }
        return values;
    }

    /// <summary>A column at a glance, one value per 4,096 steps, without unpacking anything.</summary>
    /// <exception cref="StoreException">There is no such column, or the file is damaged.</exception>
    public ChunkSummary[] Overview(string column)
    {
        int place = PlaceOf(column);
        var summaries = new ChunkSummary[ChunkCount];
        using Statement glance = Glance(place);
        for (int seq = 0; seq < summaries.Length; seq++)
        {
            Part part = NextPart(glance, place, seq);
            summaries[seq] = new ChunkSummary(seq * ColumnCodec.ChunkLength, part.Count, part.Min, part.Sum / part.Finite, part.Max);
        }
        return summaries;
    }

    /// <summary>A column day by day, read chunk by chunk; chunks within one day are not even unpacked.</summary>
    /// <exception cref="StoreException">There is no such column, or the file is damaged.</exception>
    public DailyValues Daily(string column)
    {
        int place = PlaceOf(column);
        DateOnly first = DateOnly.FromDateTime(Header.From);
        var days = new DayTotals(RowCount == 0 ? 0 : DayOf(RowCount - 1) + 1);
        using Statement glance = Glance(place);
        for (int seq = 0; seq < ChunkCount; seq++)
        {
            Part part = NextPart(glance, place, seq);
            int step = seq * ColumnCodec.ChunkLength;
            if (DayOf(step) == DayOf(step + part.Count - 1))
            {
                if (part.Finite > 0) { days.Add(DayOf(step), part.Min, part.Max, part.Sum, part.Finite); }
                continue;
            }
            Span<double> values = scratch.AsSpan(0, part.Count);
            LoadChunk(place, seq, values);
            for (int i = 0; i < values.Length; i++)
            {
                if (double.IsFinite(values[i])) { days.Add(DayOf(step + i), values[i], values[i], values[i], 1); }
            }
        }
        return days.Close(first);
    }

    /// <summary>Everything abrupt that happened, in the order of the record, read one by one.</summary>
    /// <exception cref="StoreException">The file is damaged.</exception>
    public IEnumerable<SiteEvent> Events()
    {
        using Statement happened = database.Prepare("select time_s, kind, component, value from event order by id");
        while (happened.Step())
        {
            string name = happened.Text(1);
            if (!RunSchema.TryKind(name, out EventKind kind)) { throw database.Damaged($"unknown kind of event '{name}'"); }
            yield return new SiteEvent(happened.Real(0), kind, happened.Text(2), happened.Real(3));
        }
    }

    /// <summary>The accounts of the run, in the order they were written; none for a run that did not end.</summary>
    /// <exception cref="StoreException">The file is damaged.</exception>
    public IReadOnlyList<LedgerLine> Ledgers()
    {
        using Statement lines = database.Prepare("select ledger, line, side, value from ledger order by id");
        List<LedgerLine> found = [];
        while (lines.Step()) { found.Add(new LedgerLine(lines.Text(0), lines.Text(1), lines.Text(2), lines.Real(3))); }
        return found;
    }

    /// <summary>The text of a document kept with the run.</summary>
    /// <exception cref="StoreException">There is none of that name, or the file is damaged.</exception>
    public string Document(string name)
    {
        using Statement document = database.Prepare("select text from document where name = ?");
        document.Bind(1, name);
        return document.Step() ? document.Text(0) : throw new StoreException($"{Path}: the run has no document '{name}'{Hint(name, Documents)}");
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        chunk.Dispose();
        database.Dispose();
    }

    /// <summary>Chunks of each column.</summary>
    internal int ChunkCount => (int)(((long)RowCount + ColumnCodec.ChunkLength - 1) / ColumnCodec.ChunkLength);

    /// <summary>Samples in one chunk.</summary>
    internal int LengthOf(int seq) => Math.Min(ColumnCodec.ChunkLength, RowCount - seq * ColumnCodec.ChunkLength);

    /// <summary>Place of a column in a row, once it is sure that the file holds as much of it as it says.</summary>
    internal int PlaceOf(string column)
    {
        if (!places.TryGetValue(column, out int place)) { throw new StoreException($"{Path}: the run has no column '{column}'{Hint(column, places.Keys)}"); }
        // Without this a damaged count of rows could ask for any amount of memory.
        using Statement count = database.Prepare("select count(*) from chunk where column = ?");
        count.Bind(1, place);
        count.Step();
        return count.Integer(0) >= ChunkCount ? place : throw database.Damaged($"column {column} has {count.Integer(0)} of {ChunkCount} chunks");
    }

    /// <summary>Reads one chunk of a column into a span of its length.</summary>
    internal void LoadChunk(int place, int seq, Span<double> into)
    {
        chunk.Reset();
        chunk.Bind(1, place);
        chunk.Bind(2, seq);
        try
        {
            if (!chunk.Step() || chunk.Integer(0) != into.Length) { throw new InvalidDataException("it is not there, or of another length"); }
            ReadOnlySpan<byte> data = chunk.Bytes(3);
            if (Checksum.Of(data) != chunk.Integer(2)) { throw new InvalidDataException("its checksum differs"); }
            ColumnCodec.Decode(data, (ChunkEncoding)chunk.Integer(1), Columns[place].Quantum, into);
        }
        catch (InvalidDataException e)
        {
            throw database.Damaged($"chunk {seq} of column {Columns[place].Name}: {e.Message}");
        }
        finally
        {
            chunk.Reset();
        }
    }

    private static string Hint(string name, IEnumerable<string> known)
    {
        string phrase = Suggestion.Phrase(name, known);
        return phrase.Length > 0 ? phrase : $". It has {string.Join(", ", known.Take(12))}{(known.Count() > 12 ? " …" : "")}";
    }

    private Statement Glance(int place)
    {
        Statement glance = database.Prepare("select seq, count, min, max, sum, missing from chunk where column = ? order by seq");
        glance.Bind(1, place);
        return glance;
    }

    private Part NextPart(Statement glance, int place, int seq)
    {
        int count = LengthOf(seq);
        if (!glance.Step() || glance.Integer(0) != seq || glance.Integer(1) != count || glance.Integer(5) < 0 || glance.Integer(5) > count)
        {
            throw database.Damaged($"chunk {seq} of column {Columns[place].Name} is not as long as it should be");
        }
        return new Part(count, glance.Real(2), glance.Real(3), glance.Real(4), count - (int)glance.Integer(5));
    }

    private int DayOf(int step) =>
        (int)(RunTime.Add(Header.From, step * Header.StepS).Ticks / TimeSpan.TicksPerDay - Header.From.Ticks / TimeSpan.TicksPerDay);

    private readonly record struct Part(int Count, double Min, double Max, double Sum, int Finite);
}
