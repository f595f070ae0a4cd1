using System.Text.Json.Serialization;

namespace Gigawatt.Reports;

/// <summary>Everything that a report shows, one to one with <c>web/src/data.ts</c>; a test holds the two together.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Description">What the scenario is about.</param>
/// <param name="Complete">False when the run was interrupted.</param>
/// <param name="Seed">Seed of the random streams.</param>
/// <param name="From">First day simulated.</param>
/// <param name="To">Last day simulated, at least in part.</param>
/// <param name="StepS">Length of a step.</param>
/// <param name="StepCount">Steps taken.</param>
/// <param name="Program">Version of the program.</param>
/// <param name="ScenarioHash">Hash of what the run was computed from.</param>
/// <param name="Answers">The question of the product, one clause a line.</param>
/// <param name="Headline">Headline numbers with their evidence.</param>
/// <param name="Capacity">Capacity by kind over time, and what binds.</param>
/// <param name="Energy">Energy from fuel to useful IT.</param>
/// <param name="Dispatch">Who supplied the load.</param>
/// <param name="HotWeek">The hottest week.</param>
/// <param name="GpuTime">GPU-time from installed to useful.</param>
/// <param name="Water">Water by month.</param>
/// <param name="Money">Costs and income.</param>
/// <param name="WhatIf">The changed campuses that were run beside.</param>
/// <param name="Events">The weightier events.</param>
/// <param name="EventCounts">How many events of each kind happened.</param>
/// <param name="Claims">Claims held against the run.</param>
/// <param name="Lints">Traps and doubts.</param>
/// <param name="Ledgers">The ledgers, line by line.</param>
/// <param name="Sources">Where input values come from.</param>
/// <param name="Glossary">What terms mean.</param>
/// <param name="Power">Units, permits, batteries and the network in numbers.</param>
/// <param name="Serving">Serving pools, contracts for capacity and reinforcement learning.</param>
/// <param name="Jobs">Training jobs one by one.</param>
public sealed record ReportData(
    string Name, string Description, bool Complete, int Seed, string From, string To, double StepS, [property: JsonPropertyName("steps")] long StepCount, string Program,
    string ScenarioHash, IReadOnlyList<Answer> Answers, IReadOnlyList<HeadlineNumber> Headline, CapacityData Capacity,
    EnergyData Energy, DispatchData Dispatch, HotWeekData HotWeek, GpuTimeData GpuTime, WaterData Water, MoneyData Money,
    WhatIfData WhatIf, IReadOnlyList<EventRow> Events, IReadOnlyDictionary<string, long> EventCounts, IReadOnlyList<ClaimRow> Claims,
    IReadOnlyList<LintRow> Lints, IReadOnlyList<LedgerData> Ledgers, IReadOnlyList<SourceRow> Sources,
    IReadOnlyList<GlossaryEntry> Glossary, PowerData Power, ServingData Serving, JobsData Jobs);

/// <summary>How many input values carry each grade of evidence.</summary>
/// <param name="A">Primary records.</param>
/// <param name="B">Named press or analysts.</param>
/// <param name="C">Aggregators.</param>
/// <param name="D">Derived.</param>
/// <param name="E">Assumptions.</param>
public sealed record Grades(
    [property: JsonPropertyName("A")] int A, [property: JsonPropertyName("B")] int B, [property: JsonPropertyName("C")] int C,
    [property: JsonPropertyName("D")] int D, [property: JsonPropertyName("E")] int E);

/// <summary>One line or layer of a chart.</summary>
/// <param name="Key">Name for machines.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Family">Colour family: fuel, electricity, heat, water, gpu, money or neutral.</param>
/// <param name="Values">The values; null where there is none.</param>
public sealed record Series(string Key, string Label, string Family, IReadOnlyList<double?> Values);

/// <summary>One clause of the question, answered.</summary>
/// <param name="Question">The clause.</param>
/// <param name="Text">The answer, one sentence.</param>
/// <param name="Detail">What else is worth knowing.</param>
public sealed record Answer(string Question, [property: JsonPropertyName("answer")] string Text, string Detail);

/// <summary>A headline number.</summary>
/// <param name="Key">Name for machines.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Value">The number, already written.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Basis">What it means, and which sections of the scenario feed it.</param>
/// <param name="Grades">Evidence of the values of those sections.</param>
public sealed record HeadlineNumber(string Key, string Label, string Value, string Unit, string Basis, Grades Grades);

