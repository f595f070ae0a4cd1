using Gigawatt.Power;
using Gigawatt.Power.Transients;
using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>Asks of everything abrupt in a step whether the bus rides through it; what it does not ride through acts on units and jobs.</summary>
/// <remarks>
/// Abrupt are: a job's GPUs beginning or stopping to compute together (start, checkpoint, crash), units and battery blocks that fail, the loss of a utility.
/// Each is looked at by itself, from the state at the end of the last step. In this order: a utility that holds frequency takes it; a harder case is known to be
/// harmless (<see cref="HardCases"/>); a closed-form bound proves it harmless; a harder case is simulated; it is simulated alone. Units that trip are off the bus in this step, jobs that are dropped
/// lose their GPUs in the next. Short circuits come first (<see cref="FaultStage"/>), and each is looked at by itself or bounded: no harder case stands for a voltage.
/// Not modelled: two disturbances within seconds of each other, voltage beside faults.
/// </remarks>
public static class TransientStage
{
    // Half as fine as a study: verdicts, not millihertz, are asked for.
    private const double RunStepS = 2 * Transient.UsualStepS;

    /// <summary>One step.</summary>
    /// <param name="site">The campus.</param>
    /// <param name="itMw">What racks and fabric ask for in this step.</param>
    /// <param name="startS">Simulated time.</param>
    public static void Step(Site site, double itMw, double startS)
    {
        CampusTransients transients = site.Transients;
        bool holds = FaultStage.Step(site, itMw, startS);
        if (!transients.Spec.IsSimulated)
        {
            site.Generation.ForgetLosses();
            return;
        }
        Generation generation = site.Generation;
        bool any = generation.HasLosses;
        foreach (SiteJob job in site.Jobs) { any |= job.Step.RoseGpus > 0 || job.Step.FellGpus > 0; }
        if (!any || !holds)
        {
            generation.ForgetLosses();
            return;
        }
        transients.Price(site);
        transients.IsBusFresh = false;
        Span<Disturbance> events = transients.Events.AsSpan(0, 1);
        for (int i = 0; holds && i < generation.LostUnits.Length; i++)
        {
            if (generation.LostUnits[i] == 0 || generation.LostMw[i] <= 0 || transients.MachineOf(i) < 0) { continue; }
            events[0] = new Disturbance(DisturbanceKind.UnitTrip, 0, transients.MachineOf(i), generation.LostUnits[i]);
            holds = Face(site, events, generation.LostMw[i], startS);
        }
        for (int i = 0; holds && i < generation.LostBlocks.Length; i++)
        {
            if (generation.LostBlocks[i] == 0 || !transients.Spec.BatteriesForm) { continue; }
            events[0] = new Disturbance(DisturbanceKind.FormingLoss, 0, i, generation.LostBlocks[i]);
            holds = Face(site, events, generation.LastNetBatteryMw(i) * generation.LostBlocks[i], startS);
        }
        if (holds && generation.LostImportMw > 0)
        {
            // A tie that held frequency leaves an island behind; another one only its power.
            bool held = generation.HasLostFrequency;
            events[0] = held ? new Disturbance(DisturbanceKind.GridLoss, 0) : new Disturbance(DisturbanceKind.LoadChange, 0, 0, ChangeMw: generation.LostImportMw);
            holds = Face(site, events, generation.LostImportMw, startS, islands: held);
        }
        for (int j = 0; holds && j < site.Jobs.Length; j++)
        {
            JobStep step = site.Jobs[j].Step;
            if (step.FellGpus > 0)
            {
                double fallMw = transients.StallDropMw(site.Jobs[j], step.FellGpus);
                events[0] = new Disturbance(DisturbanceKind.LoadChange, 0, 1 + j, ChangeMw: -fallMw, RampS: transients.Spec.FallS);
                holds = Face(site, events, -fallMw, startS, j, transients.AboveIdleMw(site.Jobs[j], step.FellGpus));
            }
            if (holds && step.RoseGpus > 0)
            {
                double riseMw = transients.StallDropMw(site.Jobs[j], step.RoseGpus);
                events[0] = new Disturbance(DisturbanceKind.LoadChange, 0, 1 + j, ChangeMw: riseMw, RampS: transients.Spec.RiseS);
                holds = Face(site, events, riseMw, startS, j, transients.AboveIdleMw(site.Jobs[j], step.RoseGpus) - riseMw);
            }
        }
        generation.ForgetLosses();
    }

