using Gigawatt.Numerics;

namespace Gigawatt.Cooling;

/// <summary>An open cooling tower cell that cools facility water through a plate exchanger. One spec describes many identical cells.</summary>
/// <remarks>
/// Merkel's theory as ε-NTU with an equivalent fluid between wet-bulb temperatures (Braun; EnergyPlus Engineering
/// Reference, "Cooling Tower Model Based on Merkel's Theory"): c_e = Δh_s/ΔT_wb, UA_e = UA·c_e/c_p, counter-flow. Off
/// design, Scheier: UA/UA0 = f_wb·f_air·f_water with f_wb = 1 + 0.0081·(T_wb,design − T_wb), f_air = 1.3a − 0.3a²,
/// f_water = 0.1082 + 1.667w − 0.7713w² (here divided by its value at w = 1). Air leaves saturated; evaporation is the
/// balance of the moisture of the air. All cells in service share the heat; the fan speed is what the heat needs, its
/// power goes with the cube; below the natural draught fans stand still. A solution holds until wet bulb or entering
/// water have moved by 0.1 K or heat by 0.5 %: 1 to 2 % of capacity on a humid day at most, and no bias over a day. Not
/// modelled: basin heaters and freezing, plume abatement, recirculation of moist air, dry operation, closing of cells.
/// </remarks>
[Catalog("cooling_towers")]
public sealed record CoolingTowerSpec : ISelfChecking
{
    /// <summary>What the catalogue calls the cell.</summary>
    [Default(Grade.E, "assumption: unnamed")]
    public string Title { get; init; } = "";

    /// <summary>Heat one cell rejects at its design point.</summary>
    public required double RatedMw { get; init => field = Check.Positive(value); }

    /// <summary>Tower water entering at the design point.</summary>
    [Default(Grade.E, "assumption: the trade's nominal rating point, 95/85/78 °F")]
    public double DesignInletC { get; init => field = Check.Finite(value); } = 35;

    /// <summary>Tower water leaving at the design point.</summary>
    [Default(Grade.E, "assumption: the trade's nominal rating point, 95/85/78 °F")]
    public double DesignOutletC { get; init => field = Check.Finite(value); } = 29.44;

    /// <summary>Wet-bulb temperature of the entering air at the design point.</summary>
    [Default(Grade.E, "assumption: the trade's nominal rating point, 95/85/78 °F")]
    public double DesignWetBulbC { get; init => field = Check.Finite(value); } = 25.56;

    /// <summary>Mass of water per mass of dry air at the design point.</summary>
    [Default(Grade.A, "Modelica Buildings, CoolingTowers.Merkel: 1.2")]
    public double WaterToAirRatio { get; init => field = Check.Positive(value); } = 1.2;

    /// <summary>Fan power at full speed over design heat.</summary>
    [Default(Grade.E, "assumption: ASHRAE 90.1 lets axial towers use 1 hp per 40.2 gpm, 12.6 kW per MW at a 5.56 K range")]
    public double FanFraction { get; init => field = Check.Fraction(value); } = 0.0126;

    /// <summary>Power of the tower's own water pumps over the heat rejected.</summary>
    [Default(Grade.D, "43 kg/s per MW × 200 kPa ÷ 0.7; Lei and Masanet 2020 give 167–250 kPa and 60–80 %")]
    public double PumpFraction { get; init => field = Check.Fraction(value); } = 0.0123;

    /// <summary>How close the plate exchanger brings the facility water to the tower water.</summary>
    [Default(Grade.A, "Lei and Masanet 2020, range 1.7–2.8 K")]
    public double ExchangerApproachK { get; init => field = Check.NotNegative(value); } = 2;

    /// <summary>Water blown out as droplets, over the water that falls.</summary>
    [Default(Grade.A, "EnergyPlus Input Output Reference: default drift loss 0.008 %")]
    public double DriftFraction { get; init => field = Check.Fraction(value); } = 0.00008;

    /// <summary>Air drawn by the warm plume alone, over design air flow.</summary>
    [Default(Grade.A, "Modelica Buildings, CoolingTowers.Merkel: free convection 12.5 %")]
    public double NaturalDraughtFraction { get; init => field = Check.PositiveFraction(value); } = 0.125;

