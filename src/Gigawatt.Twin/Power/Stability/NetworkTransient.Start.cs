using System.Numerics;
using System.Runtime.InteropServices;
using Gigawatt.Numerics;
using Gigawatt.Power.Transients;

namespace Gigawatt.Power.Stability;

public sealed partial class NetworkTransient
{
    // Constants of one hall on the base of the network.
    private struct HallData
    {
        public int Bus;
        public int Near;
        public HallLoadSpec Spec;
        public double Active;
        public double Reactive;
        public double ConstantPower;
        public double CutOverSquared;
        public double StartSquared;
    }

    private static ((int, int, Complex)[] Segments, int[] Branch, int FaultNode, int Nodes) Segments(CampusNetworkSpec spec, NetworkFaultSpec? fault)
    {
        List<(int, int, Complex)> segments = [];
        List<int> owners = [];
        int nodes = spec.Buses.Count;
        int faultNode = fault?.Bus is { } bus ? spec.BusIndex(bus, "fault.bus") : -1;
        if (fault?.Branch is { } named && spec.Branches.All(branch => branch.Name != named))
        {
            throw new CaseException("fault.branch", "the name of a branch", $"'{named}'{Suggestion.Phrase(named, spec.Branches.Select(branch => branch.Name))}");
        }
        for (int b = 0; b < spec.Branches.Count; b++)
        {
            CampusBranchSpec branch = spec.Branches[b];
            int from = spec.BusIndex(branch.From, $"branches[{b}].from");
            int to = spec.BusIndex(branch.To, $"branches[{b}].to");
            Complex impedance = new Complex(branch.ResistancePu, branch.ReactancePu) * (spec.BaseMva / (branch.RatingMva ?? spec.BaseMva));
            // A fault at the very end of a branch is at the bus; the branch still opens for it.
            if (fault is null || branch.Name != fault.Branch || fault.AtFraction is 0 or 1)
            {
                if (fault is not null && branch.Name == fault.Branch) { faultNode = fault.AtFraction == 0 ? from : to; }
                segments.Add((from, to, Complex.One / impedance));
                owners.Add(b);
                continue;
            }
            faultNode = nodes++;
            segments.Add((from, faultNode, Complex.One / (impedance * fault.AtFraction)));
            segments.Add((faultNode, to, Complex.One / (impedance * (1 - fault.AtFraction))));
            owners.Add(b);
            owners.Add(b);
        }
        return ([.. segments], [.. owners], faultNode, nodes);
    }

    private static MachineData[] Machines(CampusNetworkSpec spec)
    {
        List<MachineData> machines = [];
        for (int t = 0; t < spec.Turbines.Count; t++)
        {
            NetworkMachineSpec group = spec.Turbines[t];
            SynchronousMachineSpec unit = group.Unit;
            // Equal sets at one bus move alike for ever: they are one set of their common rating.
            double rating = group.Count * unit.RatingMva / spec.BaseMva;
            double turbine = unit.RatedMw / unit.RatingMva;
            MachineData data = new()
            {
                Bus = spec.BusIndex(group.Bus, $"turbines[{t}].bus"),
                Rating = rating,
                Reactance = (unit.TransientPu + unit.StepUpPu) / rating,
                StepUp = unit.StepUpPu / rating,
                SwingPerS = 1 / (2 * unit.InertiaS),
                Damping = unit.DampingPu,
                DirectRise = (unit.DirectPu - unit.TransientPu) / rating,
                QuadratureRise = (unit.QuadraturePu - unit.TransientPu) / rating,
                FieldPerS = 1 / unit.FieldTimeS,
                QuadraturePerS = 1 / unit.QuadratureTimeS,
                RegulatorPerS = unit.IsClassical || unit.RegulatorGainFactor == 0 ? 0 : 1 / unit.RegulatorTimeS,
                Gain = unit.RegulatorGainFactor,
                Ceiling = unit.IsClassical || unit.RegulatorGainFactor == 0 ? double.PositiveInfinity : unit.CeilingPu,
                IsClassical = unit.IsClassical,
                Gast = group.Gast,
                Ggov1 = group.Ggov1,
                Turbine = turbine,
            };
            machines.Add(data);
        }
        return [.. machines];
    }

