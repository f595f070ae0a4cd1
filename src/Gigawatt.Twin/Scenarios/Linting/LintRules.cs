using System.Reflection;
using static Gigawatt.Scenarios.Linting.LintSeverity;

namespace Gigawatt.Scenarios.Linting;

/// <summary>Every rule, by family: claims 1xx, racks and GPUs 2xx, power 3xx, cooling 4xx, jobs 5xx, evidence 6xx, money 7xx, results 8xx.</summary>
public static class LintRules
{
    /// <summary>A power claimed without saying which power.</summary>
    public static LintRule NoBasis { get; } = new(
        "GW101", Warning, "a MW without a basis",
        "Documents mix generation, facility, IT and cooling power, which are different numbers of one site.",
        "Say 'basis: it', 'facility', 'generation' or 'cooling'.");

    /// <summary>Cooling capacity told as power.</summary>
    public static LintRule CoolingAsPower { get; } = new(
        "GW102", Warning, "cooling quoted as power",
        "Heat that can be rejected says neither that the power is there nor that racks draw it; a gigawatt was claimed where Epoch AI counted 350 MW of cooling (January 2026).",
        "Compare cooling with cooling_design_day or cooling_nameplate, and power with its own evidence.");

    /// <summary>The basis of a claim is not that of its measure.</summary>
    public static LintRule BasisMismatch { get; } = new(
        "GW103", Warning, "a basis that is not the measure's",
        "Two different powers cannot be compared, so the claim will not be decided.",
        "Change the measure or the basis.");

    /// <summary>Parties say different values of one measure.</summary>
    public static LintRule PartiesDisagree { get; } = new(
        "GW104", Note, "parties disagree",
        "The values are judged one by one and never averaged: an average would be nobody's claim.",
        "Check basis and date of each; keep them all.");

    /// <summary>Arithmetic contradicts a claim.</summary>
    public static LintRule ArithmeticFails { get; } = new(
        "GW105", Warning, "a number that does not follow from its own parts",
        "A share or ratio that its own counts contradict casts doubt on whatever stands beside it.",
        "Quote the result of the arithmetic, or find out which of the parts is wrong.");

    /// <summary>A claim that nothing can be held against.</summary>
    public static LintRule Unusable { get; } = new(
        "GW106", Warning, "a claim that cannot be checked",
        "It will be reported as not decidable.",
        "Correct the value, the measure or the formula.");

    /// <summary>A value a hundred or a thousand times off.</summary>
    public static LintRule UnitSlip { get; } = new(
        "GW107", Warning, "a factor of a hundred or a thousand",
        "Percent written as shares, kW as MW and thousands as millions are the commonest slips.",
        "Check the unit of the value and of each part.");

    /// <summary>An "at least" that means "equal".</summary>
    public static LintRule MeansEqual { get; } = new(
        "GW108", Note, "'at least' where a share or ratio is stated",
        "A claim without 'comparison' holds whenever the result is at least the value, so 66.7 % supports 'half'.",
        "Write 'comparison: equal' when the claim states the number itself.");

    /// <summary>A claim about a day that is not simulated.</summary>
    public static LintRule OutsideRun { get; } = new(
        "GW109", Note, "a claim about a day outside the run",
        "It will be reported as not decidable.",
        "Extend 'start' or 'end', or give the claim the day it speaks of.");

    /// <summary>Racks that must be GPUs.</summary>
    public static LintRule RacksAreGpus { get; } = new(
        "GW201", Warning, "a rack count that must be a GPU count",
        "'GB200 NVL72' names a rack of 72 GPUs, and texts use it for one GPU, one board of two, and one rack.",
        "Write 'gpus' instead of 'count', or check the number.");

    /// <summary>GPUs that must be racks.</summary>
    public static LintRule GpusAreRacks { get; } = new(
        "GW202", Warning, "a GPU count that must be a rack count",
        "'GB200 NVL72' names a rack of 72 GPUs, and texts use it for one GPU, one board of two, and one rack.",
        "Write 'count' instead of 'gpus', or check the number.");

    /// <summary>A counting word that may mean a GPU, a board or a rack.</summary>
    public static LintRule CountingWord { get; } = new(
        "GW203", Note, "'systems', 'units' or '台' beside a rack's name",
        "The word may mean GPUs, boards of two or racks of 72: 110,000 NVL72 racks would draw 14.5 GW.",
        "Say GPUs or racks in the claim, and check the number against the power.");

    /// <summary>Power per GPU that no machine has.</summary>
    public static LintRule PowerPerGpu { get; } = new(
        "GW204", Warning, "power per GPU outside 0.5 to 3 kW",
        "Known sites run from 1.3 kW (Colossus 1) to 1.8 kW (GB200 racks) per GPU; anything far from it mixes counts or powers.",
        "Check whether the count is of GPUs and which power is meant.");

    /// <summary>Deliveries that nobody has announced.</summary>
    public static LintRule AssumedDeliveries { get; } = new(
        "GW205", Note, "more than half of the final capacity is assumed",
        "The run's end then shows the author's plan and not the evidence.",
        "Give sources to deliveries where they exist, and read results by the share that is evidenced.");

