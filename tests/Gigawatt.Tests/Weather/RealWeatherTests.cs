using Gigawatt.Weather;

namespace Gigawatt.Tests.Weather;

/// <summary>A test on weather files that are not part of the repository; skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WeatherFilesFactAttribute : FactAttribute
{
    public WeatherFilesFactAttribute()
    {
        if (Folder is null) { Skip = "No folder shared/weather above the test assembly."; }
    }

    internal static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "shared", "weather");
            if (Directory.Exists(folder)) { return folder; }
        }
        return null;
    }
}

public sealed class RealWeatherTests
{
    [WeatherFilesFact]
    public void Memphis() => Compare(
        "USA_TN_Memphis.Intl.AP.723340_TMY3.epw", 81, (17.04, 9.98, 13.03), (38.3, 26.89),
        [2365, 5027, 8080], [3168, 5633, 8146]);

    [WeatherFilesFact]
    public void Chicago() => Compare(
        "USA_IL_Chicago-OHare.Intl.AP.725300_TMY3.epw", 201, (9.99, 4.31, 7.09), (35.0, 26.89),
        [4280, 6756, 8612], [4880, 7229, 8611]);

    [WeatherFilesFact]
    public void Dallas() => Compare(
        "USA_TX_Dallas-Fort.Worth.Intl.AP.722590_TMY3.epw", 171, (18.73, 10.92, 14.20), (40.0, 28.34),
        [1950, 4448, 7748], [2717, 5170, 8001]);

    [WeatherFilesFact]
    public void Greensboro_as_a_TMY3_file()
    {
        WeatherFile file = WeatherFile.Read(
            Path.Combine(WeatherFilesFactAttribute.Folder!, "723170TYA_Greensboro_TMY3.csv"));
        file.Station.ShouldBe("GREENSBORO PIEDMONT TRIAD INT, NC");
        file.Hours.Length.ShouldBe(8760);
        file.FilledValues.ShouldBe(0);
        file.Hours[0].ShouldBe(new WeatherHour(10, 6.1, 99300, 6.2));
        file.Hours[^1].DryBulbC.ShouldBe(2.2);
    }

    private static void Compare(
        string name, double elevationM, (double DryBulbC, double DewPointC, double WetBulbC) mean,
        (double DryBulbC, double WetBulbC) highest, int[] hoursOfDryBulb, int[] hoursOfWetBulb)
    {
        WeatherFile file = WeatherFile.Read(Path.Combine(WeatherFilesFactAttribute.Folder!, name));
        (file.ElevationM, file.Hours.Length, file.FilledValues, file.Notes.Count).ShouldBe((elevationM, 8760, 0, 0));
        AirState[] air = [.. file.Hours.Select(h => AirState.Of(h))];
        air.Average(a => a.DryBulbC).ShouldBe(mean.DryBulbC, 0.006);
        air.Average(a => a.DewPointC).ShouldBe(mean.DewPointC, 0.006);
        air.Average(a => a.WetBulbC).ShouldBe(mean.WetBulbC, 0.006);
        air.Max(a => a.DryBulbC).ShouldBe(highest.DryBulbC, 1e-9);
        air.Max(a => a.WetBulbC).ShouldBe(highest.WetBulbC, 0.006);
        new[] { 10, 20, 30 }.Select(t => air.Count(a => a.DryBulbC <= t)).ShouldBe(hoursOfDryBulb);
        new[] { 10, 18, 24 }.Select(t => air.Count(a => a.WetBulbC <= t)).ShouldBe(hoursOfWetBulb);
    }
}
