using Gigawatt.Economics;
using Gigawatt.Numerics;
using Gigawatt.Power;
using Gigawatt.Weather;

namespace Gigawatt.Studies;

/// <summary>A generating unit and where, how and how long it runs.</summary>
public sealed record UnitInput : ISelfChecking
{
    /// <summary>What the study is called.</summary>
    public required string Name { get; init; }

    /// <summary>The unit.</summary>
    public required GasTurbineSpec Unit { get; init; }

    /// <summary>Outdoor air for which the table is made.</summary>
    public IReadOnlyList<double> TemperaturesC { get; init; } = [-10, 15, 25, 35, 40];

    /// <summary>Relative humidity of that air.</summary>
    [Default(Grade.E, "assumption: 40 %, a warm afternoon")]
    public double HumidityFraction { get; init => field = Check.PositiveFraction(value); } = 0.4;

    /// <summary>Loads as shares of what the unit can give.</summary>
    public IReadOnlyList<double> LoadsFraction { get; init; } = [0.5, 0.75, 1];

    /// <summary>Heights above the sea.</summary>
    public IReadOnlyList<double> AltitudesM { get; init; } = [0];

    /// <summary>A year of its service.</summary>
    public UnitDuty Duty { get; init; } = new();

    /// <summary>Evaporative cooling to compare with.</summary>
    public InletCoolingSpec Evaporative { get; init; } = new();

    /// <summary>Chilling to compare with.</summary>
    public InletCoolingSpec Chiller { get; init; } = new() { Kind = InletCoolingKind.Chiller };

    /// <summary>The gas: price, heating values, carbon.</summary>
    public GasPrice Gas { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        foreach (double load in LoadsFraction)
        {
            if (load is <= 0 or > 1) { yield return new(nameof(LoadsFraction), "loads above 0 % and up to 100 %", FormattableString.Invariant($"{load * 100:0.#} %")); }
        }
        foreach (double airC in TemperaturesC)
        {
            if (airC is < -50 or > 60) { yield return new(nameof(TemperaturesC), "air between −50 °C and 60 °C", FormattableString.Invariant($"{airC:0.#} °C")); }
        }
        foreach (double heightM in AltitudesM)
        {
            if (heightM is < -430 or > 5000) { yield return new(nameof(AltitudesM), "heights between −430 m and 5,000 m", FormattableString.Invariant($"{heightM:0} m")); }
        }
        if (TemperaturesC.Count == 0) { yield return new(nameof(TemperaturesC), "at least one temperature", "none"); }
        if (LoadsFraction.Count == 0) { yield return new(nameof(LoadsFraction), "at least one load", "none"); }
        if (AltitudesM.Count == 0) { yield return new(nameof(AltitudesM), "at least one height", "none"); }
    }
}

/// <summary>A year of a unit's service.</summary>
public sealed record UnitDuty
{
    /// <summary>Time on the bus per year.</summary>
    [Default(Grade.E, "assumption: 8,000 h, base load of an islanded campus")]
    public double RunS { get; init => field = Check.Within(value, 3600, 365.25 * 86400); } = 8000 * 3600.0;

    /// <summary>Starts per year that come to the bus.</summary>
    [Default(Grade.E, "assumption: 12")]
    public int Starts { get; init => field = Check.AtLeastOne(value); } = 12;

    /// <summary>Trips from load per year.</summary>
    [Default(Grade.E, "assumption: 2")]
    public int Trips { get; init => field = Check.NotNegative(value); } = 2;

    /// <summary>Mean load as a share of rated output.</summary>
    [Default(Grade.E, "assumption: 80 %")]
    public double LoadFraction { get; init => field = Check.PositiveFraction(value); } = 0.8;

    /// <summary>Years looked at.</summary>
    [Default(Grade.E, "assumption: 10 years")]
    public double SpanS { get; init => field = Check.Within(value, 86400, 50 * Finance.YearS); } = 10 * Finance.YearS;
}

/// <summary>What one generating unit gives, burns, emits, needs and costs, without a campus around it.</summary>
public static class UnitStudy
{
    private const double BtuPerKwh = 3412.141633;
    private const double HoursPerYear = 8766;

