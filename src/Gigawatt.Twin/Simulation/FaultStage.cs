using Gigawatt.Power.Networks;
using Gigawatt.Power.Protection;
using Gigawatt.Power.Transients;

namespace Gigawatt.Simulation;

/// <summary>Short circuits on circuits of the halls and sags from utilities: which racks lose power, which go over to batteries, which jobs stop, what the bus feels.</summary>
/// <remarks>
/// A fault between phases pulls every voltage of the campus down until it is cleared, by its distance from the campus bus; then its circuit is open. Racks answer as
/// <see cref="HallRideThrough"/> says. What leaves the network is a fall of load, which the bus rides through or not; racks that walk in again are a rise within the same seconds. A job with GPUs in a
/// rack that drops loses all of them in the next step. Not modelled: energy of the seconds on UPS batteries, and their recharge.
/// </remarks>
internal static class FaultStage
{
    /// <summary>One step; whether the bus rode through everything.</summary>
    public static bool Step(Site site, double itMw, double startS)
    {
        if (site.Faults is not { } faults) { return true; }
        faults.Pass(site, startS, site.Scenario.StepS);
        bool holds = true;
        for (int g = 0; g < site.Racks.Length; g++)
        {
            while (faults.TryNext(g, startS, out int circuit, out bool isUp, out double timeS))
            {
                if (!isUp)
                {
                    holds &= Fault(site, faults, g, circuit, itMw, timeS, startS, holds);
                    continue;
                }
                faults.Darken(site, g, circuit, 0, startS);
                site.Tell(timeS, EventKind.CircuitRepaired, faults.Names[g], faults.RacksPer(g) * site.Racks[g].FullMw);
            }
        }
        for (int i = 0; i < faults.TieNames.Length; i++)
        {
            while (faults.TryNextSag(i, startS, out double timeS, out double retainedPu))
            {
                if (site.Generation.Ties.IsUp(i)) { holds &= Sag(site, faults, faults.TieNames[i], retainedPu, itMw, timeS, startS, holds); }
            }
        }
        return holds;
    }

    private static bool Fault(Site site, CampusFaults faults, int group, int circuit, double itMw, double timeS, double startS, bool holds)
    {
        CampusFaultsSpec spec = faults.Spec;
        faults.Counts.CircuitFaults++;
        // All three are drawn whatever the first says, so that one key does not change the luck of another.
        bool toGround = faults.Luck.NextUniform() < spec.GroundFraction, isBehind = faults.Luck.NextUniform() < spec.BehindTransformerFraction;
        double along = faults.Luck.NextUniform();
        if (toGround) { faults.Counts.GroundFaults++; }
        double retainedPu = toGround ? 1 : RetainedPu(site, spec, isBehind, along);
        int first = circuit * faults.RacksPer(group), past = Math.Min(first + faults.RacksPer(group), site.Racks[group].On);
        double goneS = spec.SwitchOverS ?? double.PositiveInfinity, lostMw = 0;
        if (HallRideThrough.Loses(spec, goneS, faults.IsBehindUps(group, circuit)))
        {
            faults.Darken(site, group, circuit, timeS + goneS, startS);
            lostMw = itMw * Drop(site, faults, group, first, past);
        }
        else if (faults.IsBehindUps(group, circuit)) { faults.Counts.RacksTransferred += Math.Max(0, past - first); }
        if (spec.SwitchOverS is { } switchS) { faults.Counts.LongestAwayS = Math.Max(faults.Counts.LongestAwayS, switchS); }
        HallResponse response = retainedPu < 1 ? HallRideThrough.Of(spec, retainedPu, spec.ClearingS) : default;
        double leftMw = Answer(site, faults, response, itMw);
        site.Tell(timeS, EventKind.CircuitFault, faults.Names[group], Math.Min(itMw, lostMw + leftMw));
        return !holds || Face(site, response, retainedPu, spec.ClearingS, Math.Min(itMw, lostMw + leftMw), itMw, spec, startS);
    }

    private static bool Sag(Site site, CampusFaults faults, string tie, double retainedPu, double itMw, double timeS, double startS, bool holds)
    {
        CampusFaultsSpec spec = faults.Spec;
        faults.Counts.TieSags++;
        HallResponse response = HallRideThrough.Of(spec, retainedPu, spec.TieSagLastsS, 1 + spec.Reclosings, spec.ReclosesAfterS);
        double leftMw = Answer(site, faults, response, itMw);
        site.Tell(timeS, EventKind.VoltageSag, tie, leftMw);
        return !holds || Face(site, response, retainedPu, spec.TieSagLastsS, leftMw, itMw, spec, startS);
    }

