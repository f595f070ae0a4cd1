using System.Globalization;
using Gigawatt.Numerics;

namespace Gigawatt.Power.Networks;

/// <summary>Something in a MATPOWER file that cannot be used.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Part">Which part it is, such as <c>mpc.branch row 3</c>.</param>
/// <param name="Expected">What belongs there.</param>
/// <param name="Found">What stands there.</param>
public readonly record struct MatpowerProblem(int Line, int Column, string Part, string Expected, string Found);

/// <summary>A network read from a MATPOWER file.</summary>
/// <param name="Network">The network; buses are named by their numbers.</param>
/// <param name="Notes">What was converted or assumed on the way.</param>
/// <param name="Costs">Rows of <c>gencost</c> as they stand; empty when there are none.</param>
/// <param name="Lines">Line of each bus, generator and branch by its path, such as <c>branches[2]</c>.</param>
public sealed record MatpowerCase(NetworkCase Network, IReadOnlyList<string> Notes, IReadOnlyList<double[]> Costs, IReadOnlyDictionary<string, int> Lines);

/// <summary>Reads case files of MATPOWER, format version 2.</summary>
/// <remarks>
/// Format: MATPOWER User's Manual, appendix B, "Data File Format". Read: baseMVA, bus, gen, branch, gencost, bus_name; comments, block comments,
/// continued lines. A branch with ratio 0 between two base voltages is a transformer of nominal ratio, as MATPOWER computes it. Code behind the
/// tables is not run: the two conversions of the distribution cases (loads from kW, impedances from ohms) are recognised and applied, any other
/// code is refused. Voltages are held as runpf does by default: Vg at buses of type 2 and 3. Not read: dclines, areas, user data.
/// </remarks>
public static class Matpower
{
    /// <summary>Reads a case.</summary>
    /// <exception cref="CaseException">The text is no case; each problem has its line in its path.</exception>
    public static MatpowerCase Parse(string text) => TryParse(text, out IReadOnlyList<MatpowerProblem> problems)
        ?? throw new CaseException([.. problems.Select(problem => new CaseProblem($"line {problem.Line}: {problem.Part}", problem.Expected, problem.Found))]);

    /// <summary>Reads a case; null with the problems when it is none.</summary>
    public static MatpowerCase? TryParse(string text, out IReadOnlyList<MatpowerProblem> problems)
    {
        List<MatpowerProblem> found = [];
        MatpowerText parts = MatpowerText.Split(text, found);
        problems = found;
        MatpowerTable? bus = Table(parts, "bus", 13, found), gen = Table(parts, "gen", 10, found), branch = Table(parts, "branch", 11, found);
        if (parts.Version is { } version && version != "2")
        {
            found.Add(new MatpowerProblem(parts.VersionLine, 1, "version", "case format '2'", $"'{version}'; convert it with MATPOWER's loadcase and savecase"));
        }
        if (parts.BaseMva is null && !found.Any(problem => problem.Part == "baseMVA"))
        {
            found.Add(new MatpowerProblem(parts.LastLine, 1, "baseMVA", "the base power of the case", "nothing"));
        }
        if (bus is null || gen is null || branch is null || parts.BaseMva is not { } baseMva || found.Count > 0) { return null; }
        List<string> notes = [];
        Conversions conversions = Conversions.Of(parts.Code, found);
        // The tables say in a comment that code follows; without it a cut file would read as a thousand times its load.
        if (!conversions.LoadInKw && text.Contains("specified in kW", StringComparison.OrdinalIgnoreCase))
        {
            found.Add(new MatpowerProblem(bus.Line, 1, "bus", "code behind the tables that converts kW to MW, as the comment announces", "none; the file is cut off"));
        }
        if (!conversions.ImpedanceInOhm && text.Contains("specified in ohm", StringComparison.OrdinalIgnoreCase))
        {
            found.Add(new MatpowerProblem(branch.Line, 1, "branch", "code behind the tables that converts ohms, as the comment announces", "none; the file is cut off"));
        }
        if (!(baseMva > 0)) { found.Add(new MatpowerProblem(parts.LastLine, 1, "baseMVA", "more than 0", Number(baseMva))); }
        if (found.Count > 0) { return null; }
        Dictionary<string, int> lines = [];
        Dictionary<double, BusSpec> byNumber = [];
        List<BusSpec> buses = Buses(bus, conversions, byNumber, lines, found);
        double firstKv = bus.Rows[0][9];
        List<SourceSpec> sources = Sources(gen, byNumber, lines, found);
        if (conversions.ImpedanceInOhm && !(firstKv > 0)) { found.Add(new MatpowerProblem(bus.Lines[0], 1, "bus row 1", "a base voltage, by which ohms are converted", Number(firstKv))); }
        double perOhm = conversions.ImpedanceInOhm && firstKv > 0 ? baseMva / (firstKv * firstKv) : 1;
        List<BranchSpec> branches = Branches(branch, byNumber, perOhm, notes, lines, found);
        if (conversions.ImpedanceInOhm) { notes.Add("branch impedances converted from ohms, as the code behind the tables says"); }
        if (conversions.LoadInKw) { notes.Add("loads converted from kW and kvar, as the code behind the tables says"); }
        if (found.Count > 0) { return null; }
        NetworkCase network = new() { Name = parts.Name, BaseMva = baseMva, Buses = buses, Generators = sources, Branches = branches };
        return new MatpowerCase(network, notes, parts.Tables.GetValueOrDefault("gencost")?.Rows ?? [], lines);
    }

