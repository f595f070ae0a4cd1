using Gigawatt.Power;
using Gigawatt.Power.Networks;
using Gigawatt.Scenarios;

namespace Gigawatt.Simulation;

/// <summary>Watches the one-line network: a power flow of each day's highest step, a circuit lost once a week, transformers that age.</summary>
/// <remarks>
/// The schedule is what dispatch gave in that step; the difference between the network's losses and those of dispatch falls to units and ties by
/// their ratings. Of a stopped unit the step-up transformer is off. The load that a lost circuit costs is what the other circuits cannot carry
/// and neither units elsewhere nor ties nor batteries above their reserve charge can give. Not modelled: the hours beside the highest step,
/// outages of lines in the run, what the network's limits would do to dispatch.
/// </remarks>
public sealed class NetworkDay
{
    private const int DaysBetweenOutages = 7;
    private static readonly PowerFlowOptions Options = new() { Start = FlowStart.Warm, ActiveLimits = false };
    private readonly Scenario scenario;
    private readonly PowerPlant plant;
    private readonly double gridMostMw;
    private readonly double mvarPerMw;
    private readonly double[] outputMw;
    private readonly int[] running;
    private readonly int[] blocks;
    private readonly double[] reachMw;
    private readonly int[] circuits;
    private readonly LineOutage?[] outages;
    private OneLine? network;
    private PowerFlow? flow;
    private double builtMva;
    private double highestMw;
    private double hallMw;
    private double busMw;
    private double gridMw;
    private double reserveMw;
    private double closedFormMw;
    private NetworkResult result = new();

    /// <summary>Begins to watch a plant.</summary>
    public NetworkDay(Scenario scenario, PowerPlant plant)
    {
        this.scenario = scenario;
        this.plant = plant;
        gridMostMw = OneLine.GridMostMw(scenario);
        mvarPerMw = OneLine.PerMw(scenario.Power.Network.PowerFactorFraction);
        (outputMw, running, blocks) = (new double[plant.Generators.Length], new int[plant.Generators.Length], new int[plant.Batteries.Length]);
        (reachMw, circuits, outages) = (new double[plant.Sites.Length], new int[plant.Sites.Length], new LineOutage?[plant.Sites.Length]);
        Ages = new TransformerAges(scenario, plant);
    }

    /// <summary>Heat and ageing of its transformers.</summary>
    public TransformerAges Ages { get; }

    /// <summary>The network as built for the first day with load; null before that day ended.</summary>
    public OneLine? Network => network;

    /// <summary>Its voltages and flows at the last solution.</summary>
    public PowerFlow? Flow => flow;

    /// <summary>What has been found so far; null where nothing feeds the campus.</summary>
    public NetworkResult? Result => plant.Generators.Length == 0 && gridMostMw <= 0 ? null : result with
    {
        Outages = [.. outages.OfType<LineOutage>()],
        Transformers = Ages.Lives(),
    };

    /// <summary>Takes in one step.</summary>
    /// <param name="site">The campus.</param>
    /// <param name="dryBulbC">Outdoor air.</param>
    /// <param name="power">What supply gave.</param>
    /// <param name="served">What the facility got.</param>
    /// <param name="stepS">Length of the step.</param>
    public void Step(Site site, double dryBulbC, in PowerStep power, in ServedStep served, double stepS)
    {
        double behindMw = served.FacilityMw - served.StepDownLossMw;
        Ages.Step(HallMva(site, behindMw), behindMw, dryBulbC, stepS);
        if (served.FacilityMw <= highestMw) { return; }
        highestMw = served.FacilityMw;
        hallMw = behindMw;
        busMw = power.ChargeMw + power.AuxiliaryMw + power.DumpedMw - power.DischargeMw;
        gridMw = power.GridMw;
        reserveMw = Math.Max(0, Math.Min(power.BatteryMw, power.BatteryReserveMw) - power.DischargeMw);
        closedFormMw = power.StepUpLossMw + power.LineLossMw + served.StepDownLossMw;
        for (int i = 0; i < outputMw.Length; i++) { (outputMw[i], running[i]) = (plant.Generators[i].OutputMw, plant.Generators[i].Running); }
        for (int i = 0; i < blocks.Length; i++) { blocks[i] = plant.Batteries[i].State.Blocks; }
        for (int s = 0; s < reachMw.Length; s++) { reachMw[s] = plant.SiteReachMw[s]; }
    }

