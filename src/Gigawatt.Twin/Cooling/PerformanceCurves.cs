using Gigawatt.Numerics;

namespace Gigawatt.Cooling;

/// <summary>A quadratic surface over leaving water and entering air temperature, with the box in which it was measured.</summary>
/// <remarks>
/// C1 + C2·x + C3·x² + C4·y + C5·y² + C6·x·y with x the leaving water and y the entering air, both in °C: the form of
/// DOE-2 and EnergyPlus (Engineering Reference, Chiller:Electric:EIR). Curves published in °F must be converted first.
/// </remarks>
public sealed record Biquadratic
{
    /// <summary>Constant term.</summary>
    public required double C1 { get; init => field = Check.Finite(value); }

    /// <summary>Factor of the leaving water temperature.</summary>
    public required double C2 { get; init => field = Check.Finite(value); }

    /// <summary>Factor of the squared leaving water temperature.</summary>
    public required double C3 { get; init => field = Check.Finite(value); }

    /// <summary>Factor of the entering air temperature.</summary>
    public required double C4 { get; init => field = Check.Finite(value); }

    /// <summary>Factor of the squared entering air temperature.</summary>
    public required double C5 { get; init => field = Check.Finite(value); }

    /// <summary>Factor of the product of both temperatures.</summary>
    public required double C6 { get; init => field = Check.Finite(value); }

    /// <summary>Coldest leaving water for which the curve was measured.</summary>
    [Default(Grade.A, "EnergyPlus AirCooledChiller.idf, Carrier 30XA500")]
    public double LowestLeavingC { get; init => field = Check.Finite(value); } = 4.44;

    /// <summary>Warmest leaving water for which the curve was measured.</summary>
    [Default(Grade.A, "EnergyPlus AirCooledChiller.idf, Carrier 30XA500")]
    public double HighestLeavingC { get; init => field = Check.Finite(value); } = 10;

    /// <summary>Coldest entering air for which the curve was measured.</summary>
    [Default(Grade.A, "EnergyPlus AirCooledChiller.idf, Carrier 30XA500")]
    public double LowestAmbientC { get; init => field = Check.Finite(value); } = 29.4;

    /// <summary>Hottest entering air for which the curve was measured.</summary>
    [Default(Grade.A, "EnergyPlus AirCooledChiller.idf, Carrier 30XA500")]
    public double HighestAmbientC { get; init => field = Check.Finite(value); } = 46.1;

    /// <summary>Capacity of the Carrier 30XA500 over its capacity at 6.67 °C water and 35 °C air, as published.</summary>
    public static Biquadratic Carrier30XA500Capacity { get; } = new()
    {
        C1 = -0.3479426478,
        C2 = 0.0637388098,
        C3 = -0.0007955045,
        C4 = 0.0712741456,
        C5 = -0.0010660025,
        C6 = -0.0009234587,
    };

    /// <summary>Height of the surface, without regard to its box.</summary>
    public double At(double leavingC, double ambientC) =>
        C1 + leavingC * (C2 + C3 * leavingC + C6 * ambientC) + ambientC * (C4 + C5 * ambientC);

    /// <summary>Whether the curve was measured at these temperatures.</summary>
    public bool Covers(double leavingC, double ambientC) =>
        leavingC >= LowestLeavingC && leavingC <= HighestLeavingC
        && ambientC >= LowestAmbientC && ambientC <= HighestAmbientC;
}

/// <summary>A quadratic curve: C1 + C2·x + C3·x².</summary>
public sealed record Quadratic
{
    /// <summary>Constant term.</summary>
    public required double C1 { get; init => field = Check.Finite(value); }

    /// <summary>Factor of the variable.</summary>
    public required double C2 { get; init => field = Check.Finite(value); }

    /// <summary>Factor of the squared variable.</summary>
    public required double C3 { get; init => field = Check.Finite(value); }

    /// <summary>Power in proportion to load: the part-load curve published for the Carrier 30XA units.</summary>
    public static Quadratic Proportional { get; } = new() { C1 = 0, C2 = 1, C3 = 0 };

    /// <summary>Height of the curve.</summary>
    public double At(double x) => C1 + x * (C2 + C3 * x);
}
