using System.Text.Json;
using System.Text.Json.Serialization;
using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>The run in one small file for machines: what <c>summary.json</c> holds and <c>gw run --json</c> prints.</summary>
/// <remarks>The same scenario and seed give the same bytes: it holds no clock and no path. Numbers without a meaning are null.</remarks>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="ScenarioHash">Hash of what the run was computed from.</param>
/// <param name="Program">Version of the program.</param>
/// <param name="Seed">Seed of the random streams.</param>
/// <param name="From">First day simulated.</param>
/// <param name="To">Last day simulated, at least in part.</param>
/// <param name="StepS">Length of a step.</param>
/// <param name="StepCount">Steps taken.</param>
/// <param name="Complete">False when the run was interrupted.</param>
/// <param name="Headline">The numbers by which the run is known.</param>
/// <param name="Ledgers">The ledgers by name.</param>
/// <param name="Binding">Binding constraint by month.</param>
/// <param name="Fleet">How much of the fleet was useful at each size that it stood at; empty when it never grew.</param>
/// <param name="WhatIf">The campus as it is and each changed one; empty when none was run beside.</param>
/// <param name="Claims">Claims held against the run.</param>
/// <param name="Lints">Traps and doubts.</param>
/// <param name="Events">How many events of each kind happened.</param>
/// <param name="Evidence">How many input values carry each grade.</param>
/// <param name="Transients">Sudden changes of load and supply, and what became of them.</param>
/// <param name="Wave">The swing of the load inside training steps.</param>
/// <param name="Shortfalls">What shortfalls took, in the order in which measures are taken; what batteries carried comes first and is not lost.</param>
/// <param name="Foresight">Plans of the run; null without foresight.</param>
/// <param name="Power">Units, permits, batteries and the network in numbers.</param>
/// <param name="Jobs">What each job held, what interrupted it, where its GPU-time went, what an interruption cost, what its plan makes of it.</param>
public sealed record Summary(
    string Scenario, string ScenarioHash, string Program, int Seed, string From, string To, double StepS, [property: JsonPropertyName("steps")] long StepCount, bool Complete,
    SummaryHeadline Headline, IReadOnlyDictionary<string, SummaryLedger> Ledgers, IReadOnlyList<SummaryBinding> Binding,
    IReadOnlyList<SummaryFleet> Fleet, IReadOnlyList<WhatIfRow> WhatIf, IReadOnlyList<ClaimRow> Claims, IReadOnlyList<LintRow> Lints, IReadOnlyDictionary<string, long> Events, Grades Evidence,
    SummaryTransients Transients, SummaryWave Wave, IReadOnlyList<ShortfallRow> Shortfalls, SummaryForesight? Foresight, PowerData Power, IReadOnlyList<JobRow> Jobs)
{
    /// <summary>Serving pools.</summary>
    public IReadOnlyList<PoolRow> Serving { get; init; } = [];

    /// <summary>Contracts for capacity.</summary>
    public IReadOnlyList<RentalRow> Rentals { get; init; } = [];

    /// <summary>Jobs of reinforcement learning.</summary>
    public IReadOnlyList<LearningRow> Reinforcement { get; init; } = [];

    /// <summary>Short circuits and voltage sags; null where the scenario has none.</summary>
    public SummaryFaults? Faults { get; init; }

    /// <summary>The summary of a run.</summary>
    public static Summary Of(ReportInput input)
    {
        RunResult run = input.Run;
        SortedDictionary<string, SummaryLedger> ledgers = new(StringComparer.Ordinal);
        foreach (Ledger ledger in run.Ledgers) { ledgers[ledger.Name] = SummaryLedger.Of(ledger); }
        return new Summary(
            run.Scenario.Name, input.ScenarioHash, input.Program, run.Seed, ReportBuilder.FirstDay(run), ReportBuilder.LastDay(run), run.StepS,
            run.StepCount, run.Complete, SummaryHeadline.Of(run), ledgers, run.Binding.Select(SummaryBinding.Of).ToArray(),
            FleetStages.Of(run).Select(SummaryFleet.Of).ToArray(), WhatIfTable.Rows(input), input.Claims,
            input.Lints, EventList.Counts(run, withZeros: true), EvidenceMix.Of(input.Facts),
            SummaryTransients.Of(run), SummaryWave.Of(run), ShortfallTable.Numbers(run), SummaryForesight.Of(run), PowerTable.Build(input), JobRow.Of(run))
        {
            Faults = run.Faults is { } faults ? SummaryFaults.Of(faults) : null,
            Serving = ServingTable.Pools(run),
            Rentals = ServingTable.Rentals(run),
            Reinforcement = ServingTable.Learning(run),
        };
    }

    /// <summary>The summary as JSON, indented, with a line feed at its end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SummaryJson.Default.Summary) + "\n";

    /// <summary>Reads a summary again.</summary>
    /// <exception cref="JsonException">The text is no summary.</exception>
    public static Summary FromJson(string json) =>
        JsonSerializer.Deserialize(json, SummaryJson.Default.Summary) ?? throw new JsonException("the summary is null");
}

