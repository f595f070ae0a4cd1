namespace Gigawatt.Power.Adequacy;

/// <summary>How often, how long and how much generation falls short of a load, over the long run.</summary>
/// <remarks>
/// LOLE = Σ P[capacity &lt; Lₕ] over the hours; in days, over the daily peaks. EENS = Σ Σ p(x) max(0, Lₕ − (C − x)). Losses begin when capacity
/// falls during an hour (the frequency of the table) or when the load rises over it between hours: Σ F(Lₕ) + Σ max(0, P[loss in h+1] − P[loss
/// in h]), the year being followed by itself. All hours of the chronology make a year.
/// </remarks>
/// <param name="LoleHPerYear">Hours with a shortage.</param>
/// <param name="LoleDaysPerYear">Days whose peak is not carried.</param>
/// <param name="EensMwhPerYear">Energy asked for and not served.</param>
/// <param name="EuePpm">The same, per million of the energy asked for.</param>
/// <param name="LolpAtPeakFraction">Probability of a shortage at the highest load.</param>
/// <param name="LossesPerYear">How often a shortage begins; not a number when repair times are unknown.</param>
/// <param name="MeanDurationS">Mean length of a shortage.</param>
public readonly record struct AdequacyIndices(
    double LoleHPerYear, double LoleDaysPerYear, double EensMwhPerYear, double EuePpm, double LolpAtPeakFraction, double LossesPerYear, double MeanDurationS)
{
    /// <summary>The indices of units against a load.</summary>
    public static AdequacyIndices Of(OutageTable table, AdequacyLoad load)
    {
        double loleH = 0, eensMwh = 0, losses = 0, days = 0;
        double before = table.LossFraction(load.HourlyMw[^1]);
        foreach (double loadMw in load.HourlyMw)
        {
            double loss = table.LossFraction(loadMw);
            loleH += loss;
            eensMwh += table.UnservedMw(loadMw);
            losses += table.LossesPerS(loadMw) * 3600 + Math.Max(0, loss - before);
            before = loss;
        }
        foreach (double peakMw in load.DailyPeakMw) { days += table.LossFraction(peakMw); }
        return new(loleH, days, eensMwh, load.EnergyMwh > 0 ? 1e6 * eensMwh / load.EnergyMwh : 0, table.LossFraction(load.PeakMw), losses, losses > 0 ? loleH / losses * 3600 : losses == 0 ? 0 : double.NaN);
    }

    /// <summary>Hours of shortage a year, without the other indices.</summary>
    public static double LoleOf(OutageTable table, AdequacyLoad load)
    {
        double loleH = 0;
        foreach (double loadMw in load.HourlyMw) { loleH += table.LossFraction(loadMw); }
        return loleH;
    }
}
