using System.Numerics;
using Gigawatt.Numerics;
using Gigawatt.Power.Protection;

namespace Gigawatt.Power.Stability;

/// <summary>A campus in a fault: generators, grid-forming inverters and halls on their network, with voltages.</summary>
/// <remarks>
/// Phasors at nominal frequency; every source is a voltage behind a reactance, so the network is a matrix that is inverted once for each state
/// of the breakers. Within a step loads and current limits are solved with the network by repeated substitution from the last solution,
/// and the states by Runge and Kutta's fourth-order rule; steps are cut when the fastest loop asks for it. Nothing is ever stepped back.
/// Source: Sauer and Pai, Power System Dynamics and Stability, ch. 7. Not modelled: transients of the network itself (below a cycle),
/// unbalance, motors, saturation.
/// </remarks>
public sealed partial class NetworkTransient
{
    private const int MachineStates = 16;         // rotor, flux and field, then the governor's own
    private const int GovernorAt = 5;
    private const int InverterStates = 6;
    private const int MostRounds = 60;
    private const double Tolerance = 1e-9;

    private readonly CampusNetworkSpec spec;
    private readonly NetworkFaultSpec? fault;
    private readonly MachineData[] machines;
    private readonly InverterData[] inverters;
    private readonly HallData[] halls;
    private readonly HallLoadState[] hallStates;
    private readonly OvercurrentState[] relays;
    private readonly (int From, int To, Complex Admittance)[] segments;     // two for the faulted branch
    private readonly int[] segmentBranch;
    private readonly bool[] isOpen;
    private readonly int faultNode = -1;
    private readonly int nodes;
    private readonly double nominalRadPerS;
    private readonly double stepS;
    private readonly int cuts;
    private readonly double[] state;
    private readonly double[] slope;
    private readonly double[] trial;
    private readonly double[] sum;
    private readonly double[] inflow;           // currents of every source, real and imaginary in turn
    private readonly double[] inner;            // voltages behind the reactances
    private readonly double[] limited;          // the same, after the current limit
    private readonly Complex[] thevenin;        // what each inverter sees without itself
    private readonly int[] sourceNodes;
    private readonly double[] sourceReal;       // currents of sources behind their reactances, by source node
    private readonly double[] sourceImaginary;
    private readonly int[] near;                // nodes of halls and inverters, whose currents depend on their voltages
    private readonly double[] nearReal;         // those voltages, by place in that list
    private readonly double[] nearImaginary;
    private readonly double[] nextReal;
    private readonly double[] nextImaginary;
    private readonly double[] pullReal;         // and those currents
    private readonly double[] pullImaginary;
    private double[] partReal = [];             // rows and columns of those nodes
    private double[] partImaginary = [];
    private readonly Complex gridVoltage;
    private readonly Complex gridAdmittance;
    private readonly int gridNode = -1;
    private readonly AdmittanceStage[] planned = new AdmittanceStage[3];
    private readonly double[] voltageReal;
    private readonly double[] voltageImaginary;
    private AdmittanceStage stage;
    private bool isFaulted;
    private int step;

