using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Tests.Scenarios.Linting;

namespace Gigawatt.Tests.Claims;

/// <summary>A run written by hand: 150 days from 2026-01-01 on which cooling grows by 4 MW a day and power stands at 512 MW.</summary>
internal static class HandMadeRun
{
    private static readonly DateOnly First = new(2026, 1, 1);

    public static RunResult Of(params ClaimSpec[] claims) => new()
    {
        Scenario = SmallCampus.Sound with { Claims = claims },
        Seed = 1,
        From = First.ToDateTime(TimeOnly.MinValue),
        To = First.AddDays(150).ToDateTime(TimeOnly.MinValue),
        StepS = 60,
        StepCount = 150 * 1440,
        Complete = true,
        Days = [.. Enumerable.Range(0, 150).Select(Day)],
        Energy = Closed("energy"),
        Heat = Closed("heat"),
        Water = Closed("water"),
        GpuTime = Closed("GPU time"),
        Money = Closed("money"),
        Parties = [],
        Headline = new Headline(512, 500, 1e6, 1.2, 0, 0.8, 1e8, 2, 3, 10, 1e5, 0),
        Binding = [],
        EventCounts = new long[20],
        OutsideCurveHours = 0,
    };

    /// <summary>On day 16 (2026-01-17) cooling allows 288 + 16 × 4 = 352 MW.</summary>
    private static DayRecord Day(int number)
    {
        DayRecord day = new()
        {
            Day = First.AddDays(number),
            FacilityMw = 300,
            ItMw = 250,
            InstalledGenerationMw = 1000,
            PermittedGenerationMw = 460,
            InstalledTurbines = 27,
            CoolingNameplateMw = 400 + 4 * number,
            CoolingDesignMw = 300 + 4 * number,
            BatteryMwh = 655.2,
            GridLimitMw = 150,
            InstalledGpus = 200_000,
            ReclaimedM3 = 3000,
            CityM3 = 785.411784,
        };
        for (int i = 0; i < Capacity.Kinds; i++) { day.Capacity.AllowsMw[i] = double.PositiveInfinity; }
        day.Capacity.AllowsMw[(int)Constraint.Cooling] = 288 + 4 * number;
        day.Capacity.AllowsMw[(int)Constraint.Power] = 512;
        day.Capacity.Settle();
        day.LiveGpus = (int)(day.Capacity.LiveMw * 500); // 2 kW each
        return day;
    }

    public static Ledger Closed(string name)
    {
        Ledger ledger = new(name, "MWh", ("in", Side.In), ("out", Side.Out));
        ledger.Book(0, 10);
        ledger.Book(1, 10);
        return ledger;
    }
}
