namespace Gigawatt.Studies;

/// <summary>How the points of a series are drawn.</summary>
public enum SeriesStyle
{
    /// <summary>Joined by straight lines.</summary>
    Line,

    /// <summary>A dashed line: a limit, a reference, what would have been.</summary>
    Dashed,

    /// <summary>Level until the next point.</summary>
    Step,

    /// <summary>Filled down to zero; areas are stacked in the order of the series.</summary>
    Area,

    /// <summary>Bars, at categories or numbers.</summary>
    Bar,

    /// <summary>Points alone.</summary>
    Point,
}

/// <summary>An axis of a chart.</summary>
/// <param name="Label">What is measured.</param>
/// <param name="Unit">Its unit; may be empty.</param>
/// <param name="IsLog">Whether the axis is logarithmic.</param>
public sealed record ChartAxis(string Label, string Unit = "", bool IsLog = false);

/// <summary>One series of a chart.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Style">How it is drawn.</param>
/// <param name="X">Where its points are; indices of the categories when the chart has categories.</param>
/// <param name="Y">Their heights, as many as <paramref name="X"/>; what is not finite is a gap.</param>
/// <param name="Family">Colour family: fuel, electricity, heat, water, gpu, money, or neutral.</param>
public sealed record ChartSeries(string Label, SeriesStyle Style, IReadOnlyList<double> X, IReadOnlyList<double> Y, string Family = "electricity");

/// <summary>A moment or a level worth a name, drawn as a thin line across the chart.</summary>
/// <param name="Label">Its name.</param>
/// <param name="At">Where it is, in the unit of the axis.</param>
/// <param name="IsLevel">Whether it is a height instead of a place on the horizontal axis.</param>
public sealed record ChartMark(string Label, double At, bool IsLevel = false);

/// <summary>A picture of an answer: its title says the finding, its caption the basis.</summary>
public sealed record StudyChart
{
    /// <summary>The finding, a whole sentence computed from the numbers.</summary>
    public required string Title { get; init; }

    /// <summary>Basis and source of the numbers, what is left out.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Horizontal axis.</summary>
    public required ChartAxis X { get; init; }

    /// <summary>Vertical axis.</summary>
    public required ChartAxis Y { get; init; }

    /// <summary>Names along the horizontal axis, when it counts things instead of measuring.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The series, at most a few thousand points each.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Moments and levels.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];
}