    // Whether the bus rode through it; if not, what follows has been done.
    internal static bool Face(
        Site site, Span<Disturbance> events, double changeMw, double startS, int job = -1, double jobMw = 0, bool islands = false, bool isPlain = true)
    {
        CampusTransients transients = site.Transients;
        ref TransientCounts counts = ref transients.Counts;
        Generation generation = site.Generation;
        counts.Disturbances++;
        bool separates = false;
        if (generation.Ties.HoldingMw > 0 && !islands)
        {
            double importMw = generation.HeldImportMw + changeMw;
            if (importMw <= generation.Ties.SeparatesAboveMw && importMw >= -generation.Ties.SeparatesBelowMw)
            {
                counts.HeldByGrid++;
                return true;
            }
            // The tie's protection opens: the campus is alone with the change.
            transients.Events[events.Length] = new Disturbance(DisturbanceKind.GridLoss, 0);
            events = transients.Events.AsSpan(0, events.Length + 1);
            separates = true;
            site.Tell(startS, EventKind.Separated, "utility", Math.Abs(importMw));
        }
        if (transients.Bus is not { } bus)
        {
            Blackout(site, startS);
            return false;
        }
        bool isOnGrid = islands || generation.Ties.HoldingMw > 0;
        if (!transients.IsBusFresh)
        {
            SetSources(site, bus);
            transients.IsBusFresh = true;
        }
        bus.SetImport(isOnGrid ? generation.HeldImportMw + (islands ? generation.LostImportMw : 0) : null);
        bool isUnit = events[0].Kind == DisturbanceKind.UnitTrip, isBlock = events[0].Kind == DisturbanceKind.FormingLoss;
        Hit hit = new(
            changeMw + (separates ? bus.ImportMw : 0), events[0].RampS, isUnit ? events[0].Index : -1, isUnit ? events[0].Count : 0,
            isBlock ? events[0].Index : -1, isBlock ? events[0].Count : 0);
        if (isPlain && transients.HardCases!.Knows(bus, hit))
        {
            counts.Precedented++;
            return true;
        }
        SetLoads(site, bus, job, jobMw);
        if (HarmlessBound.IsHarmless(bus, events, transients.Spec.HorizonS))
        {
            counts.Bounded++;
            return true;
        }
        Consequence known = default;
        long cell = 0;
        if (isPlain && transients.HardCases!.Recall(bus, hit, job, out known, out cell)) { counts.Recalled++; }
        else
        {
            long before = transients.HardCases!.Simulated;
            bool covered = isPlain && transients.HardCases.Cover(bus, hit, transients.Spec.HorizonS, RunStepS, transients.Work);
            counts.HardSimulated += transients.HardCases.Simulated - before;
            if (covered)
            {
                counts.Precedented++;
                return true;
            }
            counts.Simulated++;
            TransientOutcome outcome = Transient.Simulate(bus, events, transients.Spec.HorizonS, RunStepS, transients.Work, null, HardCases.RestPuPerS);
            ulong dropped = 0;
            for (int j = 0; j < site.Jobs.Length; j++) { dropped |= transients.Work.LoadOn[1 + j] ? 0 : 1UL << (j & 63); }
            known = new Consequence(outcome.Verdict, outcome.ShedMw, dropped, outcome.NadirHz, outcome.PeakHz);
            if (outcome.Verdict == TransientVerdict.Tripped) { TripUnits(site, bus, events, startS, outcome.TrippedMw); }
            else if (isPlain) { transients.HardCases.Remember(cell, known); }
        }
        transients.LowestHz = Math.Min(transients.LowestHz, known.LowestHz);
        transients.HighestHz = Math.Max(transients.HighestHz, known.HighestHz);
        switch (known.Verdict)
        {
            case TransientVerdict.RiddenThrough:
            case TransientVerdict.Shed when !HitsAJob(site, known.Dropped):
                return true;
            case TransientVerdict.Black:
                Blackout(site, startS);
                return false;
            case TransientVerdict.Shed:
                counts.Shed++;
                break;
            default:
                counts.Tripped++;
                break;
        }
        for (int j = 0; j < site.Jobs.Length; j++)
        {
            if ((known.Dropped >> (j & 63) & 1) != 0) { Drop(site, site.Jobs[j]); }
        }
        if (known.ShedMw > 0) { site.Tell(startS, EventKind.FrequencyShed, "under-frequency relays", known.ShedMw); }
        return false;
    }

    // The sources of the bus, from what dispatch left behind and what was lost since.
    private static void SetSources(Site site, CampusBus bus)
    {
        Generation generation = site.Generation;
        PowerPlant plant = generation.Plant;
        for (int i = 0; i < plant.Generators.Length; i++)
        {
            GeneratorGroup group = plant.Generators[i];
            int machine = site.Transients.MachineOf(i);
            if (machine >= 0)
            {
                bus.SetMachines(machine, group.Running + generation.LostUnits[i], group.OutputMw + generation.LostMw[i], plant.UnitMw[i]);
            }
        }
        for (int i = 0; i < bus.Forming.Length; i++)
        {
            BatteryGroup group = plant.Batteries[i];
            int blocks = group.State.Blocks + generation.LostBlocks[i];
            double each = group.State.Blocks > 0 ? 1.0 / group.State.Blocks : 0;
            bus.SetForming(i, blocks, generation.LastNetBatteryMw(i) * blocks, group.State.StoredMwh * each, Battery.FullMwh(group.Spec, group.State) * each);
        }
    }

