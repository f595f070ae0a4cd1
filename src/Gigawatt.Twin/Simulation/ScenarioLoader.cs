using Gigawatt.Numerics;
using Gigawatt.Power;
using Gigawatt.Power.Transients;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Weather;

namespace Gigawatt.Simulation;

/// <summary>Reads a scenario file and checks what only the whole campus can tell: names that meet, starts that come, power that arrives.</summary>
public static class ScenarioLoader
{
    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="ScenarioException">The file has mistakes; all that could be found in one pass are listed.</exception>
    public static Reading<Scenario> Load(string path, IReadOnlyList<string>? sets = null) =>
        Checked(ScenarioReader.ReadFile<Scenario>(path, Catalog.Embedded, sets), FolderOf(path));

    /// <summary>Reads and checks a text.</summary>
    /// <exception cref="ScenarioException">The text has mistakes; all that could be found in one pass are listed.</exception>
    public static Reading<Scenario> LoadText(string text, string name, IReadOnlyList<string>? sets = null, string folder = "") =>
        Checked(ScenarioReader.ReadText<Scenario>(text, name, Catalog.Embedded, sets), folder);

    /// <summary>Reads the campuses under <c>what_if</c> of a scenario that was read: the same file with their values changed.</summary>
    /// <exception cref="ScenarioException">A changed campus has mistakes; the problems say which.</exception>
    public static IReadOnlyList<Reading<Scenario>> LoadWhatIfs(Reading<Scenario> reading, IReadOnlyList<string>? sets = null)
    {
        List<Reading<Scenario>> changed = [];
        List<Problem> problems = [];
        for (int i = 0; i < reading.Value.WhatIf.Count; i++)
        {
            try
            {
                changed.Add(LoadText(reading.Text, reading.File, [.. sets ?? [], .. reading.Value.WhatIf[i].Set], FolderOf(reading.File)));
            }
            catch (ScenarioException wrong)
            {
                string name = reading.Value.WhatIf[i].Name;
                problems.AddRange(wrong.Problems.Select(problem => At(reading, $"what_if[{i}]", problem.Expected, $"{problem.Found} in '{name}' ({problem.File}{(problem.Path.Length > 0 ? ": " + problem.Path : "")})")));
            }
        }
        return problems.Count == 0 ? changed : throw new ScenarioException(problems);
    }

    /// <summary>Folder of a scenario file, from which its weather file is found.</summary>
    public static string FolderOf(string path) => Path.GetDirectoryName(path) ?? "";

