using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Gigawatt.Numerics;

namespace Gigawatt.Cli;

/// <summary>The whole command line: its commands, and what it says when the words on it make no sense.</summary>
public static class CommandLine
{
    /// <summary>Does what the words say and returns what the shell is told.</summary>
    public static async Task<int> Run(string[] words)
    {
        Terminal.Begin();
        RootCommand root = new(
            "gw: a digital twin of gigawatt AI training campuses, from the gas turbine to the training token.\n"
            + "  How many useful GPUs does a campus deliver, when, limited by what, at what cost?")
        {
            RunCommand.Create(), CheckCommand.Create(), StudyCommand.Create(), ReportCommand.Create(), CompareCommand.Create(), ExportCommand.Create(),
            CatalogCommand.Create(), SchemaCommand.Create(),
        };
        foreach (HelpOption help in root.Options.OfType<HelpOption>()) { help.Action = new HelpWithExamples((HelpAction)help.Action!); }
        ParseResult parsed = root.Parse(words.Length > 0 ? words : ["--help"]);
        if (parsed.Action is ParseErrorAction)
        {
            Refuse(root, parsed);
            return ExitCode.BadInput;
        }
        // A stopped run still writes what it has, which takes a moment.
        int code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
        return words.Length > 0 ? code : ExitCode.BadInput;
    }

    private static void Refuse(RootCommand root, ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string named = command == root ? "gw" : $"gw {command.Name}";
        // What stands behind an unknown option is most likely its value and is not complained about as well.
        foreach (string word in parsed.UnmatchedTokens.Where((word, i) => i == 0 || word.StartsWith('-'))) { Terminal.Error($"{named}: {Unknown(root, command, word)}"); }
        if (parsed.UnmatchedTokens.Count == 0)
        {
            foreach (string message in parsed.Errors.Select(Sentence).Distinct()) { Terminal.Error($"{named}: {message}"); }
        }
        Terminal.Hint($"'{named} --help' shows what it takes, with examples");
    }

    private static string Unknown(RootCommand root, Command command, string word)
    {
        if (word.StartsWith('-'))
        {
            IEnumerable<Option> options = command.Options.Concat(root.Options.Where(option => option is HelpOption));
            return $"expected an option, found '{word}'{Suggestion.Phrase(word, options.SelectMany(option => option.Aliases.Prepend(option.Name)))}";
        }
        return command == root
            ? $"expected a command ({Names(root.Subcommands)}), found '{word}'{Suggestion.Phrase(word, root.Subcommands.Select(one => one.Name))}"
            : $"expected nothing more, found '{word}'";
    }

    private static string Sentence(ParseError error)
    {
        if (error.SymbolResult is ArgumentResult { Tokens.Count: 0, Parent: OptionResult option })
        {
            return $"{option.Option.Name}: expected {Value(option.Option)} behind it, found nothing";
        }
        if (error.SymbolResult is OptionResult { Tokens.Count: 0 } bare) { return $"{bare.Option.Name}: expected {Value(bare.Option)} behind it, found nothing"; }
        if (error.SymbolResult is OptionResult { Tokens.Count: > 1 } repeated && repeated.Option.Arity.MaximumNumberOfValues == 1)
        {
            return $"{repeated.Option.Name}: expected once, found {repeated.IdentifierTokenCount} times";
        }
        if (error.SymbolResult is CommandResult { Command.Arguments.Count: > 0 } missing) { return $"expected {Lower(missing.Command.Arguments[0].Description)}, found too few"; }
        if (error.SymbolResult is ArgumentResult { Parent: CommandResult } argument && argument.Tokens.Count < argument.Argument.Arity.MinimumNumberOfValues)
        {
            string found = argument.Tokens.Count == 0 ? "nothing" : $"'{argument.Tokens[0].Value}' alone";
            return $"expected {Lower(argument.Argument.Description)}, found {found}";
        }
        return error.Message;
    }

    private static string Value(Option option) => option.HelpName is { } name ? $"a value ({name})" : "a value";

    private static string Lower(string? text) => string.IsNullOrEmpty(text) ? "something" : char.ToLowerInvariant(text[0]) + text[1..];

    private static string Names(IEnumerable<Command> commands) => string.Join(", ", commands.Select(command => command.Name));
}