    /// <summary>A campus in its steady state.</summary>
    /// <param name="spec">The campus.</param>
    /// <param name="fault">What happens to it; null for nothing.</param>
    /// <param name="stepS">Length of a step.</param>
    /// <exception cref="CaseException">The parts do not make a network: no source, an island, no steady state.</exception>
    public NetworkTransient(CampusNetworkSpec spec, NetworkFaultSpec? fault, double stepS)
    {
        this.spec = spec;
        this.fault = fault;
        this.stepS = Check.Positive(stepS);
        nominalRadPerS = 2 * Math.PI * spec.NominalHz;
        (segments, segmentBranch, faultNode, nodes) = Segments(spec, fault);
        isOpen = new bool[spec.Branches.Count];
        relays = new OvercurrentState[spec.Branches.Count];
        machines = Machines(spec);
        inverters = Inverters(spec);
        halls = Halls(spec);
        hallStates = new HallLoadState[halls.Length];
        Array.Fill(hallStates, HallLoadState.Steady);
        gridNode = spec.Grid is { } grid ? spec.BusIndex(grid.Bus, "grid.bus") : -1;
        gridAdmittance = spec.Grid is { } infeed ? Complex.One / new Complex(0, spec.BaseMva / infeed.ShortCircuitMva) : Complex.Zero;
        CheckJoined();
        StartPoint start = Start();
        int stride = AdmittanceStage.StrideOf(nodes);
        (voltageReal, voltageImaginary) = (new double[stride], new double[stride]);
        sourceNodes = [.. machines.Select(one => one.Bus).Concat(inverters.Select(one => one.Bus)).Concat(gridNode >= 0 ? [gridNode] : Array.Empty<int>()).Distinct().Order()];
        (sourceReal, sourceImaginary) = (new double[sourceNodes.Length], new double[sourceNodes.Length]);
        near = [.. halls.Select(one => one.Bus).Concat(inverters.Select(one => one.Bus)).Distinct().Order()];
        for (int i = 0; i < machines.Length; i++) { machines[i].Source = Array.IndexOf(sourceNodes, machines[i].Bus); }
        for (int g = 0; g < inverters.Length; g++) { (inverters[g].Source, inverters[g].Near) = (Array.IndexOf(sourceNodes, inverters[g].Bus), Array.IndexOf(near, inverters[g].Bus)); }
        for (int h = 0; h < halls.Length; h++) { halls[h].Near = Array.IndexOf(near, halls[h].Bus); }
        int width = AdmittanceStage.StrideOf(near.Length);
        (nearReal, nearImaginary, nextReal, nextImaginary) = (new double[width], new double[width], new double[width], new double[width]);
        (pullReal, pullImaginary) = (new double[near.Length], new double[near.Length]);
        int states = machines.Length * MachineStates + inverters.Length * InverterStates;
        (state, slope, trial, sum) = (new double[states], new double[states], new double[states], new double[states]);
        int sources = machines.Length + inverters.Length;
        (inflow, inner, limited) = (new double[2 * sources], new double[2 * sources], new double[2 * inverters.Length]);
        thevenin = new Complex[inverters.Length];
        for (int i = 0; i < nodes; i++) { (voltageReal[i], voltageImaginary[i]) = (start.Voltages[i].Real, start.Voltages[i].Imaginary); }
        gridVoltage = Settle(start);
        for (int k = 0; k < near.Length; k++) { (nearReal[k], nearImaginary[k]) = (voltageReal[near[k]], voltageImaginary[near[k]]); }
        planned[0] = Build(false);
        stage = planned[0];
        if (fault is not null)
        {
            planned[1] = Build(true);
            OpenFaulted(true);
            planned[2] = Build(false);
            OpenFaulted(false);
        }
        Enter(planned[0]);
        cuts = Cuts();
        Slopes(state, slope);
    }

    /// <summary>Time since the run began.</summary>
    public double TimeS => step * stepS;

    /// <summary>Number of buses.</summary>
    public int BusCount => spec.Buses.Count;

    /// <summary>Number of halls.</summary>
    public int HallCount => halls.Length;

    /// <summary>Most repeated substitutions that one solution of the network has needed; the cap is 60.</summary>
    public int MostSubstitutions { get; private set; }

    /// <summary>Parts into which a step is cut for the sake of its fastest loop.</summary>
    public int Cut => cuts;

    /// <summary>When the fault was cut off; null while it stands or has not come.</summary>
    public double? ClearedAtS { get; private set; }

    /// <summary>Whether a generator has slipped a pole against the others.</summary>
    public bool HasSlipped { get; private set; }

    /// <summary>Largest current of an inverter so far, over its limit; 1 is at the limit.</summary>
    public double MostInverterCurrentFactor { get; private set; }

    /// <summary>Goes one step on.</summary>
    public void Step()
    {
        Switch();
        double partS = stepS / cuts;
        for (int part = 0; part < cuts; part++)
        {
            Advance(partS);
            Slopes(state, slope);
        }
        step++;
        double frequencyHz = FrequencyHz;
        bool changed = false;
        for (int h = 0; h < halls.Length; h++)
        {
            double before = hallStates[h].DrawnFraction;
            changed |= HallLoad.Step(halls[h].Spec, ref hallStates[h], VoltagePu(halls[h].Bus), frequencyHz, stepS) != before;
        }
        for (int b = 0; b < relays.Length; b++)
        {
            if (spec.Branches[b].Relay is not { } relay || isOpen[b]) { continue; }
            if (Overcurrent.Step(relay, ref relays[b], BranchKa(b), stepS)) { Trip(b); }
        }
        if (changed) { Slopes(state, slope); }
        Watch();
    }

    // The classical fourth-order rule; the first slope is known from the end of the step before.
    private void Advance(double partS)
    {
        for (int i = 0; i < state.Length; i++) { (sum[i], trial[i]) = (slope[i], state[i] + partS / 2 * slope[i]); }
        Slopes(trial, slope);
        for (int i = 0; i < state.Length; i++) { (sum[i], trial[i]) = (sum[i] + 2 * slope[i], state[i] + partS / 2 * slope[i]); }
        Slopes(trial, slope);
        for (int i = 0; i < state.Length; i++) { (sum[i], trial[i]) = (sum[i] + 2 * slope[i], state[i] + partS * slope[i]); }
        Slopes(trial, slope);
        for (int i = 0; i < state.Length; i++) { state[i] += partS / 6 * (sum[i] + slope[i]); }
        Hold();
    }

