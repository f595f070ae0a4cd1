using Gigawatt.Numerics;

namespace Gigawatt.Power.Networks;

/// <summary>A line or transformer of a grid, in the order branches, lines, transformers of its case.</summary>
/// <param name="Name">Its name, or its ends.</param>
/// <param name="From">Bus of its from side.</param>
/// <param name="To">Bus of its to side.</param>
/// <param name="Path">Where it stands in the case, such as <c>lines[2]</c>.</param>
/// <param name="RatedMva">Most apparent power; infinite when there is no limit.</param>
/// <param name="Count">Equal circuits or units side by side.</param>
public sealed record GridBranch(string Name, string From, string To, string Path, double RatedMva, int Count);

/// <summary>The π of one branch in per unit with its places in the admittance matrix.</summary>
internal struct PiModel
{
    public int From, To;
    public int EntryFromTo, EntryToFrom;
    public double G, B, HalfCharging, IronG, Ratio, ShiftRad, Rated;
    public bool InService;
}

/// <summary>One tap changer: which branch it turns, which node it watches.</summary>
internal struct TapModel
{
    public int Branch, Node, Steps;
    public double Nominal, Step, Target, HalfBand;
}

/// <summary>A network case made ready for calculation: buses joined by closed switches are one node, everything is in per unit.</summary>
/// <remarks>Building it checks what only the whole shows: names, ends, base voltages, islands without a source.</remarks>
public sealed class Grid
{
    internal int[] NodeOfBus = [];
    internal string[] NodeNames = [];
    internal PiModel[] Pis = [];
    internal TapModel[] Taps = [];
    internal int[] NodeOfSource = [];
    internal double[] LoadP = [], LoadQ = [], ShuntG = [], ShuntB = [];
    internal bool[] Cut = [];
    internal bool[] IsReference = [];
    internal bool[] HoldsVoltage = [];
    internal double[] AngleRad = [];
    internal SparseMatrix Admittance = null!;

    private Grid(NetworkCase network) => Case = network;

    /// <summary>The case it was made of.</summary>
    public NetworkCase Case { get; }

    /// <summary>Nodes: buses after closed switches have joined them.</summary>
    public int NodeCount => NodeNames.Length;

    /// <summary>Lines and transformers.</summary>
    public IReadOnlyList<GridBranch> Branches { get; private set; } = [];

    /// <summary>Number of the node that a bus belongs to.</summary>
    public int NodeOf(int bus) => NodeOfBus[bus];

    /// <summary>Name of a node: of its bus, or of its buses with = between.</summary>
    public string NameOf(int node) => NodeNames[node];

    /// <summary>Makes a case ready.</summary>
    /// <exception cref="CaseException">Its parts do not fit together.</exception>
    public static Grid Of(NetworkCase network)
    {
        List<CaseProblem> problems = [];
        GridChecks.Names(network, problems);
        GridChecks.Values(network, problems);
        if (problems.Count > 0) { throw new CaseException(problems); }
        Grid grid = new(network);
        Dictionary<string, int> bus = [];
        for (int i = 0; i < network.Buses.Count; i++) { bus[network.Buses[i].Name] = i; }
        grid.Join(bus);
        grid.Load(bus);
        grid.Connect(bus);
        GridChecks.Nodes(grid, problems);
        if (problems.Count > 0) { throw new CaseException(problems); }
        return grid;
    }

    // Union-find over closed switches; nodes are numbered by their first bus.
    private void Join(Dictionary<string, int> bus)
    {
        int count = Case.Buses.Count;
        int[] parent = [.. Enumerable.Range(0, count)];
        foreach (SwitchSpec one in Case.Switches.Where(one => one.Closed)) { Islands.Join(parent, bus[one.From], bus[one.To]); }
        NodeOfBus = new int[count];
        Dictionary<int, int> known = [];
        List<string> names = [];
        for (int i = 0; i < count; i++)
        {
            int root = Islands.Root(parent, i);
            if (known.TryGetValue(root, out int node)) { names[node] += "=" + Case.Buses[i].Name; }
            else
            {
                known[root] = node = names.Count;
                names.Add(Case.Buses[i].Name);
            }
            NodeOfBus[i] = node;
        }
        NodeNames = [.. names];
    }

    private void Load(Dictionary<string, int> bus)
    {
        int n = NodeCount;
        (LoadP, LoadQ, ShuntG, ShuntB) = (new double[n], new double[n], new double[n], new double[n]);
        (Cut, IsReference, HoldsVoltage, AngleRad) = (new bool[n], new bool[n], new bool[n], new double[n]);
        bool[] fixedLoad = new bool[n];
        for (int i = 0; i < NodeOfBus.Length; i++)
        {
            BusSpec spec = Case.Buses[i];
            int node = NodeOfBus[i];
            LoadP[node] += spec.LoadMw / Case.BaseMva;
            LoadQ[node] += spec.LoadReactiveMvar / Case.BaseMva;
            ShuntG[node] += spec.ShuntMw / Case.BaseMva;
            ShuntB[node] += spec.ShuntReactiveMvar / Case.BaseMva;
            Cut[node] |= spec.Kind == BusKind.Isolated;
            fixedLoad[node] |= spec.Kind == BusKind.Load;
            if (spec.Kind == BusKind.Reference && !IsReference[node])
            {
                IsReference[node] = true;
                AngleRad[node] = spec.AngleDeg * Math.PI / 180;
            }
        }
        NodeOfSource = [.. Case.Generators.Select(one => NodeOfBus[bus[one.Bus]])];
        // A set point at a bus declared a load is not held, as in published cases.
        for (int node = 0; node < n; node++) { HoldsVoltage[node] = !fixedLoad[node] || IsReference[node]; }
    }

