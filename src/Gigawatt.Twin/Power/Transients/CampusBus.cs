using Gigawatt.Numerics;
using Gigawatt.Power.Protection;

namespace Gigawatt.Power.Transients;

/// <summary>A bus made ready for simulation: rows of plain numbers, checked.</summary>
public sealed class CampusBus
{
    internal readonly MachineRow[] Machines;
    internal readonly FormingRow[] Forming;
    internal readonly FollowingRow[] Following;
    internal readonly double[] LoadMw;
    internal readonly StageRow[] Stages;
    internal readonly RateRow[] Rates;
    internal readonly ShedRow[] Sheds;
    internal readonly int[] ShedLoads;
    internal readonly int StateCount;
    internal readonly double NearestPu;
    internal bool HasGrid;
    internal double ImportMw;
    internal long Version;

    /// <summary>Prepares a bus.</summary>
    /// <exception cref="CaseException">Its parts do not fit together.</exception>
    public CampusBus(CampusBusSpec spec)
    {
        Spec = spec;
        List<CaseProblem> problems = [];
        int offset = 2;
        List<StageRow> stages = [];
        List<RateRow> rates = [];
        Machines = new MachineRow[spec.Machines.Count];
        for (int i = 0; i < Machines.Length; i++)
        {
            MachineGroupSpec group = spec.Machines[i];
            problems.AddRange(Problems(group, spec.Sharing).Select(problem => problem with { Path = $"machines[{i}].{problem.Path}" }));
            Machines[i] = MachineRow.Of(group, offset);
            offset = Machines[i].Ceiling + 2;
            Add(stages, group.Relay, DeviceKind.Machine, i, spec.NominalHz);
            if (group.RateRelay is { } relay)
            {
                rates.Add(new RateRow(i, relay.LevelHzPerS / spec.NominalHz, relay.WindowS, relay.DelayS));
            }
        }
        Forming = new FormingRow[spec.Forming.Count];
        for (int i = 0; i < Forming.Length; i++)
        {
            Forming[i] = new FormingRow(spec.Forming[i], offset);
            offset += 3;
            Add(stages, spec.Forming[i].Relay, DeviceKind.Forming, i, spec.NominalHz);
        }
        Following = new FollowingRow[spec.Following.Count];
        for (int i = 0; i < Following.Length; i++)
        {
            Following[i] = new FollowingRow(spec.Following[i], spec.NominalHz, offset);
            offset += 2;
            Add(stages, spec.Following[i].Relay, DeviceKind.Following, i, spec.NominalHz);
        }
        StateCount = offset;
        Stages = [.. stages];
        Rates = [.. rates];
        LoadMw = [.. spec.Loads.Select(load => load.PowerMw)];
        HasGrid = spec.ImportMw is not null;
        ImportMw = spec.ImportMw ?? 0;
        List<ShedRow> sheds = [];
        List<int> dropped = [];
        for (int i = 0; i < spec.Shedding.Count; i++)
        {
            UnderFrequencyStageSpec stage = spec.Shedding[i];
            sheds.Add(new ShedRow(1 - stage.LevelHz / spec.NominalHz, stage.DelayS, dropped.Count, stage.Drops.Count));
            foreach (string name in stage.Drops) { dropped.Add(LoadIndex(name, $"shedding[{i}].drops")); }
            if (stage.LevelHz >= spec.NominalHz)
            {
                problems.Add(new($"shedding[{i}].level", FormattableString.Invariant($"less than {spec.NominalHz} Hz"), FormattableString.Invariant($"{stage.LevelHz} Hz")));
            }
        }
        Sheds = [.. sheds];
        ShedLoads = [.. dropped];
        NearestPu = double.PositiveInfinity;
        foreach (StageRow row in Stages) { NearestPu = Math.Min(NearestPu, Math.Abs(row.LevelPu)); }
        foreach (ShedRow row in Sheds) { NearestPu = Math.Min(NearestPu, row.DepthPu); }
        CheckWhole(problems);
        if (problems.Count > 0) { throw new CaseException(problems); }
    }

    /// <summary>What it was made from.</summary>
    public CampusBusSpec Spec { get; }

    /// <summary>Sets how many machines of a group are on the bus and what they carry together; the balance is the caller's to keep.</summary>
    public void SetMachines(int group, int count, double carryingMw, double highestMw)
    {
        ref MachineRow row = ref Machines[group];
        double outputPu = count > 0 ? carryingMw / count / row.BaseMw : 0;
        double ratedPu = Math.Max(outputPu, highestMw / row.BaseMw);
        if (row.Count == count && row.OutputPu == outputPu && row.RatedPu == ratedPu) { return; }
        Version++;
        (row.Count, row.OutputPu, row.RatedPu) = (count, outputPu, ratedPu);
        row.ReferencePu = row.Kind == GovernorKind.Ggov1 ? Ggov1.ReferencePu(row.Governor.Ggov1!, outputPu) : outputPu;
    }

