using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>How constraints are spoken of and coloured.</summary>
internal static class ConstraintWords
{
    /// <summary>Name for machines.</summary>
    public static string Key(Constraint constraint) => constraint switch
    {
        Constraint.Racks => "racks",
        Constraint.Commissioning => "commissioning",
        Constraint.Floor => "floor",
        Constraint.Fabric => "fabric",
        Constraint.Power => "power",
        Constraint.Permits => "permits",
        Constraint.Cooling => "cooling",
        _ => throw new ArgumentOutOfRangeException(nameof(constraint)),
    };

    /// <summary>Name in a legend.</summary>
    public static string Label(Constraint constraint) =>
        constraint == Constraint.Racks ? "Racks delivered" : Readable.Sentence(Key(constraint));

    /// <summary>The beginning of a sentence: "Cooling binds", "Permits bind".</summary>
    public static string Binds(Constraint constraint) => constraint switch
    {
        Constraint.Racks => "Rack deliveries bind",
        Constraint.Permits => "Permits bind",
        Constraint.Floor => "Floor space binds",
        _ => $"{Label(constraint)} binds",
    };

    /// <summary>The constraint as the subject of a sentence: "rack deliveries", "cooling".</summary>
    public static string Subject(Constraint constraint) => constraint switch
    {
        Constraint.Racks => "rack deliveries",
        Constraint.Floor => "floor space",
        _ => Key(constraint),
    };

    /// <summary>What there is of it: "the power already there".</summary>
    public static string There(Constraint constraint) => constraint switch
    {
        Constraint.Racks => "the racks already delivered",
        Constraint.Commissioning => "the racks already commissioned",
        Constraint.Permits => "what permits allow",
        Constraint.Fabric => "the fabric already there",
        Constraint.Floor => "the floor space already there",
        _ => $"the {Key(constraint)} already there",
    };

    /// <summary>Colour family.</summary>
    public static string Family(Constraint constraint) => constraint switch
    {
        Constraint.Power => "electricity",
        Constraint.Cooling => "heat",
        Constraint.Racks or Constraint.Fabric => "gpu",
        _ => "neutral",
    };
}
