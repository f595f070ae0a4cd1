using System.Runtime.CompilerServices;
using Gigawatt.Numerics;

namespace Gigawatt.Power.Protection;

/// <summary>A double-conversion UPS as its input sees the network.</summary>
/// <remarks>
/// The load behind it never sees the sag; the network loses the load instead. Outside the input window the rectifier stops and the batteries
/// carry the hall. When the input has been good for the retransfer delay, the rectifier takes the hall back along its walk-in ramp. A counter that
/// reaches its limit inside its window keeps the hall on batteries until people return it. Six faults in 82 s took about 1,500 MW of data centres from the
/// Eastern Interconnection on 2024-07-10 through customer-side protection (NERC incident review); settings of the UPS there were not read.
/// Not modelled: eco mode and static bypass, recharge of the batteries after the return, generators behind the UPS.
/// </remarks>
public sealed record UpsSpec : ISelfChecking
{
    /// <summary>Most events that a counter can hold.</summary>
    public const int MostEvents = 16;

    /// <summary>Lowest input voltage.</summary>
    [Default(Grade.E, "assumption: input window of ±10 to 15 % is usual")]
    public double LowestVoltagePu { get; init => field = Check.Positive(value); } = 0.85;

    /// <summary>Highest input voltage.</summary>
    [Default(Grade.E, "assumption: input window of ±10 to 15 % is usual")]
    public double HighestVoltagePu { get; init => field = Check.Positive(value); } = 1.1;

    /// <summary>Lowest input frequency.</summary>
    [Default(Grade.E, "assumption: 55 to 65 Hz is usual for 60 Hz")]
    public double LowestFrequencyHz { get; init => field = Check.Positive(value); } = 55;

    /// <summary>Highest input frequency.</summary>
    [Default(Grade.E, "assumption: 55 to 65 Hz is usual for 60 Hz")]
    public double HighestFrequencyHz { get; init => field = Check.Positive(value); } = 65;

    /// <summary>Time outside the window before the rectifier stops.</summary>
    [Default(Grade.E, "assumption: half a cycle to detect")]
    public double DetectionS { get; init => field = Check.NotNegative(value); } = 0.008;

    /// <summary>Time of good input before the rectifier starts again.</summary>
    [Default(Grade.E, "assumption: about ten seconds, so that it does not chatter")]
    public double RetransferS { get; init => field = Check.NotNegative(value); } = 10;

    /// <summary>Time over which the rectifier takes the load back.</summary>
    [Default(Grade.E, "assumption: walk-in of 10 to 30 s is usual")]
    public double WalkInS { get; init => field = Check.Positive(value); } = 15;

    /// <summary>Events after which the hall stays on batteries; 0 when nothing is counted.</summary>
    [Default(Grade.E, "assumption: counters of three events in a minute are usual; read the settings of the UPS")]
    public int CountLimit { get; init => field = Check.NotNegative(value); } = 3;

    /// <summary>Window in which they are counted.</summary>
    [Default(Grade.E, "assumption: counters of three events in a minute are usual; read the settings of the UPS")]
    public double CountWindowS { get; init => field = Check.Positive(value); } = 60;

    /// <summary>Time for which the batteries carry the hall at full load.</summary>
    [Default(Grade.E, "assumption: five minutes, until generators run")]
    public double AutonomyS { get; init => field = Check.Positive(value); } = 300;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (HighestVoltagePu <= LowestVoltagePu) { yield return new Contradiction(nameof(HighestVoltagePu), FormattableString.Invariant($"more than the lowest, {LowestVoltagePu} pu"), FormattableString.Invariant($"{HighestVoltagePu} pu")); }
        if (HighestFrequencyHz <= LowestFrequencyHz) { yield return new Contradiction(nameof(HighestFrequencyHz), FormattableString.Invariant($"more than the lowest, {LowestFrequencyHz} Hz"), FormattableString.Invariant($"{HighestFrequencyHz} Hz")); }
        if (CountLimit > MostEvents) { yield return new Contradiction(nameof(CountLimit), $"at most {MostEvents} events", $"{CountLimit}"); }
    }
}

/// <summary>What carries the hall behind a UPS.</summary>
public enum UpsMode
{
    /// <summary>The network, through the rectifier.</summary>
    Rectifier,