    /// <summary>Sets how many grid-forming blocks are on the bus, what they give together and what is stored in one.</summary>
    public void SetForming(int group, int count, double setPointMw, double storedMwh, double capacityMwh)
    {
        Version++;
        ref FormingRow row = ref Forming[group];
        row.Count = count;
        row.SetPu = count > 0 ? Math.Limit(setPointMw / count / row.BaseMw, row.MinPu, row.MaxPu) : 0;
        row.StoredMwh = storedMwh;
        row.CapacityMwh = capacityMwh;
    }

    /// <summary>Sets the power of a load.</summary>
    public void SetLoad(int load, double powerMw) => LoadMw[load] = powerMw;

    /// <summary>Sets what comes from a grid that holds frequency; null on an island.</summary>
    public void SetImport(double? importMw)
    {
        HasGrid = importMw is not null;
        ImportMw = importMw ?? 0;
    }

    /// <summary>The index of a load; the name must exist.</summary>
    /// <exception cref="CaseException">There is no such load.</exception>
    public int LoadIndex(string name, string path)
    {
        for (int i = 0; i < Spec.Loads.Count; i++) { if (Spec.Loads[i].Name == name) { return i; } }
        string[] known = [.. Spec.Loads.Select(load => load.Name)];
        throw new CaseException(path, $"the name of a load ({string.Join(", ", known)})", $"'{name}'{Suggestion.Phrase(name, known)}");
    }

    /// <summary>What a group of machines cannot be, whatever else is on the bus; paths begin at the group.</summary>
    internal static IEnumerable<CaseProblem> Problems(MachineGroupSpec group, SharingSpec sharing)
    {
        double baseMw = group.TurbineBaseMw ?? group.RatedMw;
        double output = group.CarryingMw / group.Count / baseMw;
        double inertiaS = group.InertiaS * group.GeneratorMva / baseMw, dampingPu = group.DampingPu * group.GeneratorMva / baseMw;
        if (group.InertiaS > 0 && !GovernorStability.IsStable(group.Governor, inertiaS, dampingPu, output))
        {
            yield return new("governor", "a governor that is stable with one machine alone on its load: a larger droop, shorter lags or more inertia",
                FormattableString.Invariant($"{GovernorStability.Gain(group.Governor)} with an inertia of {group.InertiaS:0.###} s, which swings ever wider"));
        }
        else if (group.InertiaS > 0 && group.IsIsochronous && !GovernorStability.IsStable(group.Governor, inertiaS, dampingPu, output, sharing.IntegralGainPerS))
        {
            yield return new("is_isochronous", "isochronous sharing that is stable with one machine alone on its load: a smaller 'sharing.integral_gain' or shorter lags",
                FormattableString.Invariant($"{sharing.IntegralGainPerS:0.###} per s on {GovernorStability.Gain(group.Governor)}, which swings ever wider"));
        }
        (double lowest, double highest) = MachineRow.Range(group.Governor);
        if (output > highest + 1e-9 || output < lowest - 1e-9)
        {
            yield return new("carrying",
                FormattableString.Invariant($"what the stops of its governor allow, {Math.Max(0, lowest) * baseMw * group.Count:0.###} to {highest * baseMw * group.Count:0.###} MW"),
                FormattableString.Invariant($"{group.CarryingMw:0.###} MW"));
        }
    }

    private void CheckWhole(List<CaseProblem> problems)
    {
        double sourceMw = Spec.ImportMw ?? 0;
        foreach (MachineGroupSpec group in Spec.Machines) { sourceMw += group.CarryingMw; }
        foreach (GridFormingSpec group in Spec.Forming) { sourceMw += group.SetPointMw; }
        foreach (GridFollowingSpec group in Spec.Following) { sourceMw += group.SetPointMw; }
        double wantMw = LoadMw.Sum();
        if (Math.Abs(sourceMw - wantMw) > 1e-6 * Math.Max(1, wantMw))
        {
            problems.Add(new("loads", FormattableString.Invariant($"the {sourceMw:0.###} MW that machines, batteries and grid carry"), FormattableString.Invariant($"{wantMw:0.###} MW")));
        }
        bool swings = Spec.Machines.Any(group => group.InertiaS > 0) || Spec.Forming.Any(group => group.Count > 0);
        if (!swings)
        {
            problems.Add(new(Spec.Machines.Count > 0 ? "machines[0].inertia" : "machines", "some inertia, or a grid-forming battery: nothing else makes a frequency", "none"));
        }
    }

    private static void Add(List<StageRow> stages, FrequencyRelaySpec relay, DeviceKind kind, int index, double nominalHz)
    {
        foreach (FrequencyStageSpec stage in relay.Under) { stages.Add(new StageRow(kind, index, false, stage.LevelHz / nominalHz - 1, stage.DelayS)); }
        foreach (FrequencyStageSpec stage in relay.Over) { stages.Add(new StageRow(kind, index, true, stage.LevelHz / nominalHz - 1, stage.DelayS)); }
    }
}
