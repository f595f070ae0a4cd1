using Gigawatt.Weather;
using static Gigawatt.Tests.Weather.WeatherText;

namespace Gigawatt.Tests.Weather;

public sealed class WeatherFileTests
{
    private const int DryBulb = 6, DewPoint = 7, Pressure = 9, Wind = 21;

    [Fact]
    public void An_EPW_file_gives_8760_hours()
    {
        WeatherFile file = Parse(Epw());
        file.Station.ShouldBe("Somewhere, TN, USA");
        file.ElevationM.ShouldBe(81);
        file.Hours.Length.ShouldBe(8760);
        file.Hours[0].ShouldBe(new WeatherHour(0.11, -5, 99000, 3.5));
        file.Hours[^1].DryBulbC.ShouldBe(DryBulbC(365, 24), 1e-9);
        (file.FilledValues, file.Notes.Count).ShouldBe((0, 0));
    }

    [Fact]
    public void A_TMY3_file_gives_8760_hours_in_pascal()
    {
        WeatherFile file = Parse(Tmy3());
        file.Station.ShouldBe("SOMEWHERE, NEAR, NC");
        file.Hours.Length.ShouldBe(8760);
        file.Hours[0].ShouldBe(new WeatherHour(0.11, -5, 99900, 3.5));  // 999 mbar is a pressure, not a missing code
        file.Hours[^1].DryBulbC.ShouldBe(DryBulbC(365, 24), 1e-9);
    }

    [Fact]
    public void Byte_order_mark_and_Windows_line_ends_do_no_harm()
    {
        List<string> lines = Epw();
        lines[0] = "\uFEFF" + lines[0];
        Parse(lines, "\r\n").Hours.ShouldBe(Parse(Epw()).Hours);
    }

    [Fact]
    public void A_leap_day_is_left_out_and_said_so()
    {
        WeatherFile file = Parse(Epw(leap: true));
        file.Hours.Length.ShouldBe(8760);
        file.Hours[58 * 24].DryBulbC.ShouldBe(DryBulbC(59, 1), 1e-9);   // 28 February
        file.Hours[59 * 24].DryBulbC.ShouldBe(DryBulbC(61, 1), 1e-9);   // 1 March, day 61 of the leap year
        file.Notes.ShouldHaveSingleItem().ShouldContain("29 February was left out (24 rows)");
    }

    [Fact]
    public void A_data_period_may_start_in_July()
    {
        WeatherFile file = Parse(Epw(firstDay: 182));
        file.Hours.ShouldBe(Parse(Epw()).Hours);
        file.Notes.ShouldHaveSingleItem().ShouldContain("7/ 1");
    }

    [Fact]
    public void Quarter_hours_are_averaged()
    {
        List<string> lines = Epw(rowsPerHour: 4);
        Put(lines, 8, DryBulb, "4.11");     // (4.11 + 3 × 0.11) / 4
        WeatherFile file = Parse(lines);
        file.Hours.Length.ShouldBe(8760);
        file.Hours[0].DryBulbC.ShouldBe(1.11, 1e-9);
        file.Notes.ShouldHaveSingleItem().ShouldContain("4 rows of each hour were averaged");
    }

    [Fact]
    public void Missing_codes_are_filled_in_straight_lines_and_counted()
    {
        List<string> lines = Epw();
        for (int hour = 2; hour < 8; hour++) { Put(lines, EpwLine(hour), DryBulb, "99.9"); }
        Put(lines, EpwLine(100), DewPoint, "99.9");
        Put(lines, EpwLine(100), Pressure, "999999");
        Put(lines, EpwLine(100), Wind, "999");
        Put(lines, EpwLine(101), Wind, "9999");
        lines.RemoveAt(EpwLine(200));
        WeatherFile file = Parse(lines);
        for (int hour = 0; hour < 24; hour++) { file.Hours[hour].DryBulbC.ShouldBe(DryBulbC(1, hour + 1), 1e-9); }
        file.Hours[100].ShouldBe(file.Hours[99] with { DryBulbC = file.Hours[100].DryBulbC });
        file.FilledValues.ShouldBe(6 + 4 + 4);      // the row that is not there lacks four values
    }

    [Fact]
    public void A_gap_may_reach_over_new_year()
    {
        List<string> lines = Epw();
        Put(lines, EpwLine(0), DewPoint, "99.9");
        Put(lines, EpwLine(8759), DewPoint, "99.9");
        WeatherFile file = Parse(lines);
        (file.Hours[0].DewPointC, file.Hours[8759].DewPointC, file.FilledValues).ShouldBe((-5, -5, 2));
    }