    // The loads: what each computing job draws above idle, and everything else, so that the bus is in balance.
    private static void SetLoads(Site site, CampusBus bus, int job, double jobMw)
    {
        double restMw = bus.HasGrid ? bus.ImportMw : 0;
        foreach (MachineRow row in bus.Machines) { restMw += row.Count * row.OutputPu * row.BaseMw; }
        foreach (FormingRow row in bus.Forming) { restMw += row.Count * row.SetPu * row.BaseMw; }
        for (int j = 0; j < site.Jobs.Length; j++)
        {
            double loadMw = j == job ? jobMw
                : site.Jobs[j].State.Phase == JobPhase.Computing ? site.Transients.AboveIdleMw(site.Jobs[j], site.Jobs[j].State.HeldGpus) : 0;
            bus.SetLoad(1 + j, loadMw);
            restMw -= loadMw;
        }
        bus.SetLoad(0, restMw);
    }

    // A relay that opens with no job behind it does no harm.
    private static bool HitsAJob(Site site, ulong dropped)
    {
        for (int j = 0; j < site.Jobs.Length; j++)
        {
            if ((dropped >> (j & 63) & 1) != 0 && site.Jobs[j].State.HeldGpus > 0) { return true; }
        }
        return false;
    }

    private static void Drop(Site site, SiteJob job)
    {
        if (job.State.HeldGpus == 0) { return; }
        job.IsDropped = true;
        site.Transients.Counts.JobsDropped++;
    }

    // What protection took off, of the units that were on the bus before the disturbance and not lost with it.
    private static void TripUnits(Site site, CampusBus bus, ReadOnlySpan<Disturbance> events, double startS, double trippedMw)
    {
        RestorationSpec restoration = site.Transients.Spec.Restoration;
        for (int i = 0; i < site.Generation.Plant.Generators.Length; i++)
        {
            int machine = site.Transients.MachineOf(i);
            if (machine < 0) { continue; }
            int tripped = bus.Machines[machine].Count - site.Transients.Work.MachinesOn[machine];
            foreach (ref readonly Disturbance one in events) { tripped -= one.Kind == DisturbanceKind.UnitTrip && one.Index == machine ? one.Count : 0; }
            if (tripped > 0) { site.Generation.Plant.Generators[i].Trip(tripped, startS, startS + restoration.DecisionS); }
        }
        site.Tell(startS, EventKind.UnitsTripped, "protection", trippedMw);
    }

    private static void Blackout(Site site, double startS)
    {
        CampusTransients transients = site.Transients;
        transients.Counts.Black++;
        double storedMwh = 0;
        foreach (BatteryGroup battery in site.Generation.Plant.Batteries) { storedMwh += transients.Spec.BatteriesForm ? battery.State.StoredMwh : 0; }
        Span<LostUnits> lost = stackalloc LostUnits[site.Generation.Plant.Generators.Length];
        int groups = 0;
        foreach (GeneratorGroup group in site.Generation.Plant.Generators)
        {
            if (group.Running > 0) { lost[groups++] = new LostUnits(group.Running, group.Spec.StartS, group.Spec.RatedMw); }
        }
        RestorationSpec restoration = transients.Spec.Restoration;
        double deadS = site.Generation.Plant.GridLimitMw > 0 ? restoration.DecisionS + restoration.EnergiseS : Restoration.DeadS(restoration, lost[..groups], storedMwh);
        if (double.IsInfinity(deadS)) { deadS = restoration.DecisionS + transients.Spec.ColdRestoreS; }
        double restoreS = deadS + Restoration.StartsS(restoration, lost[..groups]);
        // No unit starts on a dead bus.
        foreach (GeneratorGroup group in site.Generation.Plant.Generators)
        {
            group.Trip(group.Running, startS, startS + deadS);
            group.Bar(startS + deadS);
        }
        foreach (SiteJob job in site.Jobs) { Drop(site, job); }
        ref LimitsState limits = ref site.Limits;
        if (!limits.Holds) { limits.SinceS = startS; }
        limits.ShedFraction = 1;
        limits.Cause = Shortage.Power;
        limits.HoldUntilS = Math.Max(limits.HoldUntilS, startS + restoreS);
        site.Tell(startS, EventKind.Blackout, "campus bus", restoreS / 3600);
    }
}
