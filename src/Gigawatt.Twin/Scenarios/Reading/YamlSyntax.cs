using YamlDotNet.Core;

namespace Gigawatt.Scenarios.Reading;

/// <summary>Says in a user's words what the YAML parser stumbled over.</summary>
internal static class YamlSyntax
{
    public static Problem Explain(YamlException e, string text, YamlFile file)
    {
        int line = Math.Max(1, (int)e.Start.Line);
        int column = Math.Max(1, (int)e.Start.Column);
        int lastLine = e.Message.Contains("tab ", StringComparison.Ordinal) ? int.MaxValue : Math.Max(line, (int)e.End.Line) + 1;
        if (TabBefore(text, lastLine) is { } tab)
        {
            return new Problem(file.Name, tab.Line, tab.Column, "", "spaces before the key", "a tab", "tabs cannot indent YAML; use spaces");
        }
        (string expected, string found, string? suggestion) = Reason(e.Message, LineAt(text, line));
        return new Problem(file.Name, line, column, "", expected, found, suggestion);
    }

    private static (string Expected, string Found, string? Suggestion) Reason(string message, string line)
    {
        bool withoutColon = !line.Contains(": ", StringComparison.Ordinal) && !line.TrimEnd().EndsWith(':');
        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
        return message switch
        {
            _ when Says("quoted scalar") && Says("end of stream") =>
                ("a closing quote for the one that opens here", "the end of the file", null),
            _ when Says("escape") || Says("hexadecimal") || Says("surrogates") =>
                ("a known escape after '\\'", "another character", "in single quotes '\\' is an ordinary character"),
            _ when Says("quoted scalar") => ("a text that ends with its quote", "something else inside the quotes", null),
            _ when Says("comment") => ("a space before '#'", "a comment that touches the value", null),
            _ when Says("tag") => ("a value", "a tag", "put a text that begins with '!' between quotes"),
            _ when Says("anchor") || Says("alias") => ("a value", "an anchor or alias", "put a text that begins with '&' or '*' between quotes"),
            _ when Says("mapping values are not allowed") || Says("invalid mapping") =>
                ("one value after the key", "a second ':'", "put a text that contains ': ' between quotes"),
            _ when Says("',' or '}'") || Says("flow mapping") => ("',' or a closing '}' for the '{'", "something else", null),
            _ when Says("',' or ']'") || Says("flow sequence") => ("',' or a closing ']' for the '['", "something else", null),
            _ when Says("expected ':'") || (Says("expected key") && withoutColon) => ("'key: value'", "a line without ': '", "put a space after the colon"),
            _ when Says("expected key") || Says("simple key") || Says("block mapping") =>
                ("'key: value', indented like the keys beside it", "something else", "check the indentation and the colon"),
            _ when Says("'-' indicator") || Says("block collection") || Says("block sequence") =>
                ("'- item', indented like the items beside it", "something else", "check the indentation"),
            _ when Says("cannot start any token") =>
                ("a value", "a character that cannot begin one", "put the text between quotes"),
            _ when Says("directive") => ("a key", "a line that begins with '%'", "put the text between quotes"),
            _ => ("valid YAML", Sentence(message), null),
        };
    }

    private static string LineAt(string text, int line)
    {
        int start = 0;
        for (; line > 1 && start >= 0; line--) { start = text.IndexOf('\n', start) + 1; }
        int end = text.IndexOf('\n', start);
        return end < 0 ? text[start..] : text[start..end];
    }

    private static string Sentence(string message)
    {
        string flat = message.ReplaceLineEndings(" ").TrimEnd('.');
        return $"a text the parser refuses ({(flat.Length > 120 ? flat[..120] + "…" : flat)})";
    }

    /// <summary>The first tab that indents a line, up to and including a line.</summary>
    private static (int Line, int Column)? TabBefore(string text, int lastLine)
    {
        int line = 1;
        int column = 1;
        bool indent = true;
        foreach (char c in text)
        {
            if (indent && c == '\t') { return (line, column); }
            indent = c == '\n' || (indent && c == ' ');
            column = c == '\n' ? 1 : column + 1;
            line += c == '\n' ? 1 : 0;
            if (line > lastLine) { return null; }
        }
        return null;
    }
}
