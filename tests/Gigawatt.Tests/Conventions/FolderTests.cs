using System.Reflection.Metadata;
using System.Text.RegularExpressions;
using Gigawatt.Numerics;

namespace Gigawatt.Tests.Conventions;

/// <summary>Who may use whom: the table of CONTRIBUTING.md, held on the built library and on its sources.</summary>
public sealed partial class FolderTests
{
    private static readonly Dictionary<string, HashSet<string>> Allowed = Table();

    [Fact]
    public void Every_folder_of_the_library_stands_in_the_table_of_CONTRIBUTING() => Directory.EnumerateDirectories(Repository.Library)
        .Select(folder => Path.GetFileName(folder))
        .Where(folder => folder is not ("bin" or "obj"))
        .ShouldBeSubsetOf(Allowed.Keys);

    [Fact]
    public void The_table_says_what_we_think_it_says()
    {
        Allowed["Numerics"].ShouldBeEmpty();
        Allowed["Power"].ShouldBe(["Numerics"]);
        Allowed["Training"].ShouldBe(["Numerics", "Compute", "Fabric", "Reliability"], ignoreOrder: true);
        Allowed["Simulation"].ShouldContain("Scenarios");
        Allowed["Simulation"].ShouldNotContain("Reports");
        Allowed["Store"].ShouldContain("Simulation");
    }

    [Fact]
    public void The_built_library_uses_folders_only_as_the_table_allows()
    {
        using TypeUse assembly = new(typeof(Check).Assembly.Location);
        SortedSet<string> wrong = new(StringComparer.Ordinal);
        foreach (TypeDefinitionHandle handle in assembly.Reader.TypeDefinitions)
        {
            if (Folder(assembly.NamespaceOf(handle)) is not { } user) { continue; }
            string name = assembly.Reader.GetString(assembly.Reader.GetTypeDefinition(handle).Name);
            foreach (Use use in assembly.Of(handle))
            {
                if (Folder(use.Namespace) is { } used && used != user && !Allowed[user].Contains(used))
                {
                    wrong.Add($"{user}/{name} uses {used}.{use.Type}");
                }
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_sources_name_folders_only_as_the_table_allows()
    {
        SortedSet<string> wrong = new(StringComparer.Ordinal);
        foreach (string file in Repository.Sources("src", "Gigawatt.Twin"))
        {
            string user = Path.GetRelativePath(Repository.Library, file).Split(Path.DirectorySeparatorChar)[0];
            if (!Allowed.TryGetValue(user, out HashSet<string>? allowed)) { continue; }
            foreach (Match match in Mentions().Matches(Repository.Code(file)))
            {
                string used = match.Groups["folder"].Value;
                if (Allowed.ContainsKey(used) && used != user && !allowed.Contains(used)) { wrong.Add($"{Repository.Short(file)} names Gigawatt.{used}"); }
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_check_sees_types_inside_method_bodies()
    {
        // Simulation.Settlement names the transformer's equations only inside a body.
        using TypeUse assembly = new(typeof(Check).Assembly.Location);
        TypeDefinitionHandle settlement = assembly.Reader.TypeDefinitions
            .First(handle => assembly.Reader.GetString(assembly.Reader.GetTypeDefinition(handle).Name) == "Settlement");
        assembly.Of(settlement).ShouldContain(use => use.Namespace == "Gigawatt.Power" && use.Type == "LossyPath");
    }

    private static string? Folder(string space)
    {
        if (!space.StartsWith("Gigawatt.", StringComparison.Ordinal)) { return null; }
        string folder = space.Split('.')[1];
        Allowed.Keys.ShouldContain(folder, $"{space} is in no row of the table in CONTRIBUTING.md");
        return folder;
    }

    private static Dictionary<string, HashSet<string>> Table()
    {
        Dictionary<string, HashSet<string>> table = new(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(Path.Combine(Repository.Root, "CONTRIBUTING.md")))
        {
            string[] cells = [.. line.Split('|').Select(cell => cell.Trim())];
            if (cells.Length != 5 || cells[1].StartsWith('-') || cells[1].StartsWith("folder", StringComparison.Ordinal)) { continue; }
            string[] above = [.. table.Keys];
            string[] mayUse = cells[3] switch
            {
                "nothing" => [],
                "all of the above" => above,
                _ when cells[3].EndsWith(" and above", StringComparison.Ordinal) => UpTo(above, cells[3][..^" and above".Length]),
                _ => List(cells[3]),
            };
            foreach (string folder in List(cells[1])) { table[folder] = [.. mayUse]; }
        }
        return table;
    }

    private static string[] UpTo(string[] above, string last) => above[..(Array.IndexOf(above, last) + 1)];

    private static string[] List(string cell) => cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\bGigawatt\.(?<folder>[A-Z]\w*)|(?<![\w.])(?<folder>[A-Z]\w*)\.[A-Z]\w*(Spec|Step|State)\b")]
    private static partial Regex Mentions();
}
