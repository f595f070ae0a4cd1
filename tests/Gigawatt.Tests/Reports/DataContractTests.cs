using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Gigawatt.Reports;

namespace Gigawatt.Tests.Reports;

/// <summary>Holds the records of a report against web/src/data.ts: every key and its type, so that the two cannot drift.</summary>
public sealed partial class DataContractTests
{
    [Fact]
    public void Every_key_of_the_front_end_is_written_and_no_other()
    {
        string[] expected = TypeScript.Keys(File.ReadAllText(DataFile())).ToArray();
        List<string> written = [];
        Walk(ReportJson.Default.ReportData, "", written);
        written.ShouldBe(expected, ignoreOrder: true);
        expected.ShouldContain("capacity.months[].margin_mw: number");
        expected.ShouldContain("energy.links[].value: number");
        expected.Length.ShouldBeGreaterThan(90);
    }

    private static string DataFile()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Gigawatt.slnx"))) { folder = folder.Parent; }
        return Path.Combine(folder!.FullName, "web", "src", "data.ts");
    }

    private static void Walk(JsonTypeInfo type, string path, List<string> into)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable)
        {
            Walk(ReportJson.Default.GetTypeInfo(type.ElementType!)!, path + "[]", into);
        }
        else if (type.Kind == JsonTypeInfoKind.Object)
        {
            foreach (JsonPropertyInfo property in type.Properties)
            {
                Walk(ReportJson.Default.GetTypeInfo(property.PropertyType)!, path.Length > 0 ? $"{path}.{property.Name}" : property.Name, into);
            }
        }
        else
        {
            Type plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
            string name = plain == typeof(string) ? "string" : plain == typeof(bool) ? "boolean" : type.Kind == JsonTypeInfoKind.Dictionary ? "record" : "number";
            into.Add($"{path}: {name}");
        }
    }

    /// <summary>Reads as much TypeScript as data.ts is written in: interfaces, object types, arrays, unions, intersections.</summary>
    private sealed partial class TypeScript
    {
        private readonly string[] tokens;
        private readonly Dictionary<string, List<string>> known = [];
        private int at;

        private TypeScript(string text) => tokens = Token().Matches(Comment().Replace(text, "")).Select(match => match.Value).ToArray();

        public static IEnumerable<string> Keys(string text)
        {
            TypeScript reader = new(text);
            while (reader.at < reader.tokens.Length) { reader.Declaration(); }
            return reader.known["ReportData"].Select(key => key.TrimStart('.'));
        }

        // Each type is the list of its leaves: ".a.b[]: number"; a plain type is ": number".
        private void Declaration()
        {
            Take("export");
            string kind = tokens[at++];
            string name = tokens[at++];
            if (kind == "type") { Take("="); }
            known[name] = Type();
            if (at < tokens.Length && tokens[at] == ";") { at++; }
        }

        private List<string> Type()
        {
            List<string> leaves = Postfix();
            while (at < tokens.Length && tokens[at] is "|" or "&")
            {
                string sign = tokens[at++];
                List<string> other = Postfix();
                leaves = sign == "&" ? [.. leaves, .. other] : leaves.Contains(": null") ? other : leaves;
            }
            return leaves;
        }

        private List<string> Postfix()
        {
            List<string> leaves = Primary();
            while (at + 1 < tokens.Length && tokens[at] == "[" && tokens[at + 1] == "]")
            {
                at += 2;
                leaves = leaves.Select(leaf => "[]" + leaf).ToList();
            }
            return leaves;
        }

        private List<string> Primary()
        {
            string token = tokens[at++];
            if (token == "(")
            {
                List<string> inner = Type();
                Take(")");
                return inner;
            }
            if (token == "{") { return Members(); }
            if (token == "Record")
            {
                while (tokens[at++] != ">") { }
                return [": record"];
            }
            if (token.StartsWith('\'')) { return [": string"]; }
            return known.TryGetValue(token, out List<string>? leaves) ? leaves : [$": {token}"];
        }

        private List<string> Members()
        {
            List<string> leaves = [];
            while (tokens[at] != "}")
            {
                string key = tokens[at++];
                Take(":");
                leaves.AddRange(Type().Select(leaf => $".{key}{leaf}"));
                if (tokens[at] is ";" or ",") { at++; }
            }
            at++;
            return leaves;
        }

        private void Take(string expected) => tokens[at++].ShouldBe(expected);

        [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
        private static partial Regex Comment();

        [GeneratedRegex(@"'[^']*'|\w+|[^\s\w]")]
        private static partial Regex Token();
    }
}
