using System.Text;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Tests.Scenarios.Reading;

public sealed class InputFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("gigawatt-reading-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_is_read_whatever_its_marks_and_line_ends()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("name: Größe\r\nstep: 2 min\r\n")];
        Plant plant = ScenarioReader.ReadFile<Plant>(Write("plant.yaml", bytes), Reader.Sheets, ["seed=3"]).Value;
        (plant.Name, plant.StepS, plant.Seed).ShouldBe(("Größe", 120, 3));
    }

    [Fact]
    public void Binary_files_are_named_as_such()
    {
        Problem(Write("a.yaml", [.. "name: A\nst"u8, 0])).ShouldEndWith("a.yaml:2:3: expected text in UTF-8, found a NUL byte; is this a binary file?");
        Problem(Write("b.yaml", [.. "name: "u8, 0xFC, 0x0A])).ShouldEndWith("b.yaml:1:7: expected text in UTF-8, found a byte that is not (0xFC); save the file as UTF-8");
        Problem(Write("c.yaml", [0xFF, 0xFE, 0x61, 0])).ShouldEndWith("c.yaml: expected text in UTF-8, found text in UTF-16; save the file as UTF-8");
    }

    [Theory]
    [InlineData("iland-100mw.yaml", "did you mean 'island-100mw.yaml'?")]
    [InlineData("island-100mw", "did you mean 'island-100mw.yaml'?")]
    [InlineData("other.yaml", "the folder has island-100mw.yaml")]
    public void Names_near_a_missing_one_are_suggested(string name, string suggestion)
    {
        Write("island-100mw.yaml", []);
        Problem(Path.Combine(folder, name)).Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            .ShouldBe($"{name}: expected a file, found none of this name; {suggestion}");
    }

    [Fact]
    public void Folders_missing_folders_and_impossible_paths_are_no_scenarios()
    {
        Problem(folder).ShouldEndWith("expected a file, found a folder");
        Problem(Path.Combine(folder, "no", "a.yaml")).ShouldContain("expected a file, found none of this name; there is no folder '");
        Problem("a\0b").ShouldEndWith("expected a file that can be read, found a path that no file can have");
        Problem("").ShouldEndWith("expected a file that can be read, found a path that no file can have");
    }

    [Fact]
    public void A_hundred_megabytes_are_refused_by_size()
    {
        string path = Path.Combine(folder, "big.yaml");
        using (FileStream stream = File.Create(path)) { stream.SetLength(100_000_000); }
        Problem(path).ShouldEndWith("expected a file of at most 10 MB, found more; is this a scenario?");
    }

    [Fact]
    public void A_catalogue_can_be_a_folder()
    {
        Write("turbines.yaml", Encoding.UTF8.GetBytes("entries: { gt-9: { rated: 9 MW } }"));
        var catalog = Catalog.FromFolder(folder);
        catalog.Files.ShouldBe(["turbines"]);
        catalog.Models("turbines").ShouldBe(["gt-9"]);
        Should.Throw<ScenarioException>(() => Catalog.FromFolder(Path.Combine(folder, "none"))).Problems.Count.ShouldBe(1);
    }

    private static string Problem(string path) =>
        Should.Throw<ScenarioException>(() => ScenarioReader.ReadFile<Plant>(path, Reader.Sheets)).Problems.Single().ToString();

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
