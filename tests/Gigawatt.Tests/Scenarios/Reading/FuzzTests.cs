using System.Text;
using FsCheck.Fluent;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Tests.Scenarios.Reading;

/// <summary>Whatever the file holds, the answer is a plant or a list of problems.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Scraps =
    [
        "name", "power", "gas_turbines", "batteries", "rated", "count", "model", "gt-50", "pack-2", "online", "source", "value", "sources",
        "permit", "38 MW", "57", "110,000", "41 %", "2025-02-30", "2025-09-15", "~", "null", "true", "&a", "*a", "<<", "!!int", "!", "|", ">",
        "- ", ": ", ":", "? ", "{", "}", "[", "]", ",", "'", "\"", "#", "---\n", "...\n", "%YAML 1.2\n", "\n", "\n  ", "\n    ", "\n\t", "\t",
        " ", "\r\n", "\0", "\uFEFF", "\u2028", "°C", "𝄞", "\uD800", "1e999", "-", "lines", "limits", "fed_by", "halls", "tax", "derate_by",
    ];

    [Fact]
    public void Random_bytes_are_survived()
    {
        string path = Path.Combine(Path.GetTempPath(), $"gigawatt-fuzz-{Environment.ProcessId}.yaml");
        try
        {
            Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
            {
                File.WriteAllBytes(path, bytes);
                Survives(() => ScenarioReader.ReadFile<Plant>(path, Reader.Sheets));
            }).HoldsInAnyCase(300);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Random_text_is_survived() => Prop.ForAll(
        Gen.Choose(0, 60).SelectMany(n => Gen.Elements(Scraps).ArrayOf(n)).Select(string.Concat).ToArbitrary(), Survives).HoldsInAnyCase(1500);

    [Fact]
    public void Random_overrides_are_survived() => Prop.ForAll(
        Gen.Choose(0, 12).SelectMany(n => Gen.Elements([.. Scraps, ".", "=", "[0]", "[1]", "[Yard]"]).ArrayOf(n)).Select(string.Concat).ToArbitrary(),
        set => Survives(() => Reader.Read(Reader.Good, set))).HoldsInAnyCase(800);

    [Fact]
    public void A_good_file_with_lines_and_characters_lost_doubled_and_swapped_is_survived() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ArrayOf(12).ToArbitrary(), dice => Survives(Mutated(Reader.Good, dice))).HoldsInAnyCase(1500);

    [Fact]
    public void A_good_catalogue_with_mistakes_is_survived() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ArrayOf(9).ToArbitrary(), dice =>
    {
        const string Turbines = "sources:\n  s: { title: T }\nentries:\n  gt-50: { source: s, rated: 50 MW }\n  b: { model: gt-50, inlet: 5 °C }\n";
        var sheets = Catalog.FromTexts(new Dictionary<string, string> { { "turbines", Mutated(Turbines, dice) } });
        Survives(() => ScenarioReader.ReadText<Plant>(Reader.Good, "plant.yaml", sheets));
        Survives(() => sheets.Entries<Plant>());
    }).HoldsInAnyCase(300);

    private static string Mutated(string text, int[] dice)
    {
        List<string> lines = [.. text.Split('\n')];
        for (int i = 0; i + 2 < dice.Length; i += 3)
        {
            if (lines.Count < 2) { break; }
            int line = dice[i + 1] % lines.Count;
            int other = dice[i + 2] % lines.Count;
            var characters = new StringBuilder(lines[line]);
            int at = characters.Length == 0 ? 0 : dice[i + 2] % characters.Length;
            switch (dice[i] % 7)
            {
                case 0: lines.RemoveAt(line); break;
                case 1: lines.Insert(line, lines[other]); break;
                case 2: (lines[line], lines[other]) = (lines[other], lines[line]); break;
                case 3 when characters.Length > 0: lines[line] = characters.Remove(at, 1).ToString(); break;
                case 4: lines[line] = characters.Insert(at, Scraps[dice[i + 1] % Scraps.Length]).ToString(); break;
                case 5 when characters.Length > 1 && at > 0:
                    (characters[at], characters[at - 1]) = (characters[at - 1], characters[at]);
                    lines[line] = characters.ToString();
                    break;
                default: lines[line] = ' ' + lines[line]; break;
            }
        }
        return string.Join('\n', lines);
    }

    private static void Survives(string text) => Survives(() => Reader.Read(text));

    private static void Survives(Action read)
    {
        try
        {
            read();
        }
        catch (ScenarioException e)
        {
            e.Problems.ShouldNotBeEmpty();
            e.Problems.ShouldAllBe(p => p.Expected.Length > 0 && p.Found.Length > 0 && !p.ToString().Contains('\n'));
        }
    }
}
