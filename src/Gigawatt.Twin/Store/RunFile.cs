using System.Buffers.Binary;

namespace Gigawatt.Store;

/// <summary>A run file as a file: claimed on the disk before the first step, told from anything else before SQLite touches it.</summary>
internal static class RunFile
{
    private const int HeaderLength = 100;

    // Plausible data need 0.5 to 0.8 bytes a value, columns that jump by thousands of quanta up to 1.5.
    private const double RoomPerValue = 1.5;

    /// <summary>Passes when the disk has room for so many rows and columns, or cannot be asked.</summary>
    /// <exception cref="StoreException">The run would not fit.</exception>
    public static void RequireRoom(string path, int steps, int columns)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        double needed = (double)steps * columns * RoomPerValue;
        long free;
        try
        {
            free = new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            // A network share, or a folder that is not there: the first cannot be asked, the second is said when the file is made.
            return;
        }
        if (needed > free)
        {
            throw new StoreException(FormattableString.Invariant(
                $"{path}: the run may need {needed / 1e6:N0} MB ({steps:N0} rows of {columns:N0} columns) and the disk has {free / 1e6:N0} MB free. Make room, choose another disk, a longer step or fewer columns"));
        }
    }

    /// <summary>Makes an empty file of a name that is not taken.</summary>
    /// <exception cref="StoreException">It exists already, or no file can be made there.</exception>
    public static void Claim(string path)
    {
        try
        {
            new FileStream(path, FileMode.CreateNew).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new StoreException($"{path}: the file exists already, and runs are never written over. Choose another name, or remove it first");
        }
        catch (DirectoryNotFoundException e)
        {
            throw new StoreException($"{path}: the folder does not exist. Make it first, or choose another one", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StoreException($"{path}: no file can be made there ({e.Message}). Choose a folder that you may write to", e);
        }
    }

    /// <summary>Removes a file in which nothing was simulated yet.</summary>
    public static void Remove(string path)
    {
        foreach (string side in (string[])["", "-wal", "-shm", "-journal"]) { File.Delete(path + side); }
    }

    /// <summary>Passes when the file is a run of this schema version and as long as it says.</summary>
    /// <exception cref="StoreException">It is missing, something else, of another version, or cut short.</exception>
    public static void Require(string path)
    {
        Span<byte> head = stackalloc byte[HeaderLength];
        head.Clear();
        long length;
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            length = file.Length;
            file.ReadAtLeast(head, HeaderLength, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StoreException($"{path}: there is no such file. A run is written by 'gw run SCENARIO'", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StoreException($"{path}: the file cannot be opened ({e.Message}). Check the name and the permissions", e);
        }
        if (length == 0) { throw new StoreException($"{path}: the file is empty: its writer died before it began, or a copy failed. Run the scenario again"); }
        if (!head.StartsWith("SQLite format 3\0"u8) || BinaryPrimitives.ReadUInt32BigEndian(head[68..]) != RunSchema.ApplicationId)
        {
            throw new StoreException($"{path}: this is not a run file. Expected a file written by 'gw run'");
        }
        uint version = BinaryPrimitives.ReadUInt32BigEndian(head[60..]);
        if (version != RunSchema.Version)
        {
            string remedy = version > RunSchema.Version ? "Update Gigawatt" : "Read it with the program that wrote it, or run the scenario again";
            throw new StoreException($"{path}: the run is written in schema version {version}, and this program reads version {RunSchema.Version}. {remedy}");
        }
        long promised = (long)BinaryPrimitives.ReadUInt16BigEndian(head[16..]) * BinaryPrimitives.ReadUInt32BigEndian(head[28..]);
        // With a log beside it the file may grow later; without one it is as long as it says.
        if (length < promised && !File.Exists(path + "-wal"))
        {
            throw new StoreException($"{path}: the file is cut short ({length:N0} of {promised:N0} bytes). Copy it again, or run the scenario again");
        }
    }
}
