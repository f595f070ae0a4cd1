using Gigawatt.Numerics;

namespace Gigawatt.Power.Networks;

/// <summary>How often a network component fails and how long it is gone.</summary>
public sealed record GridComponentSpec
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Failures per time in service; of one piece, or of <see cref="PerLengthM"/>.</summary>
    public required double FailuresPerS { get; init => field = Check.NotNegative(value); }

    /// <summary>Mean time until it is back.</summary>
    public required double RepairS { get; init => field = Check.Positive(value); }

    /// <summary>Length that the failure rate counts for; absent for a piece.</summary>
    public double? PerLengthM { get; init => field = value is { } given ? Check.Positive(given) : null; }
}

/// <summary>A component on the way from a source to a load.</summary>
public sealed record PathPartSpec
{
    /// <summary>Which component it is.</summary>
    [RefersTo("components")]
    public required string Component { get; init; }

    /// <summary>How many stand one behind the other.</summary>
    [Default(Grade.D, "one unless stated")]
    public int Count { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Length, for a component whose failures are counted by length.</summary>
    public double? LengthM { get; init => field = value is { } given ? Check.Positive(given) : null; }
}

/// <summary>How often power is missing under one way to build redundancy.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Paths">Paths that are built.</param>
/// <param name="Needed">Paths that carry the load.</param>
/// <param name="LoadFraction">Share of time in which one load has no feed, failures independent.</param>
/// <param name="CapacityFraction">Share of time in which not all load can be carried, failures independent.</param>
/// <param name="CommonFraction">Share of time in which a common cause takes all paths at once.</param>
public readonly record struct TopologyResult(string Name, int Paths, int Needed, double LoadFraction, double CapacityFraction, double CommonFraction)
{
    /// <summary>Share of time in which one load has no feed, common causes included.</summary>
    public double OutageFraction => LoadFraction + CommonFraction;
}

/// <summary>Unavailability of power paths and of the usual ways to double them.</summary>
/// <remarks>
/// Path: U = Σ λ r (rare events, series). Two sections: U²; where a normally open tie must close on demand, + 2 U U_tie. k needed of n:
/// Σ C(n,j) U^j (1−U)^(n−j) for j &gt; n−k. Common cause: β U takes every path of a redundant group. Source of the forms: IEEE 493-2007, chapter 3.
/// Not modelled: maintenance, switching time, human error, partial capacity of what is left.
/// </remarks>
public static class Topology
{
    /// <summary>The names that <see cref="Of"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["radial", "n_plus_1", "ring", "ring_with_tie", "two_n", "3m2", "4m3", "block_redundant"];

    /// <summary>Share of time in which a path of these components is down.</summary>
    /// <param name="failuresPerS">Failure rate of each.</param>
    /// <param name="repairS">Repair time of each.</param>
    public static double PathFraction(ReadOnlySpan<double> failuresPerS, ReadOnlySpan<double> repairS)
    {
        double sum = 0;
        for (int i = 0; i < failuresPerS.Length; i++) { sum += failuresPerS[i] * repairS[i]; }
        return sum;
    }

    /// <summary>A topology by name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="pathFraction">Share of time in which one path is down.</param>
    /// <param name="tieFraction">Share of time in which a tie or transfer switch would not close.</param>
    /// <param name="needed">Paths that carry the load, where the name leaves it open.</param>
    /// <param name="commonCauseFraction">Share β of a path's unavailability that takes all paths.</param>
    /// <exception cref="ArgumentException">There is no topology of this name.</exception>
    public static TopologyResult Of(string name, double pathFraction, double tieFraction, int needed, double commonCauseFraction)
    {
        double u = pathFraction, common = commonCauseFraction * u;
        return name switch
        {
            // Every path carries its own load; nothing is redundant, so that a common cause is no more than a failure.
            "radial" => new(name, needed, needed, u, AtLeastDown(1, needed, u), 0),
            // All paths on one bus: what one lacks, all lack.
            "n_plus_1" => new(name, needed + 1, needed, AtLeastDown(2, needed + 1, u), AtLeastDown(2, needed + 1, u), common),
            "ring" => new(name, 2, 1, u * u, u * u, common),
            "ring_with_tie" => new(name, 2, 1, u * u + 2 * u * tieFraction, u * u + 2 * u * tieFraction, common),
            "two_n" => new(name, 2 * needed, needed, u * u, 1 - Power(1 - u * u, needed), common),
            // Each load hangs on two of three (four) modules; two modules down leave too little for all.
            "3m2" => new(name, 3, 2, u * u, AtLeastDown(2, 3, u), common),
            "4m3" => new(name, 4, 3, u * u, AtLeastDown(2, 4, u), common),
            // A block fails while the reserve is down, serves another block already, or its switch does not transfer.
            "block_redundant" => new(name, needed + 1, needed, u * (u + (needed - 1) * u + tieFraction), AtLeastDown(2, needed + 1, u) + needed * u * tieFraction, common),
            _ => throw new ArgumentException($"expected one of {string.Join(", ", Names)}, found '{name}'", nameof(name)),
        };
    }

    private static double AtLeastDown(int down, int paths, double u)
    {
        double sum = 0, ways = 1;
        for (int j = 0; j <= paths; j++)
        {
            // Summed from the rare side, which keeps digits that 1 − … would lose.
            if (j >= down) { sum += ways * Power(u, j) * Power(1 - u, paths - j); }
            ways = ways * (paths - j) / (j + 1);
        }
        return sum;
    }

    private static double Power(double x, int times)
    {
        double product = 1;
        for (int i = 0; i < times; i++) { product *= x; }
        return product;
    }
}
