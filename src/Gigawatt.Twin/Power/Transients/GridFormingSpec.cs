using Gigawatt.Numerics;
using Gigawatt.Power.Protection;

namespace Gigawatt.Power.Transients;

/// <summary>Identical battery blocks whose inverters form the grid: droop of frequency on filtered power, limits on power and current.</summary>
/// <remarks>
/// The REGFM_A1 form: Δω = m_p (P_set − P_f) + PI(P_max − P_f) below zero + PI(P_min − P_f) above zero, T_Pf dP_f/dt = P − P_f, |P| ≤ I_max V. On one bus every
/// source has the same frequency, so P follows from Δω and dΔω/dt: P = P_f + T_Pf dP_f/dt, which within its limits is a virtual machine of H = T_Pf/(2 m_p) and
/// D = 1/m_p (D'Arco and Suul 2014). Not modelled: the angle behind the coupling reactance, reactive power, loss of step while the current is limited.
/// </remarks>
public sealed record GridFormingSpec : ISelfChecking
{
    /// <summary>Name that events refer to.</summary>
    public required string Name { get; init; }

    /// <summary>Blocks on the bus.</summary>
    public required int Count { get; init => field = Check.NotNegative(value); }

    /// <summary>Rating of one block.</summary>
    public required double RatedMva { get; init => field = Check.Positive(value); }

    /// <summary>Energy of one block between empty and full.</summary>
    public required double CapacityMwh { get; init => field = Check.Positive(value); }

    /// <summary>State of charge at the beginning.</summary>
    [Default(Grade.E, "assumption: half full, with room both ways")]
    public double ChargeFraction { get; init => field = Check.Fraction(value); } = 0.5;

    /// <summary>Output of the whole group before anything happens; negative while it charges.</summary>
    [Default(Grade.E, "assumption: floating")]
    public double SetPointMw { get; init => field = Check.Finite(value); }

    /// <summary>Change of frequency per rating: m_p.</summary>
    [Default(Grade.B, "1 % (GridLAB-D inverter_dyn: 3.77 rad/s)")]
    public double DroopPu { get; init => field = Check.Within(value, 1e-4, 1); } = 0.01;

    /// <summary>Filter of measured power: T_Pf.</summary>
    [Default(Grade.B, "0.01 s (PSTess gfma, GridLAB-D inverter_dyn)")]
    public double FilterS { get; init => field = Check.Within(value, 0.001, 10); } = 0.01;

    /// <summary>Highest lasting output: P_max.</summary>
    [Default(Grade.E, "assumption: the rating")]
    public double MaxPowerPu { get; init => field = Check.Within(value, 0, 5); } = 1;

    /// <summary>Lowest lasting output: P_min.</summary>
    [Default(Grade.B, "−1 (ANDES REGF1): a battery charges as it discharges")]
    public double MinPowerPu { get; init => field = Check.Within(value, -5, 0); } = -1;

    /// <summary>Proportional gain of the power limits: k_ppmax.</summary>
    [Default(Grade.B, "0.01 (PSTess gfma)")]
    public double LimitGainPu { get; init => field = Check.NotNegative(value); } = 0.01;

    /// <summary>Integral gain of the power limits: k_ipmax.</summary>
    [Default(Grade.B, "0.1 1/s (PSTess gfma)")]
    public double LimitIntegralGainPerS { get; init => field = Check.NotNegative(value); } = 0.1;

    /// <summary>Highest current: I_max.</summary>
    [Default(Grade.E, "assumption: 1.2, as grid-forming offers say")]
    public double MaxCurrentPu { get; init => field = Check.Within(value, 0.1, 10); } = 1.2;

    /// <summary>How long more than the lasting output may flow before the inverter falls back to it.</summary>
    [Default(Grade.E, "assumption: 10 s, as grid-forming offers say")]
    public double OverloadS { get; init => field = Check.NotNegative(value); } = 10;

    /// <summary>Energy kept on one way through inverter and cells.</summary>
    [Default(Grade.B, "round trip 92 % (Tesla Megapack 2 XL, 2 h): √0.92")]
    public double OneWayEfficiencyFraction { get; init => field = Check.PositiveFraction(value); } = 0.9591663046625439;

