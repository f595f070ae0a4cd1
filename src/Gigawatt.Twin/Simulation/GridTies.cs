using Gigawatt.Power;
using Gigawatt.Reliability;
using Gigawatt.Scenarios;

namespace Gigawatt.Simulation;

/// <summary>The campus's connections to utilities: which are in service, which have failed, what they allow together.</summary>
public sealed class GridTies
{
    private readonly IReadOnlyList<GridGroupSpec> ties;
    private readonly UnitOutages[] outages;
    private int hour;

    /// <summary>The ties of a scenario, none in service yet.</summary>
    public GridTies(Scenario scenario, int seed, int run)
    {
        ties = scenario.Power.Grid;
        HasHourlyPrices = ties.Any(tie => tie.Tie.HourlyPriceUsdPerMwh.Count > 0);
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

    /// <summary>Whether prices change with the hour of the day.</summary>
    public bool HasHourlyPrices { get; }

    /// <summary>A new hour of the day begins.</summary>
    public void NewHour(int hourOfDay)
    {
        hour = hourOfDay;
        Sum();
    }

    /// <summary>Price of imported energy in an hour of the day, through the ties that are in service now.</summary>
    public double PriceUsdPerMwh(int hourOfDay)
    {
        double usd = 0, limitMw = 0;
        for (int i = 0; i < ties.Count; i++)
        {
            if (outages[i].AvailableUnits == 0) { continue; }
            limitMw += ties[i].Tie.ImportLimitMw;
            usd += ties[i].Tie.ImportLimitMw * ties[i].Tie.AtUsdPerMwh(hourOfDay);
        }
        return limitMw > 0 ? usd / limitMw : UsdPerMwh;
    }

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
            usd += tie.ImportLimitMw * tie.AtUsdPerMwh(hour);
            if (!tie.HoldsFrequency) { continue; }
            HoldingMw += tie.ImportLimitMw;
            SeparatesAboveMw += tie.SeparatesAboveRatio * tie.ImportLimitMw;
            SeparatesBelowMw += tie.SeparatesBelowRatio * tie.ImportLimitMw;
        }
        if (LimitMw > 0) { UsdPerMwh = usd / LimitMw; }
    }
}
