using Gigawatt.Power;
using Gigawatt.Power.Networks;
using Gigawatt.Scenarios;

namespace Gigawatt.Simulation;

/// <summary>The one-line network of a campus, derived from its scenario, with where each part of the plant stands in it.</summary>
/// <remarks>
/// A bus for the terminals of each generating group, its units alike and side by side behind a step-up transformer each; a collector for each
/// parcel with a line; the campus bus with grid ties and batteries; one bus behind equal step-down transformers. Resistance r of a transformer
/// is its load loss on its rating, of a line its loss at rating; x = √(z² − r²), and of a line from its length or from X/R. A rating in MW is
/// read at the power factor of the load. Not modelled: what lies between bars and panels, sections of the campus bus.
/// </remarks>
public sealed class OneLine
{
    private OneLine(NetworkCase network, int campusBus, int hallBus, int[] siteLines, int firstTransformer, int gridSource, int firstBattery)
    {
        Case = network;
        CampusBus = campusBus;
        HallBus = hallBus;
        SiteLines = siteLines;
        FirstTransformer = firstTransformer;
        GridSource = gridSource;
        FirstBattery = firstBattery;
    }

    /// <summary>The network with everything in service that is ever built.</summary>
    public NetworkCase Case { get; }

    /// <summary>Place of the campus bus among the buses.</summary>
    public int CampusBus { get; }

    /// <summary>Place of the bus behind the step-down transformers.</summary>
    public int HallBus { get; }

    /// <summary>Place of each parcel's line among the branches; −1 without one.</summary>
    public IReadOnlyList<int> SiteLines { get; }

    /// <summary>Place of the first step-up transformer among the branches; those of the other groups follow, then the step-down transformers.</summary>
    public int FirstTransformer { get; }

    /// <summary>Place of the grid among the sources, behind the generating groups; −1 without one.</summary>
    public int GridSource { get; }

    /// <summary>Place of the first battery group among the sources.</summary>
    public int FirstBattery { get; }

    /// <summary>Import that all grid ties together would allow.</summary>
    public static double GridMostMw(Scenario scenario) => scenario.Power.Grid.Sum(tie => tie.Tie.ImportLimitMw);

    /// <summary>Derives the network of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="plant">Its plant, whose order of groups and parcels the network keeps.</param>
    /// <param name="hallMva">Capacity of the step-down transformers in service.</param>
    public static OneLine Of(Scenario scenario, PowerPlant plant, double hallMva)
    {
        OneLineSpec spec = scenario.Power.Network;
        Dictionary<string, int> taken = new(StringComparer.Ordinal);
        string Named(string name) => taken.TryAdd(name, 1) ? name : $"{name} {++taken[name]}";
        string campus = Named("campus bus"), halls = Named("halls");
        List<BusSpec> buses = [new() { Name = campus, BaseKv = spec.NominalKv }, new() { Name = halls, BaseKv = spec.HallKv }];
        List<SourceSpec> sources = [];
        List<LineSpec> lines = [];
        List<GridTransformerSpec> transformers = [];
        string[] collectors = new string[plant.Sites.Length];
        int[] siteLines = new int[plant.Sites.Length];
        for (int s = 0; s < plant.Sites.Length; s++)
        {
            (collectors[s], siteLines[s]) = (campus, -1);
            if (plant.Sites[s].Line is not { } line || s == 0) { continue; }
            collectors[s] = Named($"{plant.Sites[s].Name} collector");
            siteLines[s] = lines.Count;
            buses.Add(new BusSpec { Name = collectors[s], BaseKv = spec.NominalKv });
            LineGroupSpec[] circuits = [.. scenario.Power.Lines.Where(one => one.From == plant.Sites[s].Name)];
            lines.Add(LineOf(spec, line, Named(circuits[0].Name), collectors[s], campus, circuits.Sum(one => one.Count)));
        }
        foreach (GeneratorGroup group in plant.Generators)
        {
            string terminals = Named($"{group.Name} terminals");
            double machineMva = group.Spec.RatedMw * group.Spec.MachineMvaRatio;
            int count = group.Units.Length;
            buses.Add(new BusSpec { Name = terminals, BaseKv = spec.GeneratorKv });
            transformers.Add(TransformerOf(
                plant.StepUp, spec.StepUpImpedanceFraction, Named($"step-up of {group.Name}"), collectors[group.Site], terminals,
                group.Spec.RatedMw * plant.StepUp.SizingRatio, count));
            sources.Add(new SourceSpec
            {
                Name = group.Name,
                Bus = terminals,
                VoltagePu = spec.GeneratorVoltagePu,
                ParticipationFactor = count * group.Spec.RatedMw,
                RatedMva = count * machineMva,
                SubtransientPu = spec.SubtransientPu,
                MaxReactiveMvar = count * Math.Sqrt(machineMva * machineMva - group.Spec.RatedMw * group.Spec.RatedMw),
                MinReactiveMvar = -count * spec.AbsorbedFraction * machineMva,
            });
        }
        double gridMw = GridMostMw(scenario);
        int gridSource = gridMw > 0 ? sources.Count : -1;
        if (gridMw > 0)
        {
            double most = gridMw * PerMw(spec.TiePowerFactorFraction);
            sources.Add(new SourceSpec
            {
                Name = Named("grid"),
                Bus = campus,
                VoltagePu = spec.BusVoltagePu,
                ParticipationFactor = gridMw,
                RatedMva = gridMw / spec.TiePowerFactorFraction,
                SubtransientPu = spec.SubtransientPu,
                MaxReactiveMvar = most,
                MinReactiveMvar = -most,
            });
        }
        int firstBattery = sources.Count;
        for (int b = 0; b < plant.Batteries.Length; b++)
        {
            BatterySpec block = plant.Batteries[b].Spec;
            sources.Add(new SourceSpec
            {
                Name = plant.Batteries[b].Name,
                Bus = campus,
                VoltagePu = spec.BusVoltagePu,
                VoltageDroopFraction = spec.BatteryDroopFraction,
                Inverter = true,
                RatedMva = scenario.Power.Batteries[b].Count * (block.ApparentMva ?? block.RatedMw),
            });
        }
        int blocks = Math.Max(1, (int)Math.Ceiling(hallMva / spec.HallBlockMva - 1e-9));
        transformers.Add(TransformerOf(scenario.Power.StepDown, spec.StepDownImpedanceFraction, Named("step-down of halls"), campus, halls, hallMva / blocks, blocks));
        NetworkCase network = new() { Name = scenario.Name, Buses = buses, Generators = sources, Lines = lines, Transformers = transformers };
        return new OneLine(network, 0, 1, siteLines, lines.Count, gridSource, firstBattery);
    }

