using Gigawatt.Numerics;
using Gigawatt.Power.Protection;
using Gigawatt.Power.Transients;

namespace Gigawatt.Studies;

/// <summary><c>gw study frequency</c>: what frequency does in the seconds after something happened, and who trips.</summary>
public static class FrequencyStudy
{
    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<FrequencyInput>(
        "frequency", "Does the bus ride through a crash, a trip or a lost grid, and how much battery is enough?", "studies/job-crash.yaml", Answer);

    /// <summary>The answer to an input.</summary>
    /// <exception cref="CaseException">Parts of the input do not fit together.</exception>
    public static StudyAnswer Answer(FrequencyInput input)
    {
        CampusBusSpec spec = Spec(input);
        CampusBus bus = new(spec);
        Disturbance[] events = Events(input, spec);
        double firstS = events.Min(one => one.AtS);
        TransientWorkspace work = new();
        TransientTrace trace = new();
        FrequencyAnswerBattery? smallest = null;
        if (input.Size is { } size)
        {
            int group = IndexOf(spec.Forming.Select(one => one.Name), size.Group);
            int? count = BatterySizing.SmallestCount(spec, group, size.Most, events, input.HorizonS, input.StepS, work);
            if (count is { } enough)
            {
                GridFormingSpec block = spec.Forming[group];
                smallest = new FrequencyAnswerBattery(block.Name, enough, enough * block.RatedMva, enough * block.CapacityMwh);
            }
        }
        TransientOutcome outcome = Transient.Simulate(bus, events, input.HorizonS, input.StepS, work, trace);
        Trip[] trips = work.Trips.ToArray();
        int[] lost = Lost(spec, events, trips, outcome.Verdict);
        double storedMwh = 0;
        for (int i = 0; i < bus.Forming.Length; i++) { storedMwh += bus.Forming[i].Count * work.State[bus.Forming[i].Offset + 2]; }
        FrequencyAnswerTrip[] told = [.. trips.Select(trip => new FrequencyAnswerTrip(trip.AtS - firstS, NameOf(spec, trip), trip.Count, trip.Cause, trip.FrequencyHz, trip.PowerMw))];
        FrequencyAnswer data = new(
            outcome.PeakHz, Math.Max(0, outcome.PeakS - firstS), outcome.NadirHz, Math.Max(0, outcome.NadirS - firstS), outcome.EndHz, outcome.EndS - firstS,
            outcome.InitialHzPerS, outcome.WorstHzPerS, outcome.Verdict,
            [.. told.Where(trip => trip.Cause != TripCause.LoadShedding)], [.. told.Where(trip => trip.Cause == TripCause.LoadShedding)],
            Margins(bus, work, outcome), outcome.ShedMw, outcome.UnitsLost, outcome.GivenMwh, outcome.AbsorbedMwh,
            HarmlessBound.IsHarmless(bus, events, input.HorizonS), smallest,
            Restoration.TimeS(input.Restoration, outcome.Verdict, [.. spec.Machines.Select((group, i) => new LostUnits(lost[i], group.StartS, group.RatedMw))], storedMwh));
        string finding = Finding(input, data);
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = finding,
            Remarks = Remarks(input, spec, data),
            Tables = Tables(data),
            Data = data,
            Charts = FrequencyCharts.Of(bus, trace, data, finding, firstS),
        };
    }

    /// <summary>The bus of an input.</summary>
    /// <exception cref="CaseException">There is nothing on it.</exception>
    public static CampusBusSpec Spec(FrequencyInput input)
    {
        double carriedMw = (input.ImportMw ?? 0) + input.Machines.Sum(one => one.CarryingMw) + input.Forming.Sum(one => one.SetPointMw) + input.Following.Sum(one => one.SetPointMw);
        return new CampusBusSpec
        {
            NominalHz = input.NominalHz,
            Machines = input.Machines,
            Forming = input.Forming,
            Following = input.Following,
            Shedding = input.Shedding,
            Loads = input.Loads.Count > 0 ? input.Loads : [new LoadBlockSpec { Name = "load", PowerMw = Math.Max(0, carriedMw) }],
            Sharing = input.Sharing,
            ImportMw = input.ImportMw,
            LoadDampingPu = input.LoadDampingPu,
        };
    }

    /// <summary>The events of an input as disturbances of its bus.</summary>
    /// <exception cref="CaseException">An event does not fit the bus or the horizon.</exception>
    public static Disturbance[] Events(FrequencyInput input, CampusBusSpec spec)
    {
        List<CaseProblem> problems = [];
        if (input.Events.Count == 0) { problems.Add(new("events", "at least one event", "none")); }
        Disturbance[] events = new Disturbance[input.Events.Count];
        for (int i = 0; i < events.Length; i++)
        {
            FrequencyEventSpec one = input.Events[i];
            string path = $"events[{i}]";
            if (one.AtS >= input.HorizonS)
            {
                problems.Add(new($"{path}.at", FormattableString.Invariant($"a time before the horizon of {input.HorizonS:0.###} s"), FormattableString.Invariant($"{one.AtS:0.###} s")));
            }
            (string what, string[] names) = one.Kind switch
            {
                DisturbanceKind.UnitTrip => ("machine group", [.. spec.Machines.Select(group => group.Name)]),
                DisturbanceKind.FormingLoss => ("grid-forming group", [.. spec.Forming.Select(group => group.Name)]),
                DisturbanceKind.FollowingLoss => ("grid-following group", [.. spec.Following.Select(group => group.Name)]),
                DisturbanceKind.LoadChange or DisturbanceKind.LoadDip => ("load", [.. spec.Loads.Select(load => load.Name)]),
                _ => ("", Array.Empty<string>()),
            };
            int index = 0;
            if (names.Length > 0 || what.Length > 0)
            {
                index = one.Of is null && names.Length == 1 ? 0 : IndexOf(names, one.Of ?? "");
                if (index < 0)
                {
                    problems.Add(new($"{path}.of", $"the name of a {what} ({string.Join(", ", names)})",
                        one.Of is null ? "nothing" : $"'{one.Of}'{Suggestion.Phrase(one.Of, names)}"));
                    continue;
                }
            }
            int present = one.Kind switch
            {
                DisturbanceKind.UnitTrip => spec.Machines[index].Count,
                DisturbanceKind.FormingLoss => spec.Forming[index].Count,
                DisturbanceKind.FollowingLoss => spec.Following[index].Count,
                _ => int.MaxValue,
            };
            if (one.Count > present) { problems.Add(new($"{path}.count", $"at most the {present} that there are", $"{one.Count}")); }
            if (one.Kind == DisturbanceKind.GridLoss && spec.ImportMw is null) { problems.Add(new($"{path}.kind", "a grid that can be lost: give 'import'", "an island")); }
            double changeMw = one.ChangeMw ?? 0;
            if (one.Kind is DisturbanceKind.LoadChange or DisturbanceKind.LoadDip)
            {
                double powerMw = spec.Loads[index].PowerMw;
                if (one.ChangeMw is null == one.ChangeShareFraction is null) { problems.Add(new($"{path}.change", "one of change and change_share", one.ChangeMw is null ? "neither" : "both")); }
                changeMw = one.ChangeMw ?? one.ChangeShareFraction.GetValueOrDefault() * powerMw;
                if (powerMw + changeMw < -1e-9)
                {
                    problems.Add(new($"{path}.change", FormattableString.Invariant($"at most the {powerMw:0.###} MW that '{spec.Loads[index].Name}' draws"), FormattableString.Invariant($"{-changeMw:0.###} MW less")));
                }
            }
            events[i] = new Disturbance(one.Kind, one.AtS, index, one.Count, changeMw, one.RampS, one.DurationS, one.VoltagePu);
        }
        return problems.Count > 0 ? throw new CaseException(problems) : events;
    }

    private static int IndexOf(IEnumerable<string> names, string name) => names.ToList().IndexOf(name);

    private static int[] Lost(CampusBusSpec spec, Disturbance[] events, Trip[] trips, TransientVerdict verdict)
    {
        int[] lost = new int[spec.Machines.Count];
        foreach (Disturbance one in events) { if (one.Kind == DisturbanceKind.UnitTrip) { lost[one.Index] += one.Count; } }
        foreach (Trip trip in trips) { if (trip.Kind == DeviceKind.Machine) { lost[trip.Index] += trip.Count; } }
        for (int i = 0; i < lost.Length; i++) { lost[i] = verdict == TransientVerdict.Black ? spec.Machines[i].Count : Math.Min(lost[i], spec.Machines[i].Count); }
        return lost;
    }

    private static string NameOf(CampusBusSpec spec, Trip trip) => NameOf(spec, trip.Kind, trip.Index);

    private static string NameOf(CampusBusSpec spec, DeviceKind kind, int index) => kind switch
    {
        DeviceKind.Machine => spec.Machines[index].Name,
        DeviceKind.Forming => spec.Forming[index].Name,
        DeviceKind.Following => spec.Following[index].Name,
        DeviceKind.Load => spec.Loads[index].Name,
        _ => "bus",
    };

    private static FrequencyAnswerMargin[] Margins(CampusBus bus, TransientWorkspace work, in TransientOutcome outcome)
    {
        FrequencyAnswerMargin[] margins = new FrequencyAnswerMargin[bus.Stages.Length];
        for (int i = 0; i < margins.Length; i++)
        {
            StageRow row = bus.Stages[i];
            double levelHz = bus.Spec.NominalHz * (1 + row.LevelPu);
            margins[i] = new FrequencyAnswerMargin(
                NameOf(bus.Spec, row.Kind, row.Index), levelHz, row.DelayS, row.Over ? levelHz - outcome.PeakHz : outcome.NadirHz - levelHz, work.WorstClocksS[i]);
        }
        return margins;
    }

    private static string Finding(FrequencyInput input, FrequencyAnswer data)
    {
        string course = data.PeakHz - input.NominalHz >= input.NominalHz - data.NadirHz
            ? FormattableString.Invariant($"frequency rises to {data.PeakHz:0.00} Hz after {data.PeakS:0.00} s")
            : FormattableString.Invariant($"frequency falls to {data.NadirHz:0.00} Hz after {data.NadirS:0.00} s");
        string end = data.Verdict switch
        {
            TransientVerdict.RiddenThrough => FormattableString.Invariant($"the bus rides through and ends at {data.EndHz:0.00} Hz"),
            TransientVerdict.Shed => FormattableString.Invariant($"{data.ShedMw:0.#} MW of load are shed and the rest holds at {data.EndHz:0.00} Hz"),
            TransientVerdict.Tripped => FormattableString.Invariant($"{data.Trips.Sum(trip => trip.Count)} units or blocks trip and the rest holds at {data.EndHz:0.00} Hz"),
            _ => FormattableString.Invariant($"the bus is black after {data.EndS:0.0} s"),
        };
        string enough = input.Size is null ? ""
            : data.SmallestBattery is { } battery ? FormattableString.Invariant($"; {battery.Blocks} grid-forming {(battery.Blocks == 1 ? "block" : "blocks")} ({battery.PowerMva:0.#} MVA) {(battery.Blocks == 1 ? "is" : "are")} enough to ride through")
            : FormattableString.Invariant($"; not even {input.Size.Most} grid-forming blocks ride through");
        return char.ToUpperInvariant(course[0]) + course[1..] + ": " + end + enough + ".";
    }

    private static List<string> Remarks(FrequencyInput input, CampusBusSpec spec, FrequencyAnswer data)
    {
        List<string> remarks = [];
        foreach (MachineGroupSpec group in spec.Machines)
        {
            foreach (string conflict in FrequencyRelayCurves.Conflicts(group.Relay, input.RideThrough)) { remarks.Add($"Relay of {group.Name}: {conflict}."); }
        }
        if (data.Verdict == TransientVerdict.RiddenThrough && data.IsHarmless) { remarks.Add("A closed bound says the same without simulation: nothing can trip."); }
        if (data.TimeToRestoreS > 0 && double.IsFinite(data.TimeToRestoreS)) { remarks.Add($"All lost units can take load again after {Figures.Duration(data.TimeToRestoreS)}."); }
        if (!double.IsFinite(data.TimeToRestoreS)) { remarks.Add("The dead bus cannot be energised: no grid-forming battery has the energy to start a machine."); }
        remarks.Add("All machines swing together; swings against each other, voltage control and the network are left out.");
        return remarks;
    }

    private static List<StudyTable> Tables(FrequencyAnswer data)
    {
        List<StudyTable> tables =
        [
            StudyTable.Of("What frequency does", ["", "Hz", "after, s"],
            [
                ["peak", Hz(data.PeakHz), data.PeakS], ["nadir", Hz(data.NadirHz), data.NadirS], ["end", Hz(data.EndHz), data.EndS],
            ]),
            StudyTable.Of("How near relays came", ["device", "level, Hz", "delay, s", "margin, Hz", "longest beyond, s"],
                data.Margins.Select(one => new object?[] { one.Device, Hz(one.LevelHz), one.DelayS, one.MarginHz, one.LongestS })),
        ];
        if (data.Trips.Count + data.Shed.Count > 0)
        {
            tables.Insert(1, StudyTable.Of("What was disconnected", ["after, s", "device", "count", "cause", "Hz", "MW"],
                data.Trips.Concat(data.Shed).OrderBy(one => one.TimeS).Select(one => new object?[]
                    { one.TimeS, one.Device, one.Count, SnakeCase.Of(one.Cause.ToString()).Replace('_', ' '), Hz(one.FrequencyHz), one.PowerMw })));
        }
        return tables;
    }

    private static string Hz(double frequencyHz) => FormattableString.Invariant($"{frequencyHz:0.0000}");
}
