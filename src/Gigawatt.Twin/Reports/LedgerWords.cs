using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>Names of ledgers and their lines for people, and the ledgers as tables.</summary>
internal static class LedgerWords
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["step_up_transformers"] = "Step-up transformers",
        ["step_down_transformers"] = "Step-down transformers",
        ["useful_it"] = "Useful IT",
        ["house"] = "House load",
        ["lines"] = "Medium-voltage lines",
        ["cdu_pumps"] = "CDU pumps",
        ["pumps"] = "Facility and tower pumps",
        ["fabric"] = "Fabric switches",
        ["hall_fans"] = "Hall fans",
        ["cooling_fans"] = "Fans outdoors",
        ["it_capital"] = "Capital of racks and fabric",
        ["facility_capital"] = "Capital of plant and buildings",
        ["operating"] = "Operation",
        ["detection"] = "Failure detection",
        ["waiting_for_nodes"] = "Waiting for nodes",
        ["program_start"] = "Start of the program",
        ["checkpoint_load"] = "Load of the checkpoint",
        ["planned_stop"] = "Planned stops",
        ["not_yet_safe"] = "Not yet safe",
        ["lost_work"] = "Lost work",
        ["rent_received_from_related"] = "Rent received from related parties",
        ["gpu_time"] = "GPU-time",
        ["serving_idle"] = "Serving, without requests",
        ["rented_out"] = "Rented out",
        ["serving_revenue"] = "Tokens sold",
        ["leases"] = "Leases",
        ["stored_in_batteries"] = "Stored in batteries",
        ["held_back_power"] = "Held back for want of power",
        ["held_back_cooling"] = "Held back for want of cooling",
    };

    /// <summary>A line or ledger for people.</summary>
    public static string Label(string name) =>
        Labels.TryGetValue(name, out string? label) ? label : Readable.Sentence(name.Replace('_', ' '));

    /// <summary>A line inside a sentence: its first letter small unless it is an abbreviation.</summary>
    public static string InSentence(string name)
    {
        string label = Label(name);
        return label.Length > 1 && char.IsUpper(label[1]) ? label : char.ToLowerInvariant(label[0]) + label[1..];
    }

    /// <summary>The largest line of a side, some left out.</summary>
    public static (string Name, double Amount) Largest(Ledger ledger, Side side, params ReadOnlySpan<string> except)
    {
        (string Name, double Amount) largest = ("", 0);
        for (int i = 0; i < ledger.Lines.Count; i++)
        {
            (string name, Side of) = ledger.Lines[i];
            if (of == side && !except.Contains(name) && ledger[i] > largest.Amount) { largest = (name, ledger[i]); }
        }
        return largest;
    }

    /// <summary>All ledgers of a run as tables.</summary>
    public static IReadOnlyList<LedgerData> Tables(RunResult run) =>
        run.Ledgers.Select(Table).ToArray();

    private static LedgerData Table(Ledger ledger)
    {
        var rows = new LedgerRow[ledger.Lines.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            (string name, Side side) = ledger.Lines[i];
            rows[i] = new LedgerRow(Label(name), SideKey(side), ledger[i] + 0.0);
        }
        return new LedgerData(ledger.Name, Label(ledger.Name), ledger.Unit, ledger.RelativeResidual, rows);
    }

    private static string SideKey(Side side) => side switch
    {
        Side.In => "in",
        Side.Out => "out",
        _ => "stored",
    };
}
