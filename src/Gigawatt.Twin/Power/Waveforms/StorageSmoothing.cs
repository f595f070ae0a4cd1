using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>A store that takes the fast part of the load: capacitors in the racks or a battery at the bus.</summary>
/// <remarks>
/// Target of the grid side: first-order low-pass of load plus own losses, so that smoothing does not drain the store, plus (target energy − energy) over a
/// recovery time of many time constants. The rest goes through the store within its power and energy. A sine wave is lowered by √(1 + (ωτ)²).
/// Not modelled: inverter delay (set it with the time constant of the racks), taper of power near full and empty, self-discharge.
/// </remarks>
public sealed record StorageSmoothingSpec
{
    /// <summary>Highest power at the terminals, either way.</summary>
    public required double PowerMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Energy between empty and full that smoothing may use.</summary>
    public required double EnergyMwh { get; init => field = Check.NotNegative(value); }

    /// <summary>Time constant of the low-pass that makes the target.</summary>
    public required double TimeConstantS { get; init => field = Check.Positive(value); }

    /// <summary>Energy kept on one way.</summary>
    [Default(Grade.B, "round trip 92 % (Tesla Megapack 2 XL, 2 h): √0.92")]
    public double OneWayEfficiencyFraction { get; init => field = Check.PositiveFraction(value); } = 0.9591663046625439;

    /// <summary>Recovery time of the state of charge in time constants; low values let ripple through, high ones drift.</summary>
    [Default(Grade.E, "assumption: 20 time constants, which adds at most 5 % to the ripple")]
    public double RecoveryRatio { get; init => field = Check.Positive(value); } = 20;

    /// <summary>State of charge that recovery aims for.</summary>
    [Default(Grade.E, "assumption: half full, as much room up as down")]
    public double TargetChargeFraction { get; init => field = Check.Fraction(value); } = 0.5;

    /// <summary>State of charge at the beginning.</summary>
    [Default(Grade.E, "assumption: half full")]
    public double StartChargeFraction { get; init => field = Check.Fraction(value); } = 0.5;
}

/// <summary>What a smoothing store remembers.</summary>
public struct StorageSmoothingState
{
    /// <summary>Energy in the store.</summary>
    public double StoredMwh;

    /// <summary>The low-pass of load and losses.</summary>
    public double TargetMw;

    /// <summary>Power lost in the last step.</summary>
    public double LossMw;
}

/// <summary>What passed through a smoothing store in a series.</summary>
/// <param name="ChargedMwh">Energy taken at the terminals.</param>
/// <param name="DischargedMwh">Energy given at the terminals.</param>
/// <param name="LossMwh">Energy lost on the way in and out.</param>
/// <param name="HighestMw">Highest power either way.</param>
/// <param name="LowestMwh">Least energy in the store.</param>
/// <param name="HighestStoredMwh">Most energy in the store.</param>
/// <param name="Cycles">Times the store turned from taking to giving.</param>
/// <param name="LimitedS">Time in which power or energy did not suffice.</param>
public readonly record struct StorageTotals(
    double ChargedMwh, double DischargedMwh, double LossMwh, double HighestMw, double LowestMwh, double HighestStoredMwh, int Cycles, double LimitedS)
{
    /// <summary>Mean energy of one taking and giving, at the terminals.</summary>
    public double MeanCycleMwh => Cycles > 0 ? DischargedMwh / Cycles : 0;
}

/// <summary>The equations of a smoothing store.</summary>
public static class StorageSmoothing
{
    /// <summary>What a first-order low-pass leaves of a sine wave.</summary>
    public static double Gain(double frequencyHz, double timeConstantS)
    {
        double x = 2 * Math.PI * frequencyHz * timeConstantS;
        return 1 / Math.Sqrt(1 + x * x);
    }

    /// <summary>A whole series.</summary>
    /// <param name="spec">The store.</param>
    /// <param name="stepS">Time between samples.</param>
    /// <param name="settledMw">Mean load before the series, which the low-pass remembers with the losses that go with it; 0 for a cold start.</param>
    /// <param name="loadMw">Load behind the store.</param>
    /// <param name="leftMw">Takes what the grid side sees; may be the same memory.</param>
    /// <param name="storedMwh">Takes the energy in the store after each sample; may be empty.</param>
    public static StorageTotals Run(
        StorageSmoothingSpec spec, double stepS, double settledMw, ReadOnlySpan<double> loadMw, Span<double> leftMw, Span<double> storedMwh)
    {
        double share = 1 - Elementary.Exp(-stepS / spec.TimeConstantS);
        double perMwh = 3600 / (spec.RecoveryRatio * spec.TimeConstantS);
        double hours = stepS / 3600, keeps = spec.OneWayEfficiencyFraction, powerMw = spec.PowerMw, roomMwh = spec.EnergyMwh;
        double aimedMwh = spec.TargetChargeFraction * roomMwh;
        StorageSmoothingState state = new() { StoredMwh = spec.StartChargeFraction * roomMwh, TargetMw = settledMw + SettledLossMw(spec, stepS, settledMw, loadMw) };
        double charged = 0, discharged = 0, lost = 0, highest = 0, least = state.StoredMwh, most = state.StoredMwh, limited = 0;
        int cycles = 0, before = 0;
        for (int i = 0; i < loadMw.Length; i++)
        {
            double load = loadMw[i];
            state.TargetMw += share * (load + state.LossMw - state.TargetMw);
            double wanted = load - state.TargetMw - (aimedMwh - state.StoredMwh) * perMwh;
            double given;
            if (wanted >= 0)
            {
                given = Math.Min(wanted, Math.Min(powerMw, state.StoredMwh * keeps / hours));
                state.StoredMwh = Math.Max(0, state.StoredMwh - given / keeps * hours);
                state.LossMw = given * (1 / keeps - 1);
                discharged += given;
                if (given > 0 && before <= 0) { (cycles, before) = (cycles + (before < 0 ? 1 : 0), 1); }
            }
            else
            {
                double taken = Math.Min(-wanted, Math.Min(powerMw, (roomMwh - state.StoredMwh) / keeps / hours));
                state.StoredMwh = Math.Min(roomMwh, state.StoredMwh + taken * keeps * hours);
                state.LossMw = taken * (1 - keeps);
                charged += taken;
                given = -taken;
                if (taken > 0) { before = -1; }
            }
            lost += state.LossMw;
            limited += Math.Abs(given - wanted) > 1e-9 ? stepS : 0;
            highest = Math.Max(highest, Math.Abs(given));
            least = Math.Min(least, state.StoredMwh);
            most = Math.Max(most, state.StoredMwh);
            leftMw[i] = load - given;
            if (!storedMwh.IsEmpty) { storedMwh[i] = state.StoredMwh; }
        }
        return new StorageTotals(charged * hours, discharged * hours, lost * hours, highest, least, most, cycles, limited);
    }

    // A store that has smoothed for long has its mean losses in the target; they follow from how far the load strays from its mean.
    private static double SettledLossMw(StorageSmoothingSpec spec, double stepS, double settledMw, ReadOnlySpan<double> loadMw)
    {
        int count = (int)Math.Min(loadMw.Length, Math.Max(1, 5 * spec.TimeConstantS / stepS));
        if (settledMw <= 0 || count == 0) { return 0; }
        double strayMw = 0;
        for (int i = 0; i < count; i++) { strayMw += Math.Min(spec.PowerMw, Math.Abs(loadMw[i] - settledMw)); }
        return strayMw / count / 2 * (1 / spec.OneWayEfficiencyFraction - spec.OneWayEfficiencyFraction);
    }
}
