using SQLitePCL;

namespace Gigawatt.Store;

/// <summary>An open SQLite database whose every failure is a <see cref="StoreException"/> with a sentence.</summary>
/// <remarks>Speaks to SQLite directly: binding a span of bytes allocates nothing, and reading one copies nothing.</remarks>
internal sealed class Database : IDisposable
{
    private readonly sqlite3 handle;

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 handle, string path, bool writing)
    {
        this.handle = handle;
        Path = path;
        Writing = writing;
    }

    /// <summary>Path as the user gave it, for sentences.</summary>
    public string Path { get; }

    /// <summary>Whether sentences speak of writing or of reading.</summary>
    public bool Writing { get; }

    /// <summary>Opens an existing file, empty or a database, for writing.</summary>
    public static Database OpenForWriting(string path) => Open(path, System.IO.Path.GetFullPath(path), raw.SQLITE_OPEN_READWRITE);

    /// <summary>Opens a database for reading; nothing is written into it.</summary>
    public static Database OpenForReading(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        Database database = Open(path, full, raw.SQLITE_OPEN_READONLY);
        try
        {
            database.Execute("pragma trusted_schema = off; pragma cell_size_check = on");
            using Statement probe = database.Prepare("select count(*) from sqlite_master");
            probe.Step();
            return database;
        }
        catch (StoreException) when (new FileInfo(full + "-wal") is { Exists: false } or { Length: 0 })
        {
            // A file in WAL mode in a folder where no side file can be made: with nothing in the log it may be read as it lies.
            database.Dispose();
            return Open(path, new Uri(full).AbsoluteUri + "?immutable=1", raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that return nothing worth reading.</summary>
    public void Execute(string sql) => Require(raw.sqlite3_exec(handle, sql));

    /// <summary>Runs one statement, or does without when another program keeps the file in use.</summary>
    public void TryExecute(string sql)
    {
        int result = raw.sqlite3_exec(handle, sql);
        if ((result & 0xFF) is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED)) { Require(result); }
    }

    /// <summary>Compiles one statement.</summary>
    public Statement Prepare(string sql)
    {
        Require(raw.sqlite3_prepare_v2(handle, sql, out sqlite3_stmt statement));
        return new Statement(this, statement);
    }

    /// <summary>Throws the sentence for anything but success.</summary>
    public void Require(int result)
    {
        if (result != raw.SQLITE_OK) { throw Fault(result); }
    }

    /// <summary>What a result code of SQLite means to a person.</summary>
    public StoreException Fault(int result)
    {
        string said = $"{raw.sqlite3_errmsg(handle).utf8_to_string()}, code {raw.sqlite3_extended_errcode(handle)}";
        string start = $"{Path}: the run cannot be {(Writing ? "written" : "read")}: ";
        return new StoreException(start + (result & 0xFF) switch
        {
            raw.SQLITE_FULL => "the disk is full. Rows written so far can be read; make room, or choose another disk, and run again",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program is using the file. Close it and try again",
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM =>
                $"the file or its folder does not permit it ({said}). Check the permissions, or copy the file (and a file ending in -wal beside it) to a folder of your own",
            raw.SQLITE_IOERR when Writing => $"the disk reported an error ({said}). Check the disk, or choose another one, and run again",
            raw.SQLITE_NOMEM => "there is not enough memory. Close other programs and try again",
            _ when Writing => $"the database refused it ({said}). Run again to a new file",
            _ => $"the file is damaged ({said}). Restore it from a copy, or run the scenario again",
        });
    }

    /// <summary>The sentence for contents that cannot be right.</summary>
    public StoreException Damaged(string how) =>
        new($"{Path}: the file is damaged ({how}). Restore it from a copy, or run the scenario again");

    public void Dispose() => handle.Dispose();

    private static Database Open(string path, string name, int mode)
    {
        int result = raw.sqlite3_open_v2(name, out sqlite3 handle, mode | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new Database(handle, path, (mode & raw.SQLITE_OPEN_READWRITE) != 0);
        if (result == raw.SQLITE_OK)
        {
            raw.sqlite3_busy_timeout(handle, 5000);
            return database;
        }
        StoreException fault = database.Fault(result);
        database.Dispose();
        throw fault;
    }
}

/// <summary>A compiled statement. Parameters count from 1, columns from 0, as in SQLite.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    public void Bind(int parameter, long value) => database.Require(raw.sqlite3_bind_int64(handle, parameter, value));

    /// <summary>Not a number becomes null, which <see cref="Real"/> turns back.</summary>
    public void Bind(int parameter, double value) => database.Require(raw.sqlite3_bind_double(handle, parameter, value));

    public void Bind(int parameter, ReadOnlySpan<byte> value) => database.Require(raw.sqlite3_bind_blob(handle, parameter, value));

    public void Bind(int parameter, string? value) =>
        database.Require(value is null ? raw.sqlite3_bind_null(handle, parameter) : raw.sqlite3_bind_text(handle, parameter, value));

    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Step() => raw.sqlite3_step(handle) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        int result => throw Failed(result),
    };

    /// <summary>Runs to the end once and makes ready for the next parameters.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    public void Reset() => raw.sqlite3_reset(handle);

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public double Real(int column) =>
        raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? double.NaN : raw.sqlite3_column_double(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    /// <summary>Bytes that stay valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose() => handle.Dispose();

    private StoreException Failed(int result)
    {
        StoreException fault = database.Fault(result);
        raw.sqlite3_reset(handle);
        return fault;
    }
}
