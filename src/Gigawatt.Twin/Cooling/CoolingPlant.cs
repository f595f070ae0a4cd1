using Gigawatt.Numerics;

namespace Gigawatt.Cooling;

/// <summary>The cooling plant's equations.</summary>
/// <remarks>
/// One loop of facility water takes the heat of coolant, hall air, and of the pumps and fans inside (distribution units,
/// hall fans, facility pumps). Its flow follows the heat between a least flow and design flow. Groups of units are
/// staged in list order, each upstream of the next, so coolers and towers listed before chillers pre-cool the water:
/// a group takes heat up to its capacity, chillers with the fewest units that carry it, coolers and towers with all
/// units in service at one fan speed. What is not rejected warms the loop; a warm loop is drawn down to its set point with
/// whatever capacity is spare. Power of compressors, outdoor fans and tower pumps leaves outdoors and is not in the
/// loop's balance. Not modelled: separate loops for air and liquid, water-cooled chillers, tanks apart from the loop,
/// loading ramps after a restart (the caller counts restarting units as out of service).
/// </remarks>
public static class CoolingPlant
{
    private const double SeaLevelPa = 101_325;
    private const double KgPerM3 = 1000;

    /// <summary>Runs the plant for one step.</summary>
    /// <param name="spec">The plant.</param>
    /// <param name="groups">Its groups of units in the order in which they are staged, at most <see cref="CoolingGroup.Most"/>.</param>
    /// <param name="unitsInstalled">Units of each group that stand on the site; they set flow and volume of the loop.</param>
    /// <param name="unitsInService">Units of each group that can run now.</param>
    /// <param name="state">What the plant remembers.</param>
    /// <param name="input">Heat, weather and water.</param>
    /// <param name="stepS">Length of the step.</param>
    public static CoolingStep Step(
        CoolingPlantSpec spec, ReadOnlySpan<CoolingGroup> groups, ReadOnlySpan<int> unitsInstalled,
        ReadOnlySpan<int> unitsInService, ref CoolingPlantState state, in CoolingInput input, double stepS)
    {
        double hours = stepS / 3600;
        double designMw = RatedMw(groups, unitsInstalled);
        double cduPumpMw = spec.Cdu.PumpFraction * input.LiquidHeatMw;
        double hallFanMw = spec.HallFanFraction * input.AirHeatMw;
        double gatheredMw = input.LiquidHeatMw + input.AirHeatMw + cduPumpMw + hallFanMw;
        double facilityPumpMw = FacilityPumpMw(spec, gatheredMw, designMw);
        double heatMw = gatheredMw + facilityPumpMw;

        double loopMwhPerK = FacilityLoop.MwhPerK(spec.LoopVolumeM3PerMw * designMw);
        double aboveK = loopMwhPerK > 0 ? state.StoredMwh / loopMwhPerK : 0;
        double wantedMw = heatMw + state.StoredMwh / hours;
        var staged = new Staging(spec, heatMw, designMw, spec.SupplyC + aboveK);
        Stage(ref staged, groups, unitsInService, ref state.Towers, input, wantedMw);

        double before = state.StoredMwh;
        state.StoredMwh = staged.RejectedMw >= wantedMw ? 0 : Math.Max(0, before + (heatMw - staged.RejectedMw) * hours);
        double changeMwh = state.StoredMwh - before;
        double endK = loopMwhPerK > 0 ? state.StoredMwh / loopMwhPerK : 0;
        double fullHeatMw = heatMw / Math.Max(1 - state.ThrottledFraction, 0.05);
        double throttle = designMw > 0
            ? FacilityLoop.AllowedFraction(
                spec.ThrottleStartK, spec.TripK, endK, staged.CapacityMw, fullHeatMw, loopMwhPerK, stepS)
            : 0;
        state.ThrottledFraction = 1 - throttle;
        double supplyC = spec.SupplyC + endK;

        return new CoolingStep(
            heatMw, heatMw - changeMwh / hours, changeMwh,
            staged.CompressorMw, staged.FanMw, staged.TowerPumpMw, hallFanMw, cduPumpMw, facilityPumpMw,
            supplyC, supplyC + spec.Cdu.ApproachK, staged.CapacityMw,
            staged.RejectedMw > 0 ? staged.FreeMw / staged.RejectedMw : 0,
            staged.EvaporationM3PerS, staged.DriftM3PerS, staged.BlowdownM3PerS,
            throttle, staged.OutsideCurve);
    }

