using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>Commits units, shares load and settles what batteries, grid and load banks do in a step.</summary>
/// <remarks>
/// Merit order with spinning reserve: enough units are on the bus to carry the load and, together with grid headroom and
/// charged batteries, the largest of: loss of so many units, loss of a line, a step of load. Running units on a parcel share load in proportion to what they could
/// give; parcels share it in proportion to what can reach the bus. Shortage order: grid, battery, then load is not served.
/// Surplus order: less import, charge, load bank. With an <see cref="HourlyPlan"/> units follow it as far as load and reserve allow; without one
/// a unit that will be needed in an hour may stop now. Not modelled: frequency, voltage.
/// </remarks>
public static class Dispatch
{
    /// <summary>Supplies <paramref name="demandMw"/> at the campus bus for one step, in air too damp to evaporate water.</summary>
    /// <param name="plant">The plant and what it remembers.</param>
    /// <param name="demandMw">Power asked for at the bus.</param>
    /// <param name="prepareMw">Power that units are committed for: the demand, or more when more is about to come.</param>
    /// <param name="inletAirC">Inlet air.</param>
    /// <param name="pressurePa">Station pressure.</param>
    /// <param name="nowS">Simulated time at the start of the step.</param>
    /// <param name="stepS">Length of the step.</param>
    public static PowerStep Step(
        PowerPlant plant, double demandMw, double prepareMw, double inletAirC, double pressurePa, double nowS, double stepS) =>
        Step(plant, new DispatchInput(demandMw, prepareMw, 0, inletAirC, inletAirC, pressurePa, nowS, stepS));