    // Voltage at the campus bus and so in every other hall.
    private static double RetainedPu(Site site, CampusFaultsSpec spec, bool isBehind, double along)
    {
        OneLineSpec network = site.Scenario.Power.Network;
        double cablePerMva = SagDepth.CablePerMva(network, spec.CircuitLengthM);
        double toFault = isBehind ? cablePerMva + network.StepDownImpedanceFraction / spec.CircuitMva : along * cablePerMva;
        return SagDepth.RetainedPu(OneLine.StrengthMva(site.Scenario, site.Generation), OneLine.InverterMva(site.Generation), toFault);
    }

    // What the sag does to racks all over the campus; the power that leaves the network.
    private static double Answer(Site site, CampusFaults faults, in HallResponse response, double itMw)
    {
        ref FaultCounts counts = ref faults.Counts;
        double upsFraction = faults.Spec.BehindUpsFraction, leaves = response.LeavesFraction(upsFraction);
        if (leaves <= 0) { return 0; }
        counts.Felt++;
        if (upsFraction > 0)
        {
            counts.Latched += response.IsLatched ? 1 : 0;
            counts.LongestAwayS = Math.Max(counts.LongestAwayS, response.AwayS);
        }
        for (int g = 0; g < site.Racks.Length; g++)
        {
            // Those behind a UPS come first.
            int bare = (int)Math.Ceiling(upsFraction * site.Racks[g].On - 1e-9);
            if (response.Transfers) { counts.RacksTransferred += bare; }
            if (response.Ends) { Drop(site, faults, g, 0, bare); }
            if (response.Bare) { Drop(site, faults, g, bare, site.Racks[g].On); }
        }
        return itMw * leaves;
    }

    // The jobs in some racks of a group lose their GPUs; the share of the campus's racks by their rating.
    private static double Drop(Site site, CampusFaults faults, int group, int first, int past)
    {
        RackGroup rack = site.Racks[group];
        if (past <= first) { return 0; }
        faults.Counts.RacksDropped += past - first;
        double gpu = 0;
        foreach (SiteJob job in site.Jobs)
        {
            double end = gpu + job.Share.Offered[group];
            if (job.State.HeldGpus > 0 && !job.IsDropped && end > first * (double)rack.GpusPerRack && gpu < past * (double)rack.GpusPerRack)
            {
                job.IsDropped = true;
                faults.Counts.JobsDropped++;
            }
            gpu = end;
        }
        double allMw = 0;
        foreach (RackGroup one in site.Racks) { allMw += one.On * one.FullMw; }
        return allMw > 0 ? (past - first) * rack.FullMw / allMw : 0;
    }

    private static bool Face(Site site, in HallResponse response, double retainedPu, double lastsS, double lostMw, double itMw, CampusFaultsSpec spec, double startS)
    {
        CampusTransients transients = site.Transients;
        // The bus cannot lose more than it carried.
        double fallMw = Math.Min(lostMw, site.Generation.Last.ServedMw);
        if (!transients.Spec.IsSimulated || (fallMw <= 0 && retainedPu >= 1)) { return true; }
        transients.Price(site);
        transients.IsBusFresh = false;
        Span<Disturbance> events = transients.Events;
        int count = 0;
        if (retainedPu < 1) { events[count++] = new Disturbance(DisturbanceKind.FeederFault, 0, DurationS: lastsS, VoltagePu: retainedPu); }
        events[count++] = new Disturbance(DisturbanceKind.LoadChange, 0, ChangeMw: -fallMw);
        double backS = response.AwayS - spec.Ups.WalkInS, backMw = response.Transfers && !response.IsLatched ? Math.Min(fallMw, itMw * spec.BehindUpsFraction) : 0;
        if (backMw > 0 && backS < transients.Spec.HorizonS)
        {
            events[count++] = new Disturbance(DisturbanceKind.LoadChange, backS, ChangeMw: backMw, RampS: spec.Ups.WalkInS);
        }
        return TransientStage.Face(site, events[..count], -fallMw, startS, isPlain: count == 1);
    }
}
