using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>Energy of the run from fuel and grid to useful IT, with every loss of the energy ledger by its name.</summary>
/// <remarks>
/// Every line of the ledger is one link into a node of its own, so that the nodes between balance as the ledger does. Energy taken
/// out of batteries that were fuller at the start comes in beside fuel and grid. Where units stand idle, the losses of their
/// transformers and lines are drawn from the bus, which feeds them then.
/// </remarks>
internal sealed class EnergySankey
{
    private const string Units = "Generating units";
    private const string Bus = "Campus bus";
    private const string Batteries = "Batteries";
    private const string Cooling = "Cooling";
    private const string Halls = "Halls";

    private readonly Ledger ledger;
    private readonly List<EnergyNode> nodes = [];
    private readonly List<EnergyLink> links = [];

    private EnergySankey(Ledger ledger) => this.ledger = ledger;

    /// <summary>The chart's data.</summary>
    public static EnergyData Build(ReportInput input)
    {
        EnergySankey sankey = new(input.Run.Energy);
        sankey.Draw();
        const string Caption =
            "MWh over the run. Fuel counts at its lower heating value. Useful IT is what reaches the chips, working or waiting; "
            + "what they make of it is the GPU-time chart. Losses are those of the energy ledger, which closes. "
            + "Heat leaves through cooling and is not drawn a second time.";
        return new EnergyData(Title(input.Run.Energy), Caption + EvidenceMix.Sources(input, "power", "cooling"), sankey.nodes, sankey.links);
    }

    /// <summary>The finding, from the energy ledger.</summary>
    public static string Title(Ledger ledger)
    {
        double fuelMwh = ledger["fuel"], gridMwh = ledger["grid_import"];
        double takenMwh = fuelMwh + gridMwh;
        if (takenMwh <= 0) { return "No energy came in from fuel or grid in this run"; }
        string from = gridMwh <= 0 ? $"Of {Readable.Energy(fuelMwh)} of fuel"
            : fuelMwh <= 0 ? $"Of {Readable.Energy(gridMwh)} from the grid"
            : $"Of {Readable.Energy(takenMwh)} taken in, {Readable.Percent(fuelMwh / takenMwh)} of it fuel";
        (string name, double lossMwh) = LedgerWords.Largest(ledger, Side.Out, "useful_it");
        string loss = lossMwh > 0 ? $"; {LedgerWords.InSentence(name)} took {Readable.Percent(lossMwh / takenMwh)}" : "";
        double usefulMwh = ledger["useful_it"];
        return usefulMwh > 0 ? $"{from}, {Readable.Percent(usefulMwh / takenMwh)} reached the chips{loss}" : $"{from}, nothing reached the chips{loss}";
    }

    private void Draw()
    {
        double storedMwh = ledger["stored_in_batteries"];
        double deliveredMwh = ledger["fuel"] - ledger["turbine_waste_heat"] - ledger["step_up_transformers"] - ledger["lines"];
        string pathFrom = deliveredMwh >= 0 ? Units : Bus;
        Flow("Fuel", Units, ledger["fuel"], "fuel", "fuel");
        Flow("Grid import", Bus, ledger["grid_import"], "electricity", "electricity");
        Flow("Taken from battery charge", Bus, -storedMwh, "electricity", "electricity");
        Loss(Units, "turbine_waste_heat", "heat");
        Loss(pathFrom, "step_up_transformers");
        Loss(pathFrom, "lines");
        Flow(Units, Bus, deliveredMwh >= 0 ? deliveredMwh : ledger["fuel"] - ledger["turbine_waste_heat"], "fuel", "electricity");
        Loss(Bus, "load_banks");
        Loss(Bus, "step_down_transformers");
        Group(Batteries, "electricity", "battery_conversion", "battery_auxiliaries", "left_with_battery_blocks", "stored_in_batteries");
        Loss(Bus, "house");
        Loss(Bus, "water_treatment", "water");
        Group(Cooling, "heat", "compressors", "cooling_fans", "hall_fans", "cdu_pumps", "pumps");
        Group(Halls, "electricity", "fabric", "rack_power_shelves", "node_converters", "useful_it");
    }

    private void Group(string name, string family, params ReadOnlySpan<string> lines)
    {
        double sumMwh = 0;
        foreach (string line in lines) { sumMwh += Math.Max(0, ledger[line]); }
        Flow(Bus, name, sumMwh, "electricity", family);
        foreach (string line in lines) { Loss(name, line, line == "useful_it" ? "gpu" : line == "stored_in_batteries" ? "electricity" : "neutral"); }
    }

    private void Loss(string from, string line, string family = "neutral") => Flow(from, LedgerWords.Label(line), ledger[line], "electricity", family);

    private void Flow(string from, string to, double energyMwh, string fromFamily, string toFamily)
    {
        if (!(energyMwh > 0)) { return; }
        Node(from, fromFamily);
        Node(to, toFamily);
        links.Add(new EnergyLink(from, to, energyMwh));
    }

    private void Node(string name, string family)
    {
        if (!nodes.Any(node => node.Name == name)) { nodes.Add(new EnergyNode(name, family)); }
    }
}
