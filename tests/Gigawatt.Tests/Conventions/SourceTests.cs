namespace Gigawatt.Tests.Conventions;

/// <summary>Habits of the source files that no compiler checks.</summary>
public sealed class SourceTests
{
    private const int MostLines = 400;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    public void A_file_is_short_enough_to_be_read_in_one_go(string folder) => Repository.Sources(folder)
        .Select(file => (File: Repository.Short(file), Lines: File.ReadLines(file).Count()))
        .Where(file => file.Lines >= MostLines)
        .ShouldBeEmpty();

    [Fact]
    public void The_library_knows_no_clock() => Repository.Sources("src", "Gigawatt.Twin")
        .Where(file => Repository.Code(file) is var code
            && (code.Contains("DateTime.Now", StringComparison.Ordinal) || code.Contains("DateTime.UtcNow", StringComparison.Ordinal)
                || code.Contains("Stopwatch", StringComparison.Ordinal) || code.Contains("Environment.TickCount", StringComparison.Ordinal)))
        .Select(Repository.Short)
        .ShouldBeEmpty();

    [Fact]
    public void A_type_is_named_by_its_noun()
    {
        string[] empty = ["Manager", "Helper", "Util", "Utils", "Utility", "Base", "Impl", "Info"];
        Repository.Sources("src").Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => empty.Any(word => name.EndsWith(word, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_file_stands_in_the_folder_of_its_namespace() => Repository.Sources("src", "Gigawatt.Twin")
        .Where(file => Path.GetDirectoryName(Path.GetRelativePath(Repository.Library, file)) is { Length: > 0 } folder
            && !File.ReadLines(file).Contains($"namespace Gigawatt.{folder.Replace(Path.DirectorySeparatorChar, '.')};"))
        .Select(Repository.Short)
        .ShouldBeEmpty();
}