    private void Connect(Dictionary<string, int> bus)
    {
        List<PiModel> pis = [];
        List<GridBranch> branches = [];
        List<TapModel> taps = [];
        void Add(string? name, string from, string to, string path, double ratedMva, int units, PiModel pi)
        {
            (pi.From, pi.To) = (NodeOfBus[bus[from]], NodeOfBus[bus[to]]);
            pi.Rated = ratedMva / Case.BaseMva;
            pi.InService &= pi.From != pi.To && !Cut[pi.From] && !Cut[pi.To];
            branches.Add(new GridBranch(name ?? $"{from}–{to}", from, to, path, ratedMva, units));
            pis.Add(pi);
        }
        for (int i = 0; i < Case.Branches.Count; i++)
        {
            BranchSpec one = Case.Branches[i];
            PiModel pi = Series(one.ResistancePu, one.ReactancePu);
            (pi.HalfCharging, pi.Ratio, pi.ShiftRad, pi.InService) = (one.ChargingPu / 2, one.TapRatio ?? 1, one.ShiftDeg * Math.PI / 180, one.InService);
            Add(one.Label, one.From, one.To, $"branches[{i}]", one.RatedMva ?? double.PositiveInfinity, 1, pi);
        }
        for (int i = 0; i < Case.Lines.Count; i++)
        {
            LineSpec one = Case.Lines[i];
            double kv = Case.Buses[bus[one.From]].BaseKv ?? 0;
            double perOhm = Case.BaseMva / (kv * kv) / one.Circuits;
            PiModel pi = Series(one.ResistanceOhmPerM * one.LengthM * perOhm, one.ReactanceOhmPerM * one.LengthM * perOhm);
            (pi.HalfCharging, pi.Ratio, pi.InService) = (one.ChargingMvarPerM * one.LengthM * one.Circuits / Case.BaseMva / 2, 1, one.InService);
            Add(one.Name, one.From, one.To, $"lines[{i}]", one.AmpacityKa is { } ka ? Math.Sqrt(3) * kv * ka * one.Circuits : double.PositiveInfinity, one.Circuits, pi);
        }
        for (int i = 0; i < Case.Transformers.Count; i++)
        {
            GridTransformerSpec one = Case.Transformers[i];
            double ratedMva = one.RatedMva * one.Count;
            double z = one.ImpedanceFraction * Case.BaseMva / ratedMva;
            double r = z / Math.Sqrt(1 + one.XToRRatio * one.XToRRatio);
            PiModel pi = Series(r, r * one.XToRRatio);
            (pi.IronG, pi.Ratio, pi.ShiftRad, pi.InService) =
                (one.NoLoadLossFraction * ratedMva / Case.BaseMva, one.TapRatio, one.ShiftDeg * Math.PI / 180, one.InService);
            if (one.TapChanger is { } tap)
            {
                taps.Add(new TapModel
                {
                    Branch = pis.Count,
                    Node = NodeOfBus[bus[tap.Controls ?? one.To]],
                    Steps = tap.Steps,
                    Nominal = one.TapRatio,
                    Step = tap.StepFraction,
                    Target = tap.TargetPu,
                    HalfBand = tap.HalfBandPu,
                });
            }
            Add(one.Name, one.From, one.To, $"transformers[{i}]", ratedMva, one.Count, pi);
        }
        (Pis, Branches, Taps) = ([.. pis], branches, [.. taps]);
        // Participants share one unknown, so that each must be able to meet each other's column.
        int[] sharing = [.. Case.Generators.Select((one, i) => (one, i)).Where(at => at.one.ParticipationFactor > 0).Select(at => NodeOfSource[at.i]).Distinct()];
        Admittance = SparseMatrix.Of(NodeCount, Pis.Where(pi => pi.From != pi.To).Select(pi => (pi.From, pi.To))
            .Concat(sharing.SelectMany(a => sharing.Where(b => b > a).Select(b => (a, b)))));
        for (int i = 0; i < Pis.Length; i++)
        {
            Pis[i].EntryFromTo = Admittance.Find(Pis[i].From, Pis[i].To);
            Pis[i].EntryToFrom = Admittance.Find(Pis[i].To, Pis[i].From);
        }
    }

    private static PiModel Series(double r, double x)
    {
        double size = r * r + x * x;
        return new PiModel { G = r / size, B = -x / size };
    }
}

/// <summary>Which nodes hang together: union-find on a plain array of parents.</summary>
internal static class Islands
{
    public static int Root(int[] parent, int i)
    {
        while (parent[i] != i) { i = parent[i] = parent[parent[i]]; }
        return i;
    }

    public static void Join(int[] parent, int a, int b)
    {
        (a, b) = (Root(parent, a), Root(parent, b));
        // The lower number stays the root, so that names do not depend on the order of branches.
        if (a < b) { parent[b] = a; } else { parent[a] = b; }
    }
}