/// <summary>The numbers by which a run is known; null where a share or price has nothing to be a share or price of.</summary>
/// <param name="LiveItPowerPeakMw">Highest live IT power, planning basis.</param>
/// <param name="ItPowerPeakMw">Highest power that racks drew in a step.</param>
/// <param name="ItEnergyMwh">Energy that racks took.</param>
/// <param name="FacilityEnergyMwh">Energy of halls, cooling, house and step-down losses.</param>
/// <param name="Pue">Facility energy over IT energy.</param>
/// <param name="WueLPerKwh">Water drawn over IT energy.</param>
/// <param name="GoodputFraction">Share of the jobs' GPU-time that became safe progress.</param>
/// <param name="InstalledGpuHours">GPU-hours of delivered GPUs.</param>
/// <param name="UsefulGpuHours">GPU-hours of progress made safe, of serving and rented out.</param>
/// <param name="UsdPerGpuHour">Cost per live GPU-hour.</param>
/// <param name="UsdPerUsefulGpuHour">Cost per useful GPU-hour.</param>
/// <param name="CostUsd">Cost of the run.</param>
/// <param name="IncomeUsd">Rent received and tokens sold.</param>
/// <param name="Interruptions">Unplanned interruptions of jobs.</param>
/// <param name="Co2T">Carbon dioxide of the fuel.</param>
/// <param name="UnservedMwh">Energy asked for and not served.</param>
/// <param name="OutsideCurveHours">Hours in which cooling units worked outside the box of their curves.</param>
public sealed record SummaryHeadline(
    double LiveItPowerPeakMw, double ItPowerPeakMw, double ItEnergyMwh, double FacilityEnergyMwh, double? Pue, double? WueLPerKwh,
    double? GoodputFraction, double InstalledGpuHours, double UsefulGpuHours, double? UsdPerGpuHour, double? UsdPerUsefulGpuHour,
    double CostUsd, double IncomeUsd, int Interruptions, double Co2T, double UnservedMwh, double OutsideCurveHours)
{
    /// <summary>The numbers of a run.</summary>
    public static SummaryHeadline Of(RunResult run)
    {
        Headline headline = run.Headline;
        bool isOn = headline.ItEnergyMwh > 0;
        double allocated = run.GpuTime.Lines.SkipWhile(line => line.Name != "idle").Skip(1).Sum(line => run.GpuTime[line.Name]);
        return new SummaryHeadline(
            headline.LiveItPowerPeakMw, headline.ItPowerPeakMw, headline.ItEnergyMwh, headline.Pue * headline.ItEnergyMwh,
            isOn ? headline.Pue : null, isOn ? headline.WueLPerKwh : null, allocated > 0 ? headline.GoodputFraction : null,
            run.GpuTime["installed"], headline.UsefulGpuHours, run.Days.Any(day => day.LiveGpus > 0) ? headline.UsdPerGpuHour : null,
            headline.UsefulGpuHours > 0 ? headline.UsdPerUsefulGpuHour : null, MoneyChart.CostUsd(run.Money),
            MoneyChart.IncomeUsd(run.Money), headline.Interruptions, headline.Co2T,
            headline.UnservedMwh, run.OutsideCurveHours);
    }
}

