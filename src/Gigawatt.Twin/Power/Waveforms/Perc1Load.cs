using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>Parameters of the load in dynamic studies of the grid: PERC1, a load of power electronics that ceases and reconnects.</summary>
/// <remarks>
/// Names as in PowerWorld Simulator 24 (load characteristic PERC1, 2025-10, after LDEV1 of EPRI). After a disturbance the load returns to
/// 1 − Fcease + Frecon·Fcease. Dead bands are deviations of frequency in per unit. The record holds what a campus knows about itself; the remaining
/// parameters of the model (voltages and times of ceasing) follow from the protection and stay with the program's defaults.
/// </remarks>
public sealed record Perc1Spec
{
    /// <summary>Lead time constant of active power.</summary>
    [Default(Grade.E, "assumption: no lead")]
    public double TapS { get; init => field = Check.NotNegative(value); }

    /// <summary>Lag time constant of active power: that of the power supplies.</summary>
    [Default(Grade.E, "assumption: 20 ms, hold-up of server power supplies")]
    public double TbpS { get; init => field = Check.NotNegative(value); } = 0.02;

    /// <summary>Lead time constant of reactive power.</summary>
    [Default(Grade.E, "assumption: no lead")]
    public double TaqS { get; init => field = Check.NotNegative(value); }

    /// <summary>Lag time constant of reactive power.</summary>
    [Default(Grade.E, "assumption: 20 ms, as active power")]
    public double TbqS { get; init => field = Check.NotNegative(value); } = 0.02;

    /// <summary>Fall of frequency up to which the load does not react; absent to take it from a profile.</summary>
    public double? DbflPu { get; init => field = value is { } given ? Check.NotNegative(given) : null; }

    /// <summary>Rise of frequency up to which the load does not react; absent to take it from a profile.</summary>
    public double? DbfhPu { get; init => field = value is { } given ? Check.NotNegative(given) : null; }

    /// <summary>Share of the load that ceases in a deep sag.</summary>
    [Default(Grade.E, "assumption: all of it goes to its own supplies")]
    public double FceaseFraction { get; init => field = Check.Fraction(value); } = 1;

    /// <summary>Share of what ceased that comes back by itself; absent to take what a profile asks for.</summary>
    public double? FreconFraction { get; init => field = value is { } given ? Check.Fraction(given) : null; }
}

/// <summary>A PERC1 record with every parameter known.</summary>
/// <param name="TapS">Lead of active power.</param>
/// <param name="TbpS">Lag of active power.</param>
/// <param name="TaqS">Lead of reactive power.</param>
/// <param name="TbqS">Lag of reactive power.</param>
/// <param name="DbflPu">Dead band towards low frequency.</param>
/// <param name="DbfhPu">Dead band towards high frequency.</param>
/// <param name="FceaseFraction">Share that ceases.</param>
/// <param name="FreconFraction">Share of that which comes back.</param>
public sealed record Perc1Load(
    double TapS, double TbpS, double TaqS, double TbqS, double DbflPu, double DbfhPu, double FceaseFraction, double FreconFraction)
{
    private const double NominalHz = 60;
    private const double PlainBandPu = 0.02;

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Share of the load that is there after reconnecting.</summary>
    public double RemainingFraction => 1 - FceaseFraction + FreconFraction * FceaseFraction;

    /// <summary>Fills what was not given from the ride-through that a profile asks for.</summary>
    /// <remarks>Dead bands reach to the ends of the range of frequency without a time limit; Frecon is the least that brings back the share asked for.</remarks>
    public static Perc1Load From(Perc1Spec spec, ComplianceProfile? profile)
    {
        double low = PlainBandPu, high = PlainBandPu;
        foreach (RideThrough range in profile?.Frequency ?? [])
        {
            if (range.LastsS is not null || range.LowHz is not { } fromHz || range.HighHz is not { } toHz) { continue; }
            (low, high) = ((NominalHz - fromHz) / NominalHz, (toHz - NominalHz) / NominalHz);
        }
        double asked = profile?.RecoveryFraction ?? 1;
        double comesBack = spec.FceaseFraction > 0 ? Math.Limit((asked - 1 + spec.FceaseFraction) / spec.FceaseFraction, 0, 1) : 1;
        return new Perc1Load(
            spec.TapS, spec.TbpS, spec.TaqS, spec.TbqS, spec.DbflPu ?? low, spec.DbfhPu ?? high, spec.FceaseFraction, spec.FreconFraction ?? comesBack);
    }

    /// <summary>The record as JSON with the published names of the parameters.</summary>
    public string Json(string load, double ratedMw) => JsonSerializer.Serialize(
        new Published(load, ratedMw, "PERC1", TapS, TbpS, TaqS, TbqS, DbflPu, DbfhPu, FceaseFraction, FreconFraction), Layout);

    /// <summary>The record as a line of a dynamics file: model, bus, load, then parameters by name.</summary>
    /// <remarks>Programs differ in the order of parameters, so that each stands beside its name.</remarks>
    public string TextLine(string bus, string load) => string.Create(CultureInfo.InvariantCulture,
        $"perc1 {bus} \"{load}\" : \"Tap\" {TapS:0.####} \"Tbp\" {TbpS:0.####} \"Taq\" {TaqS:0.####} \"Tbq\" {TbqS:0.####} " +
        $"\"Dbfl\" {DbflPu:0.####} \"Dbfh\" {DbfhPu:0.####} \"Fcease\" {FceaseFraction:0.####} \"Frecon\" {FreconFraction:0.####} /");

    private sealed record Published(
        [property: JsonPropertyName("load")] string Load, [property: JsonPropertyName("rated_mw")] double RatedMw,
        [property: JsonPropertyName("model")] string Model, double Tap, double Tbp, double Taq, double Tbq,
        double Dbfl, double Dbfh, double Fcease, double Frecon);
}