    /// <summary>Ends a day: solves its highest step.</summary>
    public void CloseDay(Site site, ref DayRecord day)
    {
        double hallMva = HallMva(site, hallMw);
        if (highestMw > 0 && hallMva > 0 && (plant.Generators.Length > 0 || gridMostMw > 0))
        {
            if (network is null) { Build(hallMva); }
            Schedule(hallMva);
            bool isNew = false;
            for (int s = 0; s < circuits.Length; s++)
            {
                isNew |= circuits[s] != plant.Sites[s].Circuits;
                circuits[s] = plant.Sites[s].Circuits;
            }
            Solve(site.Today, ref day.Network);
            if (day.Network.Solved && (isNew || site.Today.DayNumber % DaysBetweenOutages == 0)) { LoseCircuits(site.Today); }
        }
        highestMw = 0;
    }

    // Transformers are there for commissioned racks and what cools them, for the house, and for whatever else draws.
    private double HallMva(Site site, double behindMw)
    {
        double sizing = scenario.Power.StepDown.SizingRatio;
        return Math.Max(site.StepDownMw + sizing * scenario.Compute.HouseLoadMw, sizing * behindMw);
    }

    private void Build(double hallMva)
    {
        network = OneLine.Of(scenario, plant, hallMva);
        flow = new PowerFlow(Grid.Of(network.Case), Options);
        builtMva = hallMva;
    }

    private void Schedule(double hallMva)
    {
        // All data of a transformer are on its rating, so that capacity that comes and goes is more or fewer of the same.
        flow!.SetCapacity(network!.FirstTransformer + outputMw.Length, hallMva / builtMva);
        for (int s = 0; s < plant.Sites.Length; s++)
        {
            if (network.SiteLines[s] >= 0) { flow.SetUnits(network.SiteLines[s], plant.Sites[s].Circuits); }
        }
        for (int i = 0; i < outputMw.Length; i++)
        {
            flow.SetUnits(network.FirstTransformer + i, running[i]);
            flow.SetOutput(i, outputMw[i], (double)running[i] / plant.Generators[i].Units.Length);
        }
        if (network.GridSource >= 0) { flow.SetOutput(network.GridSource, gridMw, plant.GridLimitMw / gridMostMw); }
        for (int b = 0; b < blocks.Length; b++) { flow.SetOutput(network.FirstBattery + b, 0, (double)blocks[b] / scenario.Power.Batteries[b].Count); }
        flow.SetLoad(flow.Grid.NodeOf(network.CampusBus), busMw, 0);
        flow.SetLoad(flow.Grid.NodeOf(network.HallBus), hallMw, hallMw * mvarPerMw);
    }

    private void Solve(DateOnly today, ref NetworkDayRecord day)
    {
        PowerFlowOutcome outcome = flow!.Solve();
        day.ClosedFormLossMw = closedFormMw;
        if (!outcome.Converged || outcome.DeadMw > 0)
        {
            string why = outcome.Converged ? "halls are cut off from every source" : outcome.Why(flow.Grid);
            result = result with { FailedDays = result.FailedDays + 1, FirstFailure = result.FirstFailure ?? why, FirstFailureOn = result.FirstFailureOn ?? today };
            return;
        }
        day.Solved = true;
        day.LossMw = outcome.LossMw;
        int firstTransformer = network!.FirstTransformer, line = -1, transformer = -1, bus = -1;
        for (int k = 0; k < flow.Flows.Length; k++)
        {
            double loading = flow.Flows[k].LoadingFraction;
            if (k < firstTransformer && loading > day.LineLoadingFraction) { (day.LineLoadingFraction, line) = (loading, k); }
            if (k >= firstTransformer && loading > day.TransformerLoadingFraction) { (day.TransformerLoadingFraction, transformer) = (loading, k); }
        }
        day.LowestVoltagePu = double.MaxValue;
        for (int i = 0; i < network.Case.Buses.Count; i++)
        {
            double voltagePu = flow.VoltagePu[flow.Grid.NodeOf(i)];
            if (voltagePu > 0 && voltagePu < day.LowestVoltagePu) { (day.LowestVoltagePu, bus) = (voltagePu, i); }
        }
        day.ReactiveMarginMvar = ReactiveMarginMvar();
        Remember(today, day, line, transformer, bus);
    }

