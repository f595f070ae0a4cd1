using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Reliability;

/// <summary>What a large population of equal things (nodes, links, pumps) remembers: those in repair, and how near the next event is.</summary>
public struct FailurePopulationState
{
    /// <summary>Units in repair.</summary>
    public int InRepairUnits;

    /// <summary>Hazard left until the next failure, in units of the mean; drawn anew after each. Zero: not drawn yet.</summary>
    public double HazardToFailure;

    /// <summary>Hazard left until the next return from repair; drawn anew after each. Zero: not drawn yet.</summary>
    public double HazardToReturn;
}

/// <summary>Failures and repairs of a population as a whole: one exponential draw for the next event among all.</summary>
/// <remarks>
/// n healthy units that each fail at rate λ fail together at rate n·λ; the time-integral of that rate reaches an
/// exponential draw of mean 1 at the next failure. The integral goes on when n or λ change, so growth and shrinkage
/// are exact. m units in repair return at rate m/MTTR likewise. Not modelled: which unit, wear, crews, repeat offenders.
/// </remarks>
public static class FailurePopulation
{
    /// <summary>The next failure or return before a time; false, with the clock at that time, when there is none left.</summary>
    /// <param name="state">The population.</param>
    /// <param name="luck">Its stream.</param>
    /// <param name="installedUnits">Units there, healthy and in repair.</param>
    /// <param name="failuresPerUnitS">Failures of one healthy unit per second; zero lets only repairs happen.</param>
    /// <param name="meanRepairS">Mean time in repair.</param>
    /// <param name="nowS">The clock: moves to the event, or to the end.</param>
    /// <param name="untilS">The end.</param>
    /// <param name="isReturn">True for a return from repair, false for a failure.</param>
    public static bool TryNext(
        ref FailurePopulationState state, ref Stream luck, int installedUnits, double failuresPerUnitS,
        double meanRepairS, ref double nowS, double untilS, out bool isReturn)
    {
        if (state.HazardToFailure <= 0) { state.HazardToFailure = luck.NextExponential(); }
        if (state.HazardToReturn <= 0) { state.HazardToReturn = luck.NextExponential(); }
        double failRate = Math.Max(0, installedUnits - state.InRepairUnits) * failuresPerUnitS;
        double returnRate = state.InRepairUnits / meanRepairS;
        double failInS = failRate > 0 ? state.HazardToFailure / failRate : double.PositiveInfinity;
        double returnInS = returnRate > 0 ? state.HazardToReturn / returnRate : double.PositiveInfinity;
        isReturn = returnInS < failInS;
        double inS = Math.Min(failInS, returnInS);
        if (nowS + inS >= untilS)
        {
            double restS = Math.Max(0, untilS - nowS);
            state.HazardToFailure = Math.Max(double.Epsilon, state.HazardToFailure - failRate * restS);
            state.HazardToReturn = Math.Max(double.Epsilon, state.HazardToReturn - returnRate * restS);
            nowS = untilS;
            return false;
        }
        nowS += inS;
        state.HazardToFailure = isReturn ? Math.Max(double.Epsilon, state.HazardToFailure - failRate * inS) : 0;
        state.HazardToReturn = isReturn ? 0 : Math.Max(double.Epsilon, state.HazardToReturn - returnRate * inS);
        state.InRepairUnits += isReturn ? -1 : 1;
        return true;
    }

    /// <summary>Lets a step pass; returns how many units failed in it.</summary>
    public static int Advance(
        ref FailurePopulationState state, ref Stream luck, int installedUnits, double failuresPerUnitS,
        double meanRepairS, double stepS)
    {
        int failures = 0;
        double nowS = 0;
        while (TryNext(ref state, ref luck, installedUnits, failuresPerUnitS, meanRepairS, ref nowS, stepS, out bool isReturn))
        {
            failures += isReturn ? 0 : 1;
        }
        return failures;
    }

    /// <summary>Units whose failure was seen elsewhere (by a job that ran on them) enter repair.</summary>
    public static void Send(ref FailurePopulationState state, int units) => state.InRepairUnits += units;
}
