namespace Gigawatt.Power.Transients;

/// <summary>Says without a simulation that disturbances cannot shed or trip anything.</summary>
/// <remarks>
/// Within its limits a grid-forming group is M dω/dt = u − K ω with K = S/m_p and M = 2HS + S T_Pf/m_p, where u is everything else: the sum D of all
/// disturbances and what governors and following batteries add, at most c(s) while |ω| ≤ s (gain times s where the governor is a chain of lags, else its whole
/// range). If (D + c(s))/K &lt; s for an s inside every relay level, ω cannot reach s: as long as it is inside, |u| ≤ D + c(s), so |ω| ≤ (D + c(s))/K &lt; s.
/// The power of a block is −K_j ω − b_j dω/dt, at most K_j s max(1, T_j/T_min) + (b_j/M)(D + c); it must stay within lasting power, current and stored energy.
/// It is sufficient, not necessary: without grid-forming batteries it never says yes.
/// </remarks>
public static class HarmlessBound
{
    /// <summary>Whether nothing can be shed or tripped, whatever the order of the disturbances.</summary>
    public static bool IsHarmless(CampusBus bus, ReadOnlySpan<Disturbance> events, double horizonS) => DeviationPu(bus, events, horizonS) < double.PositiveInfinity;

    /// <summary>A bound of the deviation of frequency that holds for certain; infinite when none is known.</summary>
    public static double DeviationPu(CampusBus bus, ReadOnlySpan<Disturbance> events, double horizonS)
    {
        double marginPu = 0.2;
        foreach (StageRow row in bus.Stages) { marginPu = Math.Min(marginPu, row.Over ? row.LevelPu : -row.LevelPu); }
        foreach (ShedRow row in bus.Sheds) { marginPu = Math.Min(marginPu, row.DepthPu); }
        double stepMw = 0, wantMw = 0, voltage = 1;
        foreach (double load in bus.LoadMw) { wantMw += load; }
        foreach (ref readonly Disturbance one in events) { wantMw += Math.Abs(one.ChangeMw); }
        foreach (ref readonly Disturbance one in events)
        {
            stepMw += one.Kind switch
            {
                DisturbanceKind.UnitTrip => one.Count * Math.Abs(bus.Machines[one.Index].OutputPu * bus.Machines[one.Index].BaseMw),
                DisturbanceKind.FormingLoss => one.Count * Math.Abs(bus.Forming[one.Index].SetPu) * bus.Forming[one.Index].BaseMw,
                DisturbanceKind.FollowingLoss => one.Count * Math.Abs(bus.Following[one.Index].SetPu) * bus.Following[one.Index].BaseMw,
                DisturbanceKind.GridLoss => Math.Abs(bus.ImportMw),
                DisturbanceKind.FeederFault => wantMw * (1 - one.VoltagePu * one.VoltagePu),
                _ => Math.Abs(one.ChangeMw),
            };
            if (one.Kind == DisturbanceKind.FeederFault) { voltage = Math.Min(voltage, one.VoltagePu); }
        }
        stepMw += wantMw * bus.Spec.LoadDampingPu * marginPu;
        double stiffMw = 0, massMw = 0;
        for (int i = 0; i < bus.Forming.Length; i++)
        {
            double scale = Remaining(bus.Forming[i].Count, events, DisturbanceKind.FormingLoss, i) * bus.Forming[i].BaseMw / bus.Forming[i].Droop;
            stiffMw += scale;
            massMw += scale * bus.Forming[i].FilterS;
        }
        if (stiffMw <= 0) { return double.PositiveInfinity; }
        for (int i = 0; i < bus.Machines.Length; i++)
        {
            massMw += Remaining(bus.Machines[i].Count, events, DisturbanceKind.UnitTrip, i) * bus.Machines[i].SwingMwS;
        }
        double s = marginPu * (1 - 1e-9), forcingMw = 0;
        for (int round = 0; round < 8; round++)
        {
            forcingMw = stepMw + Others(bus, s);
            if (!(forcingMw < stiffMw * s)) { return round == 0 ? double.PositiveInfinity : Checked(bus, horizonS, voltage, stiffMw, massMw, forcingMw, s); }
            s = forcingMw / stiffMw * (1 + 1e-9);
        }
        return Checked(bus, horizonS, voltage, stiffMw, massMw, forcingMw, s);
    }