    private void Switch()
    {
        if (fault is null) { return; }
        double now = TimeS + 1e-9;
        if (!isFaulted && ClearedAtS is null && now >= fault.StartS && !(fault.ClearedS <= now))
        {
            isFaulted = true;
            Enter(isOpen.Contains(true) ? Build(true) : planned[1]);
        }
        else if (isFaulted && fault.ClearedS is { } cleared && now >= cleared)
        {
            Clear();
        }
    }

    private void Clear()
    {
        isFaulted = false;
        ClearedAtS = TimeS;
        bool others = false;
        for (int b = 0; b < isOpen.Length; b++) { others |= isOpen[b] && spec.Branches[b].Name != fault!.Branch; }
        OpenFaulted(true);
        Enter(others ? Build(false) : planned[2]);
    }

    private void Trip(int branch)
    {
        isOpen[branch] = true;
        if (isFaulted && spec.Branches[branch].Name == fault!.Branch) { Clear(); }
        else
        {
            AdmittanceStage after = Build(isFaulted);
            // A relay upstream that cuts a faulted part off from every source has cleared the fault too.
            if (isFaulted && faultNode >= 0 && !after.IsLive[faultNode]) { (isFaulted, ClearedAtS) = (false, TimeS); }
            Enter(after);
        }
    }

    private void OpenFaulted(bool open)
    {
        for (int b = 0; b < isOpen.Length; b++) { isOpen[b] = spec.Branches[b].Name == fault?.Branch ? open : isOpen[b]; }
    }

    private void Enter(AdmittanceStage next)
    {
        stage = next;
        (partReal, partImaginary) = stage.Part(near);
        for (int g = 0; g < inverters.Length; g++)
        {
            // Own admittance taken out of the diagonal: 1/Z' = 1/Z − 1/jX.
            Complex without = Complex.One / stage.Diagonal(inverters[g].Bus) - Complex.One / new Complex(0, inverters[g].Reactance);
            thevenin[g] = Complex.Abs(without) < 1e-6 ? new Complex(0, 1e6) : Complex.One / without;
        }
        Slopes(state, slope);
    }

    private AdmittanceStage Build(bool withFault)
    {
        Complex[] ground = new Complex[nodes];
        bool[] hasSource = new bool[nodes];
        foreach (MachineData machine in machines) { Add(machine.Bus, Complex.One / new Complex(0, machine.Reactance)); }
        foreach (InverterData inverter in inverters) { Add(inverter.Bus, Complex.One / new Complex(0, inverter.Reactance)); }
        if (gridNode >= 0) { Add(gridNode, gridAdmittance); }
        if (withFault && faultNode >= 0) { ground[faultNode] += FaultAdmittance; }
        return AdmittanceStage.Of(nodes, [.. segments.Where((_, s) => !isOpen[segmentBranch[s]])], ground, hasSource);

        void Add(int node, Complex admittance)
        {
            ground[node] += admittance;
            hasSource[node] = true;
        }
    }

    // A bolted fault keeps a millionth of an ohm per unit, so that its current stays a number.
    private Complex FaultAdmittance => Complex.One / new Complex(Math.Max(fault?.ArcPu ?? 0, 1e-7), 0);

    private int Cuts()
    {
        double fastest = 0;
        foreach (InverterData one in inverters)
        {
            fastest = Math.Max(fastest, Math.Max(one.FilterPerS, nominalRadPerS * one.Droop / (one.Reactance * one.Rating)));
        }
        foreach (MachineData one in machines)
        {
            fastest = Math.Max(fastest, one.RegulatorPerS);
            if (one.Gast is { } gast) { fastest = Math.Max(fastest, 1 / Math.Min(gast.ValveS, gast.CombustorS)); }
            if (one.Ggov1 is { } ggov1) { fastest = Math.Max(fastest, 1 / Math.Min(Math.Min(ggov1.ActuatorS, ggov1.TurbineLagS), Math.Min(ggov1.AccelerationFilterS, ggov1.TransducerS))); }
        }
        // The fourth-order rule is stable up to 2.78; half of that is accurate too.
        return Math.Max(1, (int)Math.Ceiling(fastest * stepS / 1.4 - 1e-9));
    }
}
