using Gigawatt.Scenarios.Reading;
using Spectre.Console;

namespace Gigawatt.Cli;

/// <summary>Writes for people: results on standard output, everything else on standard error.</summary>
/// <remarks>Colours are left out when NO_COLOR is set or the stream is no terminal.</remarks>
public static class Terminal
{
    private static readonly bool NoColour = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

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
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected || NoColour ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        // A piped table keeps its lines whole instead of breaking them at an invented width.
        if (redirected) { console.Profile.Width = 160; }
        return console;
    }
}