    /// <summary>Running time between failures of one cell.</summary>
    [Default(Grade.C, "OREDA 2009 offshore rates, cooling tower 0.341 per year, read in a district-cooling availability sheet")]
    public double MeanTimeToFailureS { get; init => field = Check.Positive(value); } = 92_544_280;

    /// <summary>Time to bring a failed cell back.</summary>
    [Default(Grade.C, "OREDA 2009 offshore active repair time, 11.9 h, read in a district-cooling availability sheet")]
    public double MeanRepairS { get; init => field = Check.Positive(value); } = 42_840;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (!(DesignOutletC < DesignInletC && DesignWetBulbC < DesignOutletC))
        {
            yield return new(nameof(DesignOutletC), "a temperature between wet-bulb and entering water", $"{DesignOutletC} °C");
        }
        else if (!double.IsFinite(CoolingTower.Design(this).ConductanceMwPerK))
        {
            yield return new(nameof(WaterToAirRatio), "enough air to carry the design heat away", $"{WaterToAirRatio}");
        }
    }
}

/// <summary>What the design point says about a tower cell.</summary>
/// <param name="WaterKgPerS">Water falling at design.</param>
/// <param name="AirKgPerS">Dry air at full fan speed.</param>
/// <param name="ConductanceMwPerK">UA of Merkel's theory at design, for sensible heat.</param>
/// <param name="WetBulbC">Wet-bulb temperature at design.</param>
public readonly record struct CoolingTowerDesign(
    double WaterKgPerS, double AirKgPerS, double ConductanceMwPerK, double WetBulbC);

/// <summary>The air and water that meet in a tower cell.</summary>
/// <param name="DryBulbC">Dry-bulb temperature of the outdoor air.</param>
/// <param name="WetBulbC">Wet-bulb temperature of the outdoor air.</param>
/// <param name="PressurePa">Pressure of the outdoor air.</param>
/// <param name="InletC">Tower water entering.</param>
/// <param name="FlowFraction">Water falling over design water.</param>
public readonly record struct TowerConditions(
    double DryBulbC, double WetBulbC, double PressurePa, double InletC, double FlowFraction);

/// <summary>One state of a tower cell.</summary>
/// <param name="HeatMw">Heat rejected.</param>
/// <param name="InletC">Water entering.</param>
/// <param name="OutletC">Water leaving.</param>
/// <param name="AirOutC">Air leaving, saturated.</param>
/// <param name="AirFraction">Air over design air.</param>
public readonly record struct TowerPoint(double HeatMw, double InletC, double OutletC, double AirOutC, double AirFraction);

/// <summary>What a tower cell remembers: its last two solutions, which hold until conditions have moved by a small tolerance.</summary>
public struct CoolingTowerState
{
    internal TowerConditions CapacityAt;
    internal TowerConditions DutyAt;
    internal double CapacityMw;
    internal double DutyMw;
    internal double AirFraction;
    internal double EvaporationKgPerMwS;
    internal Root CapacityRoot;
    internal Root DutyRoot;
    internal bool HasCapacity;
    internal bool HasDuty;

    /// <summary>
    /// Where the next search begins: how far from wet bulb to entering water the leaving air was found, and how steeply
    /// entering water rose with it.
    /// </summary>
    internal struct Root
    {
        public double WarmingFraction;
        public double SlopeRatio;
    }
}

/// <summary>The cooling tower's equations.</summary>
public static class CoolingTower
{
    private const double DesignPressurePa = 101_325;
    private const double ToleranceK = 0.1;
    private const double DryBulbToleranceK = 0.2;
    private const double TolerancePa = 100;
    private const double ToleranceFraction = 0.005;
    private const double LeastFlowFraction = 0.3;
    private const double SmallestDifferenceK = 1e-4;
    private const double ConvergedK = 1e-4;
    private const int SecantSteps = 5;

