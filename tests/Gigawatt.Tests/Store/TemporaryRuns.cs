using Gigawatt.Simulation;
using Gigawatt.Store;

namespace Gigawatt.Tests.Store;

/// <summary>A folder for the run files of one test, and runs of known values to put there.</summary>
public sealed class TemporaryRuns : IDisposable
{
    public const double Quantum = 0.001;

    public static readonly DateTime From = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    public string Folder { get; } = Directory.CreateTempSubdirectory("gw-store-").FullName;

    public static RunHeader Header(int count, double stepS = 60) => new()
    {
        ScenarioName = "island 100 MW",
        ScenarioText = "name: island 100 MW\n# Ω is kept too\n",
        ScenarioHash = RunHeader.Sha256("name: island 100 MW"),
        ProgramVersion = "0.1.0",
        Seed = 42,
        RunNumber = 3,
        From = From,
        To = From.AddSeconds(count * stepS),
        StepS = stepS,
        StepCount = count,
    };

    /// <summary>Power counts up by 1 kW a step, temperature repeats every seven steps, and the state is always 1.</summary>
    public static IReadOnlyList<RecordedColumn> Columns { get; } =
    [
        new("it_power_mw", "IT power", "MW", Quantum),
        new("supply_c", "Supply temperature", "°C", 0.01),
        new("state_count", "State", "", 1),
    ];

    public static double[] RowAt(int step) => [step * 0.001, 20 + step % 7, 1];

    public string Named(string name) => Path.Combine(Folder, name);

    /// <summary>A writer that has begun and taken some rows.</summary>
    public static RunWriter Begun(string path, int rows, int promised, double stepS = 60)
    {
        RunWriter writer = new(path, Header(promised, stepS));
        writer.Begin(Columns, From, stepS);
        for (int step = 0; step < rows; step++) { writer.Row(RowAt(step)); }
        return writer;
    }

    /// <summary>A complete run with two events, one ledger line and a summary.</summary>
    public string Complete(string name, int rows, double stepS = 60)
    {
        string path = Named(name);
        using RunWriter writer = Begun(path, rows, rows, stepS);
        writer.Happened(new SiteEvent(90.5, EventKind.UnitTrip, "turbine-1", 38));
        writer.Happened(new SiteEvent(3600, EventKind.JobStarted, "job \"a\", first", 8192));
        writer.Complete([new LedgerLine("energy_mwh", "fuel", "in", 12.5)], [new("summary.json", "{\"rows\": 1}")]);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, true);
}
