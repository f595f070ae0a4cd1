namespace Gigawatt.Studies;

/// <summary>The contract of <c>gw study battery --json</c>.</summary>
/// <param name="Name">What was studied.</param>
/// <param name="Blocks">Blocks.</param>
/// <param name="CapacityMwh">Energy of all blocks, new.</param>
/// <param name="RatedMw">Power of all blocks.</param>
/// <param name="RoundTripEfficiencyFraction">Share of the energy that comes back.</param>
/// <param name="MeanDischargeMw">Discharge at the terminals, mean of the year.</param>
/// <param name="MeanLossMw">Lost in inverters and cells on the round trip, mean of the year.</param>
/// <param name="NeededMw">Highest power that the duties ask for; 0 when they are states of charge.</param>
/// <param name="ShortOfMw">Power that the blocks lack for it.</param>
/// <param name="ThroughputMwhPerYear">Energy discharged at the terminals.</param>
/// <param name="LossMwhPerYear">Energy lost on the round trip.</param>
/// <param name="StandingMwhPerYear">Energy of auxiliaries in mild air and standing losses.</param>
/// <param name="EquivalentFullCyclesPerYear">Energy discharged at the terminals over capacity.</param>
/// <param name="CellFullCyclesPerYear">The same at the cells.</param>
/// <param name="DeepestCycleFraction">Depth of the deepest cycle.</param>
/// <param name="Law">Law of wear that was asked for.</param>
/// <param name="InsideFit">Whether the duty lies where BLAST-Lite was fitted.</param>
/// <param name="OutsideFit">What lies outside, in words; empty when nothing does.</param>
/// <param name="EndOfLifeFraction">Capacity at which the battery is replaced.</param>
/// <param name="LowLifeYears">Years to it at the harsher end of the range; null when beyond the horizon.</param>
/// <param name="HighLifeYears">Years to it at the milder end; null when beyond the horizon.</param>
/// <param name="CounterLifeYears">Years to it by a counter of full cycles that knows no depth and no calendar.</param>
/// <param name="ReoptLifeYears">Years to it by REopt.</param>
/// <param name="BlastLifeYears">Years to it by BLAST-Lite; null beyond the horizon or outside its range.</param>
/// <param name="LowCostUsdPerYear">Blocks over their longest life plus energy lost; null without a price.</param>
/// <param name="HighCostUsdPerYear">Blocks over their shortest life plus energy lost; null without a price.</param>
/// <param name="LowCostUsdPerMwh">That over the energy discharged.</param>
/// <param name="HighCostUsdPerMwh">That over the energy discharged.</param>
/// <param name="Duties">Duty by duty.</param>
/// <param name="Depths">Cycles by depth, classes that hold any.</param>
/// <param name="Years">Capacity year by year.</param>
public sealed record BatteryAnswer(
    string Name, int Blocks, double CapacityMwh, double RatedMw, double RoundTripEfficiencyFraction, double MeanDischargeMw, double MeanLossMw,
    double NeededMw, double ShortOfMw, double ThroughputMwhPerYear, double LossMwhPerYear, double StandingMwhPerYear,
    double EquivalentFullCyclesPerYear, double CellFullCyclesPerYear, double DeepestCycleFraction, Power.BatteryWearLaw Law, bool InsideFit,
    string OutsideFit, double EndOfLifeFraction, double? LowLifeYears, double? HighLifeYears, double? CounterLifeYears, double? ReoptLifeYears,
    double? BlastLifeYears, double? LowCostUsdPerYear, double? HighCostUsdPerYear, double? LowCostUsdPerMwh, double? HighCostUsdPerMwh,
    IReadOnlyList<BatteryAnswerDuty> Duties, IReadOnlyList<BatteryAnswerDepth> Depths, IReadOnlyList<BatteryAnswerYear> Years);

/// <summary>One duty.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MeanMw">Mean power of a wave, losses apart; 0 for states of charge.</param>
/// <param name="NeededMw">Highest power asked of the battery.</param>
/// <param name="SwingMwh">Energy that one swing takes from the cells and brings back.</param>
/// <param name="CyclesPerYear">Cycles, halves as halves.</param>
/// <param name="ThroughputMwhPerYear">Energy discharged at the terminals.</param>
public sealed record BatteryAnswerDuty(
    string Name, double MeanMw, double NeededMw, double SwingMwh, double CyclesPerYear, double ThroughputMwhPerYear);

/// <summary>Cycles of a class of depth.</summary>
/// <param name="Depth">The class in words.</param>
/// <param name="FromFraction">Shallowest depth of the class.</param>
/// <param name="ToFraction">Deepest depth of the class.</param>
/// <param name="CyclesPerYear">Cycles, halves as halves.</param>
/// <param name="LowLifeFractionPerYear">Cycle life used up in a year, mildest exponent.</param>
/// <param name="HighLifeFractionPerYear">Cycle life used up in a year, harshest exponent.</param>
/// <param name="CounterFractionPerYear">Cycle life used up in a year by a counter that knows no depth.</param>
public sealed record BatteryAnswerDepth(
    string Depth, double FromFraction, double ToFraction, double CyclesPerYear, double LowLifeFractionPerYear, double HighLifeFractionPerYear,
    double CounterFractionPerYear);

/// <summary>Capacity left at the end of a year, as shares of the new one.</summary>
/// <param name="Year">The year; 0 is new.</param>
/// <param name="LowCapacityFraction">Harsher end of the range.</param>
/// <param name="HighCapacityFraction">Milder end of the range.</param>
/// <param name="CounterCapacityFraction">By a counter of full cycles.</param>
/// <param name="ReoptCapacityFraction">By REopt.</param>
/// <param name="BlastCapacityFraction">By BLAST-Lite; null outside its range.</param>
public sealed record BatteryAnswerYear(
    int Year, double LowCapacityFraction, double HighCapacityFraction, double CounterCapacityFraction, double ReoptCapacityFraction,
    double? BlastCapacityFraction);