    /// <summary>Flows and conductance behind the design point; computed once, then used every step.</summary>
    public static CoolingTowerDesign Design(CoolingTowerSpec spec)
    {
        double water = spec.RatedMw / (Coolant.WaterMwSPerKgK * (spec.DesignInletC - spec.DesignOutletC));
        double air = water / spec.WaterToAirRatio;
        double inKj = MoistAir.SaturationKjPerKg(spec.DesignWetBulbC, DesignPressurePa);
        double outC = MoistAir.SaturationC(inKj + 1000 * spec.RatedMw / air, DesignPressurePa, spec.DesignInletC);
        double airMwPerK = spec.RatedMw / (outC - spec.DesignWetBulbC);
        double waterMwPerK = water * Coolant.WaterMwSPerKgK;
        double weaker = Math.Min(airMwPerK, waterMwPerK);
        double ratio = weaker / Math.Max(airMwPerK, waterMwPerK);
        double effectiveness = spec.RatedMw / (weaker * (spec.DesignInletC - spec.DesignWetBulbC));
        double equivalent = HeatExchange.TransferUnitsRatio(effectiveness, ratio) * weaker;
        double sensible = MoistAir.HeatKjPerKgK(MoistAir.SaturationRatio(spec.DesignWetBulbC, DesignPressurePa));
        return new CoolingTowerDesign(water, air, equivalent * sensible / (1000 * airMwPerK / air), spec.DesignWetBulbC);
    }

    /// <summary>The state of a cell that rejects a given heat with a given air flow: how warm its water must enter.</summary>
    public static TowerPoint Point(
        in CoolingTowerDesign design, double heatMw, double airFraction, double flowFraction, double wetBulbC, double pressurePa)
    {
        Air air = Air.At(wetBulbC, pressurePa);
        double target = air.InKj + 1000 * heatMw / (design.AirKgPerS * airFraction);
        double outC = MoistAir.SaturationC(target, pressurePa, wetBulbC + 10);
        double inletC = InletC(design, air, heatMw, airFraction, flowFraction, outC);
        return new TowerPoint(heatMw, inletC, inletC - heatMw / WaterMwPerK(design, flowFraction), outC, airFraction);
    }

    /// <summary>Water that one cell evaporates: the moisture that saturated air carries out less what outdoor air brought in.</summary>
    public static double EvaporationKgPerS(
        in CoolingTowerDesign design, in TowerPoint point, double dryBulbC, double wetBulbC, double pressurePa)
    {
        double gained = MoistAir.SaturationRatio(point.AirOutC, pressurePa) - MoistAir.HumidityRatio(dryBulbC, wetBulbC, pressurePa);
        return design.AirKgPerS * point.AirFraction * Math.Max(0, gained);
    }

    /// <summary>Water blown down so that what is dissolved stays below its limit: E/(C − 1) − D, never less than none.</summary>
    public static double BlowdownM3PerS(double evaporationM3PerS, double driftM3PerS, double cyclesRatio) =>
        Math.Max(0, evaporationM3PerS / Math.Max(cyclesRatio - 1, 0.05) - driftM3PerS);

    /// <summary>Heat one cell can reject at full fan speed.</summary>
    public static double CapacityMw(in CoolingTowerDesign design, ref CoolingTowerState state, in TowerConditions at)
    {
        if (!(at.InletC > at.WetBulbC + ToleranceK)) { return 0; }
        if (state.HasCapacity && Near(at, state.CapacityAt)) { return state.CapacityMw; }
        state.CapacityAt = at;
        state.HasCapacity = true;
        double flow = Flow(at);
        Air air = Air.At(at.WetBulbC, at.PressurePa);
        double outC = Solve(design, air, at.InletC, 0, flow, air.WetBulbC + SmallestDifferenceK, ref state.CapacityRoot);
        double heatMw = design.AirKgPerS * (MoistAir.SaturationKjPerKg(outC, at.PressurePa) - air.InKj) / 1000;
        // Less water than the cell keeps falling cannot bring more heat than it would by cooling to the wet bulb.
        double broughtMw = at.FlowFraction * design.WaterKgPerS * Coolant.WaterMwSPerKgK * (at.InletC - at.WetBulbC);
        state.CapacityMw = Math.Min(heatMw, broughtMw);
        return state.CapacityMw;
    }