    private static InverterData[] Inverters(CampusNetworkSpec spec)
    {
        List<InverterData> inverters = [];
        for (int t = 0; t < spec.Inverters.Count; t++)
        {
            GridFormingGroupSpec group = spec.Inverters[t];
            NetworkFormingSpec unit = group.Unit;
            double rating = group.Count * unit.RatingMva / spec.BaseMva;
            InverterData data = new()
            {
                Bus = spec.BusIndex(group.Bus, $"inverters[{t}].bus"),
                Rating = rating,
                Reactance = unit.ReactancePu / rating,
                FilterPerS = 1 / unit.FilterS,
                Droop = unit.DroopFraction,
                VoltageDroop = unit.VoltageDroopFraction,
                VoltagePerS = unit.VoltageGainPerS,
                Highest = unit.HighestPu,
                LimitSquared = unit.CurrentLimitPu * unit.CurrentLimitPu * rating * rating,
                MostPower = unit.MostPowerFraction,
                MostCharge = unit.MostChargeFraction,
                OverloadGain = unit.OverloadFactor,
                OverloadPerS = unit.OverloadIntegralPerS,
                SetPower = group.LoadFraction,
            };
            inverters.Add(data);
        }
        return [.. inverters];
    }

    private static HallData[] Halls(CampusNetworkSpec spec) => [.. spec.Halls.Select((hall, h) => new HallData
    {
        Bus = spec.BusIndex(hall.Bus, $"halls[{h}].bus"),
        Spec = hall,
        Active = hall.LoadMw / spec.BaseMva,
        Reactive = hall.LoadMw / spec.BaseMva * Math.Sqrt(1 / (hall.PowerFactorRatio * hall.PowerFactorRatio) - 1),
        ConstantPower = hall.ConstantPowerFraction,
        CutOverSquared = hall.CutOverPu * hall.CutOverPu,
        StartSquared = 1,
    })];

    private void CheckJoined()
    {
        if (machines.Length + inverters.Length == 0 && gridNode < 0)
        {
            throw new CaseException("buses", "a source: turbines, inverters or a grid", "a network without any");
        }
        bool[] reached = new bool[nodes];
        reached[machines.Length > 0 ? machines[0].Bus : inverters.Length > 0 ? inverters[0].Bus : gridNode] = true;
        for (bool grew = true; grew;)
        {
            grew = false;
            foreach ((int from, int to, _) in segments)
            {
                if (reached[from] == reached[to]) { continue; }
                reached[from] = reached[to] = grew = true;
            }
        }
        CaseProblem[] cut = [.. spec.Buses.Select((bus, i) => (bus, i)).Where(at => !reached[at.i]).Select(at => new CaseProblem(
            $"buses[{at.i}].name", "a branch that joins it to the sources", $"'{at.bus.Name}' is on an island without its share of the network; add a branch or take the bus out"))];
        if (cut.Length > 0) { throw new CaseException(cut); }
    }

    private StartPoint Start()
    {
        Complex[] load = new Complex[nodes];
        double[] given = new double[nodes];
        double[] share = new double[nodes];
        bool[] held = new bool[nodes];
        for (int h = 0; h < halls.Length; h++) { load[halls[h].Bus] += new Complex(halls[h].Active, halls[h].Reactive); }
        foreach (MachineData one in machines)
        {
            share[one.Bus] += one.Rating;
            held[one.Bus] = true;
        }
        foreach (InverterData one in inverters)
        {
            given[one.Bus] += one.SetPower * one.Rating;
            held[one.Bus] = true;
        }
        if (gridNode >= 0) { held[gridNode] = true; }
        if (machines.Length == 0 && gridNode >= 0) { share[gridNode] = 1; }
        if (machines.Length == 0 && gridNode < 0)
        {
            foreach (InverterData one in inverters) { share[one.Bus] += one.Rating; }
        }
        if (machines.Length > 0 && gridNode >= 0 && MachinesFixed is { } fixedPower)
        {
            foreach (MachineData one in machines) { given[one.Bus] += fixedPower * one.Rating; }
            Array.Clear(share);
            share[gridNode] = 1;
        }
        return StartPoint.Of(nodes, segments, load, given, share, held, spec.HeldPu);
    }

    // With a grid beside them, machines give their set share and the grid the rest.
    private double? MachinesFixed => spec.Grid is null ? null : spec.TurbineLoadFraction * spec.Turbines.Sum(group => group.Count * group.Unit.RatedMw)
        / spec.Turbines.Sum(group => group.Count * group.Unit.RatingMva);