/// <summary>Capacity by kind in MW of live IT power.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Caption">Basis and sources.</param>
/// <param name="Dates">The days.</param>
/// <param name="Kinds">What each constraint alone would allow.</param>
/// <param name="LiveMw">The lowest of them.</param>
/// <param name="ItPowerMw">What racks drew, daily mean.</param>
/// <param name="Binding">Key of the binding constraint.</param>
/// <param name="Months">One row a month.</param>
public sealed record CapacityData(
    string Title, string Caption, IReadOnlyList<string> Dates, IReadOnlyList<Series> Kinds, IReadOnlyList<double> LiveMw,
    IReadOnlyList<double> ItPowerMw, IReadOnlyList<string> Binding, IReadOnlyList<BindingRow> Months);

/// <summary>What bound in a month.</summary>
/// <param name="Month">The month as YYYY-MM.</param>
/// <param name="Constraint">What bound on most of its days.</param>
/// <param name="LiveItPowerMw">Live IT power, mean.</param>
/// <param name="Next">What would have bound next; empty when nothing else is modelled.</param>
/// <param name="MarginMw">Mean margin to it; null when nothing else is modelled.</param>
public sealed record BindingRow(string Month, string Constraint, double LiveItPowerMw, string Next, double? MarginMw);

/// <summary>Energy over the run as an acyclic graph; MWh.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Caption">Basis and sources.</param>
/// <param name="Nodes">Where energy passes.</param>
/// <param name="Links">How much passes from where to where.</param>
public sealed record EnergyData(string Title, string Caption, IReadOnlyList<EnergyNode> Nodes, IReadOnlyList<EnergyLink> Links);

/// <summary>A place that energy passes or ends in.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Family">Its colour family.</param>
public sealed record EnergyNode(string Name, string Family);

/// <summary>Energy that passes from one node to another.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Target">Where it goes.</param>
/// <param name="Value">How much, MWh; always positive.</param>
public sealed record EnergyLink(string Source, string Target, double Value);

/// <summary>Who supplied the load; daily means in MW.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Caption">Basis and sources.</param>
/// <param name="Dates">The days.</param>
/// <param name="Supply">Supply by source, to be stacked.</param>
/// <param name="LoadMw">The load asked for.</param>
public sealed record DispatchData(
    string Title, string Caption, IReadOnlyList<string> Dates, IReadOnlyList<Series> Supply, IReadOnlyList<double> LoadMw);

/// <summary>The hottest week at fine resolution.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Caption">Basis and sources.</param>
/// <param name="Times">Beginnings of the intervals, site time.</param>
/// <param name="Panels">Charts below each other on one time axis.</param>
public sealed record HotWeekData(string Title, string Caption, IReadOnlyList<string> Times, IReadOnlyList<Panel> Panels);

/// <summary>One chart of several on a shared time axis.</summary>
/// <param name="Label">What it shows.</param>
/// <param name="Unit">Unit of its values.</param>
/// <param name="Stacked">Whether its series add up.</param>
/// <param name="Series">Its series.</param>
public sealed record Panel(string Label, string Unit, bool Stacked, IReadOnlyList<Series> Series);

/// <summary>From installed to useful GPU-hours.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Caption">Basis and sources.</param>
/// <param name="Steps">The total, each loss, what remains.</param>
/// <param name="Parts">The same while the fleet stood still at some size, and from useful hours to arithmetic; each a waterfall of its own.</param>
public sealed record GpuTimeData(string Title, string Caption, IReadOnlyList<GpuTimeStep> Steps, IReadOnlyList<GpuTimePart> Parts);

/// <summary>A smaller waterfall.</summary>
/// <param name="Key">What it is of, for file names.</param>
/// <param name="Title">The finding.</param>
/// <param name="Caption">Basis.</param>
/// <param name="Steps">The total, each loss, what remains.</param>
public sealed record GpuTimePart(string Key, string Title, string Caption, IReadOnlyList<GpuTimeStep> Steps);

/// <summary>One bar of the waterfall.</summary>
/// <param name="Key">Line of the ledger.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="GpuHours">GPU-hours.</param>
/// <param name="Note">What it means.</param>
/// <param name="Kind">total, loss or useful.</param>
public sealed record GpuTimeStep(string Key, string Label, double GpuHours, string Note, string Kind);

/// <summary>Water by month.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Caption">Basis and sources.</param>
/// <param name="Months">The months as YYYY-MM.</param>
/// <param name="Intake">Water drawn by source.</param>
/// <param name="Use">Where it went.</param>
/// <param name="Unit">Unit of the values.</param>
public sealed record WaterData(
    string Title, string Caption, IReadOnlyList<string> Months, IReadOnlyList<Series> Intake, IReadOnlyList<Series> Use, string Unit);