/// <summary>Sudden changes of load and supply, and what became of them.</summary>
/// <param name="Disturbances">All of them.</param>
/// <param name="HeldByGrid">Taken by a utility that holds the frequency.</param>
/// <param name="Bounded">Proved harmless by a closed-form bound.</param>
/// <param name="Precedented">Milder than a case that was simulated and harmless.</param>
/// <param name="HardSimulated">Simulations of such harder cases.</param>
/// <param name="Simulated">Simulated one by one.</param>
/// <param name="Recalled">Given the outcome of such a simulation of the same cell.</param>
/// <param name="ScreenedFraction">Disturbances without a simulation of their own, as a share; null without disturbances.</param>
/// <param name="Shed">Ended with load dropped.</param>
/// <param name="Tripped">Ended with sources lost to protection.</param>
/// <param name="Black">Ended in a blackout.</param>
/// <param name="JobsDropped">Jobs that lost their power so.</param>
/// <param name="LowestHz">Lowest frequency of any simulation.</param>
/// <param name="HighestHz">Highest frequency of any simulation.</param>
public sealed record SummaryTransients(
    long Disturbances, long HeldByGrid, long Bounded, long Precedented, long HardSimulated, long Simulated, long Recalled, double? ScreenedFraction, long Shed, long Tripped, long Black,
    long JobsDropped, double LowestHz, double HighestHz)
{
    /// <summary>Those of a run.</summary>
    public static SummaryTransients Of(RunResult run)
    {
        TransientCounts counts = run.Transients;
        return new SummaryTransients(
            counts.Disturbances, counts.HeldByGrid, counts.Bounded, counts.Precedented, counts.HardSimulated, counts.Simulated, counts.Recalled,
            counts.Disturbances > 0 ? 1 - (double)(counts.Simulated + counts.HardSimulated) / counts.Disturbances : null, counts.Shed, counts.Tripped, counts.Black,
            counts.JobsDropped, run.LowestHz, run.HighestHz);
    }
}

/// <summary>Short circuits on circuits of the halls and sags from utilities.</summary>
/// <param name="CircuitFaults">Short circuits.</param>
/// <param name="GroundFaults">Those of them to ground.</param>
/// <param name="TieSags">Sags that came in through ties.</param>
/// <param name="Felt">Faults and sags after which racks beside those of the circuit left the network.</param>
/// <param name="RacksDropped">Racks that lost power, each time.</param>
/// <param name="RacksTransferred">Racks that went over to UPS batteries, each time.</param>
/// <param name="Latched">Times at which counters kept halls on batteries.</param>
/// <param name="JobsDropped">Jobs that lost their GPUs so.</param>
/// <param name="DarkRackHours">Rack-hours without a circuit.</param>
/// <param name="LongestAwayH">Longest time until racks were on the network again, repairs apart.</param>
public sealed record SummaryFaults(
    long CircuitFaults, long GroundFaults, long TieSags, long Felt, long RacksDropped, long RacksTransferred, long Latched, long JobsDropped, double DarkRackHours,
    double LongestAwayH)
{
    /// <summary>Those of a run.</summary>
    public static SummaryFaults Of(in FaultCounts counts) => new(
        counts.CircuitFaults, counts.GroundFaults, counts.TieSags, counts.Felt, counts.RacksDropped, counts.RacksTransferred, counts.Latched, counts.JobsDropped,
        counts.DarkRackS / 3600, counts.LongestAwayS / 3600);
}

/// <summary>The swing of the load inside training steps.</summary>
/// <param name="HighestSwingMw">Largest swing of the load, all jobs in step.</param>
/// <param name="HighestLeftMw">Largest swing left behind the batteries.</param>
/// <param name="LimitMw">Limit it is held against.</param>
/// <param name="HoursAboveLimit">Hours with more left than that.</param>
/// <param name="WorstNeededDb">Largest attenuation that was missing.</param>
/// <param name="ThroughputMwh">Energy through the batteries for smoothing.</param>
/// <param name="LossMwh">Energy that smoothing lost.</param>
public sealed record SummaryWave(
    double HighestSwingMw, double HighestLeftMw, double LimitMw, double HoursAboveLimit, double WorstNeededDb, double ThroughputMwh, double LossMwh)
{
    /// <summary>That of a run.</summary>
    public static SummaryWave Of(RunResult run) => new(
        run.Wave.HighestSwingMw, run.Wave.HighestLeftMw, run.Scenario.Power.Wave.LimitMw, run.Wave.AboveLimitS / 3600, run.Wave.WorstNeededDb,
        run.Wave.ThroughputMwh, run.Wave.LossMwh);
}