    private static MatpowerTable? Table(MatpowerText parts, string name, int columns, List<MatpowerProblem> found)
    {
        if (!parts.Tables.TryGetValue(name, out MatpowerTable? table))
        {
            if (!found.Any(problem => problem.Part.StartsWith(name, StringComparison.Ordinal)))
            {
                found.Add(new MatpowerProblem(parts.LastLine, 1, name, $"a table mpc.{name} = [ … ];", "none up to the end of the file; is it cut off?"));
            }
            return null;
        }
        if (table.Rows.Count == 0) { found.Add(new MatpowerProblem(table.Line, 1, name, "at least one row", "none")); }
        for (int i = 0; i < table.Rows.Count; i++)
        {
            if (table.Rows[i].Length < columns || table.Rows[i].Length != table.Rows[0].Length)
            {
                int wanted = Math.Max(columns, table.Rows[0].Length);
                found.Add(new MatpowerProblem(table.Lines[i], 1, $"{name} row {i + 1}", $"{wanted} numbers", $"{table.Rows[i].Length}"));
            }
        }
        return table.Rows.Count > 0 ? table : null;
    }

    private static List<BusSpec> Buses(
        MatpowerTable table, Conversions conversions, Dictionary<double, BusSpec> byNumber, Dictionary<string, int> lines, List<MatpowerProblem> found)
    {
        List<BusSpec> buses = [];
        double unit = conversions.LoadInKw ? 1e-3 : 1;
        for (int i = 0; i < table.Rows.Count; i++)
        {
            double[] row = table.Rows[i];
            string part = $"bus row {i + 1}";
            if (row[0] != Math.Floor(row[0]) || !(row[0] > 0) || row[0] > int.MaxValue) { found.Add(new(table.Lines[i], 1, part, "a bus number of 1 or more", Number(row[0]))); continue; }
            if (row[1] is not (1 or 2 or 3 or 4)) { found.Add(new(table.Lines[i], 1, part, "a type of 1 (PQ), 2 (PV), 3 (reference) or 4 (isolated)", Number(row[1]))); continue; }
            BusSpec? spec = Made(table.Lines[i], part, found, () => new BusSpec
            {
                Name = Number(row[0]),
                Kind = (BusKind)((int)row[1] - 1),
                LoadMw = row[2] * unit,
                LoadReactiveMvar = row[3] * unit,
                ShuntMw = row[4],
                ShuntReactiveMvar = row[5],
                AngleDeg = row[1] == 3 ? row[8] : 0,
                BaseKv = row[9] == 0 ? null : row[9],
                MaxVoltagePu = row[11],
                MinVoltagePu = row[12],
            });
            if (spec is null) { continue; }
            if (!byNumber.TryAdd(row[0], spec)) { found.Add(new(table.Lines[i], 1, part, "a number that no other bus has", $"{Number(row[0])} again")); }
            lines[$"buses[{buses.Count}]"] = table.Lines[i];
            buses.Add(spec);
        }
        return buses;
    }

    private static List<SourceSpec> Sources(MatpowerTable table, Dictionary<double, BusSpec> byNumber, Dictionary<string, int> lines, List<MatpowerProblem> found)
    {
        List<SourceSpec> sources = [];
        for (int i = 0; i < table.Rows.Count; i++)
        {
            double[] row = table.Rows[i];
            string part = $"gen row {i + 1}";
            if (!byNumber.TryGetValue(row[0], out BusSpec? bus)) { found.Add(new(table.Lines[i], 1, part, "the number of a bus", Number(row[0]))); continue; }
            SourceSpec? spec = Made(table.Lines[i], part, found, () => new SourceSpec
            {
                Name = $"G{i + 1} at {bus.Name}",
                Bus = bus.Name,
                OutputMw = row[1],
                OutputReactiveMvar = row[2],
                MaxReactiveMvar = Limit(row[3]),
                MinReactiveMvar = Limit(row[4]),
                VoltagePu = bus.Kind is BusKind.Generator or BusKind.Reference && row[7] > 0 ? row[5] : null,
                RatedMva = row[6] > 0 && double.IsFinite(row[6]) ? row[6] : null,
                InService = row[7] > 0,
                MaxMw = Limit(row[8]),
                MinMw = Limit(row[9]),
            });
            if (spec is null) { continue; }
            lines[$"generators[{sources.Count}]"] = table.Lines[i];
            sources.Add(spec);
        }
        return sources;
    }

