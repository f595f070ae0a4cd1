using Gigawatt.Numerics;
using Gigawatt.Power.Commitment;

namespace Gigawatt.Studies;

/// <summary>A load that is drawn instead of listed.</summary>
/// <remarks>Base · (1 + daily · cos of the hour, highest at 15 h) + jobs that come and go: an AR(1) noise whose memory is a job's length.</remarks>
public sealed record DrawnLoad
{
    /// <summary>Hours to draw.</summary>
    public required int Hours { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Mean load.</summary>
    public required double BaseMw { get; init => field = Check.Positive(value); }

    /// <summary>Amplitude of the day as a share of the base: cooling.</summary>
    [Default(Grade.E, "assumption: 5 %")]
    public double DailyFraction { get; init => field = Check.Fraction(value); } = 0.05;

    /// <summary>Standard deviation of jobs that come and go, as a share of the base.</summary>
    [Default(Grade.E, "assumption: 5 %")]
    public double JobsFraction { get; init => field = Check.Within(value, 0, 0.3); } = 0.05;

    /// <summary>How long a job lasts.</summary>
    [Default(Grade.E, "assumption: one day")]
    public double JobLengthS { get; init => field = Check.Positive(value); } = 86400;

    /// <summary>Which draw.</summary>
    [Default(Grade.E, "the first draw")]
    public int Seed { get; init; } = 1;

    /// <summary>The loads.</summary>
    public double[] Draw()
    {
        double[] loads = new double[Hours];
        Numerics.Stream stream = Numerics.Stream.For(Seed, 0, "load", "jobs");
        double memory = Elementary.Exp(-3600 / JobLengthS), jobs = 0;
        for (int t = 0; t < Hours; t++)
        {
            jobs = memory * jobs + Math.Sqrt(1 - memory * memory) * stream.NextNormal();
            double day = Elementary.Cos(2 * Math.PI * ((t - 15) % 24) / 24.0);
            loads[t] = BaseMw * Math.Limit(1 + DailyFraction * day + JobsFraction * Math.Limit(jobs, -3, 3), 0, 2);
        }
        return loads;
    }
}

/// <summary>What <c>gw study commitment</c> reads.</summary>
public sealed record CommitmentInput
{
    /// <summary>Name of the case.</summary>
    public required string Name { get; init; }

    /// <summary>Load of every hour.</summary>
    public IReadOnlyList<double> LoadMw { get; init; } = [];

    /// <summary>A load that is drawn, instead of a list.</summary>
    public DrawnLoad? DrawnLoad { get; init; }

    /// <summary>The units.</summary>
    public required IReadOnlyList<CommittableUnit> Units { get; init; }

    /// <summary>The battery, if any.</summary>
    public CommitmentBattery? Battery { get; init; }

    /// <summary>The grid connection, if any.</summary>
    public GridImport? Import { get; init; }

    /// <summary>What must be ready beyond the load.</summary>
    public ReserveRule Reserve { get; init; } = new();

    /// <summary>Fuel lines with their limits.</summary>
    public IReadOnlyList<FuelLine> FuelLines { get; init; } = [];

    /// <summary>Most that may be emitted over all hours; absent when there is no cap.</summary>
    public double? EmissionsCapKg { get; init; }

    /// <summary>What is done when supply falls short, beside shedding.</summary>
    public IReadOnlyList<ShortfallRung> Shortfall { get; init; } = [];

    /// <summary>Penalty of load that is simply lost.</summary>
    [Default(Grade.E, "assumption: value of lost load")]
    public double ShedUsdPerMwh { get; init => field = Check.Positive(value); } = 10_000;

    /// <summary>Hours that are planned together when the horizon is longer than a week.</summary>
    [Default(Grade.E, "assumption: two days, longer than any minimum time here")]
    public double WindowS { get; init => field = Check.Within(value, 3600, 1e9); } = 48 * 3600;

    /// <summary>Hours kept of each window.</summary>
    [Default(Grade.E, "assumption: one day")]
    public double KeptS { get; init => field = Check.Within(value, 3600, 1e9); } = 24 * 3600;

    /// <summary>Steps towards the bound.</summary>
    [Default(Grade.D, "the gap of the ten-unit day no longer moves in its fourth digit")]
    public int BoundSteps { get; init => field = Check.NotNegative(value); } = 2000;

    /// <summary>The input as a problem.</summary>
    public CommitmentProblem Problem()
    {
        if (DrawnLoad is not null && LoadMw.Count > 0) { throw new CaseException("drawn_load", "a list of loads or a drawn one", "both"); }
        return new CommitmentProblem
        {
            Units = Units,
            LoadMw = DrawnLoad?.Draw() ?? LoadMw,
            Battery = Battery,
            Import = Import,
            Reserve = Reserve,
            FuelLines = FuelLines,
            EmissionsCapKg = EmissionsCapKg,
            Shortfall = Shortfall,
            ShedUsdPerMwh = ShedUsdPerMwh,
        };
    }
}
