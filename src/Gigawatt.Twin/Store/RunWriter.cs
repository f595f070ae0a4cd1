using System.Runtime.InteropServices;
using Gigawatt.Simulation;

namespace Gigawatt.Store;

/// <summary>Keeps a run in one file as it is simulated: packed columns, events, and at the end ledgers and documents.</summary>
/// <remarks>
/// While it runs, finished chunks are committed to a write-ahead log (a second file ending in -wal), so another program can read
/// along, and a killed writer leaves all committed rows. At the end one file remains. Disposing an unfinished run stops it.
/// Not modelled: survival of a power cut, after which a running file may be damaged.
/// </remarks>
public sealed class RunWriter : IRecordSink, IDisposable
{

    // Columns lie a cache line further apart than 4,096 values: at 32 KiB they would all fall into the same set of the cache.
    private const int Stride = ColumnCodec.ChunkLength + 8;

    private readonly Database database;
    private readonly RunHeader header;
    private readonly ColumnCodec codec = new();
    private readonly byte[] packed = new byte[ColumnCodec.MaxBytes];
    private readonly List<SiteEvent> events = [];
    private readonly Statement insertEvent;
    private readonly Statement updateRows;
    private Statement? insertChunk;
    private double[] quanta = [];
    private double[] values = [];
    private double firstRowS;
    private int filled;
    private int rows;
    private bool closed;

    /// <summary>Makes the file, so that everything that can stand in the way is said before the first step.</summary>
    /// <param name="path">Where the run goes; the folder exists, the file does not.</param>
    /// <param name="header">What the run is of.</param>
    /// <param name="expectedColumns">How many columns will come, when known: then room on the disk is checked here, not in Begin.</param>
    /// <exception cref="StoreException">The file cannot be made there, exists already, or will not fit on the disk.</exception>
    public RunWriter(string path, RunHeader header, int expectedColumns = 0)
    {
        this.header = header;
        RunFile.RequireRoom(path, header.StepCount, expectedColumns);
        RunFile.Claim(path);
        try
        {
            database = Database.OpenForWriting(path);
            database.Execute(
                $"pragma page_size = 8192; pragma application_id = {RunSchema.ApplicationId}; pragma user_version = {RunSchema.Version};"
                + $"begin; {RunSchema.Tables} commit; pragma synchronous = off; pragma journal_mode = wal");
            RunTables.WriteHeader(database, header);
            insertEvent = database.Prepare("insert into event(time_s, kind, component, value) values(?, ?, ?, ?)");
            updateRows = database.Prepare("update run set rows = ?");
        }
        catch
        {
            Release();
            RunFile.Remove(path);
            throw;
        }
    }

    /// <summary>Rows taken so far.</summary>
    public int RowCount => rows + filled;

    /// <summary>The database below, for tests that make it fail.</summary>
    internal Database Database => database;

