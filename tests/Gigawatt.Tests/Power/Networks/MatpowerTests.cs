using FsCheck.Fluent;
using Gigawatt.Numerics;
using Gigawatt.Power.Networks;

namespace Gigawatt.Tests.Power.Networks;

public sealed class MatpowerTests
{
    private static readonly string[] Scraps =
        ["[", "]", ";", "%", "'", "...", "\n", "\t", " ", "mpc.", "mpc.bus", "=", "Inf", "NaN", "1e999", "-", "{", "}", "%{\n", "%}\n", "0", "mpc.gen(1, 2) = 3;", "\0", "é"];

    [Fact]
    public void Nine_buses_are_read_with_their_costs()
    {
        MatpowerCase read = Matpower.Parse(SmallGrids.Case9);
        (read.Network.Buses.Count, read.Network.Generators.Count, read.Network.Branches.Count, read.Costs.Count).ShouldBe((9, 3, 9, 3));
        read.Network.Name.ShouldBe("case9");
        read.Network.Buses[4].LoadReactiveMvar.ShouldBe(30);
        read.Network.Generators[1].VoltagePu.ShouldBe(1.025);
        SmallGrids.Case9.Split('\n')[read.Lines["branches[2]"] - 1].ShouldContain("5  6  0.039");
    }

    [Fact]
    public void Known_conversions_are_applied_and_said()
    {
        MatpowerCase read = Matpower.Parse(SmallGrids.BaranWu);
        read.Network.Buses[1].LoadMw.ShouldBe(0.1);
        read.Network.Branches[0].ResistancePu.ShouldBe(0.0922 * 10 / (12.66 * 12.66), 1e-15);
        read.Network.Branches.Count(one => !one.InService).ShouldBe(5);
        read.Notes.Count.ShouldBe(2);
    }

    [Fact]
    public void A_conversion_that_is_announced_but_cut_off_is_missed() => Refused(
        SmallGrids.BaranWu.Replace(SmallGrids.ConvertingCode, "", StringComparison.Ordinal), "code behind the tables that converts kW", "cut off");

    [Fact]
    public void Other_code_is_refused_with_its_line_and_words()
    {
        string text = SmallGrids.Case9 + "mpc.branch(3, 4) = 0.2;\n";
        MatpowerProblem problem = Refused(text, "the known conversions", "mpc.branch(3, 4) = 0.2");
        problem.Line.ShouldBe(text.Split('\n').Length - 1);
    }

    [Fact]
    public void Comments_continued_lines_and_commas_are_no_matter()
    {
        string text = SmallGrids.Case9.Replace("  9  4  0.01", "%{\n[ not this ]\n%}\n  9, 4, ... rest follows\n  0.01", StringComparison.Ordinal)
            .Replace("mpc.baseMVA = 100;", "mpc.baseMVA = 100 % MVA; 'quoted", StringComparison.Ordinal);
        Matpower.Parse(text).Network.Branches[8].ResistancePu.ShouldBe(0.01);
    }

    [Fact]
    public void A_file_cut_in_half_says_so()
    {
        string half = SmallGrids.Case9[..(SmallGrids.Case9.Length / 2)];
        Matpower.TryParse(half, out IReadOnlyList<MatpowerProblem> problems).ShouldBeNull();
        problems.ShouldContain(problem => problem.Found.Contains("cut off", StringComparison.Ordinal));
        Should.Throw<CaseException>(() => Matpower.Parse(half)).Problems[0].Path.ShouldStartWith("line ");
    }

    [Fact]
    public void Bad_numbers_rows_and_buses_are_told_with_their_lines()
    {
        Refused(SmallGrids.Case9.Replace("0.0586", "0.O586", StringComparison.Ordinal), "a number", "'0.O586'").Line.ShouldBe(Line("0.0586"));
        Refused(SmallGrids.Case9.Replace("345  1  1.1  0.9;\n  5", "345  1  1.1;\n  5", StringComparison.Ordinal), "13 numbers", "12");
        Refused(SmallGrids.Case9.Replace("  8  2  0 ", "  8  12 0 ", StringComparison.Ordinal), "number of a bus where it ends", "12").Line.ShouldBe(Line("  8  2  0 "));
        Refused(SmallGrids.Case9.Replace("'2'", "'1'", StringComparison.Ordinal), "case format '2'", "savecase");
    }

    [Fact]
    public void Wherever_it_is_cut_it_is_a_case_or_a_list_of_problems()
    {
        for (int length = 0; length < SmallGrids.BaranWu.Length; length += 29) { Survives(SmallGrids.BaranWu[..length]); }
        for (int length = 0; length < SmallGrids.Case9.Length; length += 13) { Survives(SmallGrids.Case9[..length]); }
    }

    [Fact]
    public void However_it_is_mutilated_it_is_a_case_or_a_list_of_problems() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ArrayOf(9).ToArbitrary(), dice =>
    {
        string text = dice[0] % 2 == 0 ? SmallGrids.Case9 : SmallGrids.BaranWu;
        for (int i = 0; i + 2 < dice.Length; i += 3)
        {
            int at = dice[i + 1] % text.Length;
            int length = Math.Min(dice[i + 2] % 30, text.Length - at);
            text = dice[i] % 3 == 0 ? text.Remove(at, length) : text.Insert(at, dice[i] % 3 == 1 ? Scraps[dice[i + 2] % Scraps.Length] : text.Substring(at, length));
        }
        Survives(text);
    }).HoldsInAnyCase(250);

    private static int Line(string piece) => SmallGrids.Case9[..SmallGrids.Case9.IndexOf(piece, StringComparison.Ordinal)].Count(c => c == '\n') + 1;

    private static MatpowerProblem Refused(string text, string expected, string found)
    {
        Matpower.TryParse(text, out IReadOnlyList<MatpowerProblem> problems).ShouldBeNull();
        return problems.First(problem => problem.Expected.Contains(expected, StringComparison.Ordinal) && problem.Found.Contains(found, StringComparison.Ordinal));
    }

    private static void Survives(string text)
    {
        MatpowerCase? read = Matpower.TryParse(text, out IReadOnlyList<MatpowerProblem> problems);
        if (read is null)
        {
            problems.ShouldNotBeEmpty();
            problems.ShouldAllBe(problem => problem.Line > 0 && problem.Expected.Length > 0 && problem.Found.Length > 0);
            return;
        }
        try
        {
            Grid grid = Grid.Of(read.Network);
            new PowerFlow(grid).Solve();
        }
        catch (CaseException wrong)
        {
            wrong.Problems.ShouldNotBeEmpty();
        }
    }
}