    /// <summary>The most steady heat the installed units reject in design weather, with water enough: what can be promised to the halls.</summary>
    /// <remarks>
    /// Supply stays at its set point; where weather and units cannot hold that, as towers below the wet bulb, the answer is
    /// 0. The water may return warmer than at design. Coolers and towers do more when it does, so heat that is too little to
    /// be carried can lie below heat that is not: the search comes from above.
    /// </remarks>
    public static double PlanningCapacityMw(
        CoolingPlantSpec spec, ReadOnlySpan<CoolingGroup> groups, ReadOnlySpan<int> unitsInstalled,
        double designDryBulbC, double designWetBulbC, double pressurePa = SeaLevelPa)
    {
        double designMw = RatedMw(groups, unitsInstalled);
        var weather = new CoolingInput(0, 0, designDryBulbC, designWetBulbC, pressurePa, double.PositiveInfinity, 5);
        double stepMw = designMw / 32;
        double lowMw = 4 * designMw;
        while (lowMw > 0 && !Carries(spec, groups, unitsInstalled, weather, lowMw, designMw)) { lowMw -= stepMw; }
        if (!(lowMw > 0)) { return 0; }
        double highMw = lowMw + stepMw;
        for (int i = 0; i < 50; i++)
        {
            double middleMw = 0.5 * (lowMw + highMw);
            if (Carries(spec, groups, unitsInstalled, weather, middleMw, designMw)) { lowMw = middleMw; }
            else { highMw = middleMw; }
        }
        return lowMw;
    }

    /// <summary>Heat to reject per IT power, pumps and fans inside the loops included: divides heat capacity into IT power.</summary>
    public static double HeatPerItRatio(CoolingPlantSpec spec, double liquidFraction) =>
        (liquidFraction * (1 + spec.Cdu.PumpFraction) + (1 - liquidFraction) * (1 + spec.HallFanFraction))
        * (1 + spec.FacilityPumpFraction);

    private static bool Carries(
        CoolingPlantSpec spec, ReadOnlySpan<CoolingGroup> groups, ReadOnlySpan<int> units, in CoolingInput weather,
        double heatMw, double designMw)
    {
        var towers = default(CoolingTowerStates);
        var staged = new Staging(spec, heatMw, designMw, spec.SupplyC);
        Stage(ref staged, groups, units, ref towers, weather, heatMw);
        return staged.RejectedMw >= heatMw * (1 - 1e-12);
    }

    private static double RatedMw(ReadOnlySpan<CoolingGroup> groups, ReadOnlySpan<int> units)
    {
        double sum = 0;
        for (int i = 0; i < groups.Length; i++) { sum += groups[i].RatedMw * units[i]; }
        return sum;
    }

    private static double FlowFraction(CoolingPlantSpec spec, double heatMw, double designMw) =>
        Math.Limit(heatMw / designMw, spec.MinFlowFraction, 1);

    private static double FacilityPumpMw(CoolingPlantSpec spec, double heatMw, double designMw) =>
        heatMw > 0 && designMw > 0
            ? spec.FacilityPumpFraction * designMw
                * Pump.PowerFraction(FlowFraction(spec, heatMw, designMw), spec.PumpStaticFraction)
            : 0;

    private static void Stage(
        ref Staging staged, ReadOnlySpan<CoolingGroup> groups, ReadOnlySpan<int> unitsInService, ref CoolingTowerStates towers,
        in CoolingInput input, double wantedMw)
    {
        double enteringC = input.DryBulbC + staged.Spec.RecirculationK;
        double waterM3PerS = input.WaterAvailableM3PerS;
        for (int i = 0; i < groups.Length; i++)
        {
            int units = unitsInService[i];
            if (units <= 0) { continue; }
            CoolingGroup group = groups[i];
            double takenMw = group.Kind switch
            {
                CoolingKind.AirCooledChiller => StageChillers(ref staged, group.Chiller!, units, enteringC, wantedMw),
                CoolingKind.DryCooler => StageDryCoolers(ref staged, group, units, enteringC, wantedMw),
                _ => StageTowers(ref staged, group, units, ref towers[i], input, wantedMw, ref waterM3PerS),
            };
            wantedMw -= takenMw;
            staged.RejectedMw += takenMw;
            if (staged.FlowMwPerK > 0) { staged.ReturnC -= takenMw / staged.FlowMwPerK; }
        }
    }