    // Half-load efficiency over that of full load in two public tools, and from the blocks of RTS-GMLC's U55.
    private const double LowPeer = 0.60;
    private const double HighPeer = 0.95;
    private const double PublishedHalf = 9709.6 / 11879.8;

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<UnitInput>(
        "unit", "What does a generating unit give in this air, and what does it burn, emit, need and cost?", "studies/unit.yaml", Answer);

    private static StudyAnswer Answer(UnitInput input)
    {
        GasTurbineSpec unit = input.Unit;
        UnitAnswerPoint[] points = [.. input.AltitudesM.SelectMany(height => input.TemperaturesC.SelectMany(air => input.LoadsFraction.Select(load => Point(input, height, air, load))))];
        UnitAnswerService service = Service(input);
        UnitAnswerStart[] starts = [Start(input, "hot", 0), Start(input, "warm", unit.WarmAfterS), Start(input, "cold", Math.Max(unit.ColdAfterS, unit.WarmAfterS))];
        UnitAnswerWork[] works = Works(input, service);
        double half = HalfLoadRatio(unit);
        double hottestC = input.TemperaturesC.Max();
        double hotMw = At(input, hottestC, input.AltitudesM[0], unit).AvailableMw;
        string title = unit.Title.Length > 0 ? unit.Title : input.Name;
        List<string> remarks =
        [
            $"Half load keeps {Figures.Percent(half)} of the full-load efficiency; two public tools assume {Figures.Percent(LowPeer)} and {Figures.Percent(HighPeer)}, RTS-GMLC publishes {Figures.Percent(PublishedHalf)}.",
            $"In service {Figures.Percent(service.ServiceFraction)} of the year it is available {Figures.Percent(service.AvailabilityFraction)} of it; forced outage rate {Figures.Percent(service.ForFraction)}, on demand {Figures.Percent(service.EfordFraction)} (IEEE 762 form, as recalled).",
            "Cost is fuel, upkeep with energy and starts; capital and rent are not in it.",
        ];
        if (unit.LowestFraction > unit.MinStableFraction)
        {
            remarks.Add($"Stable from {Figures.Percent(unit.MinStableFraction)}, but allowed only from {Figures.Percent(unit.LowestFraction)}, where its NOx is guaranteed.");
        }
        return new StudyAnswer
        {
            Subject = $"{input.Name}: {title}",
            Finding = $"At {Figures.Number(hottestC, 3)} °C it gives {Figures.Number(hotMw, 4)} MW of its {Figures.Number(unit.RatedMw, 4)} MW, and its duty costs "
                + $"{Figures.Number(service.CostUsdPerMwh, 4)} USD/MWh and emits {Figures.Number(service.NoxTPerYear, 3)} t of NOx a year.",
            Remarks = remarks,
            Tables = Tables(points, starts, works, service),
            Charts = UnitCharts.Of(input, half, service.EohPerYear, works),
            Data = new UnitAnswer(
                unit.Title, unit.RatedMw, half, unit.MinStableFraction, unit.LowestFraction, unit.BlockLoadFraction * unit.RatedMw, unit.RampMwPerS * 60,
                unit.InertiaS, unit.MachineMvaRatio * unit.RatedMw, points, starts, works, service),
        };
    }

    /// <summary>Efficiency at half load over that at full load, at 15 °C.</summary>
    internal static double HalfLoadRatio(GasTurbineSpec unit) => RelativeEfficiency(unit, 0.5);

    /// <summary>Efficiency at a load over that at full load, at 15 °C.</summary>
    internal static double RelativeEfficiency(GasTurbineSpec unit, double load) =>
        load * GasTurbine.FuelMw(unit, unit.RatedMw) / GasTurbine.FuelMw(unit, load * unit.RatedMw);

    /// <summary>What a unit gives in the air of the study.</summary>
    internal static UnitConditions At(UnitInput input, double airC, double heightM, GasTurbineSpec unit)
    {
        double pressurePa = Psychrometrics.StationPressurePa(heightM);
        double humidity = Psychrometrics.HumidityRatioFromRelativeHumidity(airC, input.HumidityFraction, pressurePa);
        return GasTurbine.Conditions(unit, airC, Psychrometrics.WetBulbC(airC, humidity, pressurePa), pressurePa, 0);
    }

