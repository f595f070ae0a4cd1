using Gigawatt.Economics;

namespace Gigawatt.Simulation;

/// <summary>Books what pools, tenants and jobs of reinforcement learning did: GPU-time, tokens, money.</summary>
/// <remarks>Power that is missing inside a step takes its share of the tokens served, as of the progress of jobs. A month's credits are given on its last day, or on that of the run's.</remarks>
internal static class UserBook
{
    private const int PowerLine = 7;
    private const int CoolingLine = 8;
    private const int ServingLine = 26;
    private const int ServingIdleLine = 27;
    private const int RentedLine = 28;

    /// <summary>One step.</summary>
    public static void Book(Site site, Books books, in ServedStep served, double stepS)
    {
        foreach (SiteJob job in site.Jobs)
        {
            if (job.Learning is { } pace) { Training.RolloutCount.Advance(pace, ref job.Learnt, job.Step, job.State.HeldGpus, job.State.ProvisionalGpuS); }
        }
        if (site.Users.Count == 0) { return; }
        ref UsersStep users = ref site.Users.Step;
        books.GpuTime.Book(ServingLine, users.ServingGpuS / 3600);
        books.GpuTime.Book(ServingIdleLine, users.ServingIdleGpuS / 3600);
        books.GpuTime.Book(RentedLine, users.RentedGpuS / 3600);
        books.GpuTime.Book(site.Limits.Cause == Shortage.Cooling ? CoolingLine : PowerLine, users.PausedGpuS / 3600);
        site.Day.UsefulGpuHours += (users.ServingGpuS + users.RentedGpuS) / 3600;
        users.TokensRatio *= served.Fraction;
        for (int i = 0; i < site.Users.Pools.Length; i++)
        {
            SitePool pool = site.Users.Pools[i];
            Training.ServingPoolStep step = pool.Step;
            Training.ServingPoolStep all = pool.All;
            double tokens = step.TokensRatio * served.Fraction, unservedRatio = step.ServedRatio * (1 - served.Fraction);
            pool.All = new(all.CameRatio + step.CameRatio, all.ServedRatio + step.ServedRatio - unservedRatio, all.LateRatio + step.LateRatio, all.LostRatio + step.LostRatio + unservedRatio, all.TokensRatio + tokens, 0);
            if (pool.Spec.Served.MillionTokensPriceUsd is not { } price || tokens <= 0) { continue; }
            pool.RevenueUsd += tokens * 1e-6 * price;
            books.Money.Sell(site, i, tokens * 1e-6 * price);
        }
        foreach (SiteTenant tenant in site.Users.Tenants)
        {
            if (tenant.IsOn) { books.Money.Rent(site, tenant.Index, Rental.Pass(tenant.Contract, ref tenant.Month, tenant.HeldGpus, stepS)); }
        }
    }

    /// <summary>Ends a day; the last of a month settles the rents of the month.</summary>
    public static void CloseDay(Site site)
    {
        DateOnly next = site.Today.AddDays(1);
        double nextS = (next.DayNumber - site.From.DayNumber) * 86400.0;
        foreach (SiteTenant tenant in site.Users.Tenants)
        {
            if (next.Day != 1 && nextS < tenant.StartS + tenant.Contract.TermS) { continue; }
            double backUsd = Rental.Settle(tenant.Contract, ref tenant.Month);
            if (backUsd != 0) { site.Books.Money.Rent(site, tenant.Index, -backUsd); }
        }
    }
}
