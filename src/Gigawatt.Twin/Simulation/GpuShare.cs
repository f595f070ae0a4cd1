namespace Gigawatt.Simulation;

/// <summary>GPUs that one user of the campus is offered in a step, by rack group.</summary>
/// <param name="group">Index of the rack group it must run on, or -1 for any.</param>
/// <param name="groups">Rack groups of the campus.</param>
public sealed class GpuShare(int group, int groups)
{
    /// <summary>GPUs offered from each rack group in this step.</summary>
    public int[] Offered { get; } = new int[groups];

    /// <summary>GPUs that it holds of each rack group.</summary>
    public int[] Held { get; } = new int[groups];

    /// <summary>The first group it has GPUs in.</summary>
    public int FirstGroup { get; private set; }

    /// <summary>Whether it may use GPUs of a rack group.</summary>
    public bool MayUse(int rackGroup) => group < 0 || group == rackGroup;

    /// <summary>GPUs that it could take now: free ones that users behind it do not hold, and its own.</summary>
    public int FreeGpus(RackGroup[] racks)
    {
        int free = 0;
        for (int g = 0; g < racks.Length; g++) { free += MayUse(g) ? FreeGpus(racks[g], racks[g].HeldGpus - Held[g], Held[g]) : 0; }
        return free;
    }

    /// <summary>Takes free GPUs, from the rack groups in their order or from the one it must run on.</summary>
    /// <remarks>What it holds, it keeps while that is there; what users behind it hold, it leaves to them.</remarks>
    /// <param name="racks">The rack groups.</param>
    /// <param name="wantedGpus">GPUs wanted.</param>
    /// <param name="spareNodes">Nodes wanted beside them.</param>
    /// <param name="nodeGpus">GPUs of a node of the first group.</param>
    /// <returns>GPUs taken, spares included.</returns>
    public int Take(RackGroup[] racks, int wantedGpus, int spareNodes, out int nodeGpus)
    {
        int offered = 0;
        nodeGpus = 1;
        for (int g = 0; g < racks.Length; g++)
        {
            RackGroup rack = racks[g];
            int wanted = wantedGpus + spareNodes * rack.Spec.Rack.NodeGpus - offered;
            rack.HeldGpus -= Held[g];
            int take = MayUse(g) ? Math.Max(0, Math.Min(FreeGpus(rack, rack.HeldGpus, Held[g]), wanted)) : 0;
            if (take > 0 && offered == 0) { (nodeGpus, FirstGroup) = (rack.Spec.Rack.NodeGpus, g); }
            Offered[g] = take;
            rack.FreeGpus -= take;
            offered += take;
        }
        return offered;
    }

    /// <summary>Gives back what was offered.</summary>
    public void Release(RackGroup[] racks)
    {
        for (int g = 0; g < racks.Length; g++)
        {
            racks[g].FreeGpus += Offered[g];
            Offered[g] = 0;
        }
    }

    /// <summary>Notes, before anybody is served, what it holds.</summary>
    public void Reserve(RackGroup[] racks)
    {
        for (int g = 0; g < racks.Length; g++) { racks[g].HeldGpus += Held[g]; }
    }

    /// <summary>Holds GPUs of those offered, from the first group on.</summary>
    public void Hold(int gpus)
    {
        for (int g = 0; g < Held.Length; g++)
        {
            Held[g] = Math.Min(gpus, Offered[g]);
            gpus -= Held[g];
        }
    }

    /// <summary>Spreads GPU-time over the rack groups as GPUs were offered.</summary>
    public void Spread(RackGroup[] racks, int offered, double busyGpuS, double stallGpuS, double offeredGpuS)
    {
        for (int g = 0; g < racks.Length; g++)
        {
            if (Offered[g] == 0) { continue; }
            double share = (double)Offered[g] / offered;
            racks[g].BusyGpuS += share * busyGpuS;
            racks[g].StallGpuS += share * stallGpuS;
            racks[g].OfferedGpuS += share * offeredGpuS;
        }
    }

    private static int FreeGpus(RackGroup rack, int heldBehind, int own) => Math.Max(Math.Min(own, rack.FreeGpus), rack.FreeGpus - heldBehind);
}
