using Gigawatt.Scenarios;
using Gigawatt.Weather;

namespace Gigawatt.Simulation;

/// <summary>How a run differs from what its scenario says.</summary>
/// <param name="From">First day; the scenario's when absent.</param>
/// <param name="To">Last day; the scenario's when absent.</param>
/// <param name="StepS">Length of a step; the scenario's when absent.</param>
/// <param name="Seed">Seed; the scenario's when absent.</param>
/// <param name="Run">Number of the run within a campaign.</param>
/// <param name="Folder">Folder from which weather files are found.</param>
public readonly record struct RunOptions(
    DateOnly? From = null, DateOnly? To = null, double? StepS = null, int? Seed = null, int Run = 0, string Folder = "");

/// <summary>Runs a scenario from its first day to its last.</summary>
public sealed class Simulator
{
    private readonly Scenario scenario;
    private readonly Site site;
    private readonly DateOnly from;
    private readonly DateOnly to;
    private readonly int seed;
    private readonly double stepS;
    private readonly DayRecord[] days;
    private readonly LedgerDays gpuTimeDays;
    private readonly double[] row = new double[Recorder.Columns.Count];
    private int dayCount;
    private long step;
    private double itPeakMw;
    private double itMwh;
    private double facilityMwh;
    private double waterM3;
    private double unservedMwh;
    private double livePeakMw;
    private double allocatedGpuS;
    private double liveGpuHours;

    /// <summary>Composes the campus; nothing has happened yet.</summary>
    /// <exception cref="WeatherFileException">The scenario's weather file cannot be used.</exception>
    public Simulator(Scenario scenario, RunOptions options, IRecordSink sink)
    {
        this.scenario = scenario;
        from = options.From ?? scenario.Start;
        to = options.To ?? scenario.End;
        seed = options.Seed ?? scenario.Seed;
        stepS = options.StepS ?? scenario.StepS;
        StepCount = (long)Math.Round((to.DayNumber - from.DayNumber + 1) * 86400 / stepS);
        days = new DayRecord[to.DayNumber - from.DayNumber + 1];
        WeatherSource weather = WeatherSource.Create(
            scenario.Weather, from.ToDateTime(TimeOnly.MinValue), seed, options.Run, scenario.Site.ElevationM, options.Folder);
        site = new Site(scenario, new Programme(scenario), weather, from, seed, options.Run);
        gpuTimeDays = new LedgerDays(site.Books.GpuTime, days.Length);
        Record(sink);
        OpenDay();
    }

    /// <summary>Start of the first step, site time.</summary>
    public DateTime From => from.ToDateTime(TimeOnly.MinValue);

    /// <summary>End of the last step, site time.</summary>
    public DateTime To => to.AddDays(1).ToDateTime(TimeOnly.MinValue);

    /// <summary>Length of a step.</summary>
    public double StepS => stepS;

    /// <summary>Sends the rows and events from now on to a sink.</summary>
    public void Record(IRecordSink sink)
    {
        site.Sink = sink;
        sink.Begin(Recorder.Columns, From, stepS);
    }

    /// <summary>Steps of the whole run.</summary>
    public long StepCount { get; }

    /// <summary>Steps taken so far.</summary>
    public long StepsTaken => step;

    /// <summary>Simulated time reached.</summary>
    public DateTime Now => from.ToDateTime(TimeOnly.MinValue).AddSeconds(step * stepS);

    /// <summary>The campus as it stands.</summary>
    public Site Site => site;

    /// <summary>Takes one step.</summary>
    /// <exception cref="NotFiniteException">A recorded number is not finite; the message names it and the simulated time.</exception>
    public void Step()
    {
        double startS = step * stepS;
        SiteRow at = SiteStep.Step(site, startS, stepS);
        Recorder.Fill(row, site, at, stepS);
        for (int i = 0; i < row.Length; i++)
        {
            if (!double.IsFinite(row[i])) { throw new NotFiniteException(Recorder.Columns[i].Name, Now); }
        }
        site.Sink.Row(row);
        Recorder.AddToDay(ref site.Day, at, stepS);
        Add(at);
        step++;
        if ((long)Math.Round(step * stepS) % 86400 == 0) { CloseDay(); }
    }

    /// <summary>Runs to the end, or until told to stop.</summary>
    /// <param name="stop">Asked every simulated day.</param>
    /// <param name="progress">Told every simulated day.</param>
    public RunResult Run(Action<Simulator>? progress = null, CancellationToken stop = default)
    {
        long stepsPerDay = (long)Math.Round(86400 / stepS);
        while (step < StepCount && !stop.IsCancellationRequested)
        {
            for (long i = 0; i < stepsPerDay && step < StepCount; i++) { Step(); }
            progress?.Invoke(this);
        }
        return Result();
    }

