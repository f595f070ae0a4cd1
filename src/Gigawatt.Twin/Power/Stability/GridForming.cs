using Gigawatt.Numerics;

namespace Gigawatt.Power.Stability;

/// <summary>An inverter that makes voltage and frequency by itself: a voltage behind a reactance whose angle follows a droop.</summary>
/// <remarks>
/// WECC REGFM_A1 in the states of PSTess gfma: T Ṗ_f = P − P_f and the same for Q; δ̇ = ω₀ [m_p (P_set − P_f) + overload]; overload is
/// k_pp (P_max − P_f) and its integral while P_f is above P_max, and the same below P_min; Ė = k_iv (V_set − m_q Q_f − V) within limits.
/// A fast limiter lengthens the reactance until the current is at its limit, which is solved with the network, so a fault beside it is
/// a bounded current and never a failed step. It is the virtual machine of H = T/(2 m_p), D = 1/m_p (D'Arco and Suul, IEEE Trans. Smart
/// Grid 5(1), 2014). Not modelled: current-control loops, the direct-current side, the battery's charge, negative sequence.
/// </remarks>
public sealed record NetworkFormingSpec : ISelfChecking
{
    /// <summary>Rating, the base of its per-unit data.</summary>
    public required double RatingMva { get; init => field = Check.Positive(value); }

    /// <summary>Fall of frequency from no load to full load.</summary>
    [Default(Grade.E, "assumption: 1 % (GridLAB-D inverter_dyn) to 3.3 % (ANDES REGF1) are published examples")]
    public double DroopFraction { get; init => field = Check.PositiveFraction(value); } = 0.02;

    /// <summary>Fall of voltage from no to full reactive load.</summary>
    [Default(Grade.B, "GridLAB-D inverter_dyn and ANDES REGF1 examples: 0.045 to 0.05")]
    public double VoltageDroopFraction { get; init => field = Check.Fraction(value); } = 0.05;

    /// <summary>Time constant with which power is measured.</summary>
    [Default(Grade.B, "PSTess gfma and GridLAB-D inverter_dyn examples: 0.01 s")]
    public double FilterS { get; init => field = Check.Positive(value); } = 0.01;

    /// <summary>Reactance between the voltage it makes and its terminals, with its transformer.</summary>
    [Default(Grade.B, "GridLAB-D inverter_dyn 0.15, ANDES REGF1 0.20")]
    public double ReactancePu { get; init => field = Check.Positive(value); } = 0.15;

    /// <summary>Integral gain of the voltage it holds.</summary>
    [Default(Grade.B, "PSTess gfma and GridLAB-D inverter_dyn examples: 5.86")]
    public double VoltageGainPerS { get; init => field = Check.NotNegative(value); } = 5.86;

    /// <summary>Highest voltage it makes.</summary>
    [Default(Grade.B, "GridLAB-D inverter_dyn example: 1.25")]
    public double HighestPu { get; init => field = Check.Positive(value); } = 1.25;

    /// <summary>Highest current, of rated.</summary>
    [Default(Grade.E, "assumption: 1.2 to 2 times rated is offered; inverters give far less fault current than machines")]
    public double CurrentLimitPu { get; init => field = Check.Positive(value); } = 1.2;

    /// <summary>Highest power it keeps up, of rated.</summary>
    [Default(Grade.E, "assumption: rated power")]
    public double MostPowerFraction { get; init => field = Check.Fraction(value); } = 1;

    /// <summary>Highest power it takes in, of rated.</summary>
    [Default(Grade.E, "assumption: rated power")]
    public double MostChargeFraction { get; init => field = Check.Fraction(value); } = 1;

    /// <summary>How hard frequency follows power beyond the limits, per unit of each.</summary>
    [Default(Grade.B, "PSTess gfma example: 0.01, and 0.1 for the integral")]
    public double OverloadFactor { get; init => field = Check.NotNegative(value); } = 0.01;

    /// <summary>The same for what lasts.</summary>
    [Default(Grade.B, "PSTess gfma example: 0.1")]
    public double OverloadIntegralPerS { get; init => field = Check.NotNegative(value); } = 0.1;

    /// <summary>Inertia constant of the machine it imitates.</summary>
    public double VirtualInertiaS => FilterS / (2 * DroopFraction);

    /// <summary>Damping of the machine it imitates.</summary>
    public double VirtualDampingPu => 1 / DroopFraction;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (CurrentLimitPu < MostPowerFraction)
        {
            yield return new Contradiction(nameof(CurrentLimitPu), FormattableString.Invariant($"at least the highest power, {MostPowerFraction * 100} % of rated"), FormattableString.Invariant($"{CurrentLimitPu} pu"));
        }
    }
}

/// <summary>Constants of one inverter on the base of the network, as the step needs them.</summary>
internal struct InverterData
{
    public int Bus;
    public int Source;              // place among the nodes of sources
    public int Near;                // and among those of halls and inverters
    public double Rating;
    public double Reactance;
    public double FilterPerS;
    public double Droop;
    public double VoltageDroop;
    public double VoltagePerS;
    public double Highest;
    public double LimitSquared;     // of the current, on the base of the network
    public double MostPower;
    public double MostCharge;
    public double OverloadGain;
    public double OverloadPerS;
    public double SetPower;
    public double SetVoltage;
}

/// <summary>Equal grid-forming inverters at one bus.</summary>
public sealed record GridFormingGroupSpec
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Bus at which they feed in.</summary>
    [RefersTo("buses")]
    public required string Bus { get; init; }

    /// <summary>How many run.</summary>
    [Default(Grade.D, "an entry is one inverter unless it says more")]
    public int Count { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>What each gives before the event, of its rating.</summary>
    [Default(Grade.E, "assumption: batteries stand by at no load")]
    public double LoadFraction { get; init => field = Check.Fraction(value); }

    /// <summary>One of them.</summary>
    [Inline]
    public required NetworkFormingSpec Unit { get; init; }
}