    private static double Checked(
        CampusBus bus, double horizonS, double voltage, double stiffMw, double massMw, double forcingMw, double s)
    {
        double quickestS = double.PositiveInfinity;
        foreach (FormingRow row in bus.Forming) { quickestS = Math.Min(quickestS, row.FilterS); }
        for (int i = 0; i < bus.Forming.Length; i++)
        {
            ref readonly FormingRow row = ref bus.Forming[i];
            double own = 1 / row.Droop;
            // |1 − T_j K/M| is at most the larger of 1 and T_j over the smallest T, whatever has been lost.
            double movesPu = own * s * Math.Max(1, row.FilterS / quickestS) + own * row.FilterS / massMw * forcingMw;
            double most = Math.Min(row.MaxPu, row.Current * voltage), least = Math.Max(row.MinPu, -row.Current * voltage);
            if (row.SetPu + movesPu >= most || row.SetPu - movesPu <= least) { return double.PositiveInfinity; }
            if (!Lasts(Math.Abs(row.SetPu) + movesPu, row.BaseMw, row.Efficiency, row.StoredMwh, row.CapacityMwh, horizonS)) { return double.PositiveInfinity; }
        }
        foreach (FollowingRow row in bus.Following)
        {
            if (!Lasts(row.Current, row.BaseMw, row.Efficiency, row.StoredMwh, row.CapacityMwh, horizonS)) { return double.PositiveInfinity; }
        }
        double ratePuPerS = (forcingMw + stiffMw * s) / massMw;
        foreach (RateRow row in bus.Rates) { if (Math.Min(ratePuPerS, 2 * s / row.WindowS) >= row.LevelPuPerS) { return double.PositiveInfinity; } }
        foreach (MachineRow row in bus.Machines)
        {
            if (2 * (1 - row.NoLoadFuel) * Machine(row, s) / row.RatedPu >= row.BlowOut) { return double.PositiveInfinity; }
        }
        return s;
    }

    private static int Remaining(int count, ReadOnlySpan<Disturbance> events, DisturbanceKind kind, int index)
    {
        foreach (ref readonly Disturbance one in events) { if (one.Kind == kind && one.Index == index) { count -= one.Count; } }
        return Math.Max(0, count);
    }

    private static double Others(CampusBus bus, double s)
    {
        double sum = 0;
        foreach (MachineRow row in bus.Machines) { sum += row.Count * row.BaseMw * Machine(row, s); }
        foreach (FollowingRow row in bus.Following) { sum += row.Count * row.BaseMw * Math.Min(s / row.Droop, row.Current * 2); }
        return sum;
    }

    // Most that a machine's power can move, on its turbine's base, while frequency stays within s.
    private static double Machine(in MachineRow row, double s)
    {
        double whole = Whole(row, s);
        if (row.Shares) { return whole; }
        return row.Kind switch
        {
            GovernorKind.Gast when row.OutputPu + s / row.Governor.Gast!.DroopPu <= Math.Min(row.Governor.Gast.AmbientLimitPu, Math.Min(row.RatedPu, row.OutputPu + row.BlockPu)) =>
                Math.Min(whole, s / row.Governor.Gast.DroopPu + row.Governor.Gast.TurbineDampingPu * s),
            GovernorKind.Lag when row.OutputPu + s * row.Governor.Lag!.GainRatio / row.Governor.Lag.DroopPu <= Math.Min(row.RatedPu, row.OutputPu + row.BlockPu) =>
                s * row.Governor.Lag.GainRatio / row.Governor.Lag.DroopPu,
            _ => whole,
        };
    }

    private static double Whole(in MachineRow row, double s)
    {
        switch (row.Kind)
        {
            case GovernorKind.Gast:
                GastSpec gast = row.Governor.Gast!;
                // The temperature limit can drive the valve to its lower stop whatever frequency does.
                return Math.Max(row.OutputPu - gast.MinValvePu, gast.MaxValvePu - row.OutputPu) + gast.TurbineDampingPu * s;
            case GovernorKind.Ggov1:
                Ggov1Spec ggov = row.Governor.Ggov1!;
                if (ggov.TurbineLeadS > 0) { return double.PositiveInfinity; }
                double highest = ggov.TurbineGainRatio * (ggov.MaxValvePu * (1 + s) - ggov.NoLoadFuelPu);
                double lowest = ggov.TurbineGainRatio * (ggov.MinValvePu * (1 - s) - ggov.NoLoadFuelPu);
                return Math.Max(row.OutputPu - lowest, highest - row.OutputPu) + ggov.TurbineDampingPu * s;
            case GovernorKind.Degov1:
                Degov1Spec degov = row.Governor.Degov1!;
                return Math.Max(row.OutputPu - degov.MinThrottlePu * (1 - s), degov.MaxThrottlePu * (1 + s) - row.OutputPu);
            default:
                return double.PositiveInfinity;
        }
    }

    private static bool Lasts(double powerPu, double baseMw, double efficiency, double storedMwh, double capacityMwh, double horizonS)
    {
        double energyMwh = powerPu * baseMw / efficiency * horizonS / 3600;
        return energyMwh < storedMwh && energyMwh < capacityMwh - storedMwh;
    }
}