    private static List<BranchSpec> Branches(
        MatpowerTable table, Dictionary<double, BusSpec> byNumber, double perOhm, List<string> notes, Dictionary<string, int> lines, List<MatpowerProblem> found)
    {
        List<BranchSpec> branches = [];
        int nominal = 0;
        for (int i = 0; i < table.Rows.Count; i++)
        {
            double[] row = table.Rows[i];
            string part = $"branch row {i + 1}";
            if (!byNumber.TryGetValue(row[0], out BusSpec? from)) { found.Add(new(table.Lines[i], 1, part, "the number of a bus where it begins", Number(row[0]))); continue; }
            if (!byNumber.TryGetValue(row[1], out BusSpec? to)) { found.Add(new(table.Lines[i], 1, part, "the number of a bus where it ends", Number(row[1]))); continue; }
            bool twoVoltages = from.BaseKv is { } a && to.BaseKv is { } b && Math.Abs(a - b) > 1e-6 * a;
            nominal += row[8] == 0 && twoVoltages ? 1 : 0;
            BranchSpec? spec = Made(table.Lines[i], part, found, () => new BranchSpec
            {
                Label = $"{from.Name}–{to.Name}",
                From = from.Name,
                To = to.Name,
                ResistancePu = row[2] * perOhm,
                ReactancePu = row[3] * perOhm,
                ChargingPu = row[4],
                RatedMva = row[5] == 0 || double.IsPositiveInfinity(row[5]) ? null : row[5],
                TapRatio = row[8] != 0 ? row[8] : twoVoltages ? 1 : null,
                ShiftDeg = row[9],
                InService = row[10] > 0,
            });
            if (spec is null) { continue; }
            lines[$"branches[{branches.Count}]"] = table.Lines[i];
            branches.Add(spec);
        }
        if (nominal > 0) { notes.Add($"{nominal} branches of ratio 0 join two base voltages and are taken as transformers of nominal ratio"); }
        return branches;
    }

    private static T? Made<T>(int line, string part, List<MatpowerProblem> found, Func<T> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (SpecException wrong)
        {
            found.Add(new MatpowerProblem(line, 1, $"{part}, {PropertyUnit.Of(wrong.Property).Key}", wrong.Expected, Number(wrong.Found)));
            return null;
        }
    }

    private static double? Limit(double value) => double.IsInfinity(value) ? null : value;

    private static string Number(double value) => value.ToString("G10", CultureInfo.InvariantCulture);
}

/// <summary>The unit conversions that case files make in code behind their tables.</summary>
internal readonly record struct Conversions(bool ImpedanceInOhm, bool LoadInKw)
{
    // With spaces taken out; the names are those that MATPOWER's idx_bus and idx_brch give.
    private static readonly string[] Harmless =
    [
        "Vbase=mpc.bus(1,BASE_KV)*1e3", "Sbase=mpc.baseMVA*1e6", "define_constants", "end", "return",
    ];

    public static Conversions Of(IReadOnlyList<(int Line, string Text)> code, List<MatpowerProblem> found)
    {
        bool ohm = false, kw = false, hasVolts = false, hasPower = false;
        foreach ((int line, string text) in code)
        {
            string bare = string.Concat(text.Where(c => !char.IsWhiteSpace(c))).TrimEnd(';', ',');
            hasVolts |= bare == Harmless[0];
            hasPower |= bare == Harmless[1];
            bool names = bare.StartsWith('[') && (bare.EndsWith("]=idx_bus", StringComparison.Ordinal) || bare.EndsWith("]=idx_brch", StringComparison.Ordinal)
                || bare.EndsWith("]=idx_gen", StringComparison.Ordinal));
            if (bare.Length == 0 || names || Harmless.Contains(bare)) { continue; }
            if (bare is "mpc.bus(:,[PD,QD])=mpc.bus(:,[PD,QD])/1e3" or "mpc.bus(:,[PDQD])=mpc.bus(:,[PDQD])/1e3") { kw = true; }
            else if (bare is "mpc.branch(:,[BR_RBR_X])=mpc.branch(:,[BR_RBR_X])/(Vbase^2/Sbase)" or "mpc.branch(:,[BR_R,BR_X])=mpc.branch(:,[BR_R,BR_X])/(Vbase^2/Sbase)"
                && hasVolts && hasPower) { ohm = true; }
            else
            {
                string shown = text.Trim();
                found.Add(new MatpowerProblem(line, 1, "code", "tables alone, or the known conversions of loads from kW and impedances from ohms",
                    $"'{(shown.Length > 70 ? shown[..70] + "…" : shown)}'; run it in MATPOWER and save the case with savecase"));
            }
        }
        return new Conversions(ohm, kw);
    }
}
