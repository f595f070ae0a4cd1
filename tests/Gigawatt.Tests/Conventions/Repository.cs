using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Gigawatt.Tests.Conventions;

/// <summary>The repository as it lies on disk, for tests about its files.</summary>
internal static partial class Repository
{
    /// <summary>Folder of the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>Source folder of the library.</summary>
    public static string Library { get; } = Path.Combine(Root, "src", "Gigawatt.Twin");

    /// <summary>Hand-written source files below a folder of the repository.</summary>
    public static IEnumerable<string> Sources(params string[] folder) => Directory
        .EnumerateFiles(Path.Combine([Root, .. folder]), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>A source without comments and without the text between quotes.</summary>
    public static string Code(string file) => CommentsAndTexts().Replace(File.ReadAllText(file), " ");

    /// <summary>A path as a person would write it.</summary>
    public static string Short(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string Find([CallerFilePath] string thisFile = "")
    {
        foreach (string start in new[] { AppContext.BaseDirectory, thisFile })
        {
            for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Gigawatt.slnx"))) { return at.FullName; }
            }
        }
        throw new DirectoryNotFoundException("Gigawatt.slnx stands in no folder above the tests");
    }

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|""(\\.|[^""\\\n])*""", RegexOptions.Singleline)]
    private static partial Regex CommentsAndTexts();
}