    /// <summary>Reactive power for each MW at a power factor.</summary>
    public static double PerMw(double powerFactorFraction) => Math.Sqrt(1 - powerFactorFraction * powerFactorFraction) / powerFactorFraction;

    /// <summary>Short-circuit power of the machines and ties that are on, at the campus bus: the network is a star, so reactances in series and side by side give it.</summary>
    public static double StrengthMva(Scenario scenario, Generation generation)
    {
        OneLineSpec spec = scenario.Power.Network;
        PowerPlant plant = generation.Plant;
        double sumMva = generation.Ties.LimitMw / spec.TiePowerFactorFraction / spec.SubtransientPu;
        for (int s = 0; s < plant.Sites.Length; s++)
        {
            double parcelMva = 0;
            for (int i = 0; i < plant.Generators.Length; i++)
            {
                GeneratorGroup group = plant.Generators[i];
                if (group.Site != s) { continue; }
                double machineMva = group.Spec.RatedMw * group.Spec.MachineMvaRatio / spec.SubtransientPu;
                double stepUpPerMva = spec.StepUpImpedanceFraction / (group.Spec.RatedMw * plant.StepUp.SizingRatio);
                parcelMva += group.Running * SagDepth.Through(machineMva, stepUpPerMva);
            }
            if (s > 0 && plant.Sites[s].Line is { } line)
            {
                LineSpec one = LineOf(spec, line, "", "", "", 1);
                double linePerMva = one.ReactanceOhmPerM * one.LengthM / (spec.NominalKv * spec.NominalKv);
                parcelMva = plant.Sites[s].Circuits > 0 ? SagDepth.Through(parcelMva, linePerMva / plant.Sites[s].Circuits) : 0;
            }
            sumMva += parcelMva;
        }
        return sumMva;
    }

    /// <summary>What the batteries that are on give into a short circuit at the campus bus: their inverters' limited current at nominal voltage.</summary>
    public static double InverterMva(Generation generation)
    {
        double sumMva = 0;
        foreach (BatteryGroup battery in generation.Plant.Batteries)
        {
            BatterySpec block = battery.Spec;
            sumMva += battery.State.Blocks * (block.ApparentMva ?? block.RatedMw) * Math.Max(1, block.OverloadFactor);
        }
        return sumMva;
    }

    // On the rating S of one circuit: r = share lost · P/S, so that the loss at full current is what is stated.
    private static LineSpec LineOf(OneLineSpec spec, PowerLineSpec line, string name, string from, string to, int circuits)
    {
        double ratedMva = line.RatedMw / spec.PowerFactorFraction;
        double ohm = spec.NominalKv * spec.NominalKv / ratedMva;
        double resistance = Math.Max(1e-6, line.LossAtRatedFraction * spec.PowerFactorFraction) * ohm;
        double lengthM = line.LengthM ?? 1;
        return new LineSpec
        {
            Name = name,
            From = from,
            To = to,
            LengthM = lengthM,
            ResistanceOhmPerM = resistance / lengthM,
            ReactanceOhmPerM = line.LengthM is null ? resistance * spec.LineXToRRatio : spec.LineReactanceOhmPerM,
            AmpacityKa = ratedMva / (Math.Sqrt(3) * spec.NominalKv),
            Circuits = circuits,
        };
    }

    private static GridTransformerSpec TransformerOf(
        TransformerSpec spec, double impedanceFraction, string name, string from, string to, double ratedMva, int count)
    {
        double resistance = Math.Max(1e-6, spec.LoadLossFraction);
        return new GridTransformerSpec
        {
            Name = name,
            From = from,
            To = to,
            RatedMva = ratedMva,
            Count = count,
            ImpedanceFraction = impedanceFraction,
            XToRRatio = Math.Sqrt(impedanceFraction * impedanceFraction - resistance * resistance) / resistance,
            NoLoadLossFraction = spec.NoLoadLossFraction,
        };
    }
}
