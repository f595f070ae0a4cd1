using Gigawatt.Cooling;
using Gigawatt.Reliability;
using Gigawatt.Scenarios;
using Gigawatt.Training;
using Gigawatt.Water;
using Gigawatt.Weather;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Simulation;

/// <summary>A whole campus, composed from its scenario: specs, states and books of everything that <see cref="SiteStep"/> steps.</summary>
/// <remarks>A new kind of component is composed here in one line and stepped in <see cref="SiteStep"/> in one line.</remarks>
public sealed class Site
{
    /// <summary>Composes a campus.</summary>
    /// <param name="scenario">What it is made of.</param>
    /// <param name="programme">When its units come into service.</param>
    /// <param name="weather">Its weather.</param>
    /// <param name="from">First day of the run, which may be later than the scenario's.</param>
    /// <param name="seed">Seed of its luck.</param>
    /// <param name="run">Number of the run within a campaign.</param>
    public Site(Scenario scenario, Programme programme, WeatherSource weather, DateOnly from, int seed, int run)
    {
        Scenario = scenario;
        Programme = programme;
        Weather = weather;
        WeatherNow = weather.Begin();
        From = from;
        Racks = scenario.Compute.Racks.Select(spec => new RackGroup(spec)
        {
            RepairLuck = Stream.For(seed, run, spec.Name, "repair"),
        }).ToArray();
        Jobs = scenario.Training.Jobs.OrderByDescending(job => job.Job.Priority).Select(job => new SiteJob(
            job, JobPaces.Of(scenario, job), Array.FindIndex(Racks, rack => rack.Spec.Name == job.On), Racks.Length, from)
        {
            Luck = JobLuck.For(seed, run, job.Name),
        }).ToArray();
        Users = new SiteUsers(scenario, Racks, from, seed, run);
        Generation = new Generation(scenario, seed, run);
        Transients = new CampusTransients(scenario, Generation, Jobs, Racks.Length);
        Faults = scenario.Power.Faults.Happens ? new CampusFaults(scenario, Racks, seed, run) : null;
        // Coolers and towers stand before chillers, so that they pre-cool the water.
        CoolingUnits =
        [
            .. scenario.Cooling.DryCoolers.Select(unit => new CoolingUnits(unit.Name, new CoolingGroup(unit.Unit), unit.Count, seed, run)),
            .. scenario.Cooling.Towers.Select(unit => new CoolingUnits(unit.Name, new CoolingGroup(unit.Unit), unit.Count, seed, run)),
            .. scenario.Cooling.Chillers.Select(unit => new CoolingUnits(unit.Name, new CoolingGroup(unit.Unit), unit.Count, seed, run)),
        ];
        CoolingGroups = CoolingUnits.Select(unit => unit.Group).ToArray();
        CoolingInstalled = new int[CoolingGroups.Length];
        CoolingInService = new int[CoolingGroups.Length];
        if (scenario.Water is { } water) { Water = WaterSystem.Start(water.System); }
        Network = new NetworkDay(scenario, Generation.Plant);
        Books = new Books(scenario);
    }

    /// <summary>What the campus is made of.</summary>
    public Scenario Scenario { get; }

    /// <summary>When its units come into service.</summary>
    public Programme Programme { get; }

    /// <summary>First day of the run.</summary>
    public DateOnly From { get; }

    /// <summary>The day being simulated.</summary>
    public DateOnly Today { get; internal set; }

    /// <summary>Its weather.</summary>
    public WeatherSource Weather { get; }

    /// <summary>What the weather remembers.</summary>
    public WeatherState WeatherNow;

    /// <summary>Racks, in the order in which they get power.</summary>
    public RackGroup[] Racks { get; }

    /// <summary>Jobs, the most important first.</summary>
    public SiteJob[] Jobs { get; }

    /// <summary>Users of GPUs that are no jobs: serving pools and tenants.</summary>
    public SiteUsers Users { get; }

    /// <summary>Users of GPUs of all kinds, which are paused from the least important up.</summary>
    public int UserCount => Jobs.Length + Users.Count;

    /// <summary>Generating units, batteries, lines and grid, with their outages.</summary>
    public Generation Generation { get; }