    /// <summary>Supplies what is asked for at the campus bus for one step.</summary>
    /// <param name="plant">The plant and what it remembers.</param>
    /// <param name="input">What is asked, and the air.</param>
    public static PowerStep Step(PowerPlant plant, in DispatchInput input)
    {
        double demandMw = input.DemandMw, nowS = input.NowS, stepS = input.StepS;
        ReadOnlySpan<GeneratorGroup> generators = plant.Generators;
        HourlyPlan? plan = plant.Plan is { } made && made.Covers(nowS) ? made : null;
        double plannedMw = plan is { MovesBatteries: true } ? plan.BatteryMw(nowS) : double.NaN;
        double auxiliaryMw = plant.SmoothingLossMw, batteryMw = 0, reserveMw = 0, wishMw = 0, shavedMw = 0, batteryLossMw = 0;
        foreach (BatteryGroup battery in plant.Batteries)
        {
            ref BatteryState state = ref battery.State;
            auxiliaryMw += Battery.AuxiliaryMw(battery.Spec, state, input.DryBulbC);
            battery.PlannedMw = double.IsNaN(plannedMw) ? plannedMw : plannedMw * plant.ShareOf(battery);
            wishMw += battery.WishMw(demandMw);
            double gaveMw = battery.Shave(demandMw - shavedMw, stepS);
            shavedMw += gaveMw;
            batteryLossMw += gaveMw / Battery.DischargeEfficiency(battery.Spec) - gaveMw;
            batteryMw += gaveMw + Battery.DischargeLimitMw(battery.Spec, state, stepS);
            reserveMw += battery.ReserveMw(plant.Dispatch.BridgeS);
        }
        double loadMw = demandMw + auxiliaryMw - shavedMw;
        double gridBaseMw = (plan?.IsGridFirst(nowS) ?? plant.GridFirst) ? Math.Min(plant.GridLimitMw, loadMw) : 0;
        double commitMw = Math.Max(demandMw, input.PrepareMw) - shavedMw + auxiliaryMw + wishMw - gridBaseMw;
        int starts = DispatchCommitment.Commit(plant, input, commitMw, reserveMw, gridBaseMw);
        double startFuelMw = DispatchFuel.Starts(plant, nowS, stepS);

        // What can reach the bus, parcel by parcel.
        Array.Clear(plant.SiteRunningMw);
        Array.Clear(plant.SiteFloorMw);
        Array.Clear(plant.SiteRampMw);
        Array.Clear(plant.SiteInstalledMw);
        int running = 0;
        for (int i = 0; i < generators.Length; i++)
        {
            GeneratorGroup group = generators[i];
            plant.SiteRunningMw[group.Site] += group.Running * plant.UnitMw[i];
            plant.SiteFloorMw[group.Site] +=
                group.Running * Math.Min(plant.UnitMw[i], group.Spec.LowestFraction * group.Spec.RatedMw);
            plant.SiteRampMw[group.Site] += group.Running * group.Spec.RampMwPerS * stepS;
            plant.SiteInstalledMw[group.Site] += group.Installed * group.Spec.RatedMw * plant.StepUp.SizingRatio;
            running += group.Running;
        }
        for (int s = 0; s < plant.Sites.Length; s++) { plant.SiteReachMw[s] = DispatchFuel.ReachMw(plant, s); }
        double reachMw = 0;
        for (int s = 0; s < plant.Sites.Length; s++) { reachMw += Math.Max(0, Delivered(plant, s, ReachableMw(plant, s))); }

        double spareMw = reachMw + plant.GridLimitMw - loadMw;
        double chargeAskMw = Math.Max(0, Math.Min(wishMw, spareMw));
        double share = reachMw > 0 ? Math.Min(1, Math.Max(0, loadMw + chargeAskMw - gridBaseMw) / reachMw) : 0;
        double generationMw = 0, deliveredMw = 0, stepUpLossMw = 0, lineLossMw = 0;
        for (int s = 0; s < plant.Sites.Length; s++)
        {
            double limitMw = ReachableMw(plant, s);
            double beforeMw = SiteOutputMw(generators, s);
            double wantedMw = share * Math.Max(0, Delivered(plant, s, limitMw));
            double sentMw = plant.SiteRunningMw[s] > 0 ? SendMw(plant, s, wantedMw) : 0;
            // An islanded minimum is a floor: below it the surplus goes to batteries and load banks.
            sentMw = Math.Limit(sentMw, Math.Min(plant.SiteFloorMw[s], limitMw), limitMw);
            double rampMw = plant.RampsFreely ? double.MaxValue : plant.SiteRampMw[s];
            sentMw = Math.Limit(sentMw, Math.Max(0, beforeMw - rampMw), Math.Min(limitMw, beforeMw + rampMw));
            ShareOut(plant, s, sentMw);
            double lossMw = StepUpLossMw(plant, s, sentMw);
            double lineMw = plant.Sites[s].LinePerMw * (sentMw - lossMw) * (sentMw - lossMw);
            generationMw += sentMw;
            stepUpLossMw += lossMw;
            lineLossMw += lineMw;
            deliveredMw += sentMw - lossMw - lineMw;
        }

        plant.RampsFreely = false;
        double gapMw = loadMw - deliveredMw - gridBaseMw;
        double dischargeMw = shavedMw, chargeMw = 0, gridMw = gridBaseMw, dumpedMw = 0, unservedMw = 0, bridgedMw = 0;
        if (gapMw > 0)
        {
            // The grid is asked first for what units on the bus cannot give and the battery only bridges.
            double extraMw = Math.Min(gapMw, plant.GridLimitMw - gridBaseMw);
            gridMw += extraMw;
            gapMw -= extraMw;
            foreach (BatteryGroup battery in plant.Batteries)
            {
                double gaveMw = Battery.Discharge(battery.Spec, ref battery.State, gapMw, stepS);
                dischargeMw += gaveMw;
                bridgedMw += gaveMw;
                batteryLossMw += gaveMw / Battery.DischargeEfficiency(battery.Spec) - gaveMw;
                gapMw -= gaveMw;
            }
            unservedMw = Math.Max(0, gapMw);
        }
        else
        {
            double surplusMw = -gapMw;
            double offeredMw = Math.Max(surplusMw, Math.Min(chargeAskMw, surplusMw + plant.GridLimitMw - gridBaseMw));
            foreach (BatteryGroup battery in plant.Batteries)
            {
                // Never beyond the target: the room above it is for the load that a crashed job leaves.
                double tookMw = Battery.Charge(battery.Spec, ref battery.State, Math.Min(offeredMw - chargeMw, battery.ToTargetMw(stepS)), stepS);
                chargeMw += tookMw;
                batteryLossMw += tookMw * (1 - Battery.ChargeEfficiency(battery.Spec));
            }
            double leftMw = surplusMw - chargeMw;
            double lessMw = Math.Min(gridMw, Math.Max(0, leftMw));
            gridMw += leftMw < 0 ? -leftMw : -lessMw;
            dumpedMw = Math.Max(0, leftMw - lessMw);
        }

        double fuelMw = startFuelMw, storedMwh = 0, noxKgPerS = 0, blockMw = 0;
        for (int i = 0; i < generators.Length; i++)
        {
            fuelMw += DispatchFuel.Burn(plant, i);
            noxKgPerS += generators[i].NoxKgPerS;
            blockMw += DispatchFuel.BlockLoadMw(plant, i);
        }
        foreach (BatteryGroup battery in plant.Batteries)
        {
            batteryLossMw += battery.Settle(stepS);
            storedMwh += battery.State.StoredMwh;
        }
        // Auxiliaries are served before the halls, so what is missing is missing from the halls.
        double servedMw = demandMw - Math.Min(demandMw, unservedMw);
        double auxServedMw = auxiliaryMw - Math.Max(0, unservedMw - demandMw);
        return new PowerStep(
            demandMw, servedMw, generationMw, fuelMw, gridMw, dischargeMw, chargeMw, batteryLossMw, auxServedMw, stepUpLossMw, lineLossMw,
            dumpedMw, storedMwh, reachMw + plant.GridLimitMw, batteryMw, reserveMw, running, starts)
        {
            BlockLoadMw = blockMw,
            NoxKgPerS = noxKgPerS,
            BridgedMw = bridgedMw,
        };
    }