    /// <summary>Frequency relay of each block.</summary>
    public FrequencyRelaySpec Relay { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (MinPowerPu >= MaxPowerPu)
        {
            yield return new(nameof(MinPowerPu), FormattableString.Invariant($"less than the highest output of {MaxPowerPu:0.###}"), FormattableString.Invariant($"{MinPowerPu:0.###}"));
        }
        if (MaxCurrentPu < MaxPowerPu)
        {
            yield return new(nameof(MaxCurrentPu), FormattableString.Invariant($"at least the lasting output of {MaxPowerPu:0.###}"), FormattableString.Invariant($"{MaxCurrentPu:0.###}"));
        }
        if (Count > 0 && (SetPointMw > MaxPowerPu * RatedMva * Count || SetPointMw < MinPowerPu * RatedMva * Count))
        {
            yield return new(nameof(SetPointMw), FormattableString.Invariant($"{MinPowerPu * RatedMva * Count:0.###} to {MaxPowerPu * RatedMva * Count:0.###} MW"),
                FormattableString.Invariant($"{SetPointMw:0.###} MW"));
        }
    }
}

/// <summary>Identical battery blocks that follow the grid and answer frequency through a measurement.</summary>
/// <remarks>
/// Target = set point − (Δω beyond the dead band, delayed)/droop, behind one lag, within current and charge. Source: REGC_A, REEC and REPC as one path.
/// They need another source to follow; alone on a bus they stop. Not modelled: phase-locked loop, reactive power.
/// </remarks>
public sealed record GridFollowingSpec
{
    /// <summary>Name that events refer to.</summary>
    public required string Name { get; init; }

    /// <summary>Blocks on the bus.</summary>
    public required int Count { get; init => field = Check.NotNegative(value); }

    /// <summary>Rating of one block.</summary>
    public required double RatedMva { get; init => field = Check.Positive(value); }

    /// <summary>Energy of one block between empty and full.</summary>
    public required double CapacityMwh { get; init => field = Check.Positive(value); }

    /// <summary>State of charge at the beginning.</summary>
    [Default(Grade.E, "assumption: half full, with room both ways")]
    public double ChargeFraction { get; init => field = Check.Fraction(value); } = 0.5;

    /// <summary>Output of the whole group before anything happens; negative while it charges.</summary>
    [Default(Grade.E, "assumption: floating")]
    public double SetPointMw { get; init => field = Check.Finite(value); }

    /// <summary>Frequency error that is ignored, either way.</summary>
    [Default(Grade.E, "assumption: 0.036 Hz, usual in North America")]
    public double DeadBandHz { get; init => field = Check.NotNegative(value); } = 0.036;

    /// <summary>Change of frequency per rating.</summary>
    [Default(Grade.E, "assumption: 1 %, of 1–5 % in the trade")]
    public double DroopPu { get; init => field = Check.Within(value, 1e-4, 1); } = 0.01;

    /// <summary>Time from the frequency to the order.</summary>
    [Default(Grade.E, "assumption: 50 ms, of 20–100 ms in the trade")]
    public double DelayS { get; init => field = Check.Within(value, 0, 5); } = 0.05;

    /// <summary>Lag of the inverter behind the order.</summary>
    [Default(Grade.E, "assumption: 20 ms")]
    public double LagS { get; init => field = Check.Within(value, 0.01, 5); } = 0.02;

    /// <summary>Highest current.</summary>
    [Default(Grade.E, "assumption: the rating")]
    public double MaxCurrentPu { get; init => field = Check.Within(value, 0.1, 10); } = 1;

    /// <summary>Energy kept on one way through inverter and cells.</summary>
    [Default(Grade.B, "round trip 92 % (Tesla Megapack 2 XL, 2 h): √0.92")]
    public double OneWayEfficiencyFraction { get; init => field = Check.PositiveFraction(value); } = 0.9591663046625439;

    /// <summary>Frequency relay of each block.</summary>
    public FrequencyRelaySpec Relay { get; init; } = new();
}
