namespace Gigawatt.Studies;

/// <summary>The answer of <c>gw study unit</c>.</summary>
/// <param name="Title">What the maker calls it.</param>
/// <param name="RatedMw">Rated output.</param>
/// <param name="HalfLoadEfficiencyRatio">Efficiency at half load over that at full load.</param>
/// <param name="MinStableFraction">Lowest stable output.</param>
/// <param name="LowestFraction">Lowest output allowed.</param>
/// <param name="BlockLoadMw">Load it takes at a blow.</param>
/// <param name="RampMwPerMin">Fastest scheduled change.</param>
/// <param name="InertiaS">Inertia constant.</param>
/// <param name="MachineMva">Apparent power of the machine.</param>
/// <param name="Points">By height, air and load.</param>
/// <param name="Starts">By rest.</param>
/// <param name="Works">Planned work in the years looked at.</param>
/// <param name="Service">A year of its duty.</param>
public sealed record UnitAnswer(
    string Title, double RatedMw, double HalfLoadEfficiencyRatio, double MinStableFraction, double LowestFraction, double BlockLoadMw, double RampMwPerMin,
    double InertiaS, double MachineMva, IReadOnlyList<UnitAnswerPoint> Points, IReadOnlyList<UnitAnswerStart> Starts, IReadOnlyList<UnitAnswerWork> Works,
    UnitAnswerService Service);

/// <summary>The unit in one air at one load.</summary>
/// <param name="AltitudeM">Height above the sea.</param>
/// <param name="DryBulbC">Outdoor air.</param>
/// <param name="InletC">Air at the compressor.</param>
/// <param name="LoadFraction">Load as a share of what it can give.</param>
/// <param name="AvailableMw">What it can give.</param>
/// <param name="OutputMw">What it gives.</param>
/// <param name="Allowed">Whether it may run at that load for long.</param>
/// <param name="FuelMw">Fuel, lower heating value.</param>
/// <param name="HeatRateBtuPerKwh">Heat rate, lower heating value.</param>
/// <param name="Co2TPerH">Carbon dioxide.</param>
/// <param name="NoxLbPerMmbtu">Nitrogen oxides per fuel, higher heating value.</param>
/// <param name="NoxLbPerH">Nitrogen oxides.</param>
/// <param name="CoLbPerH">Carbon monoxide; null when not known.</param>
/// <param name="CoolingMw">Taken by the chiller of its inlet.</param>
public sealed record UnitAnswerPoint(
    double AltitudeM, double DryBulbC, double InletC, double LoadFraction, double AvailableMw, double OutputMw, bool Allowed, double FuelMw, double HeatRateBtuPerKwh,
    double Co2TPerH, double NoxLbPerMmbtu, double NoxLbPerH, double? CoLbPerH, double CoolingMw);

/// <summary>One start.</summary>
/// <param name="Rest">Hot, warm or cold.</param>
/// <param name="LengthMin">Time to readiness.</param>
/// <param name="FuelMwh">Fuel, lower heating value.</param>
/// <param name="CostUsd">Fuel and wear.</param>
/// <param name="NoxKg">Nitrogen oxides, uncontrolled.</param>
public sealed record UnitAnswerStart(string Rest, double LengthMin, double FuelMwh, double CostUsd, double NoxKg);

/// <summary>One planned work.</summary>
/// <param name="Name">What it is.</param>
/// <param name="AtEoh">Equivalent operating hours at which it is due.</param>
/// <param name="AtYears">When that is.</param>
/// <param name="OutageH">Hours out.</param>
/// <param name="Renews">Whether it gives back what ageing took.</param>
public sealed record UnitAnswerWork(string Name, double AtEoh, double AtYears, double OutageH, bool Renews);

/// <summary>A year of its duty.</summary>
/// <param name="ServiceHPerYear">Hours on the bus.</param>
/// <param name="ServiceFraction">The same as a share of the year.</param>
/// <param name="ForcedHPerYear">Hours of forced outage.</param>
/// <param name="PlannedHPerYear">Hours of planned outage.</param>
/// <param name="ReserveHPerYear">Hours ready and at rest.</param>
/// <param name="TwoStateFraction">MTTF / (MTTF + MTTR).</param>
/// <param name="AvailabilityFraction">Share of the year neither in forced nor planned outage.</param>
/// <param name="ForFraction">Forced outage rate: FOH / (FOH + SH).</param>
/// <param name="EfordFraction">Equivalent forced outage rate on demand: FOH·f / (SH + FOH·f).</param>
/// <param name="CalledFraction">f, the share of forced outage hours in which it would have been called.</param>
/// <param name="EohPerYear">Equivalent operating hours.</param>
/// <param name="FailedStartsPerYear">Starts that fail for those that come.</param>
/// <param name="EnergyMwhPerYear">Energy generated.</param>
/// <param name="FuelMwhPerYear">Fuel with starts, higher heating value.</param>
/// <param name="Co2TPerYear">Carbon dioxide.</param>
/// <param name="NoxTPerYear">Nitrogen oxides, starts included.</param>
/// <param name="FuelUsdPerMwh">Fuel on load.</param>
/// <param name="StartsUsdPerMwh">Fuel and wear of starts.</param>
/// <param name="UpkeepUsdPerMwh">Upkeep that runs with energy.</param>
/// <param name="CostUsdPerMwh">All three.</param>
public sealed record UnitAnswerService(
    double ServiceHPerYear, double ServiceFraction, double ForcedHPerYear, double PlannedHPerYear, double ReserveHPerYear, double TwoStateFraction,
    double AvailabilityFraction, double ForFraction, double EfordFraction, double CalledFraction, double EohPerYear, double FailedStartsPerYear,
    double EnergyMwhPerYear, double FuelMwhPerYear, double Co2TPerYear, double NoxTPerYear, double FuelUsdPerMwh, double StartsUsdPerMwh,
    double UpkeepUsdPerMwh, double CostUsdPerMwh);