    /// <summary>What the run has left so far.</summary>
    public RunResult Result()
    {
        Books books = site.Books;
        double cost = books.Money.CostUsd;
        double trained = books.GpuTime["useful"], useful = trained + books.GpuTime["serving"] + books.GpuTime["rented_out"];
        int interruptions = 0;
        foreach (SiteJob job in site.Jobs) { interruptions += job.Interruptions; }
        return new RunResult
        {
            Scenario = scenario,
            Seed = seed,
            From = from.ToDateTime(TimeOnly.MinValue),
            To = Now,
            StepS = stepS,
            StepCount = step,
            Complete = step == StepCount,
            Days = days[..dayCount],
            Energy = books.Energy,
            Heat = books.Heat,
            Water = books.Water,
            GpuTime = books.GpuTime,
            GpuTimeDays = gpuTimeDays,
            Jobs = [.. site.Jobs.Select(JobResult.Of)],
            Money = books.Money.Ledger,
            Parties = books.Money.Cash.Parties.Select((name, i) => (
                name, scenario.Economics.Parties.Any(party => party.Name == name && party.Related), books.Money.Cash.BalanceUsd(i))).ToArray(),
            Headline = new Headline(
                livePeakMw, itPeakMw, itMwh, Ratio(facilityMwh, itMwh), Ratio(waterM3, itMwh), Ratio(trained * 3600, allocatedGpuS), useful,
                Ratio(cost, liveGpuHours), Ratio(cost, useful), interruptions, books.Money.Co2T, unservedMwh)
            {
                NoxT = site.Generation.Permits.NoxKg / 1000,
                FailedStarts = (int)site.EventCounts[(int)EventKind.StartFailed],
            },
            Batteries = [.. site.Generation.Plant.Batteries.Select(BatteryHealth.Of)],
            Emissions = site.Generation.Permits.Results(site.Today),
            Transients = site.Transients.Counts,
            Faults = site.Faults?.Counts,
            LowestHz = site.Transients.LowestHz,
            HighestHz = site.Transients.HighestHz,
            Wave = site.Wave,
            Binding = BindingByMonth.Of(days.AsSpan(0, dayCount)),
            EventCounts = site.EventCounts,
            OutsideCurveHours = site.OutsideCurveS / 3600,
            Units = site.Generation.Units.Duties(),
            Shortfalls = books.Shortfalls.Duties(Ratio(cost, liveGpuHours)),
            Foresight = site.Foresight,

            JobHistories = [.. site.Jobs.Select(JobHistory.Of)],
            Network = site.Network.Result,
            Serving = [.. site.Users.Pools.Select(pool => pool.Result(Ratio(cost, liveGpuHours)))],
            Rentals = [.. site.Users.Tenants.Select(tenant => tenant.Result(Ratio(cost, liveGpuHours)))],
            Reinforcement = [.. site.Jobs.Where(job => job.Learning is not null).Select(ReinforcementResult.Of)],
        };
    }

    private void Add(in SiteRow at)
    {
        double hours = stepS / 3600;
        itPeakMw = Math.Max(itPeakMw, at.Served.ItMw);
        itMwh += at.Served.ItMw * hours;
        facilityMwh += at.Served.FacilityMw * hours;
        waterM3 += (at.Water.ReclaimedM3PerS + at.Water.CityM3PerS) * stepS;
        unservedMwh += (at.Power.DemandMw - at.Power.ServedMw) * hours;
        livePeakMw = Math.Max(livePeakMw, site.Capacity.LiveMw);
        allocatedGpuS += at.Jobs.All.TakenGpuS;
        foreach (RackGroup rack in site.Racks) { liveGpuHours += rack.Live * rack.GpusPerRack * hours; }
    }

    private void OpenDay() => site.Day = new DayRecord { HighestDryBulbC = double.MinValue, LowestCapFraction = 1 };

    private void CloseDay()
    {
        site.Day.Day = site.Today;
        site.Network.CloseDay(site, ref site.Day);
        UserBook.CloseDay(site);
        days[dayCount++] = site.Day;
        site.Books.CloseDay();
        gpuTimeDays.CloseDay();
        OpenDay();
    }

    private static double Ratio(double over, double under) => under > 0 ? over / under : 0;
}

/// <summary>A number of the run is not finite.</summary>
public sealed class NotFiniteException(string column, DateTime at)
    : Exception(FormattableString.Invariant($"{column} is not a finite number at {at:yyyy-MM-dd HH:mm:ss}; the run was stopped"));

/// <summary>Which constraint bound in each month.</summary>
public static class BindingByMonth
{
    /// <summary>One row a month, from the days of a run.</summary>
    public static IReadOnlyList<MonthBinding> Of(ReadOnlySpan<DayRecord> days)
    {
        List<MonthBinding> months = [];
        Span<int> bound = stackalloc int[Capacity.Kinds];
        Span<int> next = stackalloc int[Capacity.Kinds];
        int start = 0;
        while (start < days.Length)
        {
            int end = start;
            bound.Clear();
            double liveMw = 0;
            while (end < days.Length && days[end].Day.Month == days[start].Day.Month && days[end].Day.Year == days[start].Day.Year)
            {
                bound[(int)days[end].Capacity.Binding]++;
                liveMw += days[end].Capacity.LiveMw;
                end++;
            }
            int most = Largest(bound);
            next.Clear();
            double marginMw = 0;
            foreach (DayRecord day in days[start..end])
            {
                if ((int)day.Capacity.Binding != most) { continue; }
                next[(int)day.Capacity.Next]++;
                marginMw += day.Capacity.MarginMw;
            }
            months.Add(new MonthBinding(
                days[start].Day.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), (Constraint)most,
                liveMw / (end - start), (Constraint)Largest(next), marginMw / bound[most]));
            start = end;
        }
        return months;
    }

    private static int Largest(ReadOnlySpan<int> counts)
    {
        int largest = 0;
        for (int i = 1; i < counts.Length; i++)
        {
            if (counts[i] > counts[largest]) { largest = i; }
        }
        return largest;
    }
}
