using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>What a group of identical battery blocks remembers between steps.</summary>
public struct BatteryState
{
    /// <summary>Blocks in service and not failed.</summary>
    public int Blocks;

    /// <summary>Energy in the cells of those blocks together.</summary>
    public double StoredMwh;

    /// <summary>Capacity lost to wear, as a share of the new one.</summary>
    public double LostFraction;

    /// <summary>Power given in this step already to shave a peak, so that all that is given stays within the inverter.</summary>
    public double ShavedMw;

    /// <summary>Energy given at the terminals since the run began.</summary>
    public double GivenMwh;
}

/// <summary>The battery's equations, for a group of identical blocks.</summary>
public static class Battery
{
    /// <summary>Energy between empty and full of the blocks in service, worn as they are.</summary>
    public static double FullMwh(BatterySpec spec, in BatteryState state) => state.Blocks * spec.CapacityMwh * (1 - state.LostFraction);

    /// <summary>State of charge, 0 when nothing is in service.</summary>
    public static double ChargeFraction(BatterySpec spec, in BatteryState state)
    {
        double fullMwh = FullMwh(spec, state);
        return fullMwh > 0 ? Math.Min(1, state.StoredMwh / fullMwh) : 0;
    }

    /// <summary>Share of the energy at the terminals that arrives in the cells.</summary>
    public static double ChargeEfficiency(BatterySpec spec) => spec.ChargeEfficiencyFraction ?? spec.OneWayEfficiencyFraction;

    /// <summary>Share of the energy from the cells that arrives at the terminals.</summary>
    public static double DischargeEfficiency(BatterySpec spec) => spec.DischargeEfficiencyFraction ?? spec.OneWayEfficiencyFraction;

    /// <summary>Share of the energy that comes back from a round trip, standing losses apart.</summary>
    public static double RoundTrip(BatterySpec spec) => ChargeEfficiency(spec) * DischargeEfficiency(spec);

    /// <summary>Highest power the group can deliver for a whole step.</summary>
    public static double DischargeLimitMw(BatterySpec spec, in BatteryState state, double stepS)
    {
        double powerMw = state.Blocks * spec.RatedMw;
        if (spec.DischargeTaperFraction is { } taper) { powerMw *= taper.At(ChargeFraction(spec, state)); }
        return Math.Min(Math.Max(0, powerMw - state.ShavedMw), state.StoredMwh * DischargeEfficiency(spec) * 3600 / stepS);
    }

    /// <summary>Highest power the group can take for a whole step.</summary>
    public static double ChargeLimitMw(BatterySpec spec, in BatteryState state, double stepS)
    {
        double powerMw = state.Blocks * spec.RatedMw;
        if (spec.ChargeTaperFraction is { } taper) { powerMw *= taper.At(ChargeFraction(spec, state)); }
        double roomMwh = Math.Max(0, FullMwh(spec, state) - state.StoredMwh);
        return Math.Min(powerMw, roomMwh / ChargeEfficiency(spec) * 3600 / stepS);
    }

    /// <summary>Delivers up to <paramref name="askedMw"/> for one step; returns what reached the terminals.</summary>
    public static double Discharge(BatterySpec spec, ref BatteryState state, double askedMw, double stepS)
    {
        double deliveredMw = Math.Min(askedMw, DischargeLimitMw(spec, state, stepS));
        state.StoredMwh = Math.Max(0, state.StoredMwh - deliveredMw / DischargeEfficiency(spec) * stepS / 3600);
        state.GivenMwh += deliveredMw * stepS / 3600;
        return deliveredMw;
    }

    /// <summary>Takes up to <paramref name="offeredMw"/> for one step; returns what was taken at the terminals.</summary>
    public static double Charge(BatterySpec spec, ref BatteryState state, double offeredMw, double stepS)
    {
        double takenMw = Math.Min(offeredMw, ChargeLimitMw(spec, state, stepS));
        state.StoredMwh += takenMw * ChargeEfficiency(spec) * stepS / 3600;
        return takenMw;
    }

    /// <summary>Lets the cells lose what they lose by standing for one step, and ends the step.</summary>
    /// <remarks>dE/dt = −s E − P, solved over the step, so that its length does not matter.</remarks>
    /// <returns>Mean power lost in the cells.</returns>
    public static double Stand(BatterySpec spec, ref BatteryState state, double stepS)
    {
        state.ShavedMw = 0;
        if ((spec.StandbyFraction == 0 && spec.SelfDischargePerS == 0) || state.StoredMwh <= 0) { return 0; }
        double drawnMwh = spec.StandbyFraction * state.Blocks * spec.RatedMw * stepS / 3600;
        double before = state.StoredMwh;
        double decay = spec.SelfDischargePerS * stepS;
        double kept = Elementary.Exp(-decay);
        // The draw of a step decays along with the charge; for a small decay (1 − e⁻ˣ)/x is 1 − x/2 + x²/6 to 1e-13.
        double drawnPart = decay < 1e-4 ? 1 - decay / 2 + decay * decay / 6 : (1 - kept) / decay;
        state.StoredMwh = Math.Max(0, before * kept - drawnMwh * drawnPart);
        return (before - state.StoredMwh) * 3600 / stepS;
    }

    /// <summary>Load of cooling and controls on the bus.</summary>
    public static double AuxiliaryMw(BatterySpec spec, in BatteryState state, double airC)
    {
        double outsideK = Math.Max(0, Math.Max(airC - spec.CooledAboveC, spec.HeatedBelowC - airC));
        return state.Blocks * spec.RatedMw * (spec.AuxiliaryFraction + spec.AuxiliaryRiseFractionPerK * outsideK);
    }

    /// <summary>Active power that the inverters can give for a time beside a reactive power: |S| ≤ S_n, a while |S| ≤ k S_n.</summary>
    /// <param name="spec">The block.</param>
    /// <param name="state">The group.</param>
    /// <param name="reactiveMvar">Reactive power given or taken at the same time.</param>
    /// <param name="lastsS">How long it must last.</param>
    /// <returns>MW at the terminals, whatever is stored; 0 when the reactive power alone is too much.</returns>
    public static double ActiveLimitMw(BatterySpec spec, in BatteryState state, double reactiveMvar, double lastsS)
    {
        double factor = lastsS <= spec.OverloadLastsS ? spec.OverloadFactor : 1;
        double apparentMva = state.Blocks * (spec.ApparentMva ?? spec.RatedMw) * factor;
        double activeMw = Math.Sqrt(Math.Max(0, apparentMva * apparentMva - reactiveMvar * reactiveMvar));
        return Math.Min(activeMw, state.Blocks * spec.RatedMw * factor);
    }
}