    private double ReactiveMarginMvar()
    {
        double marginMvar = 0;
        for (int s = 0; s < flow!.OutputMvar.Length; s++)
        {
            SourceSpec source = network!.Case.Generators[s];
            double part = s < running.Length ? (double)running[s] / plant.Generators[s].Units.Length
                : s == network.GridSource ? plant.GridLimitMw / gridMostMw
                : (double)blocks[s - network.FirstBattery] / scenario.Power.Batteries[s - network.FirstBattery].Count;
            marginMvar += (source.MaxReactiveMvar ?? source.RatedMva ?? 0) * part - flow.OutputMvar[s];
        }
        return marginMvar;
    }

    private void Remember(DateOnly today, in NetworkDayRecord day, int line, int transformer, int bus)
    {
        NetworkResult was = result;
        bool isFirst = was.SolvedDays == 0;
        result = was with
        {
            SolvedDays = was.SolvedDays + 1,
            LossMw = was.LossMw + (day.LossMw - was.LossMw) / (was.SolvedDays + 1),
            ClosedFormLossMw = was.ClosedFormLossMw + (day.ClosedFormLossMw - was.ClosedFormLossMw) / (was.SolvedDays + 1),
            Line = line >= 0 && day.LineLoadingFraction > was.Line.Value ? new NetworkExtreme(flow!.Grid.Branches[line].Name, day.LineLoadingFraction, today) : was.Line,
            Transformer = transformer >= 0 && day.TransformerLoadingFraction > was.Transformer.Value
                ? new NetworkExtreme(flow!.Grid.Branches[transformer].Name, day.TransformerLoadingFraction, today) : was.Transformer,
            Voltage = bus >= 0 && (isFirst || day.LowestVoltagePu < was.Voltage.Value) ? new NetworkExtreme(network!.Case.Buses[bus].Name, day.LowestVoltagePu, today) : was.Voltage,
            ReactiveMargin = isFirst || day.ReactiveMarginMvar < was.ReactiveMargin.Value ? new NetworkExtreme("", day.ReactiveMarginMvar, today) : was.ReactiveMargin,
            LowVoltageDays = was.LowVoltageDays + (bus >= 0 && Contingencies.IsViolated(network!.Case.Buses[bus], day.LowestVoltagePu) ? 1 : 0),
            OverloadedDays = was.OverloadedDays + (day.LineLoadingFraction > 1 || day.TransformerLoadingFraction > 1 ? 1 : 0),
        };
    }

    // One circuit of each line in turn, at the highest step of today.
    private void LoseCircuits(DateOnly today)
    {
        for (int s = 0; s < circuits.Length; s++)
        {
            int line = network!.SiteLines[s];
            if (line < 0 || circuits[s] == 0) { continue; }
            flow!.SetUnits(line, circuits[s] - 1);
            PowerFlowOutcome outcome = flow.Solve();
            double loading = 0;
            for (int k = 0; k < network.FirstTransformer; k++) { loading = Math.Max(loading, flow.Flows[k].LoadingFraction); }
            flow.SetUnits(line, circuits[s]);
            double lostMw = Math.Max(0, Behind(s) - (circuits[s] - 1) * plant.Sites[s].Line!.RatedMw - SpareElsewhere(s));
            LineOutage outage = new(network.Case.Lines[line].Name, today, circuits[s], outcome.Converged ? loading : 0, lostMw, outcome.Converged);
            if (outages[s] is not { } worst || IsWorse(outage, worst)) { outages[s] = outage; }
        }
    }

    private static bool IsWorse(LineOutage one, LineOutage than) => one.Converged != than.Converged ? !one.Converged
        : one.LoadLostMw != than.LoadLostMw ? one.LoadLostMw > than.LoadLostMw : one.LoadingFraction > than.LoadingFraction;

    private double Behind(int site)
    {
        double sentMw = 0;
        for (int i = 0; i < outputMw.Length; i++) { sentMw += plant.Generators[i].Site == site ? outputMw[i] : 0; }
        return sentMw;
    }

    private double SpareElsewhere(int site)
    {
        double spareMw = plant.GridLimitMw - gridMw + reserveMw;
        for (int s = 0; s < reachMw.Length; s++) { spareMw += s == site ? 0 : Math.Max(0, reachMw[s] - Behind(s)); }
        return spareMw;
    }
}
