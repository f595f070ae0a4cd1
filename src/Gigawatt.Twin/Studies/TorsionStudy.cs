using Gigawatt.Numerics;
using Gigawatt.Power.Stability;

namespace Gigawatt.Studies;

/// <summary>One harmonic of the load that pulls at a shaft.</summary>
public sealed record TorsionWave
{
    /// <summary>Its frequency.</summary>
    public required double FrequencyHz { get; init => field = Check.Positive(value); }

    /// <summary>Half of its swing from top to bottom, of all machines together.</summary>
    public required double AmplitudeMw { get; init => field = Check.NotNegative(value); }
}

/// <summary>A shaft and the load that swings on it.</summary>
public sealed record TorsionInput
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The shaft.</summary>
    [Inline]
    public required ShaftSpec Shaft { get; init; }

    /// <summary>Equal machines that share the swing of the load.</summary>
    [Default(Grade.D, "one machine unless the file says more")]
    public int Machines { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Harmonics of the load at the machines' terminals.</summary>
    public IReadOnlyList<TorsionWave> Wave { get; init; } = [];

    /// <summary>How many swings the shaft bears.</summary>
    public ShaftFatigueSpec Fatigue { get; init; } = new();

    /// <summary>Share of the year in which the wave runs.</summary>
    [Default(Grade.E, "assumption: a training campus trains nine tenths of the time")]
    public double DutyFraction { get; init => field = Check.Fraction(value); } = 0.9;
}

/// <summary>A mode in the answer.</summary>
/// <param name="FrequencyHz">Natural frequency.</param>
/// <param name="DecayPerS">Share of its amplitude that a free swing loses a second.</param>
/// <param name="Shape">Swing of each mass over the largest.</param>
/// <param name="AmplificationFactor">Torque in the worst coupling over the air-gap torque, at resonance.</param>
/// <param name="WorstCoupling">That coupling.</param>
public sealed record TorsionAnswerMode(double FrequencyHz, double DecayPerS, IReadOnlyList<double> Shape, double AmplificationFactor, string WorstCoupling);

/// <summary>What one harmonic does to the shaft.</summary>
/// <param name="FrequencyHz">Its frequency.</param>
/// <param name="AmplitudeMw">Its amplitude, of all machines.</param>
/// <param name="AirGapPu">Torque it makes in one air gap.</param>
/// <param name="TorquePu">Torque in the worst coupling.</param>
/// <param name="WorstCoupling">That coupling.</param>
/// <param name="DynamicFactor">That over what a rigid shaft would carry there.</param>
/// <param name="NearestModeHz">Mode next to it.</param>
/// <param name="YearlyLifeFraction">Share of the shaft's life that it takes a year.</param>
public sealed record TorsionAnswerWave(
    double FrequencyHz, double AmplitudeMw, double AirGapPu, double TorquePu, string WorstCoupling, double DynamicFactor, double? NearestModeHz, double YearlyLifeFraction);

/// <summary>The answer of the study.</summary>
/// <param name="Modes">Modes, lowest first.</param>
/// <param name="Masses">Names of the masses, in the order of the shapes.</param>
/// <param name="Waves">Harmonics, as given.</param>
/// <param name="WorstTorquePu">Largest torque of any coupling under one harmonic.</param>
/// <param name="YearlyLifeFraction">Share of the shaft's life that all harmonics take a year.</param>
public sealed record TorsionAnswer(
    IReadOnlyList<TorsionAnswerMode> Modes, IReadOnlyList<string> Masses, IReadOnlyList<TorsionAnswerWave> Waves, double WorstTorquePu, double YearlyLifeFraction);

/// <summary>Modes of a shaft, and what a swinging load does to them.</summary>
public static class TorsionStudy
{
    private const double YearS = 365.25 * 86_400;

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<TorsionInput>(
        "torsion", "At which frequencies does a turbine's shaft swing, and what does the load do to it?", "studies/ieee-first-benchmark.yaml", Answer);

