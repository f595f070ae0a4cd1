using Gigawatt.Power.Transients;

namespace Gigawatt.Studies;

/// <summary>The answer about a transient of frequency.</summary>
/// <param name="PeakHz">Highest frequency.</param>
/// <param name="PeakS">When, from the first event.</param>
/// <param name="NadirHz">Lowest frequency.</param>
/// <param name="NadirS">When, from the first event.</param>
/// <param name="EndHz">Frequency at the end; zero when black.</param>
/// <param name="EndS">When the simulation ended, from the first event.</param>
/// <param name="RocofHzPerS">Rate of change just after the first event.</param>
/// <param name="WorstRocofHzPerS">Largest mean rate over half a second.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Trips">Disconnections by relays.</param>
/// <param name="Shed">Loads that were shed.</param>
/// <param name="Margins">Distance to each relay stage.</param>
/// <param name="ShedMw">Load shed.</param>
/// <param name="UnitsLost">Machines lost to events and protection.</param>
/// <param name="BatteryGivenMwh">Energy that batteries gave.</param>
/// <param name="BatteryAbsorbedMwh">Energy that batteries took.</param>
/// <param name="IsHarmless">Whether the bound without simulation already says that nothing can trip.</param>
/// <param name="SmallestBattery">The fewest grid-forming blocks that ride through; null when not asked or when none are enough.</param>
/// <param name="TimeToRestoreS">Time until every lost unit can take load again.</param>
public sealed record FrequencyAnswer(
    double PeakHz, double PeakS, double NadirHz, double NadirS, double EndHz, double EndS, double RocofHzPerS, double WorstRocofHzPerS, TransientVerdict Verdict,
    IReadOnlyList<FrequencyAnswerTrip> Trips, IReadOnlyList<FrequencyAnswerTrip> Shed, IReadOnlyList<FrequencyAnswerMargin> Margins, double ShedMw, int UnitsLost,
    double BatteryGivenMwh, double BatteryAbsorbedMwh, bool IsHarmless, FrequencyAnswerBattery? SmallestBattery, double TimeToRestoreS);

/// <summary>One disconnection.</summary>
/// <param name="TimeS">When, from the first event.</param>
/// <param name="Device">Group or load.</param>
/// <param name="Count">Units, blocks or one load.</param>
/// <param name="Cause">What made it disconnect.</param>
/// <param name="FrequencyHz">Frequency at that moment.</param>
/// <param name="PowerMw">Power that went with it.</param>
public sealed record FrequencyAnswerTrip(double TimeS, string Device, int Count, TripCause Cause, double FrequencyHz, double PowerMw);

/// <summary>How near a relay stage came to tripping.</summary>
/// <param name="Device">Group.</param>
/// <param name="LevelHz">Level of the stage.</param>
/// <param name="DelayS">Its delay.</param>
/// <param name="MarginHz">Distance of the extreme of frequency from the level; negative when it was passed.</param>
/// <param name="LongestS">Longest time beyond the level.</param>
public sealed record FrequencyAnswerMargin(string Device, double LevelHz, double DelayS, double MarginHz, double LongestS);

/// <summary>A battery that is enough.</summary>
/// <param name="Group">Which group.</param>
/// <param name="Blocks">Blocks needed.</param>
/// <param name="PowerMva">Their rating together.</param>
/// <param name="EnergyMwh">Their energy together.</param>
public sealed record FrequencyAnswerBattery(string Group, int Blocks, double PowerMva, double EnergyMwh);