    /// <summary>Finds the fan speed at which one cell rejects a heat; the state then holds air flow and evaporation.</summary>
    /// <returns>Air over design air; fans stand still when it is no more than the natural draught.</returns>
    public static double AirFraction(
        CoolingTowerSpec spec, in CoolingTowerDesign design, ref CoolingTowerState state, in TowerConditions at, double heatMw)
    {
        if (state.HasDuty && Near(at, state.DutyAt) && Math.Abs(heatMw - state.DutyMw) <= ToleranceFraction * spec.RatedMw)
        {
            return state.AirFraction;
        }
        state.DutyAt = at;
        state.DutyMw = heatMw;
        state.HasDuty = true;
        Air air = Air.At(at.WetBulbC, at.PressurePa);
        // With less heat than it could take the cell needs less air, which leaves warmer than it would at full fan.
        double fullFanK = state.CapacityRoot.WarmingFraction * (at.InletC - at.WetBulbC);
        bool known = fullFanK > 1 && heatMw <= state.CapacityMw && Near(at, state.CapacityAt);
        double leastC = known ? at.WetBulbC + fullFanK - ToleranceK : LeavingC(design, air, heatMw, 1);
        double outC = Solve(design, air, at.InletC, heatMw, Flow(at), leastC, ref state.DutyRoot);
        double airFraction = AirFor(design, air, heatMw, outC);
        if (airFraction < spec.NaturalDraughtFraction)
        {
            airFraction = spec.NaturalDraughtFraction;
            outC = LeavingC(design, air, heatMw, airFraction);
        }
        state.AirFraction = Math.Min(airFraction, 1);
        var point = new TowerPoint(heatMw, at.InletC, at.InletC, outC, state.AirFraction);
        state.EvaporationKgPerMwS = EvaporationKgPerS(design, point, at.DryBulbC, at.WetBulbC, at.PressurePa) / heatMw;
        return state.AirFraction;
    }

    private static double LeavingC(in CoolingTowerDesign design, in Air air, double heatMw, double airFraction) =>
        MoistAir.SaturationC(air.InKj + 1000 * heatMw / (design.AirKgPerS * airFraction), air.PressurePa, air.WetBulbC + 10);

    private static double AirFor(in CoolingTowerDesign design, in Air air, double heatMw, double outC) =>
        1000 * heatMw / (MoistAir.SaturationKjPerKg(outC, air.PressurePa) - air.InKj) / design.AirKgPerS;

    /// <summary>The leaving air at which water must enter at <paramref name="inletC"/>: with full air when no heat is given, else with that heat.</summary>
    /// <remarks>
    /// Entering water rises with leaving air in both cases, is colder than asked at <paramref name="lowC"/> and at least
    /// as warm as asked when air leaves as warm as water enters. Conditions hardly move from one search to the next, so a few
    /// secant steps from the last root usually find this one; if not, the Illinois method keeps it between two ends.
    /// </remarks>
    private static double Solve(
        in CoolingTowerDesign design, in Air air, double inletC, double heatMw, double flow, double lowC,
        ref CoolingTowerState.Root root)
    {
        double rangeK = inletC - air.WetBulbC;
        double tryC = air.WetBulbC + root.WarmingFraction * rangeK;
        double slope = root.SlopeRatio;
        double previousC = tryC;
        double previous = 0;
        for (int i = 0; i < SecantSteps && slope > 0 && tryC > lowC && tryC < inletC; i++)
        {
            double miss = Miss(design, air, inletC, heatMw, flow, tryC);
            if (i > 0) { slope = (miss - previous) / (tryC - previousC); }
            if (Math.Abs(miss) < ConvergedK)
            {
                root.WarmingFraction = (tryC - air.WetBulbC) / rangeK;
                return tryC;
            }
            (previousC, previous) = (tryC, miss);
            tryC -= miss / slope;
        }
        return Bracket(design, air, inletC, heatMw, flow, lowC, ref root);
    }

