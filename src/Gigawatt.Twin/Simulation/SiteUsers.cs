using Gigawatt.Economics;
using Gigawatt.Scenarios;
using Gigawatt.Training;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Simulation;

/// <summary>What became of the GPU-time of pools and tenants in one step.</summary>
public struct UsersStep
{
    /// <summary>Answering requests.</summary>
    public double ServingGpuS;

    /// <summary>Switched on in a pool, without a request.</summary>
    public double ServingIdleGpuS;

    /// <summary>Kept for tenants, whatever they do.</summary>
    public double RentedGpuS;

    /// <summary>Held back for want of power or cooling.</summary>
    public double PausedGpuS;

    /// <summary>Tokens served.</summary>
    public double TokensRatio;
}

/// <summary>A serving pool as the run goes.</summary>
public sealed class SitePool(PoolSpec spec, ServingPoolRun run, GpuShare share)
{
    /// <summary>The pool's declaration.</summary>
    public PoolSpec Spec { get; } = spec;

    /// <summary>What of it was worked out.</summary>
    public ServingPoolRun Run { get; } = run;

    /// <summary>Its GPUs of the rack groups.</summary>
    public GpuShare Share { get; } = share;

    /// <summary>What it remembers.</summary>
    public ServingPoolState State = run.Begin();

    /// <summary>What it did in this step.</summary>
    public ServingPoolStep Step;

    /// <summary>Its luck with nodes.</summary>
    public Stream Luck;

    /// <summary>Time it has served or was to serve.</summary>
    public double OnS;

    /// <summary>GPU-time held.</summary>
    public double HeldGpuS;

    /// <summary>Part of it that answered requests.</summary>
    public double BusyGpuS;

    /// <summary>GPU-time that the demand asked for and nobody could give.</summary>
    public double MissingGpuS;

    /// <summary>Most GPUs held at once.</summary>
    public int MostGpus;

    /// <summary>All that it did.</summary>
    public ServingPoolStep All;

    /// <summary>All that it sold.</summary>
    public double RevenueUsd;

    /// <summary>What it has come to.</summary>
    /// <param name="liveUsdPerGpuHour">Cost of a live GPU-hour of the campus.</param>
    internal ServingResult Result(double liveUsdPerGpuHour) => new(
        Spec.Name, All.TokensRatio, OnS > 0 ? HeldGpuS / OnS : 0, MostGpus, HeldGpuS > 0 ? BusyGpuS / HeldGpuS : 0,
        All.CameRatio > 0 ? All.LateRatio / All.CameRatio : 0, All.CameRatio > 0 ? All.LostRatio / All.CameRatio : 0,
        OnS > 0 ? MissingGpuS / OnS : 0, All.TokensRatio > 0 ? liveUsdPerGpuHour * HeldGpuS / 3600 / (All.TokensRatio / 1e6) : 0, RevenueUsd);
}

/// <summary>A tenant with a contract for capacity, as the run goes.</summary>
public sealed class SiteTenant(RentalSpec spec, int index, DateOnly from, GpuShare share)
{
    /// <summary>The rental.</summary>
    public RentalSpec Spec { get; } = spec;

    /// <summary>Its contract.</summary>
    public RentalContract Contract { get; } = spec.Contract!;

    /// <summary>Place of the rental in the scenario.</summary>
    public int Index { get; } = index;

    /// <summary>When its term begins, counted from the beginning of the run.</summary>
    public double StartS { get; } = ((spec.Start ?? from).DayNumber - from.DayNumber) * 86400.0;

    /// <summary>Its GPUs of the rack groups.</summary>
    public GpuShare Share { get; } = share;

    /// <summary>GPUs that it has in this step.</summary>
    public int HeldGpus;

    /// <summary>Whether its term runs in this step.</summary>
    public bool IsOn;

    /// <summary>Its rent.</summary>
    public RentalMonth Month;