/// <summary>What one measure against a shortfall came to.</summary>
/// <param name="Measure">battery, cap, pause, shed or unserved.</param>
/// <param name="Cause">power or cooling.</param>
/// <param name="EnergyMwh">Energy that batteries gave; 0 for the others.</param>
/// <param name="GpuHours">GPU-hours that batteries carried, or that the measure took.</param>
/// <param name="WorthUsd">The same at what a live GPU-hour of the run costs.</param>
public sealed record ShortfallRow(string Measure, string Cause, double EnergyMwh, double GpuHours, double WorthUsd);

/// <summary>Plans of a run with foresight.</summary>
/// <param name="Plans">Plans made.</param>
/// <param name="ForecastErrorFraction">Mean distance of forecast and highest power prepared for in an hour, over the mean forecast.</param>
public sealed record SummaryForesight(int Plans, double ForecastErrorFraction)
{
    /// <summary>Those of a run.</summary>
    public static SummaryForesight? Of(RunResult run) => run.Foresight.Plans == 0 ? null
        : new SummaryForesight(run.Foresight.Plans, run.Foresight.ForecastMwh > 0 ? run.Foresight.MissedMwh / run.Foresight.ForecastMwh : 0);
}

/// <summary>A ledger of the run.</summary>
/// <param name="Unit">Unit of its lines.</param>
/// <param name="RelativeResidual">How far it is from closing.</param>
/// <param name="Lines">Its lines in order.</param>
public sealed record SummaryLedger(string Unit, double RelativeResidual, IReadOnlyDictionary<string, double> Lines)
{
    /// <summary>A ledger as it stands.</summary>
    public static SummaryLedger Of(Ledger ledger)
    {
        OrderedDictionary<string, double> lines = [];
        for (int i = 0; i < ledger.Lines.Count; i++) { lines[ledger.Lines[i].Name] = ledger[i] + 0.0; }
        return new SummaryLedger(ledger.Unit, ledger.RelativeResidual, lines);
    }
}

/// <summary>What bound in a month.</summary>
/// <param name="Month">The month as YYYY-MM.</param>
/// <param name="Constraint">What bound on most of its days.</param>
/// <param name="LiveItPowerMw">Live IT power, mean.</param>
/// <param name="Next">What would have bound next; null when nothing else is modelled.</param>
/// <param name="MarginMw">Mean margin to it; null when nothing else is modelled.</param>
public sealed record SummaryBinding(string Month, string Constraint, double LiveItPowerMw, string? Next, double? MarginMw)
{
    /// <summary>What bound in a month of a run.</summary>
    public static SummaryBinding Of(MonthBinding month)
    {
        bool isNext = double.IsFinite(month.MarginMw);
        return new SummaryBinding(
            month.Month, ConstraintWords.Key(month.Constraint), month.LiveItPowerMw,
            isNext ? ConstraintWords.Key(month.Next) : null, isNext ? month.MarginMw : null);
    }
}

/// <summary>A time in which the fleet stood at one size.</summary>
/// <param name="Gpus">GPUs installed.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="InstalledGpuHours">GPU-hours installed.</param>
/// <param name="UsefulGpuHours">GPU-hours that became useful: training, serving, tenants.</param>
/// <param name="Losses">The three largest losses as shares of the installed hours: lines of the GPU-time ledger, or <c>restarts</c> for finding failures and restarting.</param>
public sealed record SummaryFleet(
    int Gpus, string From, string To, double InstalledGpuHours, double UsefulGpuHours, IReadOnlyDictionary<string, double> Losses)
{
    /// <summary>A stage of a run.</summary>
    internal static SummaryFleet Of(FleetStage stage)
    {
        OrderedDictionary<string, double> losses = [];
        foreach ((string line, double fraction) in stage.Losses(3)) { losses[line] = fraction; }
        return new SummaryFleet(
            stage.Gpus, Readable.Iso(stage.From), Readable.Iso(stage.To), stage.GpuHours("installed"), stage.UsefulGpuHours, losses);
    }
}

/// <summary>How a summary is written: snake_case, indented, line feeds on every system.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(Summary))]
internal sealed partial class SummaryJson : JsonSerializerContext;