    private static double Bracket(
        in CoolingTowerDesign design, in Air air, double inletC, double heatMw, double flow, double lowC,
        ref CoolingTowerState.Root root)
    {
        root = default;
        double highC = inletC;
        double low = Miss(design, air, inletC, heatMw, flow, lowC);
        if (low >= 0) { return lowC; }
        double high = Miss(design, air, inletC, heatMw, flow, highC);
        if (high <= 0) { return highC; }
        int side = 0;
        for (int i = 0; i < 60; i++)
        {
            double tryC = (lowC * high - highC * low) / (high - low);
            double miss = Miss(design, air, inletC, heatMw, flow, tryC);
            if (Math.Abs(miss) < ConvergedK)
            {
                double slope = (Miss(design, air, inletC, heatMw, flow, tryC + 0.01) - miss) / 0.01;
                double warming = (tryC - air.WetBulbC) / (inletC - air.WetBulbC);
                root = new CoolingTowerState.Root { WarmingFraction = warming, SlopeRatio = slope };
                return tryC;
            }
            if (miss < 0)
            {
                (lowC, low) = (tryC, miss);
                if (side == -1) { high *= 0.5; }
                side = -1;
            }
            else
            {
                (highC, high) = (tryC, miss);
                if (side == 1) { low *= 0.5; }
                side = 1;
            }
        }
        return 0.5 * (lowC + highC);
    }

    private static double Miss(
        in CoolingTowerDesign design, in Air air, double inletC, double heatMw, double flow, double outC)
    {
        double gainedKj = MoistAir.SaturationKjPerKg(outC, air.PressurePa) - air.InKj;
        return heatMw > 0
            ? InletC(design, air, heatMw, 1000 * heatMw / (gainedKj * design.AirKgPerS), flow, outC) - inletC
            : InletC(design, air, design.AirKgPerS * gainedKj / 1000, 1, flow, outC) - inletC;
    }

    private static double InletC(
        in CoolingTowerDesign design, in Air air, double heatMw, double airFraction, double flow, double outC)
    {
        double airMwPerK = heatMw / (outC - air.WetBulbC);
        double waterMwPerK = WaterMwPerK(design, flow);
        double weaker = Math.Min(airMwPerK, waterMwPerK);
        double ratio = weaker / Math.Max(airMwPerK, waterMwPerK);
        double equivalent = 1000 * airMwPerK / (design.AirKgPerS * airFraction) / air.SensibleKjPerKgK;
        double ofWetBulb = Math.Max(0.1, 1 + 0.0081 * (design.WetBulbC - air.WetBulbC));
        double ofAir = airFraction * (1.3 - 0.3 * airFraction);
        double ofWater = (0.1082 + flow * (1.667 - 0.7713 * flow)) / (0.1082 + 1.667 - 0.7713);
        double conductance = design.ConductanceMwPerK * equivalent * ofWetBulb * ofAir * ofWater;
        double effectiveness = HeatExchange.EffectivenessFraction(conductance / weaker, ratio);
        return air.WetBulbC + heatMw / (effectiveness * weaker);
    }

    private static double WaterMwPerK(in CoolingTowerDesign design, double flow) =>
        flow * design.WaterKgPerS * Coolant.WaterMwSPerKgK;

    private static double Flow(in TowerConditions at) => Math.Limit(at.FlowFraction, LeastFlowFraction, 1);

    private static bool Near(in TowerConditions a, in TowerConditions b) =>
        Math.Abs(a.WetBulbC - b.WetBulbC) <= ToleranceK
        && Math.Abs(a.InletC - b.InletC) <= ToleranceK
        && Math.Abs(a.DryBulbC - b.DryBulbC) <= DryBulbToleranceK
        && Math.Abs(a.FlowFraction - b.FlowFraction) <= ToleranceFraction
        && Math.Abs(a.PressurePa - b.PressurePa) <= TolerancePa;

    /// <summary>Outdoor air, with what the iteration would otherwise compute again and again.</summary>
    private readonly record struct Air(double WetBulbC, double PressurePa, double InKj, double SensibleKjPerKgK)
    {
        public static Air At(double wetBulbC, double pressurePa)
        {
            double ratio = MoistAir.SaturationRatio(wetBulbC, pressurePa);
            return new Air(
                wetBulbC, pressurePa, MoistAir.EnthalpyKjPerKg(wetBulbC, ratio), MoistAir.HeatKjPerKgK(ratio));
        }
    }
}