    // Turns the steady state into states; returns the voltage of the grid behind its reactance.
    private Complex Settle(StartPoint start)
    {
        double[] rating = new double[nodes];
        double[] setPower = new double[nodes];
        foreach (MachineData one in machines) { rating[one.Bus] += one.Rating; }
        foreach (InverterData one in inverters) { rating[one.Bus] += one.Rating; }
        foreach (InverterData one in inverters) { setPower[one.Bus] += one.SetPower * one.Rating; }
        double[] machineRating = new double[nodes];
        foreach (MachineData one in machines) { machineRating[one.Bus] += one.Rating; }
        bool gridAlone = gridNode >= 0 && rating[gridNode] == 0;
        for (int i = 0; i < machines.Length; i++)
        {
            ref MachineData data = ref machines[i];
            Complex voltage = start.Voltages[data.Bus];
            double active = MachinesFixed is { } fixedPower ? fixedPower * data.Rating
                : (start.Given[data.Bus].Real - setPower[data.Bus]) * data.Rating / machineRating[data.Bus];
            SettleMachine(i, voltage, new Complex(active, Reactive(data.Bus, data.Rating)));
        }
        for (int g = 0; g < inverters.Length; g++)
        {
            ref InverterData data = ref inverters[g];
            Complex voltage = start.Voltages[data.Bus];
            double active = machines.Length == 0 && gridNode < 0 ? start.Given[data.Bus].Real * data.Rating / rating[data.Bus] : data.SetPower * data.Rating;
            SettleInverter(g, voltage, new Complex(active, Reactive(data.Bus, data.Rating)));
        }
        if (gridNode < 0) { return Complex.Zero; }
        double othersActive = 0;
        double othersReactive = 0;
        foreach (MachineData one in machines) { othersActive += one.Bus == gridNode ? one.Output * one.Rating : 0; }
        othersActive += setPower[gridNode];
        othersReactive = gridAlone ? 0 : start.Given[gridNode].Imaginary / 2;
        Complex fromGrid = new(start.Given[gridNode].Real - othersActive, start.Given[gridNode].Imaginary - othersReactive);
        return start.Voltages[gridNode] + Complex.Conjugate(fromGrid / start.Voltages[gridNode]) / gridAdmittance;

        // A grid at the same bus gives half of the reactive power.
        double Reactive(int bus, double own) => start.Given[bus].Imaginary * own / rating[bus] * (bus == gridNode ? 0.5 : 1);
    }

    private void SettleMachine(int i, Complex voltage, Complex power)
    {
        ref MachineData data = ref machines[i];
        int at = i * MachineStates;
        Complex current = Complex.Conjugate(power / voltage);
        Complex behind = voltage + new Complex(0, data.Reactance) * current;
        Complex along = data.IsClassical ? behind : behind + new Complex(0, data.QuadratureRise) * current;
        Complex turn = along / Complex.Abs(along);
        Complex inFrame = behind * Complex.Conjugate(turn);            // E'q − jE'd
        Complex currentInFrame = current * Complex.Conjugate(turn);    // I_q − jI_d
        state[at] = Elementary.Atan2(turn.Imaginary, turn.Real);
        state[at + 2] = inFrame.Real;
        state[at + 3] = -inFrame.Imaginary;
        state[at + 4] = inFrame.Real - data.DirectRise * currentInFrame.Imaginary;
        Complex terminal = voltage + new Complex(0, data.StepUp) * current;
        data.Reference = Complex.Abs(terminal) + (data.Gain > 0 ? state[at + 4] / data.Gain : 0);
        data.Ceiling = Math.Max(data.Ceiling, state[at + 4]);
        double output = power.Real / data.Rating;
        double ofTurbine = output / data.Turbine;
        if (ofTurbine > 1 + 1e-9)
        {
            throw new CaseException("turbines", FormattableString.Invariant($"turbines that carry the halls: at least {output * data.Rating * spec.BaseMva:0.##} MW at a bus"),
                FormattableString.Invariant($"{data.Turbine * data.Rating * spec.BaseMva:0.##} MW there; add turbines or take load away"));
        }
        data.Mechanical = output;
        Span<byte> governor = MemoryMarshal.AsBytes(state.AsSpan(at + GovernorAt, 10));
        if (data.Gast is { } gast)
        {
            MemoryMarshal.Write(governor, Gast.Initialise(gast, ofTurbine));
            data.Mechanical = Gast.ReferencePu(gast, ofTurbine);
        }
        else if (data.Ggov1 is { } ggov1)
        {
            MemoryMarshal.Write(governor, Ggov1.Initialise(ggov1, ofTurbine));
            data.Mechanical = Ggov1.ReferencePu(ggov1, ofTurbine);
        }
        data.Output = output;
    }

    private void SettleInverter(int g, Complex voltage, Complex power)
    {
        ref InverterData data = ref inverters[g];
        int at = machines.Length * MachineStates + g * InverterStates;
        Complex current = Complex.Conjugate(power / voltage);
        Complex behind = voltage + new Complex(0, data.Reactance) * current;
        state[at] = Elementary.Atan2(behind.Imaginary, behind.Real);
        state[at + 1] = data.SetPower = power.Real / data.Rating;
        state[at + 2] = power.Imaginary / data.Rating;
        state[at + 3] = Complex.Abs(behind);
        data.Highest = Math.Max(data.Highest, state[at + 3]);
        data.SetVoltage = Complex.Abs(voltage) + data.VoltageDroop * state[at + 2];
        (limited[2 * g], limited[2 * g + 1]) = (behind.Real, behind.Imaginary);
    }
}