/// <summary>Costs and income.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Caption">Basis and sources.</param>
/// <param name="Lines">Totals of the run; positive is cost.</param>
/// <param name="Months">The months as YYYY-MM.</param>
/// <param name="Monthly">Cost and income by month; income is negative.</param>
/// <param name="Unit">Unit of the monthly values.</param>
public sealed record MoneyData(
    string Title, string Caption, IReadOnlyList<MoneyLine> Lines, IReadOnlyList<string> Months, IReadOnlyList<Series> Monthly, string Unit);

/// <summary>One kind of cost or income over the run.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Usd">USD; positive is cost, negative income.</param>
/// <param name="To">Who receives it, or pays it.</param>
/// <param name="Kind">cost or income.</param>
public sealed record MoneyLine(string Label, double Usd, string To, string Kind);

/// <summary>What would be different if something were changed.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Caption">Basis.</param>
/// <param name="Rows">The campus as it is, then each changed one.</param>
public sealed record WhatIfData(string Title, string Caption, IReadOnlyList<WhatIfRow> Rows);

/// <summary>A campus and what became of it.</summary>
/// <param name="Name">What is different.</param>
/// <param name="Says">How it differs from the campus as it is, a sentence.</param>
/// <param name="Interruptions">Unplanned interruptions of jobs.</param>
/// <param name="UsefulGpuHours">GPU-hours of progress made safe.</param>
/// <param name="UnservedMwh">Energy asked for and not served.</param>
/// <param name="CostUsd">Cost of the run.</param>
/// <param name="UsdPerUsefulGpuHour">Cost of a useful GPU-hour; null without any.</param>
public sealed record WhatIfRow(
    string Name, string Says, int Interruptions, double UsefulGpuHours, double UnservedMwh, double CostUsd, double? UsdPerUsefulGpuHour);

/// <summary>An event in words.</summary>
/// <param name="Time">When, site time.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Component">Whose event it is.</param>
/// <param name="Text">What happened, a sentence.</param>
public sealed record EventRow(string Time, string Kind, string Component, string Text);

/// <summary>A claim held against the run.</summary>
/// <param name="Says">What was said.</param>
/// <param name="By">Who said it.</param>
/// <param name="On">The day it speaks of; empty without one.</param>
/// <param name="Verdict">supported, contradicted or not decidable.</param>
/// <param name="Reason">Why, with numbers.</param>
/// <param name="Source">Id or title of the source.</param>
/// <param name="Grade">Grade of the source.</param>
public sealed record ClaimRow(string Says, string By, string On, string Verdict, string Reason, string Source, string Grade);

/// <summary>A finding that is no error.</summary>
/// <param name="Code">Code of its rule.</param>
/// <param name="Where">Path in the scenario, with its line where known.</param>
/// <param name="Text">What was found, why it matters, what to do.</param>
public sealed record LintRow(string Code, string Where, string Text);

/// <summary>A ledger, line by line.</summary>
/// <param name="Key">Name for machines.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Unit">Unit of its lines.</param>
/// <param name="RelativeResidual">How far it is from closing.</param>
/// <param name="Lines">Its lines.</param>
public sealed record LedgerData(string Key, string Label, string Unit, double RelativeResidual, IReadOnlyList<LedgerRow> Lines);

/// <summary>One line of a ledger.</summary>
/// <param name="Label">Name for people.</param>
/// <param name="Side">in, out or stored.</param>
/// <param name="Value">Amount in the ledger's unit.</param>
public sealed record LedgerRow(string Label, string Side, double Value);

/// <summary>A source of input values.</summary>
/// <param name="Id">Its id in the scenario.</param>
/// <param name="Title">Its title.</param>
/// <param name="Publisher">Who published it.</param>
/// <param name="Date">When; empty when not known.</param>
/// <param name="Grade">How much it can be trusted.</param>
/// <param name="Values">How many values of the run come from it.</param>
public sealed record SourceRow(string Id, string Title, string Publisher, string Date, string Grade, int Values);

/// <summary>A term and its meaning.</summary>
/// <param name="Term">The term.</param>
/// <param name="Text">One sentence.</param>
public sealed record GlossaryEntry(string Term, string Text);

/// <summary>Units, permits, batteries and the network in numbers.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Caption">Basis and sources.</param>
/// <param name="Units">Generating groups, in merit order.</param>
/// <param name="Permits">Permits under which units emitted.</param>
/// <param name="Batteries">Battery groups.</param>
/// <param name="Stability">Sudden changes of load and supply, and what became of them.</param>
/// <param name="Swing">The swing of the load inside training steps.</param>
/// <param name="Shortfall">What shortfalls took, in the order in which measures are taken.</param>
/// <param name="Network">The one-line network.</param>
public sealed record PowerData(
    string Title, string Caption, IReadOnlyList<UnitRow> Units, IReadOnlyList<PermitRow> Permits, IReadOnlyList<BatteryRow> Batteries,
    FindingRows Stability, FindingRows Swing, FindingRows Shortfall, NetworkRows Network);

