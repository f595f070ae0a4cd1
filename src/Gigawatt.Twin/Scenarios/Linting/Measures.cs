using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Linting;

/// <summary>What the measures of claims measure, and what they are called.</summary>
public static class Measures
{
    private static readonly Dimension OfPower = new(2, 1, -3);
    private static readonly Dimension OfEnergy = new(2, 1, -2);
    private static readonly Dimension OfFlow = new(Length: 3, Time: -1);

    /// <summary>What a measure measures; none for counts.</summary>
    public static Dimension DimensionOf(Measure measure) => measure switch
    {
        Measure.BatteryEnergy => OfEnergy,
        Measure.DailyWater => OfFlow,
        Measure.InstalledTurbines or Measure.InstalledGpus or Measure.LiveGpus => default,
        _ => OfPower,
    };

    /// <summary>Which power a measure is; null for measures that are no power.</summary>
    public static PowerBasis? BasisOf(Measure measure) => measure switch
    {
        Measure.LiveItPower => PowerBasis.It,
        Measure.FacilityPower or Measure.GridImport => PowerBasis.Facility,
        Measure.InstalledGeneration or Measure.PermittedGeneration => PowerBasis.Generation,
        Measure.CoolingNameplate or Measure.CoolingDesignDay => PowerBasis.Cooling,
        _ => null,
    };

    /// <summary>Measures of a basis, as a file names them.</summary>
    public static string KeysOf(PowerBasis basis) =>
        string.Join(" or ", Enum.GetValues<Measure>().Where(m => BasisOf(m) == basis).Select(Key));

    /// <summary>A measure as a file names it: <c>live_it_power</c>.</summary>
    public static string Key(Measure measure) => SnakeCase.Of(measure.ToString());

    /// <summary>A basis in words.</summary>
    public static string Name(PowerBasis basis) => basis switch
    {
        PowerBasis.Generation => "generation",
        PowerBasis.Facility => "facility power",
        PowerBasis.It => "IT power",
        PowerBasis.Cooling => "cooling",
        _ => throw new ArgumentOutOfRangeException(nameof(basis)),
    };
}
