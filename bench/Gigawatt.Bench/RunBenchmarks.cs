using BenchmarkDotNet.Attributes;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;

namespace Gigawatt.Bench;

/// <summary>Reading a scenario, one step of a campus, and a month of it: what every run and every sweep is made of.</summary>
[MemoryDiagnoser]
public class RunBenchmarks
{
    private Scenario scenario = null!;
    private Simulator simulator = null!;
    private string file = "";

    [Params("island-100mw", "colossus-2")]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Read()
    {
        file = Path.Combine(Root(), "scenarios", Name + ".yaml");
        scenario = ScenarioLoader.Load(file).Value;
        Restart();
    }

    [Benchmark]
    public Reading<Scenario> Reading() => ScenarioLoader.Load(file);

    /// <summary>One day of minutes in the second year or month, divided by its steps.</summary>
    [Benchmark(OperationsPerInvoke = 1440)]
    public double Step()
    {
        if (simulator.StepsTaken + 1440 > simulator.StepCount) { Restart(); }
        for (int i = 0; i < 1440; i++) { simulator.Step(); }
        return simulator.Site.Capacity.LiveMw;
    }

    [Benchmark]
    public RunResult Month()
    {
        DateOnly from = Middle();
        return new Simulator(scenario, new RunOptions { From = from, To = from.AddDays(29) }, DeafSink.Instance).Run();
    }

    private void Restart()
    {
        simulator = new Simulator(scenario, new RunOptions { From = Middle() }, DeafSink.Instance);
        for (int i = 0; i < 1440; i++) { simulator.Step(); }
    }

    private DateOnly Middle() => scenario.Start.AddDays((scenario.End.DayNumber - scenario.Start.DayNumber) / 2);

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Gigawatt.slnx"))) { folder = Path.GetDirectoryName(folder)!; }
        return folder;
    }
}