    private static double StageChillers(
        ref Staging staged, AirCooledChillerSpec chiller, int units, double enteringC, double wantedMw)
    {
        double oneMw = AirCooledChiller.CapacityMw(chiller, staged.SupplyC, enteringC);
        staged.CapacityMw += units * oneMw;
        if (!(wantedMw > 0) || !(oneMw > 0)) { return 0; }
        int running = (int)Math.Min(units, Math.Ceiling(wantedMw / oneMw));
        ChillerDuty duty = AirCooledChiller.Duty(chiller, running, wantedMw, staged.SupplyC, staged.ReturnC, enteringC);
        staged.CompressorMw += duty.CompressorMw;
        staged.FanMw += duty.FanMw;
        staged.FreeMw += duty.FreeFraction * duty.RejectedMw;
        staged.OutsideCurve |= duty.OutsideCurve;
        return duty.RejectedMw;
    }

    private static double StageDryCoolers(
        ref Staging staged, CoolingGroup group, int units, double enteringC, double wantedMw)
    {
        double oneMw = DryCooler.CapacityMw(group.DryCoolerDesign, staged.FlowMwPerK / units, staged.ReturnC, enteringC);
        staged.CapacityMw += units * oneMw;
        double takenMw = Math.Min(wantedMw, units * oneMw);
        if (!(takenMw > 0)) { return 0; }
        staged.FanMw += units * DryCooler.FanMw(group.DryCooler!, takenMw / units, oneMw);
        staged.FreeMw += takenMw;
        return takenMw;
    }

    private static double StageTowers(
        ref Staging staged, CoolingGroup group, int units, ref CoolingTowerState state, in CoolingInput input, double wantedMw,
        ref double waterM3PerS)
    {
        CoolingTowerSpec tower = group.Tower!;
        double waterMwPerK = group.TowerDesign.WaterKgPerS * Coolant.WaterMwSPerKgK;
        double flow = Math.Min(staged.FlowMwPerK / units / waterMwPerK, 1);
        var at = new TowerConditions(
            input.DryBulbC, input.WetBulbC, input.PressurePa, staged.ReturnC - tower.ExchangerApproachK, flow);
        double oneMw = CoolingTower.CapacityMw(group.TowerDesign, ref state, at);
        double takenMw = Math.Min(wantedMw, units * oneMw);
        if (!(takenMw > 0))
        {
            staged.CapacityMw += units * oneMw;
            return 0;
        }
        double air = CoolingTower.AirFraction(tower, group.TowerDesign, ref state, at, takenMw / units);
        double evaporation = state.EvaporationKgPerMwS * takenMw / KgPerM3;
        double drift = tower.DriftFraction * units * flow * group.TowerDesign.WaterKgPerS / KgPerM3;
        double blowdown = CoolingTower.BlowdownM3PerS(evaporation, drift, input.CyclesRatio);

        // Too little water: fewer cells run, with heat and water in the same proportion.
        double needed = evaporation + drift + blowdown;
        double share = needed > waterM3PerS ? Math.Max(0, waterM3PerS / needed) : 1;
        waterM3PerS = Math.Max(0, waterM3PerS - share * needed);
        takenMw *= share;
        staged.CapacityMw += share < 1 ? takenMw : units * oneMw;
        staged.EvaporationM3PerS += share * evaporation;
        staged.DriftM3PerS += share * drift;
        staged.BlowdownM3PerS += share * blowdown;
        bool fansStand = air <= tower.NaturalDraughtFraction;
        staged.FanMw += fansStand ? 0 : share * units * tower.FanFraction * tower.RatedMw * air * air * air;
        staged.TowerPumpMw += tower.PumpFraction * takenMw;
        staged.FreeMw += takenMw;
        return takenMw;
    }

    /// <summary>The running totals of one step, and the water as it passes from group to group.</summary>
    private ref struct Staging
    {
        public readonly CoolingPlantSpec Spec;
        public readonly double SupplyC;
        public readonly double FlowMwPerK;
        public double ReturnC;
        public double RejectedMw;
        public double CapacityMw;
        public double CompressorMw;
        public double FanMw;
        public double TowerPumpMw;
        public double FreeMw;
        public double EvaporationM3PerS;
        public double DriftM3PerS;
        public double BlowdownM3PerS;
        public bool OutsideCurve;

        public Staging(CoolingPlantSpec spec, double heatMw, double designMw, double supplyC)
        {
            Spec = spec;
            SupplyC = supplyC;
            FlowMwPerK = designMw > 0 ? designMw / spec.ReturnRiseK * FlowFraction(spec, heatMw, designMw) : 0;
            ReturnC = FlowMwPerK > 0 ? supplyC + heatMw / FlowMwPerK : supplyC + spec.ReturnRiseK;
        }
    }
}
