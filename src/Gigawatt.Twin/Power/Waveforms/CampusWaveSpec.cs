using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>What smooths the load's swing inside a training step on its way to the machines, and the limit it is held against.</summary>
/// <remarks>Not modelled: floors of GPU power, several limits at once; the study of the waveform holds a wave against every profile.</remarks>
public sealed record CampusWaveSpec
{
    /// <summary>Time constant of the storage in racks; 0 is none.</summary>
    [Default(Grade.E, "assumption: none; 65 J a GPU reach 0.05 s")]
    public double RackTimeConstantS { get; init => field = Check.NotNegative(value); }

    /// <summary>Energy in the racks for each GPU.</summary>
    [Default(Grade.B, "65 J (GB300 NVL72 power shelves)")]
    public double RackEnergyMwhPerGpu { get; init => field = Check.NotNegative(value); } = 65 / 3.6e9;

    /// <summary>Time constant with which batteries smooth; 0 leaves the swing to the machines.</summary>
    [Default(Grade.E, "assumption: 10 s, slow against an iteration and quick against a governor's schedule")]
    public double BatteryTimeConstantS { get; init => field = Check.NotNegative(value); } = 10;

    /// <summary>Most that may be left, peak to peak.</summary>
    [Default(Grade.B, "10 MW in any 5 s, 0.1–55 Hz (ERCOT proposal of 2026-06-19)")]
    public double LimitMw { get; init => field = Check.Positive(value); } = 10;
}
