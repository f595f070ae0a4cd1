using Gigawatt.Power.Waveforms;

namespace Gigawatt.Studies;

/// <summary>What a study of a wave found.</summary>
public sealed record WaveformAnswer
{
    /// <summary>Peak amplitudes of the harmonics of the largest job's iteration, in closed form; of the strongest lines for a recording.</summary>
    public required IReadOnlyList<double> HarmonicsMw { get; init; }

    /// <summary>Their frequencies.</summary>
    public required IReadOnlyList<double> HarmonicsHz { get; init; }

    /// <summary>Energy above the mean in one iteration; for a recording, the range of the energy about its mean.</summary>
    public required double EnergySwingMwh { get; init; }

    /// <summary>Steepest edge of the iteration, or change between two samples of a recording; absent without edges.</summary>
    public required double RampMwPerS { get; init; }

    /// <summary>Mean power.</summary>
    public required double MeanMw { get; init; }

    /// <summary>Highest less lowest power.</summary>
    public required double PeakToPeakMw { get; init; }

    /// <summary>Mean discharge of a lossless store that leaves only the mean.</summary>
    public required double MeanDischargeMw { get; init; }

    /// <summary>Each profile held against the wave behind its mitigation.</summary>
    public required IReadOnlyList<WaveformAnswerProfile> Profiles { get; init; }

    /// <summary>The smallest battery with which every chosen profile is met; absent when not looked for or none suffices.</summary>
    public WaveformAnswerBattery? SmallestBattery { get; init; }

    /// <summary>The smallest battery for each profile alone.</summary>
    public required IReadOnlyList<WaveformAnswerBattery> BatteryByProfile { get; init; }

    /// <summary>What each part of the mitigation leaves and costs, in the order in which power passes them.</summary>
    public required IReadOnlyList<WaveformAnswerStage> Mitigation { get; init; }

    /// <summary>What studies of the grid ask of the load.</summary>
    public required WaveformAnswerLoad LoadRecord { get; init; }
}

/// <summary>A profile held against the wave.</summary>
/// <param name="Name">Name of the profile.</param>
/// <param name="Verdict">Whether all its rules are kept behind the mitigation.</param>
/// <param name="Worst">The rule that is furthest from being kept, or nearest to its limit; absent when none applies.</param>
/// <param name="AttenuationNeededDb">Attenuation still missing for the worst rule.</param>
/// <param name="BareVerdict">Whether they are kept without mitigation.</param>
/// <param name="BareAttenuationNeededDb">Attenuation missing without mitigation.</param>
/// <param name="Rules">Every rule.</param>
public sealed record WaveformAnswerProfile(
    string Name, Verdict Verdict, RuleVerdict? Worst, double AttenuationNeededDb, Verdict BareVerdict, double BareAttenuationNeededDb,
    IReadOnlyList<RuleVerdict> Rules);

/// <summary>A battery that suffices.</summary>
/// <param name="For">The profile it is for, or all.</param>
/// <param name="Mw">Power; absent when no battery suffices.</param>
/// <param name="Mwh">Usable energy.</param>
/// <param name="TimeConstantS">Time constant of its low-pass.</param>
/// <param name="StartChargeFraction">State of charge at the beginning of the wave.</param>
/// <param name="ThroughputMwhPerYear">Energy that it gives in a year of this wave.</param>
/// <param name="LossMwhPerYear">Energy that it loses.</param>
public sealed record WaveformAnswerBattery(
    string For, double Mw, double Mwh, double TimeConstantS, double StartChargeFraction, double ThroughputMwhPerYear, double LossMwhPerYear);

/// <summary>What one part of the mitigation leaves and costs in a year of this wave.</summary>
/// <param name="Stage">The part: request, gpu, rack, battery, turbine.</param>
/// <param name="PeakToPeakMw">Largest peak-to-peak in any 5 s.</param>
/// <param name="SteepestMwPerS">Largest change within 0.1 s, as a ramp.</param>
/// <param name="EnergyMwhPerYear">Energy burnt or lost.</param>
/// <param name="CostUsdPerYear">What that costs, with the wear of batteries.</param>
/// <param name="ThroughputLossFraction">By how much iterations grow longer.</param>
/// <param name="ThroughputMwhPerYear">Energy given by a store.</param>
/// <param name="CyclesPerYear">Equivalent full cycles of a store.</param>
/// <param name="SwingsPerYear">Times a store turns from taking to giving.</param>
/// <param name="SwingDepthFraction">Mean energy of a swing as a share of the store.</param>
/// <param name="RangeFraction">Range of the state of charge.</param>
public sealed record WaveformAnswerStage(
    string Stage, double PeakToPeakMw, double SteepestMwPerS, double EnergyMwhPerYear, double CostUsdPerYear, double ThroughputLossFraction,
    double ThroughputMwhPerYear, double CyclesPerYear, double SwingsPerYear, double SwingDepthFraction, double RangeFraction);

/// <summary>The load as studies of the grid ask for it.</summary>
/// <param name="Perc1">Parameters of the dynamic model.</param>
/// <param name="TextLine">The same as a line of a dynamics file.</param>
/// <param name="Ramps">Changes within several times.</param>
/// <param name="Lines">Strongest frequencies.</param>
/// <param name="Bands">Peak-to-peak by band.</param>
/// <param name="WaveCsv">The first samples as text.</param>
public sealed record WaveformAnswerLoad(
    Perc1Load Perc1, string TextLine, IReadOnlyList<RampRow> Ramps, IReadOnlyList<SpectralLine> Lines, IReadOnlyList<WaveformAnswerBand> Bands, string WaveCsv);

/// <summary>What lies in one band of the wave behind the mitigation.</summary>
/// <param name="LowHz">Lower end.</param>
/// <param name="HighHz">Upper end.</param>
/// <param name="PeakToPeakMw">Largest peak-to-peak in any 5 s.</param>
public sealed record WaveformAnswerBand(double LowHz, double HighHz, double PeakToPeakMw);