    private static UnitAnswerPoint Point(UnitInput input, double heightM, double airC, double load)
    {
        GasTurbineSpec unit = input.Unit;
        UnitConditions at = At(input, airC, heightM, unit);
        double outputMw = load * at.AvailableMw;
        double fuelMw = GasTurbine.FuelMw(unit, at, outputMw);
        double higherMw = fuelMw * input.Gas.HigherToLowerRatio;
        double share = outputMw / unit.RatedMw;
        bool isFull = load >= 1 - 1e-9;
        double noxPpm = isFull ? unit.Emissions.NoxPpm : Emissions.NoxPpm(unit.Emissions, share);
        bool isAllowed = isFull || share >= unit.LowestFraction - 1e-9;
        return new UnitAnswerPoint(
            heightM, airC, at.InletC, load, at.AvailableMw, outputMw, isAllowed, fuelMw, outputMw > 0 ? fuelMw / outputMw * BtuPerKwh : double.NaN,
            higherMw * input.Gas.Co2KgPerMwh / 1000, noxPpm * Emissions.PoundsOfPpmRatio, higherMw * Emissions.NoxKgPerMwh(noxPpm) / 0.45359237,
            unit.Emissions.CoPpm is { } co ? higherMw * Emissions.CoKgPerMwh(co) / 0.45359237 : null, at.CoolingMw);
    }

    private static UnitAnswerStart Start(UnitInput input, string rest, double restS)
    {
        (double lengthS, double fuelMwh) = GasTurbine.Start(input.Unit, restS);
        double higherMwh = fuelMwh * input.Gas.HigherToLowerRatio;
        return new UnitAnswerStart(
            rest, lengthS / 60, fuelMwh, higherMwh * input.Gas.PriceUsdPerMwh + input.Unit.StartCostUsd,
            higherMwh * Emissions.NoxKgPerMwh(input.Unit.Emissions.UncontrolledNoxPpm));
    }

    private static UnitAnswerService Service(UnitInput input)
    {
        GasTurbineSpec unit = input.Unit;
        UnitDuty duty = input.Duty;
        double serviceH = duty.RunS / 3600;
        // Failures come in service: so many per hour on the bus.
        double forcedH = serviceH * unit.MeanRepairS / unit.MeanTimeToFailureS;
        double equivalentH = unit.Maintenance is { } rule ? Maintenance.EquivalentS(rule, duty.RunS, duty.Starts, duty.Trips) / 3600 : serviceH;
        double plannedH = unit.Maintenance is { } planned ? Maintenance.PlannedFraction(planned, equivalentH / HoursPerYear) * HoursPerYear : 0;
        double reserveH = HoursPerYear - serviceH - forcedH - plannedH;
        if (reserveH < 0)
        {
            throw new CaseException(
                "duty.run", $"time on the bus that leaves room for {Figures.Number(forcedH, 3)} h of forced and {Figures.Number(plannedH, 3)} h of planned outage a year",
                $"{Figures.Number(serviceH, 4)} h of {HoursPerYear} h");
        }
        // IEEE 762: forced outage hours count by the share of them in which the unit would have been called.
        double perOutage = 1 / (unit.MeanRepairS / 3600), perCall = reserveH > 0 ? duty.Starts / reserveH : double.PositiveInfinity, perRun = duty.Starts / serviceH;
        double called = double.IsInfinity(perCall) ? 1 : (perOutage + perCall) / (perOutage + perCall + perRun);
        double outputMw = duty.LoadFraction * unit.RatedMw;
        double fuelMwh = GasTurbine.FuelMw(unit, outputMw) * serviceH;
        UnitAnswerStart start = Start(input, "warm", unit.WarmAfterS);
        double attempts = duty.Starts / (1 - unit.StartFailureFraction);
        double energyMwh = outputMw * serviceH;
        double startsUsd = attempts * start.CostUsd;
        double fuelUsd = fuelMwh * input.Gas.HigherToLowerRatio * input.Gas.PriceUsdPerMwh;
        double higherMwh = (fuelMwh + attempts * start.FuelMwh) * input.Gas.HigherToLowerRatio;
        double noxKg = fuelMwh * input.Gas.HigherToLowerRatio * Emissions.NoxKgPerMwh(Emissions.NoxPpm(unit.Emissions, duty.LoadFraction)) + attempts * start.NoxKg;
        return new UnitAnswerService(
            serviceH, serviceH / HoursPerYear, forcedH, plannedH, reserveH, unit.MeanTimeToFailureS / (unit.MeanTimeToFailureS + unit.MeanRepairS),
            1 - (forcedH + plannedH) / HoursPerYear, forcedH / (forcedH + serviceH), forcedH * called / (serviceH + forcedH * called), called, equivalentH,
            attempts - duty.Starts, energyMwh, higherMwh, higherMwh * input.Gas.Co2KgPerMwh / 1000, noxKg / 1000, fuelUsd / energyMwh, startsUsd / energyMwh,
            unit.VariableCostUsdPerMwh, (fuelUsd + startsUsd) / energyMwh + unit.VariableCostUsdPerMwh);
    }