    /// <summary>Power that the whole plant could deliver at the bus for good, for a given day: a basis for planning.</summary>
    /// <param name="plant">The plant; only specs, lines and losses are read.</param>
    /// <param name="units">Units to count, per generating group.</param>
    /// <param name="gridMw">Import to count.</param>
    /// <param name="inletAirC">Inlet air of the design day.</param>
    /// <param name="pressurePa">Station pressure.</param>
    /// <param name="batteryReserveMw">Battery power to count towards the reserve.</param>
    /// <param name="wetBulbC">Wet-bulb temperature of that air; as warm as the air when absent, so that nothing evaporates.</param>
    /// <returns>MW at the campus bus with the largest <see cref="DispatchSpec.ReserveUnits"/> units out.</returns>
    public static double FirmMw(
        PowerPlant plant, ReadOnlySpan<int> units, double gridMw, double inletAirC, double pressurePa, double batteryReserveMw,
        double? wetBulbC = null)
    {
        double totalMw = gridMw;
        double lineMw = 0;
        List<double> unitsMw = [];
        for (int s = 0; s < plant.Sites.Length; s++)
        {
            double atSiteMw = 0, installedMw = 0, fuelMw = 0;
            for (int i = 0; i < plant.Generators.Length; i++)
            {
                GeneratorGroup group = plant.Generators[i];
                if (group.Site != s || units[i] == 0) { continue; }
                UnitConditions at = GasTurbine.Conditions(group.Spec, inletAirC, wetBulbC ?? inletAirC, pressurePa, 0);
                double unitMw = at.AvailableMw;
                atSiteMw += units[i] * unitMw;
                fuelMw += units[i] * GasTurbine.FuelMw(group.Spec, at, unitMw);
                installedMw += units[i] * group.Spec.RatedMw * plant.StepUp.SizingRatio;
                for (int k = 0; k < units[i] && k < plant.Dispatch.ReserveUnits; k++) { unitsMw.Add(unitMw); }
            }
            double fuelShare = fuelMw > plant.Sites[s].FuelLimitMw ? plant.Sites[s].FuelLimitMw / fuelMw : 1;
            double sentMw = Math.Min(atSiteMw * fuelShare, plant.Sites[s].LimitMw);
            lineMw = Math.Max(lineMw, DispatchCommitment.LineBlockMw(plant, s, atSiteMw * fuelShare));
            double afterMw = LossyPath.ArrivesMw(
                sentMw, plant.StepUp.NoLoadLossFraction * installedMw, installedMw > 0 ? plant.StepUp.LoadLossFraction / installedMw : 0);
            totalMw += LossyPath.ArrivesMw(afterMw, 0, plant.Sites[s].LinePerMw);
        }
        unitsMw.Sort();
        double lostMw = 0;
        // Where fewer units are there, the rest are as large as the largest.
        for (int k = 1; k <= plant.Dispatch.ReserveUnits && unitsMw.Count > 0; k++) { lostMw += unitsMw[k <= unitsMw.Count ? ^k : ^1]; }
        double blockMw = Math.Max(Math.Max(lostMw, lineMw), plant.Dispatch.CoversGridLoss ? gridMw : 0);
        double reserveMw = blockMw - (plant.Dispatch.BatteriesCountAsReserve ? batteryReserveMw : 0);
        return Math.Max(plant.Dispatch.CoversGridLoss ? 0 : gridMw, totalMw - Math.Max(0, reserveMw));
    }