    /// <summary>Units that a permit's end stops.</summary>
    public static LintRule PermitEnds { get; } = new(
        "GW301", Warning, "a permit ends while units depend on it alone",
        "A temporary permit is a dated liability: units without another stop on the next day.",
        "List the permit that follows under 'permits' of the group, or expect the loss in the result.");

    /// <summary>A temporary permit without an end.</summary>
    public static LintRule PermitWithoutEnd { get; } = new(
        "GW302", Warning, "a temporary permit without an end",
        "The run treats it as if it never ended.",
        "Give 'expires'; temporary leave in Mississippi, for one, lasts twelve months.");

    /// <summary>The loss of the largest unit cannot be borne.</summary>
    public static LintRule NoSpareGeneration { get; } = new(
        "GW303", Warning, "generation without a spare unit",
        "With every unit in service the load still cannot be carried after losing the largest; load will be shed or capped.",
        "Add units or grid, or lower 'power.dispatch.reserve_units' if that risk is taken.");

    /// <summary>Batteries too small for a start.</summary>
    public static LintRule BatteryCannotBridge { get; } = new(
        "GW304", Warning, "batteries cannot bridge the start of a unit",
        "They count as reserve, but run flat or lack power before a replacement is on the bus.",
        "Add blocks, keep units on the bus ('batteries_count_as_reserve: false'), or use units that start faster.");

    /// <summary>Dispatch expects faster starts than the units have.</summary>
    public static LintRule BridgeTooShort { get; } = new(
        "GW305", Note, "'bridge' is shorter than the start of a unit",
        "Dispatch then holds less battery energy than a replacement needs.",
        "Set 'power.dispatch.bridge' to the longest start and half as much again.");

    /// <summary>A line that cannot carry what is planned over it.</summary>
    public static LintRule LineOverloaded { get; } = new(
        "GW306", Warning, "a line loaded above its rating at planned load",
        "Generation stands behind it that cannot reach the bus; load is capped or shed as if the units were not there.",
        "Add circuits, raise 'rated' of the line, or move units to the parcel of the halls.");

    /// <summary>The reserve rule holds units below the load down to which emissions are guaranteed.</summary>
    public static LintRule BelowCompliance { get; } = new(
        "GW307", Warning, "units run below their emission guarantee to hold reserve",
        "With so much spinning reserve each unit runs so low that it emits uncontrolled, or heats load banks where permits forbid that.",
        "Hold reserve in batteries ('batteries_count_as_reserve'), lower 'reserve_units', or use smaller units.");

    /// <summary>Cooling rated in cooler weather than the site's.</summary>
    public static LintRule RatedInMildWeather { get; } = new(
        "GW401", Warning, "cooling at rating conditions used on a hot day",
        "Capacity falls with hotter air; the nameplate is not what the site has on the day that counts.",
        "Quote the design-day capacity; add units or raise the supply temperature.");

    /// <summary>No cooling unit to spare.</summary>
    public static LintRule NoSpareCooling { get; } = new(
        "GW402", Note, "cooling without a spare unit",
        "On a design day each failure of a unit then throttles racks until it is repaired.",
        "Add one unit or two, or accept the throttling.");

    /// <summary>Checkpoints rarer than failures.</summary>
    public static LintRule RareCheckpoints { get; } = new(
        "GW501", Warning, "checkpoints rarer than failures",
        "Most intervals end in a failure and are computed again.",
        "Shorten 'checkpoint_interval' towards the best one, or use faster checkpoints.");

    /// <summary>Restarts longer than the time between failures.</summary>
    public static LintRule NoProgress { get; } = new(
        "GW502", Warning, "a restart takes longer than the time between failures",
        "The job mostly restarts and makes almost no progress.",
        "Use fewer GPUs, faster restarts or better reliability; synchronous jobs of this size need partial restarts.");

    /// <summary>More GPUs than there will ever be.</summary>
    public static LintRule TooManyGpus { get; } = new(
        "GW503", Warning, "a job asks for more GPUs than there ever are",
        "It waits for ever, or runs smaller when 'min_gpus' lets it.",
        "Lower 'gpus', set 'min_gpus', or add racks.");

    /// <summary>A job before its racks.</summary>
    public static LintRule StartsTooEarly { get; } = new(
        "GW504", Note, "a job starts before any rack is live",
        "It waits until then, which counts against its dates.",
        "Move its start, or the deliveries.");

    /// <summary>A pool or contract larger than the campus.</summary>
    public static LintRule TooManyForUser { get; } = new(
        "GW508", Warning, "a pool or a contract may take more GPUs than there ever are",
        "What is promised cannot be had: requests are lost, and the tenant gets credits or does not pay.",
        "Lower 'gpus', or add racks.");

