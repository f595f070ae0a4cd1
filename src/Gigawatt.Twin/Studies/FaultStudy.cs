using Gigawatt.Numerics;
using Gigawatt.Power.Protection;

namespace Gigawatt.Studies;

/// <summary>A short circuit on a campus: voltages, load that leaves and returns, frequency, and which rules that meets.</summary>
public static class FaultStudy
{
    private const int MostPoints = 2400;
    private const double CloseS = 4;

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<FaultInput>(
        "fault", "What does a short circuit do to voltages, halls and frequency, and does the load ride through?", "studies/feeder-fault.yaml", Answer);

    private static StudyAnswer Answer(FaultInput input)
    {
        FaultTrack track = FaultTrack.Of(input);
        FaultAnswer answer = track.Answer;
        double away = answer.MostLeftMw;
        string cleared = answer.ClearedAtS is { } at ? $"{Figures.Duration(at - input.Fault.StartS)} after it began" : "never: no relay saw enough current";
        string load = away < 0.01 * answer.LoadMw ? "all load rides through"
            : $"{Figures.Power(away)} of {Figures.Power(answer.LoadMw)} leave, {Figures.Power(answer.EndLeftMw)} are still away after {Figures.Duration(input.RunS)}";
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = $"The fault of {Figures.Number(answer.FaultKa)} kA is cleared {cleared}; {load}; frequency stays between {Figures.Number(answer.LowestHz, 4)} and {Figures.Number(answer.HighestHz, 4)} Hz.",
            Remarks =
            [
                answer.Verdict switch
                {
                    "slipped" => "A generator slips a pole: the campus is not stable against this fault.",
                    "standing" => "The fault stands to the end: give the branch a relay with a lower pick-up, or a time in 'cleared'.",
                    _ => "Generators stay in step.",
                },
                .. answer.HighestHz > 61.8 || answer.LowestHz < 57.5
                    ? ["Frequency passes 61.8 or 57.5 Hz, where generators' own protection usually trips at once (PRC-024 allows it); that is not modelled here."] : Array.Empty<string>(),
                .. input.Network.Inverters.Count == 0 ? Array.Empty<string>() : [$"Inverters reach {Figures.Percent(answer.MostInverterCurrentFactor)} of their current limit."],
                .. answer.Generators.Where(one => one.MayTripAtS is not null).Select(one =>
                    $"{one.Name}: {input.Generators!.Title} lets their protection trip {Figures.Duration(one.MayTripAtS.GetValueOrDefault() - input.Fault.StartS)} after the fault began; that trip is not followed here."),
                .. answer.Curves.Where(curve => curve.Complies is null).Select(curve => $"{curve.Name} asks nothing of this event: the source that was read states no limit that it touches."),
                "Phasors of the balanced network: what happens within a cycle, unbalance and motors are not modelled.",
            ],
            Tables =
            [
                StudyTable.Of("Halls", ["Hall", "Load, MW", "Lowest voltage, pu", "Lowest draw, MW", "Left at, s", "Back at, s", "At the end, MW", "Racks stopped"],
                    answer.Halls.Select(hall => (object?[])[hall.Name, hall.LoadMw, hall.LowestPu, hall.LowestDrawnMw, hall.LeftAtS, hall.ReturnedAtS, hall.EndMw, hall.RacksStopped])),
                .. answer.Curves.Count == 0 ? Array.Empty<StudyTable>() : [StudyTable.Of("Rules", ["Rule", "Met", "What is not"],
                    answer.Curves.Select(curve => (object?[])[curve.Name, curve.Complies is { } met ? met : "asks nothing", string.Join("; ", curve.Breaches)]))],
                .. answer.Generators.Count == 0 ? Array.Empty<StudyTable>() : [StudyTable.Of("Turbines against " + input.Generators!.Title, ["Turbines", "Lowest voltage, pu", "Highest voltage, pu", "May trip at, s"],
                    answer.Generators.Select(one => (object?[])[one.Name, one.LowestPu, one.HighestPu, one.MayTripAtS]))],
            ],
            Charts = Charts(input, track),
            Data = answer,
        };
    }

    private static StudyChart[] Charts(FaultInput input, FaultTrack track)
    {
        FaultAnswer answer = track.Answer;
        int stride = Math.Max(1, track.TimesS.Length / MostPoints);
        double[] times = Thinned(track.TimesS, stride);
        List<ChartMark> moments = [new ChartMark("fault", input.Fault.StartS)];
        if (answer.ClearedAtS is { } cleared && cleared - input.Fault.StartS > 0.02 * input.RunS) { moments.Add(new ChartMark("cleared", cleared)); }
        // Voltages move in the seconds around the fault; they are drawn close up.
        double closeFromS = Math.Max(0, input.Fault.StartS - 0.5), closeToS = Math.Min(input.RunS, (answer.ClearedAtS ?? input.Fault.StartS) + CloseS);
        int from = Array.FindIndex(track.TimesS, time => time >= closeFromS), to = Array.FindLastIndex(track.TimesS, time => time <= closeToS) + 1;
        int fine = Math.Max(1, (to - from) / MostPoints);
        double[] close = Thinned(track.TimesS[from..to], fine);
        ChartMark[] closeMoments = [new("fault", input.Fault.StartS), .. answer.ClearedAtS is { } end ? [new ChartMark("cleared", end)] : Array.Empty<ChartMark>()];
        FaultAnswerHall deepest = answer.Halls.MinBy(hall => hall.LowestPu)!;
        double lowestLimit = input.Curves.SelectMany(curve => curve.Sags).Select(band => band.BelowPu).DefaultIfEmpty(0.9).Max();
        ChartSeries[] asked = [.. input.Curves.Where(curve => curve.Sags.Count > 0).Select(curve => Staircase(curve, input, closeToS))];
        return
        [
            new StudyChart
            {
                Title = $"{deepest.Name} keeps {Figures.Percent(deepest.LowestPu)} of its voltage; {answer.Halls.Count(hall => hall.LowestPu < lowestLimit)} of {answer.Halls.Count} halls fall below {Figures.Number(lowestLimit)} pu.",
                Caption = "Voltage of each hall's bus; dashed: the least that each rule must see borne, from the start of the fault. The first seconds.",
                X = new ChartAxis("Time", "s"),
                Y = new ChartAxis("Voltage", "pu"),
                Series = [.. answer.Halls.Select((hall, h) => new ChartSeries(hall.Name, SeriesStyle.Line, close, Thinned(track.VoltagesPu[h][from..to], fine))), .. asked],
                Marks = closeMoments,
            },
            new StudyChart
            {
                Title = answer.MostLeftMw < 0.01 * answer.LoadMw ? "The load stays." : $"{Figures.Power(answer.MostLeftMw)} leave; {Figures.Power(answer.LoadMw - answer.EndLeftMw)} of {Figures.Power(answer.LoadMw)} are on the network at the end.",
                Caption = "What the network gives to halls, turbines' mechanical power and what inverters give.",
                X = new ChartAxis("Time", "s"),
                Y = new ChartAxis("Power", "MW"),
                Series =
                [
                    new ChartSeries("halls", SeriesStyle.Line, times, Thinned(track.HallsMw, stride), "gpu"),
                    new ChartSeries("turbines", SeriesStyle.Line, times, Thinned(track.TurbinesMw, stride), "fuel"),
                    new ChartSeries("inverters", SeriesStyle.Line, times, Thinned(track.InvertersMw, stride)),
                ],
                Marks = moments,
            },
            new StudyChart
            {
                Title = $"Frequency stays between {Figures.Number(answer.LowestHz, 4)} and {Figures.Number(answer.HighestHz, 4)} Hz.",
                Caption = "Speed of the generators weighted by inertia. ERCOT asks large electronic loads to stay for ever between 58.8 and 61.2 Hz.",
                X = new ChartAxis("Time", "s"),
                Y = new ChartAxis("Frequency", "Hz"),
                Series = [new ChartSeries("frequency", SeriesStyle.Line, times, Thinned(track.FrequenciesHz, stride), "neutral")],
                Marks = [.. moments, new ChartMark("58.8 Hz", 58.8, true), new ChartMark("61.2 Hz", 61.2, true)],
            },
        ];
    }

    private static double[] Thinned(double[] values, int stride) => [.. values.Where((_, i) => i % stride == 0)];

    // Time over the least voltage at which the rule still lets the load go.
    private static ChartSeries Staircase(RideThroughCurveSpec curve, FaultInput input, double endS)
    {
        List<double> x = [input.Fault.StartS];
        List<double> y = [0];
        foreach (SagBandSpec band in curve.Sags.Reverse())
        {
            double at = input.Fault.StartS + band.DurationS;
            if (at > endS) { break; }
            x.Add(at);
            y.Add(band.BelowPu);
        }
        x.Add(endS);
        y.Add(y[^1]);
        // A step holds its level until the next point: below the line the rule releases the load from then on.
        return new ChartSeries(curve.Title, SeriesStyle.Step, x, y, "neutral");
    }
}