    private static double ReachableMw(PowerPlant plant, int site) => plant.SiteReachMw[site];

    private static double StepUpLossMw(PowerPlant plant, int site, double sentMw)
    {
        double capacityMw = plant.SiteInstalledMw[site];
        // With nothing running the transformers are switched off with their units.
        if (capacityMw == 0 || plant.SiteRunningMw[site] == 0) { return 0; }
        double lossMw = plant.StepUp.NoLoadLossFraction * capacityMw + plant.StepUp.LoadLossFraction * sentMw * sentMw / capacityMw;
        return Math.Min(lossMw, sentMw);
    }

    private static double Delivered(PowerPlant plant, int site, double sentMw)
    {
        double afterMw = sentMw - StepUpLossMw(plant, site, sentMw);
        return LossyPath.ArrivesMw(afterMw, 0, plant.Sites[site].LinePerMw);
    }

    private static double SendMw(PowerPlant plant, int site, double wantedMw)
    {
        double capacityMw = plant.SiteInstalledMw[site];
        double afterMw = LossyPath.SendMw(wantedMw, 0, plant.Sites[site].LinePerMw);
        return LossyPath.SendMw(
            afterMw, plant.StepUp.NoLoadLossFraction * capacityMw, capacityMw > 0 ? plant.StepUp.LoadLossFraction / capacityMw : 0);
    }

    private static double SiteOutputMw(ReadOnlySpan<GeneratorGroup> generators, int site)
    {
        double outputMw = 0;
        foreach (GeneratorGroup group in generators)
        {
            if (group.Site == site) { outputMw += group.OutputMw; }
        }
        return outputMw;
    }

    private static void ShareOut(PowerPlant plant, int site, double sentMw)
    {
        double runningMw = plant.SiteRunningMw[site];
        for (int i = 0; i < plant.Generators.Length; i++)
        {
            GeneratorGroup group = plant.Generators[i];
            if (group.Site == site) { group.OutputMw = runningMw > 0 ? sentMw * group.Running * plant.UnitMw[i] / runningMw : 0; }
        }
    }
}
