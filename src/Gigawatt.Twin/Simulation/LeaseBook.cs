using Gigawatt.Economics;

namespace Gigawatt.Simulation;

/// <summary>What one rental contract costs a day: rent of what stands and of what left too early, the fee of what arrives, less what the guarantee takes.</summary>
/// <remarks>What came first leaves first. Worked out once a day.</remarks>
internal sealed class LeaseBook(LeaseSpec lease)
{
    private const double DayS = 86400;
    private readonly List<(DateOnly From, double Mw)> standing = [];
    private readonly List<(DateOnly Until, double Mw)> owed = [];
    private double failedBeforeS;

    /// <summary>Payments of a day, spread over it.</summary>
    /// <param name="day">The day.</param>
    /// <param name="ratedMw">Rated power that stands rented.</param>
    /// <param name="units">Generating units that is; 0 for other things, which carry no guarantee.</param>
    /// <param name="failedUnitS">Unit-time on forced outage since the run began.</param>
    public double NewDayUsdPerS(DateOnly day, double ratedMw, int units, double failedUnitS)
    {
        double stoodMw = 0;
        foreach ((_, double mw) in standing) { stoodMw += mw; }
        double arrivedMw = Math.Max(0, ratedMw - stoodMw);
        if (arrivedMw > 1e-9) { standing.Add((day, arrivedMw)); }
        for (double leavingMw = stoodMw - ratedMw; leavingMw > 1e-9 && standing.Count > 0;)
        {
            (DateOnly from, double mw) = standing[0];
            double goneMw = Math.Min(mw, leavingMw);
            leavingMw -= goneMw;
            DateOnly term = from.AddDays((int)Math.Ceiling(lease.MinimumTermS / DayS)), notice = day.AddDays((int)Math.Ceiling(lease.NoticeS / DayS));
            if (term > day || notice > day) { owed.Add((term > notice ? term : notice, goneMw)); }
            if (goneMw >= mw) { standing.RemoveAt(0); }
            else { standing[0] = (from, mw - goneMw); }
        }
        double owedMw = 0;
        for (int i = owed.Count - 1; i >= 0; i--)
        {
            if (owed[i].Until <= day) { owed.RemoveAt(i); }
            else { owedMw += owed[i].Mw; }
        }
        double failedFraction = units > 0 ? (failedUnitS - failedBeforeS) / (units * DayS) : 0;
        failedBeforeS = failedUnitS;
        double missing = lease.GuaranteedFraction is { } promised ? Math.Max(0, promised - (1 - failedFraction)) : 0;
        double paid = Math.Max(0, 1 - lease.PenaltyFactor * missing);
        return (ratedMw * paid + owedMw) * lease.RentUsdPerMwS + arrivedMw * lease.MobilisationUsdPerMw / DayS;
    }
}
