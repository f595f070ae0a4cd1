using Gigawatt.Numerics;

namespace Gigawatt.Cooling;

/// <summary>A campus cooling plant: facility water loop, distribution units, hall fans, and the set points they share.</summary>
/// <remarks>The units that reject the heat are groups of their own, given to the plant in the order in which they are staged.</remarks>
public sealed record CoolingPlantSpec : ISelfChecking
{
    /// <summary>Set point of the facility water sent to the halls.</summary>
    [Default(Grade.E, "assumption: warm water within ASHRAE class W27; no operator has published its set point")]
    public double SupplyC { get; init => field = Check.Finite(value); } = 24;

    /// <summary>How much the facility water warms at design flow and design heat.</summary>
    [Default(Grade.E, "assumption: 24/36 °C")]
    public double ReturnRiseK { get; init => field = Check.Positive(value); } = 12;

    /// <summary>Air entering chillers and dry coolers above outdoor air: they breathe each other's exhaust.</summary>
    [Default(Grade.E, "assumption: 1 to 5 K in a tight yard")]
    public double RecirculationK { get; init => field = Check.NotNegative(value); } = 2;

    /// <summary>Facility water held per MW of installed heat rejection.</summary>
    [Default(Grade.D, "10 min of full heat at 12 K: 600 s ÷ (4.17 MJ/m³K × 12 K) = 12 m³/MW, rounded up")]
    public double LoopVolumeM3PerMw { get; init => field = Check.Positive(value); } = 13;

    /// <summary>The distribution units between racks and facility water.</summary>
    [Default(Grade.A, "Google Project Deschutes record in Modelica Buildings, 2026")]
    public CduSpec Cdu { get; init; } = new();

    /// <summary>Power of the hall's fan walls per heat taken from its air; all of it ends in that air.</summary>
    [Default(Grade.E, "assumption: 250 Pa at 60 % and 12 K of air rise, 3 %")]
    public double HallFanFraction { get; init => field = Check.Fraction(value); } = 0.03;

    /// <summary>Power of the facility pumps at design flow per installed heat rejection; all of it ends in the water.</summary>
    [Default(Grade.D, "1 MW at 12 K is 20 L/s; × 250 kPa ÷ 0.7 = 7.1 kW; Lei and Masanet 2020 give 115–172 kPa for chiller loops alone")]
    public double FacilityPumpFraction { get; init => field = Check.Fraction(value); } = 0.007;

    /// <summary>Share of the facility pumps' design pressure that does not fall with flow.</summary>
    [Default(Grade.E, "assumption: differential pressure held at the last hall")]
    public double PumpStaticFraction { get; init => field = Check.Fraction(value); } = 0.2;

    /// <summary>Least facility flow over design flow.</summary>
    [Default(Grade.E, "assumption: evaporators and controls need it")]
    public double MinFlowFraction { get; init => field = Check.PositiveFraction(value); } = 0.3;

    /// <summary>Supply above set point at which racks begin to throttle.</summary>
    [Default(Grade.E, "assumption")]
    public double ThrottleStartK { get; init => field = Check.NotNegative(value); } = 4;

    /// <summary>Supply above set point at which racks must stand still.</summary>
    [Default(Grade.E, "assumption")]
    public double TripK { get; init => field = Check.Positive(value); } = 10;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (!(ThrottleStartK < TripK))
        {
            yield return new(nameof(ThrottleStartK), $"less than the trip at {TripK} K", $"{ThrottleStartK} K");
        }
    }
}

/// <summary>What a cooling plant remembers between steps.</summary>
public struct CoolingPlantState
{
    /// <summary>Heat in the facility water above its set point.</summary>
    public double StoredMwh;

    /// <summary>Share of IT power that the last step took away from the next.</summary>
    public double ThrottledFraction;

    /// <summary>What tower groups remember.</summary>
    public CoolingTowerStates Towers;
}

/// <summary>What one step asks of the plant, and the weather and water it has for it.</summary>
/// <param name="LiquidHeatMw">Heat of the racks into their coolant.</param>
/// <param name="AirHeatMw">Heat of the racks into the hall's air.</param>
/// <param name="DryBulbC">Outdoor dry-bulb temperature, before recirculation.</param>
/// <param name="WetBulbC">Outdoor wet-bulb temperature.</param>
/// <param name="PressurePa">Outdoor pressure.</param>
/// <param name="WaterAvailableM3PerS">Make-up water that towers may use.</param>
/// <param name="CyclesRatio">How often that water can be concentrated before it is blown down.</param>
public readonly record struct CoolingInput(
    double LiquidHeatMw, double AirHeatMw, double DryBulbC, double WetBulbC, double PressurePa,
    double WaterAvailableM3PerS, double CyclesRatio);

/// <summary>What the plant did in one step. Heat in = rejected + stored.</summary>
/// <param name="HeatInMw">Heat of the racks and of the pumps and fans inside the loops.</param>
/// <param name="RejectedMw">Heat taken out of the facility water.</param>
/// <param name="StoredChangeMwh">Heat that stayed in the facility water; negative when it was drawn down.</param>
/// <param name="CompressorMw">Electric power of chillers; leaves outdoors.</param>
/// <param name="TowerAndCoilFanMw">Electric power of tower, dry-cooler and free-cooling fans; leaves outdoors.</param>
/// <param name="TowerPumpMw">Electric power of the towers' own pumps; leaves with the tower water.</param>
/// <param name="HallFanMw">Electric power of the halls' fan walls; becomes heat in the loop.</param>
/// <param name="CduPumpMw">Electric power of the distribution units; becomes heat in the loop.</param>
/// <param name="FacilityPumpMw">Electric power of the facility pumps; becomes heat in the loop.</param>
/// <param name="SupplyC">Facility water sent to the halls, at the end of the step.</param>
/// <param name="CoolantC">Coolant sent to the racks, at the end of the step.</param>
/// <param name="CapacityMw">Heat the units in service could have rejected.</param>
/// <param name="FreeFraction">Share of the rejected heat that needed no compressor.</param>
/// <param name="EvaporationM3PerS">Water that left as vapour.</param>
/// <param name="DriftM3PerS">Water that left as droplets.</param>
/// <param name="BlowdownM3PerS">Water drained to keep the rest clean enough.</param>
/// <param name="ThrottleFraction">IT power allowed in the next step, over full power; 1 is free.</param>
/// <param name="OutsideCurve">Whether a compressor ran where its capacity curve was not measured.</param>
public readonly record struct CoolingStep(
    double HeatInMw, double RejectedMw, double StoredChangeMwh,
    double CompressorMw, double TowerAndCoilFanMw, double TowerPumpMw, double HallFanMw, double CduPumpMw, double FacilityPumpMw,
    double SupplyC, double CoolantC, double CapacityMw, double FreeFraction,
    double EvaporationM3PerS, double DriftM3PerS, double BlowdownM3PerS,
    double ThrottleFraction, bool OutsideCurve)
{
    /// <summary>All electric power of the plant.</summary>
    public double ElectricMw => CompressorMw + TowerAndCoilFanMw + TowerPumpMw + HallFanMw + CduPumpMw + FacilityPumpMw;

    /// <summary>Water the towers need.</summary>
    public double MakeUpM3PerS => EvaporationM3PerS + DriftM3PerS + BlowdownM3PerS;
}