/// <summary>A generating group.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Units">Most units in service.</param>
/// <param name="Starts">Starts that came to the bus.</param>
/// <param name="FailedStarts">Starts that failed.</param>
/// <param name="PlannedWorks">Planned works finished.</param>
/// <param name="RunningHours">Hours on the bus, summed over units.</param>
/// <param name="OutageHours">Hours on forced outage, summed over units.</param>
/// <param name="EnergyMwh">Energy at the terminals.</param>
/// <param name="FuelMwh">Fuel, lower heating value.</param>
/// <param name="NoxT">Nitrogen oxides, tonnes.</param>
/// <param name="Co2T">Carbon dioxide, tonnes.</param>
public sealed record UnitRow(
    string Name, int Units, int Starts, int FailedStarts, int PlannedWorks, double RunningHours, double OutageHours, double EnergyMwh, double FuelMwh,
    double NoxT, double Co2T);

/// <summary>Emissions under a permit, tonnes.</summary>
/// <param name="Name">The permit.</param>
/// <param name="NoxT">Nitrogen oxides over the run.</param>
/// <param name="HighestNoxT">The same in the worst twelve months.</param>
/// <param name="NoxCapT">Cap on it; null without one.</param>
/// <param name="Co2T">Carbon dioxide over the run.</param>
/// <param name="HighestCo2T">The same in the worst twelve months.</param>
/// <param name="Co2CapT">Cap on it; null without one.</param>
/// <param name="FirstOver">First day over a cap; empty when none was passed.</param>
public sealed record PermitRow(
    string Name, double NoxT, double HighestNoxT, double? NoxCapT, double Co2T, double HighestCo2T, double? Co2CapT, string FirstOver);

/// <summary>A battery group.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ThroughputMwh">Energy given.</param>
/// <param name="FullCycles">Equivalent full cycles.</param>
/// <param name="WorstDepth">Depth of the deepest cycle, a share.</param>
/// <param name="LowestCapacity">Capacity left at the harsher end, a share of new.</param>
/// <param name="HighestCapacity">The same at the milder end.</param>
public sealed record BatteryRow(string Name, double ThroughputMwh, double FullCycles, double WorstDepth, double LowestCapacity, double HighestCapacity);

/// <summary>The one-line network.</summary>
/// <param name="SolvedDays">Days solved.</param>
/// <param name="FailedDays">Days without a steady state.</param>
/// <param name="Rows">Findings.</param>
/// <param name="Outages">One circuit of each line lost, the worst of the run.</param>
/// <param name="Transformers">Ageing of transformers.</param>
public sealed record NetworkRows(
    int SolvedDays, int FailedDays, IReadOnlyList<FindingRow> Rows, IReadOnlyList<OutageRow> Outages, IReadOnlyList<TransformerRow> Transformers);

/// <summary>A part of the plant, a line a finding; no rows where there is nothing to tell.</summary>
/// <param name="Title">The finding that counts most.</param>
/// <param name="Caption">Basis of the numbers.</param>
/// <param name="Rows">Findings.</param>
public sealed record FindingRows(string Title, string Caption, IReadOnlyList<FindingRow> Rows);

/// <summary>A finding in a table.</summary>
/// <param name="Key">Name for machines.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Value">The number, already written.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Note">Where and when.</param>
public sealed record FindingRow(string Key, string Label, string Value, string Unit, string Note);

/// <summary>The worst loss of one circuit of a line.</summary>
/// <param name="Line">The line.</param>
/// <param name="Circuits">Circuits before it.</param>
/// <param name="On">The day.</param>
/// <param name="Loading">Highest loading of a line afterwards, a share; null without a steady state.</param>
/// <param name="LoadLostMw">Load lost.</param>
public sealed record OutageRow(string Line, int Circuits, string On, double? Loading, double LoadLostMw);

/// <summary>Ageing of the transformers of one kind.</summary>
/// <param name="Name">Which.</param>
/// <param name="LifeUsed">Share of the normal life used.</param>
/// <param name="Service">Time in service as a share of that life.</param>
/// <param name="HottestC">Highest temperature of the hottest spot.</param>
public sealed record TransformerRow(string Name, double LifeUsed, double Service, double HottestC);
