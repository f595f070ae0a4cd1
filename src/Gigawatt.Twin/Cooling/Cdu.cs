using System.Globalization;
using Gigawatt.Numerics;

namespace Gigawatt.Cooling;

/// <summary>A coolant distribution unit: pumps and a heat exchanger between the racks' coolant and the facility water.</summary>
/// <remarks>
/// Counter-flow exchanger of constant conductance at rated flows, so that the approach is in proportion to the heat.
/// Pump power is a share of the heat carried: flow is taken to follow heat by speed and number of units.
/// Source of the defaults: Google Project Deschutes, OCP 2025, as recorded in Modelica Buildings (2026). Not modelled:
/// conductance at reduced flow, filters, leaks, the seconds after a pump trip.
/// </remarks>
[Catalog("cdus")]
public sealed record CduSpec : ISelfChecking
{
    /// <summary>What the catalogue calls the unit.</summary>
    [Default(Grade.E, "assumption: unnamed")]
    public string Title { get; init; } = "";

    /// <summary>Heat one unit carries at its rated flows and approach.</summary>
    [Default(Grade.A, "Google Project Deschutes record in Modelica Buildings, 2026")]
    public double RatedMw { get; init => field = Check.Positive(value); } = 2;

    /// <summary>Coolant to the racks above facility water entering, at rated heat.</summary>
    [Default(Grade.A, "Google Project Deschutes record in Modelica Buildings, 2026")]
    public double ApproachK { get; init => field = Check.Positive(value); } = 3;

    /// <summary>Coolant (PG25) pumped to the racks.</summary>
    [Default(Grade.A, "Google Project Deschutes record in Modelica Buildings, 2026")]
    public double CoolantKgPerS { get; init => field = Check.Positive(value); } = 31.48;

    /// <summary>Facility water through the exchanger.</summary>
    [Default(Grade.A, "Google Project Deschutes record in Modelica Buildings, 2026")]
    public double WaterKgPerS { get; init => field = Check.Positive(value); } = 32.30;

    /// <summary>Electric power of the pumps over the heat carried; all of it ends in the coolant.</summary>
    [Default(Grade.D, "Deschutes: 31.48 kg/s at 85 psi (586 kPa) ÷ 1,013 kg/m³ ÷ efficiency 0.7 ÷ 2 MW; motor nameplates add up to 3.7 %")]
    public double PumpFraction { get; init => field = Check.Fraction(value); } = 0.013;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        CduExchanger exchanger = Cdu.Exchanger(this);
        if (!(exchanger.EffectivenessFraction < 1))
        {
            yield return new(
                nameof(ApproachK), "an approach that the two flows allow: less heat or more flow",
                exchanger.EffectivenessFraction.ToString("0.## of the heat that could be exchanged", CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>What the rated flows and approach say about a CDU's heat exchanger.</summary>
/// <param name="EffectivenessFraction">Heat exchanged over the most that could be.</param>
/// <param name="CapacityRatio">Heat capacity of the weaker stream over that of the stronger.</param>
/// <param name="TransferUnitsRatio">Conductance over the heat capacity of the weaker stream.</param>
/// <param name="ConductanceMwPerK">Heat per kelvin of difference between the streams.</param>
/// <param name="MeanDifferenceK">Logarithmic mean difference between the streams.</param>
/// <param name="CoolantReturnRiseK">Coolant from the racks above facility water entering.</param>
public readonly record struct CduExchanger(
    double EffectivenessFraction, double CapacityRatio, double TransferUnitsRatio, double ConductanceMwPerK,
    double MeanDifferenceK, double CoolantReturnRiseK);

/// <summary>The coolant distribution unit's equations.</summary>
public static class Cdu
{
    private const double MeanCoolantC = 38;

    /// <summary>The heat exchanger behind the rated flows and approach.</summary>
    public static CduExchanger Exchanger(CduSpec spec)
    {
        double coolantMwPerK = spec.CoolantKgPerS * Coolant.HeatMwSPerKgK(MeanCoolantC);
        double waterMwPerK = spec.WaterKgPerS * Coolant.WaterMwSPerKgK;
        double weakerMwPerK = Math.Min(coolantMwPerK, waterMwPerK);
        double ratio = weakerMwPerK / Math.Max(coolantMwPerK, waterMwPerK);
        double hotInK = spec.ApproachK + spec.RatedMw / coolantMwPerK;
        double effectiveness = spec.RatedMw / (weakerMwPerK * hotInK);
        double units = HeatExchange.TransferUnitsRatio(effectiveness, ratio);
        double conductance = units * weakerMwPerK;
        return new CduExchanger(effectiveness, ratio, units, conductance, spec.RatedMw / conductance, hotInK);
    }

    /// <summary>Coolant to the racks when every unit carries <paramref name="heatMw"/> at rated flows.</summary>
    public static double CoolantC(CduSpec spec, double heatMw, double waterC) => waterC + spec.ApproachK * heatMw / spec.RatedMw;
}
