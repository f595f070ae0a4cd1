using System.Text;
using Gigawatt.Scenarios.Reading;
using Spectre.Console;

namespace Gigawatt.Cli;

/// <summary>Writes for people: results on standard output, everything else on standard error.</summary>
/// <remarks>Only letters and line feeds are written when NO_COLOR is set or the stream is no terminal.</remarks>
public static class Terminal
{
    private static readonly bool NoColour = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Makes both streams UTF-8 whatever the locale says, so that a summary is the same bytes everywhere.</summary>
    public static void Begin()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        if (OperatingSystem.IsWindows()) { System.Console.OutputEncoding = utf8; }
        System.Console.SetOut(new StreamWriter(System.Console.OpenStandardOutput(), utf8) { AutoFlush = true });
        // The runtime greets a terminal with codes of its own, but not one that knows none.
        if (NoColour) { Environment.SetEnvironmentVariable("TERM", "dumb"); }
        System.Console.SetError(new StreamWriter(System.Console.OpenStandardError(), utf8) { AutoFlush = true });
    }

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Out { get; } = Console(System.Console.Out, System.Console.IsOutputRedirected);

    /// <summary>Standard error.</summary>
    public static IAnsiConsole Err { get; } = Console(System.Console.Error, System.Console.IsErrorRedirected);

    /// <summary>An error in one line.</summary>
    public static void Error(string message)
    {
        Err.Markup("[red]error:[/] ");
        System.Console.Error.WriteLine(message);
    }

    /// <summary>Something to know about what was done, which is no error.</summary>
    public static void Note(string message)
    {
        Err.Markup("[yellow]note:[/] ");
        System.Console.Error.WriteLine(message);
    }

    /// <summary>What to do about the errors above.</summary>
    public static void Hint(string message) => System.Console.Error.WriteLine(message);

    /// <summary>Every problem of a file, in the form that editors jump to.</summary>
    public static void Problems(ScenarioException wrong)
    {
        foreach (Problem problem in wrong.Problems) { System.Console.Error.WriteLine(problem); }
        int count = wrong.Problems.Count + wrong.Unlisted;
        string more = wrong.Unlisted > 0 ? $", the first {wrong.Problems.Count} of which are shown" : "";
        Error($"{count} {(count == 1 ? "problem" : "problems")}{more}; nothing was run");
    }

    private static IAnsiConsole Console(TextWriter writer, bool redirected)
    {
        bool isPlain = redirected || NoColour;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isPlain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        // A piped table keeps its lines whole instead of breaking them at an invented width.
        if (redirected) { console.Profile.Width = 160; }
        return console;
    }
}