    private static Reading<Scenario> Checked(Reading<Scenario> reading, string folder)
    {
        List<Problem> problems = [];
        Scenario scenario = reading.Value;
        CheckNames(reading, problems);
        if (problems.Count == 0)
        {
            foreach (ProgrammeProblem problem in new Programme(scenario).Problems.Distinct())
            {
                string path = PathOfGroup(scenario, problem.Group);
                problems.Add(At(reading, path, problem.Expected, problem.Found));
            }
        }
        CheckPower(reading, problems);
        CheckGovernors(reading, problems);
        CheckPlans(reading, problems);
        CheckWeather(reading, folder, problems);
        if (problems.Count > 0) { throw new ScenarioException([.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column)]); }
        return reading;
    }

    private static void CheckNames(Reading<Scenario> reading, List<Problem> problems)
    {
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        foreach ((string path, string name) in Groups(reading.Value).Concat(
            reading.Value.Buildout.Permits.Select((permit, i) => ($"buildout.permits[{i}]", permit.Name))))
        {
            if (!seen.TryAdd(name, path))
            {
                problems.Add(At(reading, path + ".name", "a name of its own, since outages and roll-outs go by it", $"'{name}', also at {seen[name]}"));
            }
        }
    }

    private static void CheckPower(Reading<Scenario> reading, List<Problem> problems)
    {
        Scenario scenario = reading.Value;
        if (scenario.Power.GasTurbines.Count == 0 && scenario.Power.Grid.Count == 0)
        {
            problems.Add(At(reading, "power", "generating units under 'gas_turbines' or a connection under 'grid'", "neither"));
        }
        string? halls = scenario.Site.Parcels.Count > 0 ? scenario.Site.Parcels[0].Name : null;
        for (int i = 0; i < scenario.Power.GasTurbines.Count; i++)
        {
            if (scenario.Power.GasTurbines[i].At is { } at && at != halls && scenario.Power.Lines.All(line => line.From != at))
            {
                problems.Add(At(reading, $"power.gas_turbines[{i}].at", $"a parcel with a line to '{halls}' under 'power.lines'", $"'{at}', which has none"));
            }
        }
    }

    // One unit of every group with the governor of its kind, as the bus of the run will have it.
    private static void CheckGovernors(Reading<Scenario> reading, List<Problem> problems)
    {
        CampusFrequencySpec spec = reading.Value.Power.Frequency;
        if (!spec.IsSimulated) { return; }
        foreach (GeneratorGroupSpec group in reading.Value.Power.GasTurbines.Where(group => group.Unit.PrimeMover != PrimeMover.FuelCell))
        {
            string governor = group.Unit.PrimeMover == PrimeMover.GasEngine ? "engine_governor" : "turbine_governor";
            foreach (CaseProblem problem in CampusBus.Problems(CampusTransients.Machine(spec, group.Name, group.Unit), new()))
            {
                bool stops = problem.Path == "carrying";
                problems.Add(At(reading, $"power.frequency.{governor}", stops ? "a lower stop at or below zero, since a unit joins the bus without load" : problem.Expected,
                    $"{(stops ? "a stop above it" : problem.Found)} ('{group.Name}')"));
            }
        }
    }

    private static void CheckPlans(Reading<Scenario> reading, List<Problem> problems)
    {
        for (int i = 0; i < reading.Value.Training.Jobs.Count; i++)
        {
            string path = $"training.jobs[{i}]";
            if (reading.Value.Training.Jobs[i].Plan is not null && reading.Facts.Any(fact => fact.Path == path + ".mfu" && fact.Origin != FactOrigin.Default))
            {
                problems.Add(At(reading, path + ".mfu", "either 'mfu' or 'plan', which works it out", "both"));
            }
            try
            {
                JobPaces.Of(reading.Value, reading.Value.Training.Jobs[i]);
            }
            catch (CaseException wrong)
            {
                problems.AddRange(wrong.Problems.Select(problem => At(reading, $"{path}.{problem.Path}", problem.Expected, problem.Found)));
            }
        }
    }

    private static void CheckWeather(Reading<Scenario> reading, string folder, List<Problem> problems)
    {
        if (reading.Value.Weather.File is not { } file) { return; }
        try
        {
            WeatherFile.Read(Path.Combine(folder, file));
        }
        catch (WeatherFileException wrong)
        {
            foreach (WeatherFileProblem problem in wrong.Problems)
            {
                problems.Add(new Problem(wrong.File, problem.Line, problem.Column, "", problem.Expected, problem.Found));
            }
        }
    }

    private static Problem At(Reading<Scenario> reading, string path, string expected, string found)
    {
        Fact? fact = reading.Facts.FirstOrDefault(f => f.Path.StartsWith(path, StringComparison.Ordinal) && f.Line > 0);
        return new Problem(fact?.File ?? reading.File, fact?.Line ?? 0, fact?.Column ?? 0, path, expected, found);
    }

    private static string PathOfGroup(Scenario scenario, string group)
    {
        (string path, _) = Groups(scenario).First(g => g.Name == group);
        return path + (path.StartsWith("compute.racks", StringComparison.Ordinal) ? ".delivered" : ".online");
    }

    private static IEnumerable<(string Path, string Name)> Groups(Scenario scenario) =>
    [
        .. scenario.Compute.Racks.Select((group, i) => ($"compute.racks[{i}]", group.Name)),
        .. scenario.Compute.Fabrics.Select((group, i) => ($"compute.fabrics[{i}]", group.Name)),
        .. scenario.Power.GasTurbines.Select((group, i) => ($"power.gas_turbines[{i}]", group.Name)),
        .. scenario.Power.Batteries.Select((group, i) => ($"power.batteries[{i}]", group.Name)),
        .. scenario.Power.Lines.Select((group, i) => ($"power.lines[{i}]", group.Name)),
        .. scenario.Cooling.Chillers.Select((group, i) => ($"cooling.chillers[{i}]", group.Name)),
        .. scenario.Cooling.DryCoolers.Select((group, i) => ($"cooling.dry_coolers[{i}]", group.Name)),
        .. scenario.Cooling.Towers.Select((group, i) => ($"cooling.towers[{i}]", group.Name)),
    ];
}