    /// <summary>The campus bus as its transients see it.</summary>
    public CampusTransients Transients { get; }

    /// <summary>Short circuits and sags; null where there are none.</summary>
    public CampusFaults? Faults { get; }

    /// <summary>Cooling units, in the order in which they take heat.</summary>
    public CoolingUnits[] CoolingUnits { get; }

    /// <summary>The same as the cooling plant sees them.</summary>
    public CoolingGroup[] CoolingGroups { get; }

    /// <summary>Cooling units that are there, per group.</summary>
    public int[] CoolingInstalled { get; }

    /// <summary>Cooling units that are there and not failed, per group.</summary>
    public int[] CoolingInService { get; }

    /// <summary>What the cooling loops remember.</summary>
    public CoolingPlantState Cooling;

    /// <summary>What the water system remembers.</summary>
    public WaterSystemState Water;

    /// <summary>Whether the day's end of city water was told.</summary>
    internal bool CityCapTold { get; set; }

    /// <summary>Whether the reclaimed-water plant is in service.</summary>
    public bool ReclaimedInService { get; internal set; }

    /// <summary>The swing of the load inside training steps.</summary>
    public WaveState Wave;

    internal Power.Waveforms.JobSwing[] JobSwings => field ??= new Power.Waveforms.JobSwing[Jobs.Length];

    /// <summary>What each constraint allows today.</summary>
    public Capacity Capacity;

    /// <summary>Transformer capacity in service between bus and halls.</summary>
    public double StepDownMw { get; internal set; }

    /// <summary>What this step must respect.</summary>
    public LimitsState Limits = LimitsState.None;

    /// <summary>What is remembered for forecasts.</summary>
    public ForesightState Foresight;

    internal double[] ForecastMw { get; set; } = [];

    /// <summary>The one-line network, day by day.</summary>
    public NetworkDay Network { get; }

    /// <summary>The ledgers and the cash book.</summary>
    public Books Books { get; }

    /// <summary>The day's record so far.</summary>
    public DayRecord Day;

    /// <summary>Takes what happens; never null, may be deaf.</summary>
    public IRecordSink Sink { get; set; } = DeafSink.Instance;

    /// <summary>How many events of each kind happened.</summary>
    public long[] EventCounts { get; } = new long[Enum.GetValues<EventKind>().Length];

    /// <summary>Seconds in which cooling units worked outside the box of their curves.</summary>
    public double OutsideCurveS { get; internal set; }

    /// <summary>Fabric power for each live GPU.</summary>
    public double FabricMwPerGpu { get; internal set; }

    internal int[] PlannedCoolingUnits { get; set; } = [];

    internal double PlannedHeatMw { get; set; }

    internal JobEvent[] JobEvents { get; } = new JobEvent[64];

    /// <summary>Tells the sink and counts.</summary>
    public void Tell(double timeS, EventKind kind, string component, double value)
    {
        EventCounts[(int)kind]++;
        Sink.Happened(new SiteEvent(timeS, kind, component, value));
    }
}

/// <summary>Identical cooling units, how many are there, and their outages.</summary>
public sealed class CoolingUnits(string name, CoolingGroup group, int most, int seed, int run)
{
    /// <summary>Name in the scenario.</summary>
    public string Name { get; } = name;

    /// <summary>As the cooling plant sees them.</summary>
    public CoolingGroup Group { get; } = group;

    /// <summary>Their outages.</summary>
    public UnitOutages Outages { get; } = new(
        new TwoStateUnitSpec { MttfS = group.MeanTimeToFailureS, MttrS = group.MeanRepairS }, seed, run, name, most);
}

/// <summary>A sink that keeps nothing.</summary>
public sealed class DeafSink : IRecordSink
{
    /// <summary>The only one.</summary>
    public static readonly DeafSink Instance = new();

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<RecordedColumn> columns, DateTime start, double stepS)
    {
    }

    /// <inheritdoc/>
    public void Row(ReadOnlySpan<double> values)
    {
    }

    /// <inheritdoc/>
    public void Happened(in SiteEvent what)
    {
    }
}
