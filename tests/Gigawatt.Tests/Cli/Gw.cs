using System.Diagnostics;
using System.Text;

namespace Gigawatt.Tests.Cli;

/// <summary>What one start of the program did.</summary>
internal sealed record Outcome(int Code, byte[] OutBytes, string Err)
{
    public string Out { get; } = Encoding.UTF8.GetString(OutBytes);

    public string[] ErrLines => Err.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Starts the built program as a user does, in a process of its own.</summary>
internal static class Gw
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The program, which the build puts beside its tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "gw.dll");

    public static string Root { get; } = FolderAbove("Gigawatt.slnx");

    public static string Island { get; } = Path.Combine(Root, "scenarios", "island-100mw.yaml");

    public static Outcome Run(params string[] words) => Run(null, [], words);

    /// <summary>Runs gw to its end. Whatever it was told, it never answers with a stack trace.</summary>
    public static Outcome Run(string? folder, (string Name, string Value)[] environment, params string[] words) =>
        Finish(Begin("dotnet", folder, environment, [Program, .. words]));

    public static Process Begin(string file, string? folder, (string Name, string Value)[] environment, params string[] words)
    {
        ProcessStartInfo start = new(file, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? Root,
        };
        start.Environment.Remove("NO_COLOR");
        foreach ((string name, string value) in environment) { start.Environment[name] = value; }
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static Outcome Finish(Process process)
    {
        using (process)
        {
            Task<string> err = process.StandardError.ReadToEndAsync();
            using MemoryStream output = new();
            Task copying = process.StandardOutput.BaseStream.CopyToAsync(output);
            if (!process.WaitForExit(Patience)) { process.Kill(entireProcessTree: true); }
            Task.WaitAll(err, copying);
            Outcome outcome = new(process.ExitCode, output.ToArray(), err.Result);
            (outcome.Out + outcome.Err).ShouldNotContain("   at ", customMessage: "a stack trace is no answer");
            outcome.Err.ShouldNotContain("Unhandled");
            return outcome;
        }
    }

    private static string FolderAbove(string file)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, file))) { folder = folder.Parent; }
        return folder?.FullName ?? throw new InvalidOperationException($"no {file} above {AppContext.BaseDirectory}");
    }
}

/// <summary>A folder for the files of one test class.</summary>
public class TemporaryFolder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("gw-cli-").FullName;

    public string Named(string name) => Path.Combine(Folder, name);

    /// <summary>The island with one piece of its text exchanged.</summary>
    public string Island(string name, string piece, string instead)
    {
        string text = File.ReadAllText(Gw.Island);
        text.ShouldContain(piece, customMessage: "the shipped island was rewritten: choose another piece");
        int at = text.IndexOf(piece, StringComparison.Ordinal);
        string path = Named(name);
        File.WriteAllText(path, string.Concat(text.AsSpan(0, at), instead, text.AsSpan(at + piece.Length)));
        return path;
    }

    public void Dispose()
    {
        Directory.Delete(Folder, true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>A test that is skipped, and says so, where one of these files is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(params string[] files)
    {
        if (files.FirstOrDefault(file => !File.Exists(file)) is { } missing) { Skip = $"needs {missing}, which this system does not have"; }
    }
}
