using System.Globalization;
using System.Security;
using System.Text;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Reading;

/// <summary>Takes a text from a file, or says in a user's words why it cannot.</summary>
internal static class InputFile
{
    private const int LargestBytes = 10_000_000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file, or null when it cannot be had, which is then among the problems.</summary>
    public static string? Read(string path, ProblemList problems)
    {
        void Refuse(string expected, string found, string? suggestion = null, int line = 0, int column = 0) =>
            problems.Add(new Problem(path, line, column, "", expected, found, suggestion));
        try
        {
            if (Directory.Exists(path))
            {
                Refuse("a file", "a folder", Choice(path));
                return null;
            }
            using FileStream stream = File.OpenRead(path);
            byte[] bytes = new byte[Math.Clamp(stream.CanSeek ? stream.Length : 0, 4096, LargestBytes) + 1];
            int count = 0;
            while (true)
            {
                int more = stream.Read(bytes, count, bytes.Length - count);
                count += more;
                if (more == 0) { break; }
                if (count > LargestBytes)
                {
                    Refuse("a file of at most 10 MB", "more", "is this a scenario?");
                    return null;
                }
                if (count == bytes.Length) { Array.Resize(ref bytes, Math.Min(2 * bytes.Length, LargestBytes + 1)); }
            }
            return Decode(bytes.AsSpan(0, count), Refuse);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            Refuse("a file", "none of this name", Nearest(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException
            or NotSupportedException)
        {
            Refuse("a file that can be read", Reason(e));
        }
        return null;
    }

    /// <summary>Names of the files in a folder.</summary>
    /// <exception cref="ScenarioException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> Names(string folder, string pattern)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, pattern).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException)
        {
            throw new ScenarioException([new Problem(folder, 0, 0, "", "a folder that can be read", Reason(e))]);
        }
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, Refusing refuse)
    {
        if (bytes.StartsWith([(byte)0xFF, (byte)0xFE]) || bytes.StartsWith([(byte)0xFE, (byte)0xFF]))
        {
            refuse("text in UTF-8", "text in UTF-16", "save the file as UTF-8");
            return null;
        }
        if (bytes.StartsWith([(byte)0xEF, (byte)0xBB, (byte)0xBF])) { bytes = bytes[3..]; }
        int nul = bytes.IndexOf((byte)0);
        int end = nul < 0 ? bytes.Length : nul;
        int valid = 0;
        while (valid < end && Rune.DecodeFromUtf8(bytes[valid..end], out _, out int length) == System.Buffers.OperationStatus.Done) { valid += length; }
        if (valid == bytes.Length) { return Utf8.GetString(bytes); }
        (int line, int column) = YamlParser.Position(Utf8.GetString(bytes[..valid]), Utf8.GetCharCount(bytes[..valid]));
        string found = valid == nul
            ? "a NUL byte"
            : $"a byte that is not (0x{bytes[valid].ToString("X2", CultureInfo.InvariantCulture)})";
        refuse("text in UTF-8", found, valid == nul ? "is this a binary file?" : "save the file as UTF-8", line, column);
        return null;
    }

    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException or SecurityException => "one that this user may not read",
        PathTooLongException => "a path that is too long",
        ArgumentException => "a path that no file can have",
        DirectoryNotFoundException => "none of this name",
        _ => $"one that the system does not give ({e.Message.TrimEnd('.')})",
    };

    private static string? Nearest(string path)
    {
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        if (!Directory.Exists(folder)) { return $"there is no folder {Words.Quote(folder)}"; }
        string name = Path.GetFileName(path);
        string[] names = Scenarios(folder);
        string? near = names.FirstOrDefault(n => Path.GetFileNameWithoutExtension(n).Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? Suggestion.Nearest(name, names);
        return near is null ? Choice(folder) : $"did you mean {Words.Quote(Path.Combine(Path.GetDirectoryName(path) ?? "", near))}?";
    }

    private static string? Choice(string folder) =>
        Scenarios(folder) is { Length: > 0 } names ? $"the folder has {Words.List(names, 8)}" : null;

    private static string[] Scenarios(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder)
                .Select(f => Path.GetFileName(f))
                .Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith(".yml", StringComparison.Ordinal))
                .Where(f => !f.EndsWith(".expected.yaml", StringComparison.Ordinal))
                .Take(200)
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException)
        {
            return [];
        }
    }

    private delegate void Refusing(string expected, string found, string? suggestion = null, int line = 0, int column = 0);
}