    private static StudyAnswer Answer(TorsionInput input)
    {
        ShaftModes shaft = Shaft.Modes(input.Shaft);
        string[] couplings = [.. input.Shaft.Couplings.Select(coupling => $"{coupling.From}–{coupling.To}")];
        TorsionAnswerMode[] modes = [.. shaft.Modes.Select(mode =>
        {
            (CouplingSwing swing, string name) = Worst(Shaft.Swing(shaft, mode.NaturalHz, 1), couplings);
            return new TorsionAnswerMode(mode.NaturalHz, mode.DecayPerS, mode.ShapeRatio, swing.AmplificationFactor, name);
        })];
        TorsionAnswerWave[] waves = [.. input.Wave.Select(wave => Response(input, shaft, wave, couplings))];
        double worst = waves.Length == 0 ? 0 : waves.Max(wave => wave.TorquePu);
        double life = waves.Sum(wave => wave.YearlyLifeFraction);
        string frequencies = modes.Length == 0 ? "none" : string.Join(", ", modes.Select(mode => mode.FrequencyHz.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)));
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = waves.Length == 0
                ? $"The shaft of {input.Shaft.Masses.Count} masses swings at {frequencies} Hz."
                : $"The shaft swings at {frequencies} Hz; the load's worst harmonic, {Figures.Number(WorstWave(waves).FrequencyHz, 4)} Hz, puts {Figures.Percent(worst)} of rated torque on {WorstWave(waves).WorstCoupling}, {Figures.Number(WorstWave(waves).DynamicFactor)} times what a rigid shaft would carry.",
            Remarks =
            [
                .. waves.Length == 0 ? Array.Empty<string>() : [life > 0
                    ? $"On the assumed stress-cycle line the wave takes {Figures.Percent(life)} of the shaft's life a year."
                    : $"No harmonic passes the assumed endurance of {Figures.Percent(input.Fatigue.EndurancePu)} of rated torque."],
                "Resonance depends on damping, which only a measurement at the machine knows; ask the maker for frequencies and decays.",
                "Not modelled: what the shaft does back to the network, series capacitors, gear backlash, blades.",
            ],
            Tables = Tables(input, modes, waves, couplings),
            Charts = Charts(input, shaft, modes, waves, couplings),
            Data = new TorsionAnswer(modes, [.. input.Shaft.Masses.Select(mass => mass.Name)], waves, worst, life),
        };
    }

    private static TorsionAnswerWave WorstWave(TorsionAnswerWave[] waves) => waves.MaxBy(wave => wave.TorquePu)!;

    private static (CouplingSwing Swing, string Name) Worst(CouplingSwing[] swings, string[] couplings)
    {
        int worst = 0;
        for (int k = 1; k < swings.Length; k++) { worst = swings[k].TorquePu > swings[worst].TorquePu ? k : worst; }
        return swings.Length == 0 ? (default, "") : (swings[worst], couplings[worst]);
    }

    private static TorsionAnswerWave Response(TorsionInput input, ShaftModes shaft, TorsionWave wave, string[] couplings)
    {
        double airGap = wave.AmplitudeMw / input.Machines / input.Shaft.RatingMva;
        (CouplingSwing swing, string name) = Worst(Shaft.Swing(shaft, wave.FrequencyHz, airGap), couplings);
        double? nearest = shaft.Modes.Count == 0 ? null : shaft.Modes.MinBy(mode => Math.Abs(mode.NaturalHz - wave.FrequencyHz))!.NaturalHz;
        double life = ShaftFatigue.SpentFraction(input.Fatigue, swing.TorquePu, wave.FrequencyHz, YearS * input.DutyFraction);
        return new TorsionAnswerWave(wave.FrequencyHz, wave.AmplitudeMw, airGap, swing.TorquePu, name, swing.DynamicFactor, nearest, life);
    }

    private static StudyTable[] Tables(TorsionInput input, TorsionAnswerMode[] modes, TorsionAnswerWave[] waves, string[] couplings) =>
    [
        StudyTable.Of("Modes", ["Mode", "Frequency, Hz", "Decay, 1/s", .. input.Shaft.Masses.Select(mass => mass.Name), "Torque at resonance over air-gap torque", "in"],
            modes.Select((mode, r) => (object?[])[r + 1, mode.FrequencyHz, mode.DecayPerS, .. mode.Shape.Select(part => (object?)Math.Round(part, 3)), mode.AmplificationFactor, mode.WorstCoupling])),
        .. waves.Length == 0 ? Array.Empty<StudyTable>() : [StudyTable.Of(
            "What the load's harmonics do",
            ["Frequency, Hz", "Amplitude, MW", "Air gap, % of rated", "Worst coupling", "Torque, % of rated", "Over a rigid shaft", "Nearest mode, Hz", "Life a year, %"],
            waves.Select(wave => (object?[])[wave.FrequencyHz, wave.AmplitudeMw, 100 * wave.AirGapPu, wave.WorstCoupling, 100 * wave.TorquePu, wave.DynamicFactor, wave.NearestModeHz, 100 * wave.YearlyLifeFraction]))],
        StudyTable.Of("Shaft", ["Coupling", "Stiffness, pu/rad"], input.Shaft.Couplings.Select((coupling, k) => (object?[])[couplings[k], coupling.StiffnessPuPerRad])),
    ];

    private static StudyChart[] Charts(TorsionInput input, ShaftModes shaft, TorsionAnswerMode[] modes, TorsionAnswerWave[] waves, string[] couplings)
    {
        double top = modes.Length == 0 ? 60 : modes[^1].FrequencyHz * 1.2;
        double[] at = [.. Enumerable.Range(1, 1200).Select(i => i * top / 1200).Concat(modes.Select(mode => mode.FrequencyHz)).Order()];
        CouplingSwing[][] swings = [.. at.Select(frequency => Shaft.Swing(shaft, frequency, 1))];
        double[] places = [.. Enumerable.Range(0, input.Shaft.Masses.Count).Select(i => (double)i)];
        StudyChart response = new()
        {
            Title = modes.Length == 0 ? "One mass has nothing to swing against." : $"At {Figures.Number(modes.MaxBy(mode => mode.AmplificationFactor)!.FrequencyHz, 4)} Hz a torque in the air gap returns {Figures.Number(modes.Max(mode => mode.AmplificationFactor))}-fold in the shaft.",
            Caption = "Torque in each coupling over the swinging torque of the air gap, steady state; marks are the load's harmonics.",
            X = new ChartAxis("Frequency", "Hz"),
            Y = new ChartAxis("Coupling torque over air-gap torque", "", true),
            Series = [.. couplings.Select((name, k) => new ChartSeries(name, SeriesStyle.Line, at, [.. swings.Select(one => Math.Max(1e-4, one[k].AmplificationFactor))], Family(k)))],
            Marks = [.. waves.Select(wave => new ChartMark($"{Figures.Number(wave.FrequencyHz, 4)} Hz", wave.FrequencyHz))],
        };
        StudyChart shapes = new()
        {
            Title = modes.Length == 0 ? "There are no modes." : $"In the lowest mode, {Figures.Number(modes[0].FrequencyHz, 4)} Hz, {input.Shaft.Masses[Largest(modes[0])].Name} swings most.",
            Caption = "Swing of each mass over the largest; opposite signs twist the shaft between them.",
            X = new ChartAxis("Mass"),
            Y = new ChartAxis("Swing over the largest"),
            Categories = [.. input.Shaft.Masses.Select(mass => mass.Name)],
            Series = [.. modes.Select((mode, r) => new ChartSeries($"{Figures.Number(mode.FrequencyHz, 4)} Hz", SeriesStyle.Line, places, mode.Shape, Family(r)))],
        };
        if (waves.Length == 0) { return [response, shapes]; }
        StudyChart torque = new()
        {
            Title = waves.Max(wave => wave.TorquePu) > input.Fatigue.EndurancePu
                ? $"{waves.Count(wave => wave.TorquePu > input.Fatigue.EndurancePu)} of {waves.Length} harmonics pass the assumed endurance of the shaft."
                : "Every harmonic stays below the assumed endurance of the shaft.",
            Caption = "Amplitude of the worst coupling's torque. The limit is an assumption, not a maker's value.",
            X = new ChartAxis("Harmonic of the load", "Hz"),
            Y = new ChartAxis("Torque in the worst coupling", "% of rated"),
            Categories = [.. waves.Select(wave => Figures.Number(wave.FrequencyHz, 4))],
            Series = [new ChartSeries("worst coupling", SeriesStyle.Bar, [.. waves.Select((_, i) => (double)i)], [.. waves.Select(wave => 100 * wave.TorquePu)])],
            Marks = [new ChartMark("assumed endurance", 100 * input.Fatigue.EndurancePu, true)],
        };
        return [response, torque, shapes];
    }

    private static int Largest(TorsionAnswerMode mode)
    {
        int largest = 0;
        for (int i = 1; i < mode.Shape.Count; i++) { largest = Math.Abs(mode.Shape[i]) > Math.Abs(mode.Shape[largest]) ? i : largest; }
        return largest;
    }

    private static string Family(int index) => (index % 6) switch { 0 => "electricity", 1 => "heat", 2 => "water", 3 => "gpu", 4 => "fuel", _ => "money" };
}