    /// <summary>Hazard left until a node fails, in units of the mean.</summary>
    public double HazardToFailure;

    /// <summary>Its luck with nodes.</summary>
    public Stream Luck;

    /// <summary>What it has come to.</summary>
    /// <param name="liveUsdPerGpuHour">Cost of a live GPU-hour of the campus, its worth when the contract does not say another.</param>
    internal RentalResult Result(double liveUsdPerGpuHour)
    {
        double ownUsd = (Spec.OwnUsdPerGpuS ?? liveUsdPerGpuHour / 3600) * Month.AllHeldGpuS;
        double savedUsd = Contract.SavedUsdPerGpuS * (Month.AllHeldGpuS - Month.AllUsedGpuS);
        double promised = Math.Max(1, Month.AllPromisedGpuS);
        return new RentalResult(
            Spec.Tenant, Contract.Name, Contract.Gpus, Month.AllHeldGpuS / promised, Month.AllUsedGpuS / promised, Month.AllUsd, Month.CreditUsd,
            Month.CreditMonths, ownUsd, Month.AllUsd + savedUsd - ownUsd);
    }
}

/// <summary>Users of GPUs that are no jobs, in order of priority.</summary>
public sealed class SiteUsers
{
    private readonly (int Priority, int Kind, int Index)[] order;

    /// <summary>Composes them.</summary>
    public SiteUsers(Scenario scenario, RackGroup[] racks, DateOnly from, int seed, int run)
    {
        GpuShare Share(string? on) => new(Array.FindIndex(racks, rack => rack.Spec.Name == on), racks.Length);
        Pools = [.. scenario.Serving.Pools.Select(pool => new SitePool(
            pool, new ServingPoolRun(pool.Served, from, pool.Start, pool.End, Math.Max(0, scenario.End.DayNumber + 1 - pool.Start.DayNumber) * 86400.0), Share(pool.On))
        {
            Luck = Stream.For(seed, run, pool.Name, "node"),
        })];
        Tenants = [.. scenario.Economics.Rentals.Select((rental, i) => (rental, i)).Where(one => one.rental.Contract is not null)
            .Select(one => new SiteTenant(one.rental, one.i, from, Share(one.rental.On)) { Luck = Stream.For(seed, run, one.rental.Contract!.Name, "node") })];
        order = [.. Tenants.Select((tenant, i) => (tenant.Spec.Priority, 0, i)).Concat(Pools.Select((pool, i) => (pool.Spec.Priority, 1, i))).OrderByDescending(user => user.Item1)];
    }

    /// <summary>Serving pools, in the order of the scenario.</summary>
    public SitePool[] Pools { get; }

    /// <summary>Tenants with contracts, in the order of the scenario.</summary>
    public SiteTenant[] Tenants { get; }

    /// <summary>How many there are.</summary>
    public int Count => order.Length;

    /// <summary>How many of them got their GPUs in this step.</summary>
    public int Served { get; private set; }

    /// <summary>What became of their GPU-time in this step.</summary>
    public UsersStep Step;

    /// <summary>Begins a step.</summary>
    internal void Begin() => (Served, Step) = (0, default);

    /// <summary>Notes, before anybody is served, what they hold.</summary>
    internal void Reserve(RackGroup[] racks)
    {
        foreach (SiteTenant tenant in Tenants) { tenant.Share.Reserve(racks); }
        foreach (SitePool pool in Pools) { pool.Share.Reserve(racks); }
    }

    /// <summary>The next of them of a priority or a higher one; null, both of them, when there is none.</summary>
    internal bool TryNext(int priority, out SiteTenant? tenant, out SitePool? pool)
    {
        (tenant, pool) = (null, null);
        if (Served == order.Length || order[Served].Priority < priority) { return false; }
        (_, int kind, int index) = order[Served++];
        if (kind == 0) { tenant = Tenants[index]; }
        else { pool = Pools[index]; }
        return true;
    }
}
