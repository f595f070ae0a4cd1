using System.Globalization;

namespace Gigawatt.Cli;

/// <summary>The folder that a run leaves: <c>run.db</c>, <c>summary.json</c>, <c>report.html</c>.</summary>
/// <param name="Path">The folder.</param>
public sealed record RunFolder(string Path)
{
    private bool isNew;

    /// <summary>The run file.</summary>
    public string DatabaseFile => System.IO.Path.Combine(Path, "run.db");

    /// <summary>The summary.</summary>
    public string SummaryFile => System.IO.Path.Combine(Path, "summary.json");

    /// <summary>The report.</summary>
    public string ReportFile => System.IO.Path.Combine(Path, "report.html");

    /// <summary>A new folder for a run, made before anything is simulated.</summary>
    /// <param name="scenarioFile">The scenario, which names the run.</param>
    /// <param name="wanted">Folder asked for; <c>runs/NAME-TIME</c> in the current one when absent.</param>
    /// <exception cref="InputException">The folder cannot be made or already holds a run.</exception>
    public static RunFolder New(string scenarioFile, string? wanted)
    {
        string path = wanted ?? Fresh(System.IO.Path.GetFileNameWithoutExtension(scenarioFile));
        RunFolder folder = new(path);
        if (File.Exists(folder.DatabaseFile))
        {
            throw new InputException($"{path}: holds a run already; name another folder with --out, or remove it");
        }
        try
        {
            folder.isNew = !Directory.Exists(path);
            Directory.CreateDirectory(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{path}: the folder for the run cannot be made ({wrong.Message.TrimEnd('.')}); name another with --out");
        }
        return folder;
    }

    /// <summary>A path <c>runs/NAME-TIME</c> at which there is nothing yet; two in one second keep apart.</summary>
    public static string Fresh(string name)
    {
        string time = TimeProvider.System.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string path = System.IO.Path.Combine("runs", $"{name}-{time}");
        string free = path;
        for (int i = 2; Directory.Exists(free); i++) { free = $"{path}-{i}"; }
        return free;
    }

    /// <summary>Takes a folder away again in which nothing came to lie.</summary>
    public void Discard()
    {
        if (isNew && Directory.Exists(Path) && !Directory.EnumerateFileSystemEntries(Path).Any()) { Directory.Delete(Path); }
    }

    /// <summary>The run file that a user means by a folder or a file.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static string Database(string run)
    {
        if (File.Exists(run)) { return run; }
        string inside = System.IO.Path.Combine(run, "run.db");
        if (File.Exists(inside)) { return inside; }
        string parent = System.IO.Path.GetDirectoryName(run.TrimEnd('/', '\\')) is { Length: > 0 } folder ? folder : ".";
        string[] near = Directory.Exists(parent) ? [.. Directory.GetDirectories(parent).Select(path => System.IO.Path.GetFileName(path))] : [];
        string suggestion = Numerics.Suggestion.Phrase(System.IO.Path.GetFileName(run.TrimEnd('/', '\\')), near);
        throw new InputException($"{run}: expected a run's folder or its run.db, found neither{suggestion}");
    }
}