    /// <summary>The batteries, until the input has been good for long enough.</summary>
    Battery,

    /// <summary>Both: the rectifier takes the load back.</summary>
    WalkIn,

    /// <summary>The batteries, until people return the hall: the counter has spoken.</summary>
    Latched,

    /// <summary>Nothing: the batteries are empty and the hall is down.</summary>
    Down,
}

/// <summary>When a counter's last events were.</summary>
[InlineArray(UpsSpec.MostEvents)]
public struct EventTimes
{
    private double first;
}

/// <summary>What a UPS remembers.</summary>
public struct UpsState
{
    /// <summary>What carries the hall.</summary>
    public UpsMode Mode;

    /// <summary>Time since the run began.</summary>
    public double ClockS;

    /// <summary>How long the input has been outside the window.</summary>
    public double OutForS;

    /// <summary>How long it has been inside.</summary>
    public double GoodForS;

    /// <summary>Time of full load that the batteries have given.</summary>
    public double DischargedS;

    /// <summary>Share of the load that the rectifier carries.</summary>
    public double RectifierFraction;

    /// <summary>When the last events were, in a ring.</summary>
    public EventTimes EventsS;

    /// <summary>Events so far.</summary>
    public int Events;

    /// <summary>Whether the present excursion was counted.</summary>
    public bool IsCounted;

    /// <summary>A UPS that has carried its hall from the network for long.</summary>
    public static UpsState Steady => new() { RectifierFraction = 1 };
}

/// <summary>The UPS's behaviour.</summary>
public static class UpsTransfer
{
    /// <summary>Lets a voltage stand for one step; returns the share of the hall's load that is drawn from the network.</summary>
    public static double Step(UpsSpec spec, ref UpsState state, double voltagePu, double frequencyHz, double stepS)
    {
        state.ClockS += stepS;
        bool good = voltagePu >= spec.LowestVoltagePu && voltagePu <= spec.HighestVoltagePu && frequencyHz >= spec.LowestFrequencyHz && frequencyHz <= spec.HighestFrequencyHz;
        state.OutForS = good ? 0 : state.OutForS + stepS;
        state.GoodForS = good ? state.GoodForS + stepS : 0;
        if (good) { state.IsCounted = false; }
        if (!good && state.OutForS >= spec.DetectionS - 1e-9) { Leave(spec, ref state); }
        if (state.Mode == UpsMode.Battery && state.GoodForS >= spec.RetransferS - 1e-9 && good) { state.Mode = UpsMode.WalkIn; }
        if (state.Mode == UpsMode.WalkIn)
        {
            state.RectifierFraction = Math.Min(1, state.RectifierFraction + stepS / spec.WalkInS);
            if (state.RectifierFraction >= 1) { state.Mode = UpsMode.Rectifier; }
        }
        if (state.Mode != UpsMode.Down)
        {
            state.DischargedS += (1 - state.RectifierFraction) * stepS;
            if (state.DischargedS >= spec.AutonomyS && state.Mode is UpsMode.Battery or UpsMode.Latched) { state.Mode = UpsMode.Down; }
        }
        return good ? state.RectifierFraction : 0;
    }

    /// <summary>Whether the racks behind it have power.</summary>
    public static bool Carries(in UpsState state) => state.Mode != UpsMode.Down;

    private static void Leave(UpsSpec spec, ref UpsState state)
    {
        if (!state.IsCounted)
        {
            state.IsCounted = true;
            state.EventsS[state.Events % UpsSpec.MostEvents] = state.ClockS;
            state.Events++;
            int first = state.Events - spec.CountLimit;
            bool full = spec.CountLimit > 0 && first >= 0 && state.ClockS - state.EventsS[first % UpsSpec.MostEvents] <= spec.CountWindowS;
            if (full && state.Mode != UpsMode.Down) { state.Mode = UpsMode.Latched; }
        }
        if (state.Mode is UpsMode.Rectifier or UpsMode.WalkIn) { state.Mode = UpsMode.Battery; }
        if (state.Mode is UpsMode.Battery or UpsMode.Latched) { state.RectifierFraction = 0; }
    }
}