    /// <summary>More requests than a pool may ever serve.</summary>
    public static LintRule DemandBeyondPool { get; } = new(
        "GW509", Warning, "a demand that outgrows its pool",
        "In its busiest hours requests are lost whatever else runs on the campus.",
        "Raise 'gpus' of the pool, lower 'sessions' or 'yearly_growth', or promise a lower 'interactivity'.");

    /// <summary>A rate of zero.</summary>
    public static LintRule NothingFails { get; } = new(
        "GW507", Note, "a job in which nothing fails",
        "Its goodput is an upper bound, and checkpoints cost it next to nothing.",
        "Give 'failures' or a 'failure_record' with a rate above zero, or leave them out for Llama 3's.");

    /// <summary>Values that nothing supports.</summary>
    public static LintRule Unsourced { get; } = new(
        "GW601", Note, "values without a source",
        "They count as assumptions, whoever wrote them.",
        "Give 'source', at the value or at the entry that holds it.");

    /// <summary>The inputs that decide the result are assumed.</summary>
    public static LintRule HeadlineAssumed { get; } = new(
        "GW602", Warning, "the deciding inputs are mostly assumptions",
        "Counts and dates of racks, units, cooling and permits decide the headline; it cannot be better than they are.",
        "Find sources for these first.");

    /// <summary>Sources that support nothing.</summary>
    public static LintRule UnusedSource { get; } = new(
        "GW603", Note, "a source that nothing refers to",
        "Readers take it for support that is not there.",
        "Refer to it from a value, or remove it.");

    /// <summary>One source under two names.</summary>
    public static LintRule SourceTwice { get; } = new(
        "GW604", Note, "one source under two ids",
        "Two ids make one document look like two witnesses.",
        "Keep one id.");

    /// <summary>Rent from one's own group.</summary>
    public static LintRule RelatedTenant { get; } = new(
        "GW701", Warning, "rent from a related party",
        "Money moved within one owner's group is no income from outside; consolidated, it cancels.",
        "Report external income apart; the run does so for parties marked 'related'.");

    /// <summary>A tenant about whom nothing is said.</summary>
    public static LintRule UnknownTenant { get; } = new(
        "GW702", Note, "a tenant that is no declared party",
        "It is taken to be independent of the operator.",
        "List it under 'economics.parties', with 'related: true' where that holds.");

    /// <summary>Tokens that nobody pays for.</summary>
    public static LintRule UnpricedTokens { get; } = new(
        "GW703", Note, "tokens without a price",
        "The pool costs what its GPUs cost and brings nothing, which may be meant.",
        "Give 'million_tokens_price'.");

    /// <summary>The value claimed is another measure's.</summary>
    public static LintRule MatchesOtherMeasure { get; } = new(
        "GW801", Warning, "a claimed power that matches another kind of power",
        "The number is right for something else: cooling, nameplate and generation are often told as live power.",
        "Check what the number was in its source, and set measure and basis accordingly.");

    /// <summary>Income of the run that came from related parties.</summary>
    public static LintRule RelatedIncome { get; } = new(
        "GW802", Warning, "income from related parties",
        "Consolidated with their owner it cancels.",
        "Read cost and margin without it.");

    /// <summary>Chillers beyond their curves.</summary>
    public static LintRule OutsideCurves { get; } = new(
        "GW803", Note, "chillers ran beyond their curves",
        "Their capacity there is extrapolated and not measured.",
        "Use a vendor's table that covers the site's water and air.");

    /// <summary>Energy that was not served.</summary>
    public static LintRule Unserved { get; } = new(
        "GW804", Warning, "power asked for and not served",
        "Racks were capped or shed for it, and jobs lost work.",
        "See the days with a shortfall; add units, batteries or reserve.");

    /// <summary>A run that did not end.</summary>
    public static LintRule Stopped { get; } = new(
        "GW805", Warning, "the run was stopped before its end",
        "Claims about later days are not decided and totals are not those of the scenario.",
        "Run it to its end.");

    /// <summary>A ledger that does not close.</summary>
    public static LintRule OpenLedger { get; } = new(
        "GW806", Warning, "a ledger does not close",
        "Something was booked twice or not at all; no result of this run can be trusted.",
        "Report it with the scenario and the seed.");

    /// <summary>Power per GPU of a run that no machine has.</summary>
    public static LintRule RunPowerPerGpu { get; } = new(
        "GW807", Warning, "the run's power per GPU is outside 0.5 to 3 kW",
        "Racks or their power are probably entered wrongly.",
        "Compare the rack with its datasheet.");

    /// <summary>Jobs that gave little.</summary>
    public static LintRule LowGoodput { get; } = new(
        "GW808", Warning, "less than a tenth of the jobs' time became progress",
        "GPUs were paid for and powered, and the work was lost again.",
        "See GW501 and GW502, and what interrupted the jobs.");

    /// <summary>All rules, by code.</summary>
    public static IReadOnlyList<LintRule> All { get; } =
    [
        .. typeof(LintRules).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(p => p.PropertyType == typeof(LintRule))
            .Select(p => (LintRule)p.GetValue(null)!)
            .OrderBy(r => r.Code, StringComparer.Ordinal),
    ];
}