    private static UnitAnswerWork[] Works(UnitInput input, UnitAnswerService service) => input.Unit.Maintenance is not { } rule ? []
        : [.. rule.Works.SelectMany(work => Enumerable.Range(1, (int)Math.Floor(service.EohPerYear * input.Duty.SpanS / Finance.YearS / (work.IntervalS / 3600) + 1e-9))
            .Select(n => new UnitAnswerWork(work.Name, n * work.IntervalS / 3600, n * work.IntervalS / 3600 / service.EohPerYear, work.OutageS / 3600, work.Renews)))
            .OrderBy(work => work.AtYears)];

    private static StudyTable[] Tables(UnitAnswerPoint[] points, UnitAnswerStart[] starts, UnitAnswerWork[] works, UnitAnswerService service) =>
    [
        StudyTable.Of("By air and load", ["Height, m", "Air, °C", "Inlet, °C", "Load", "Output, MW", "Heat rate, Btu/kWh LHV", "Fuel, MW", "CO2, t/h", "NOx, lb/MMBtu", "NOx, lb/h", "Allowed"],
            points.Select(at => new object?[] { at.AltitudeM, at.DryBulbC, at.InletC, Figures.Percent(at.LoadFraction), at.OutputMw, at.HeatRateBtuPerKwh, at.FuelMw, at.Co2TPerH, at.NoxLbPerMmbtu, at.NoxLbPerH, at.Allowed })),
        StudyTable.Of("A year of its duty", ["Quantity", "Value", "Unit"],
        [
            ["in service", service.ServiceHPerYear, "h"], ["forced outage", service.ForcedHPerYear, "h"], ["planned outage", service.PlannedHPerYear, "h"],
            ["equivalent operating hours", service.EohPerYear, "h"], ["availability", 100 * service.AvailabilityFraction, "%"], ["two-state availability", 100 * service.TwoStateFraction, "%"],
            ["EFORd", 100 * service.EfordFraction, "%"], ["starts that fail", service.FailedStartsPerYear, ""], ["energy", service.EnergyMwhPerYear, "MWh"], ["CO2", service.Co2TPerYear, "t"],
            ["NOx", service.NoxTPerYear, "t"], ["fuel", service.FuelUsdPerMwh, "USD/MWh"], ["starts", service.StartsUsdPerMwh, "USD/MWh"],
            ["upkeep with energy", service.UpkeepUsdPerMwh, "USD/MWh"], ["together", service.CostUsdPerMwh, "USD/MWh"],
        ]),
        StudyTable.Of("A start", ["Unit is", "Time, min", "Fuel, MWh LHV", "Cost, USD", "NOx, kg"], starts.Select(start => new object?[] { start.Rest, start.LengthMin, start.FuelMwh, start.CostUsd, start.NoxKg })),
        StudyTable.Of("Planned work", ["Work", "At EOH", "After, years", "Out, h", "Renews"], works.Select(work => new object?[] { work.Name, work.AtEoh, work.AtYears, work.OutageH, work.Renews })),
    ];
}
