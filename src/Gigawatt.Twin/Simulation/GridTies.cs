using Gigawatt.Power;
using Gigawatt.Reliability;
using Gigawatt.Scenarios;

namespace Gigawatt.Simulation;

/// <summary>The campus's connections to utilities: which are in service, which have failed, what they allow together.</summary>
public sealed class GridTies
{
    private readonly IReadOnlyList<GridGroupSpec> ties;
    private readonly UnitOutages[] outages;

    /// <summary>The ties of a scenario, none in service yet.</summary>
    public GridTies(Scenario scenario, int seed, int run)
    {
        ties = scenario.Power.Grid;
        outages = [.. ties.Select(tie => new UnitOutages(
            new TwoStateUnitSpec { MttfS = tie.Tie.MeanTimeToFailureS, MttrS = tie.Tie.MeanRepairS }, seed, run, tie.Name, 1))];
    }

    /// <summary>Most that may be imported now.</summary>
    public double LimitMw { get; private set; }

    /// <summary>Part of it through ties that hold frequency.</summary>
    public double HoldingMw { get; private set; }

    /// <summary>Import at which the protection of those opens.</summary>
    public double SeparatesAboveMw { get; private set; }

    /// <summary>Power sent back at which it opens.</summary>
    public double SeparatesBelowMw { get; private set; }

    /// <summary>Price of imported energy: the mean of the ties in service, by what they allow.</summary>
    public double UsdPerMwh { get; private set; }

    /// <summary>Whether a tie is in service, in the order of the scenario.</summary>
    public bool IsUp(int tie) => outages[tie].AvailableUnits > 0;

    /// <summary>Midnight: ties come into service and leave it.</summary>
    public void NewDay(DateOnly day, double nowS)
    {
        for (int i = 0; i < ties.Count; i++)
        {
            bool isThere = !(ties[i].Online is { } first && day < first) && !(ties[i].Until is { } last && day > last);
            outages[i].Install(isThere ? 1 : 0, nowS);
        }
        Sum();
    }

    /// <summary>Lets outages up to a time happen.</summary>
    /// <param name="site">The campus, which is told.</param>
    /// <param name="untilS">Simulated time.</param>
    /// <param name="lastImportMw">Import at the end of the last step.</param>
    /// <param name="lostMw">Import lost with ties that failed.</param>
    /// <param name="lostFrequency">Whether one of them held frequency and no other does.</param>
    public void Fail(Site site, double untilS, double lastImportMw, out double lostMw, out bool lostFrequency)
    {
        (lostMw, lostFrequency) = (0, false);
        bool changed = false;
        double beforeMw = LimitMw;
        for (int i = 0; i < outages.Length; i++)
        {
            GridTieSpec tie = ties[i].Tie;
            while (outages[i].TryNext(untilS, out _, out bool isUp, out double timeS))
            {
                changed = true;
                double shareMw = beforeMw > 0 ? Math.Min(tie.ImportLimitMw, lastImportMw * tie.ImportLimitMw / beforeMw) : 0;
                site.Tell(timeS, isUp ? EventKind.GridBack : EventKind.GridLost, ties[i].Name, isUp ? tie.ImportLimitMw : shareMw);
                if (isUp) { continue; }
                lostMw += shareMw;
                lostFrequency |= tie.HoldsFrequency;
            }
        }
        if (!changed) { return; }
        Sum();
        lostFrequency &= HoldingMw == 0;
    }

    private void Sum()
    {
        double usd = 0;
        LimitMw = HoldingMw = SeparatesAboveMw = SeparatesBelowMw = 0;
        for (int i = 0; i < ties.Count; i++)
        {
            GridTieSpec tie = ties[i].Tie;
            if (outages[i].AvailableUnits == 0) { continue; }
            LimitMw += tie.ImportLimitMw;
            usd += tie.ImportLimitMw * tie.PriceUsdPerMwh;
            if (!tie.HoldsFrequency) { continue; }
            HoldingMw += tie.ImportLimitMw;
            SeparatesAboveMw += tie.SeparatesAboveRatio * tie.ImportLimitMw;
            SeparatesBelowMw += tie.SeparatesBelowRatio * tie.ImportLimitMw;
        }
        if (LimitMw > 0) { UsdPerMwh = usd / LimitMw; }
    }
}