    [Fact]
    public void Seven_hours_without_a_value_are_too_many()
    {
        List<string> lines = Epw();
        for (int hour = 2; hour < 9; hour++) { Put(lines, EpwLine(hour), DryBulb, "99.9"); }
        Problems(lines).ShouldHaveSingleItem().ShouldBe(new WeatherFileProblem(
            10, 1, "at most 6 hours in a row without dry-bulb", "7 from 1/1 hour 3 on, after this line"));
    }

    [Fact]
    public void A_file_without_pressure_and_wind_gets_those_of_its_height()
    {
        List<string> lines = Epw();
        for (int hour = 0; hour < 8760; hour++)
        {
            Put(lines, EpwLine(hour), Pressure, "999999");
            Put(lines, EpwLine(hour), Wind, "999");
        }
        WeatherFile file = Parse(lines);
        file.Hours[5].PressurePa.ShouldBe(100356, 2);
        file.Hours[5].WindMPerS.ShouldBe(0);
        file.Notes.Count.ShouldBe(2);
    }

    [Fact]
    public void A_truncated_file_says_what_it_lacks()
    {
        List<string> lines = Epw();
        lines.RemoveRange(EpwLine(5000), 3760);
        lines[^1] = lines[^1][..60];
        IReadOnlyList<WeatherFileProblem> problems = Problems(lines);
        problems[0].Line.ShouldBe(lines.Count);
        problems[0].Expected.ShouldBe("32 to 35 fields");
        problems[1].Found.ShouldBe("3761 from 7/28 hour 8 on, after this line");     // 4999 = 208 × 24 + 7
        problems[1].Line.ShouldBe(lines.Count - 1);
    }

    [Fact]
    public void Every_problem_is_listed_with_line_and_column()
    {
        List<string> lines = Epw();
        Put(lines, EpwLine(3), DryBulb, "warm");
        Put(lines, EpwLine(9), Pressure, "7");
        Put(lines, EpwLine(20), 3, "25");
        lines[EpwLine(30)] = lines[EpwLine(29)];
        WeatherFileException e = Should.Throw<WeatherFileException>(() => Parse(lines));
        e.Message.Split('\n').ShouldBe(
        [
            "some.epw:12:20: expected dry-bulb in °C from -90 to 70, found 'warm'",
            "some.epw:18:34: expected pressure in Pa from 31000 to 120000, found '7'",
            "some.epw:29:10: expected an hour (the end of the period) from 1 to 24, found '25'",
            "some.epw:39:1: expected each hour once, found 1/2 hour 6 again (first in line 38)",
        ]);
    }

    [Fact]
    public void Problems_stop_at_fifty()
    {
        List<string> lines = Epw();
        for (int hour = 0; hour < 8760; hour++) { lines[EpwLine(hour)] = "a,b,c"; }
        Problems(lines).Count.ShouldBe(50);
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("\0\u0001\u0002PK binary", "'···PK binary'")]
    [InlineData("a,b\nc,d", "'a,b'")]
    [InlineData("LOCATION,x", "2")]
    [InlineData("LOCATION,a,b,c,d,1,2,3,4,5\nno data", "none")]
    [InlineData("LOCATION,a,b,c,d,1,2,3,4,5\nDATA PERIODS,1,1,Data,Sunday,1/1,12/31", "none")]
    [InlineData("LOCATION,a,b,c,d,1,2,3,4,5\nDATA PERIODS,1,0,Data,Sunday,1/1,12/31", "'0'")]
    [InlineData("1,x,NC,-5,36,-79,273\nDate (MM/DD/YYYY),Time", "none")]
    public void Junk_is_refused_in_words(string text, string found) =>
        Should.Throw<WeatherFileException>(() => WeatherFile.Parse(text, "junk")).Problems[0].Found.ShouldBe(found);

    [Fact]
    public void A_file_that_is_not_there_is_a_problem_like_any_other() =>
        Should.Throw<WeatherFileException>(() => WeatherFile.Read("/nowhere/none.epw"))
            .Message.ShouldStartWith("/nowhere/none.epw:1:1: expected a file that can be read, found ");

    [Fact]
    public void TMY3_rows_are_checked_too()
    {
        List<string> lines = Tmy3();
        Put(lines, 2, 0, "1988-01-01");
        Put(lines, 3, 1, "01:30");
        lines[4] += ",1";
        Put(lines, 5, 2, "x");
        Put(lines, 6, 4, "-9900");
        IReadOnlyList<WeatherFileProblem> problems = Problems(lines);
        problems.Select(p => (p.Line, p.Column)).ShouldBe([(3, 1), (4, 12), (5, 1), (6, 18)]);
    }
}