    /// <inheritdoc/>
    /// <exception cref="StoreException">The run will not fit on the disk.</exception>
    public void Begin(IReadOnlyList<RecordedColumn> columns, DateTime start, double stepS)
    {
        if (closed || insertChunk is not null) { throw new InvalidOperationException("a run begins once"); }
        if (columns.Count == 0 || columns.Select(c => c.Name).Distinct().Count() < columns.Count)
        {
            throw new ArgumentException("a run needs columns of different names", nameof(columns));
        }
        if (columns.Any(c => !(c.Quantum >= 0) || !double.IsFinite(c.Quantum))) { throw new ArgumentException("a quantum is 0 or more", nameof(columns)); }
        if (stepS != header.StepS) { throw new ArgumentException($"the header promises steps of {header.StepS} s", nameof(stepS)); }
        try
        {
            RunFile.RequireRoom(database.Path, header.StepCount, columns.Count);
        }
        catch (StoreException)
        {
            Release();
            RunFile.Remove(database.Path);
            throw;
        }
        RunTables.WriteColumns(database, columns, start);
        firstRowS = (start - header.From).TotalSeconds;
        quanta = [.. columns.Select(c => c.Quantum)];
        values = new double[columns.Count * Stride];
        insertChunk = database.Prepare(
            "insert into chunk(column, seq, count, encoding, t0, dt, min, max, sum, missing, crc, data) values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The disk is full or failed; the run is then stopped as well as can be.</exception>
    public void Row(ReadOnlySpan<double> values)
    {
        if (values.Length != quanta.Length || closed) { throw new InvalidOperationException("a row comes between Begin and the end, one value per column"); }
        int at = filled;
        foreach (double value in values)
        {
            this.values[at] = value;
            at += Stride;
        }
        if (++filled == ColumnCodec.ChunkLength) { Flush(); }
    }

    /// <inheritdoc/>
    public void Happened(in SiteEvent what)
    {
        if (closed) { throw new InvalidOperationException("the run is closed"); }
        events.Add(what);
    }

    /// <summary>Every step was simulated: writes what was made of the run and closes the file as complete.</summary>
    /// <param name="ledgers">Accounts of the whole run.</param>
    /// <param name="documents">Texts by name, such as the summary as JSON.</param>
    /// <exception cref="StoreException">The disk is full or failed.</exception>
    public void Complete(IEnumerable<LedgerLine>? ledgers = null, IEnumerable<KeyValuePair<string, string>>? documents = null)
    {
        if (RowCount != header.StepCount)
        {
            throw new InvalidOperationException($"the run promised {header.StepCount} rows and wrote {RowCount}: stop it instead");
        }
        Close("complete", null, ledgers, documents);
    }

    /// <summary>Ends the run before its last step: all rows taken so far can be read, and the file says why it stopped.</summary>
    /// <param name="reason">Why, for people.</param>
    /// <param name="ledgers">Accounts up to here.</param>
    /// <param name="documents">Texts by name.</param>
    /// <exception cref="StoreException">The disk is full or failed.</exception>
    public void Stop(string reason, IEnumerable<LedgerLine>? ledgers = null, IEnumerable<KeyValuePair<string, string>>? documents = null) =>
        Close("stopped", reason, ledgers, documents);

    /// <summary>Closes the file. A run that was neither completed nor stopped is stopped.</summary>
    public void Dispose()
    {
        if (closed) { return; }
        try
        {
            Stop("the program ended the run before its last step");
        }
        catch (StoreException)
        {
            // Disposal must not hide the failure that led to it; the file then says running, which is read as unfinished.
            Release();
        }
    }

    // Measured for 1.5 M rows of 40 columns: a commit per 4,096 rows takes as long as one per 32 times as many (0.38 s in all).
    private void Flush() => Guarded(() =>
    {
        database.Execute("begin");
        WriteRows();
        database.Execute("commit");
    });

    private void WriteRows()
    {
        if (filled > 0 && insertChunk is not null) { WriteChunks(insertChunk); }
        foreach (ref readonly SiteEvent happened in CollectionsMarshal.AsSpan(events))
        {
            insertEvent.Bind(1, happened.TimeS);
            insertEvent.Bind(2, RunSchema.NameOf(happened.Kind));
            insertEvent.Bind(3, happened.Component);
            insertEvent.Bind(4, happened.Value);
            insertEvent.Run();
        }
        events.Clear();
        updateRows.Bind(1, rows);
        updateRows.Run();
    }

    private void WriteChunks(Statement insert)
    {
        insert.Bind(2, rows / ColumnCodec.ChunkLength);
        insert.Bind(3, filled);
        insert.Bind(5, firstRowS + rows * header.StepS);
        insert.Bind(6, header.StepS);
        for (int c = 0; c < quanta.Length; c++)
        {
            EncodedChunk chunk = codec.Encode(values.AsSpan(c * Stride, filled), quanta[c], packed);
            ReadOnlySpan<byte> data = packed.AsSpan(0, chunk.Length);
            insert.Bind(1, c);
            insert.Bind(4, (int)chunk.Encoding);
            insert.Bind(7, chunk.Min);
            insert.Bind(8, chunk.Max);
            insert.Bind(9, chunk.Sum);
            insert.Bind(10, chunk.Missing);
            insert.Bind(11, Checksum.Of(data));
            insert.Bind(12, data);
            insert.Run();
        }
        rows += filled;
        filled = 0;
    }

    /// <summary>Does something to the database; if that fails, marks what is there as stopped and closes the file.</summary>
    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (StoreException e)
        {
            Fail(e);
            throw;
        }
    }

    private void Fail(StoreException why)
    {
        try
        {
            // A failed statement may have rolled back by itself; then there is no transaction and this fails harmlessly.
            database.Execute("rollback");
        }
        catch (StoreException)
        {
        }
        try
        {
            RunTables.WriteEnd(database, "stopped", why.Message);
        }
        catch (StoreException)
        {
            // No room even for that: the file stays marked as running, which is read as unfinished.
        }
        Release();
    }

    private void Close(string status, string? reason, IEnumerable<LedgerLine>? ledgers, IEnumerable<KeyValuePair<string, string>>? documents)
    {
        if (closed) { throw new InvalidOperationException("the run is closed already"); }
        LedgerLine[] lines = [.. ledgers ?? []];
        KeyValuePair<string, string>[] texts = [.. documents ?? []];
        Guarded(() =>
        {
            database.Execute("begin");
            WriteRows();
            foreach (LedgerLine line in lines) { RunTables.WriteLedger(database, line); }
            foreach ((string name, string text) in texts) { RunTables.WriteDocument(database, name, text); }
            RunTables.WriteEnd(database, status, reason);
            database.Execute("commit");
        });
        try
        {
            // While someone reads along the mode cannot change; then an empty log stays beside the file.
            database.TryExecute("pragma wal_checkpoint(truncate)");
            database.TryExecute("pragma journal_mode = delete");
        }
        finally
        {
            Release();
        }
    }

    private void Release()
    {
        closed = true;
        insertChunk?.Dispose();
        insertEvent?.Dispose();
        updateRows?.Dispose();
        database?.Dispose();
    }
}
