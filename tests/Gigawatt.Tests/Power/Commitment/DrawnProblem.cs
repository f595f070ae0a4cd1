using Gigawatt.Power.Commitment;

namespace Gigawatt.Tests.Power.Commitment;

/// <summary>Problems of every kind, drawn from a number.</summary>
internal static class DrawnProblem
{
    /// <summary>Few units and hours tied by nothing but the units' own times.</summary>
    public static CommitmentProblem Small(int seed, int units, int hours)
    {
        Gigawatt.Numerics.Stream draw = Gigawatt.Numerics.Stream.For(seed, 0, "commitment", "small");
        CommittableUnit[] made = [.. Enumerable.Range(0, units).Select(i => Unit(ref draw, i, 1, false))];
        return new CommitmentProblem
        {
            Units = made,
            LoadMw = [.. Loads(ref draw, hours, made.Sum(unit => unit.MaxMw) * 0.4)],
            Reserve = new ReserveRule { LoadFraction = draw.NextUniform() < 0.5 ? 0 : 0.1 },
        };
    }

    /// <summary>Everything at once: twins, ramps, feeders, maintenance, battery, import, fuel lines, cap, ladder, too much load now and then.</summary>
    public static CommitmentProblem Wild(int seed)
    {
        Gigawatt.Numerics.Stream draw = Gigawatt.Numerics.Stream.For(seed, 0, "commitment", "wild");
        int hours = 6 + (int)(draw.NextUniform() * 20);
        List<CommittableUnit> units = [];
        int kinds = 2 + (int)(draw.NextUniform() * 4);
        for (int i = 0; i < kinds; i++) { units.Add(Unit(ref draw, i, 1 + (int)(draw.NextUniform() * 3), true)); }
        double all = units.Sum(unit => unit.Count * unit.MaxMw);
        bool hasLines = draw.NextUniform() < 0.3;
        if (hasLines) { units[0] = units[0] with { FuelLine = "east", MustRun = false }; }
        CommitmentProblem problem = new()
        {
            Units = units,
            LoadMw = [.. Loads(ref draw, hours, all * (0.3 + draw.NextUniform()))],
            Reserve = new ReserveRule { LoadFraction = 0.1 * draw.NextUniform(), LostBlocks = (int)(draw.NextUniform() * 3), LoadStepMw = draw.NextUniform() < 0.5 ? 0 : 10 },
            FuelLines = hasLines ? [new FuelLine { Name = "east", LimitMw = 60 + 200 * draw.NextUniform() }] : [],
            Shortfall = draw.NextUniform() < 0.5 ? [] : [new ShortfallRung { Name = "pause", DepthFraction = 0.4, PenaltyUsdPerMwh = 900 }, new ShortfallRung { Name = "cap", DepthFraction = 0.1, PenaltyUsdPerMwh = 300 }],
        };
        if (draw.NextUniform() < 0.5) { problem = problem with { Battery = new CommitmentBattery { RatedMw = 5 + 60 * draw.NextUniform(), CapacityMwh = 10 + 200 * draw.NextUniform(), InitialFraction = draw.NextUniform() } }; }
        if (draw.NextUniform() < 0.5) { problem = problem with { Import = new GridImport { LimitMw = 80 * draw.NextUniform(), PriceUsdPerMwh = [.. Loads(ref draw, hours, 60)] } }; }
        if (draw.NextUniform() < 0.3) { problem = problem with { EmissionsCapKg = all * hours * 2.5 * 180 * (0.1 + 0.4 * draw.NextUniform()) }; }
        return problem;
    }

    private static CommittableUnit Unit(ref Gigawatt.Numerics.Stream draw, int i, int count, bool isWild)
    {
        double max = 20 + 100 * draw.NextUniform(), min = max * (0.2 + 0.4 * draw.NextUniform());
        bool isOn = draw.NextUniform() < 0.5;
        double hot = 3000 * draw.NextUniform();
        CommittableUnit unit = new()
        {
            Name = $"unit {i}",
            Count = count,
            MinMw = min,
            MaxMw = max,
            FuelPriceUsdPerMwh = 10 + 10 * draw.NextUniform(),
            NoLoadFuelMw = max * 0.6 * draw.NextUniform(),
            IncrementalFuelRatio = 1.8 + draw.NextUniform(),
            QuadraticFuelPerMw = draw.NextUniform() < 0.5 ? 0 : 0.01 * draw.NextUniform(),
            HotStartUsd = hot,
            ColdStartUsd = draw.NextUniform() < 0.5 ? null : 2 * hot,
            HotUntilS = 3600 * Math.Floor(1 + 5 * draw.NextUniform()),
            MinUpS = 3600 * Math.Floor(1 + 5 * draw.NextUniform()),
            MinDownS = 3600 * Math.Floor(1 + 5 * draw.NextUniform()),
            IsOn = isOn,
            InStatusS = 3600 * Math.Floor(1 + 8 * draw.NextUniform()),
            EmissionKgPerMwh = isWild ? 180 : 0,
        };
        if (!isWild) { return unit; }
        if (draw.NextUniform() < 0.4) { unit = unit with { RampUpMwPerS = max * (0.1 + 0.9 * draw.NextUniform()) / 3600, RampDownMwPerS = max * (0.1 + 0.9 * draw.NextUniform()) / 3600, OutputMw = isOn ? min : null }; }
        if (draw.NextUniform() < 0.3) { unit = unit with { StartLimitMw = min + (max - min) * draw.NextUniform(), StopLimitMw = min + (max - min) * draw.NextUniform() }; }
        if (draw.NextUniform() < 0.3) { unit = unit with { Feeder = draw.NextUniform() < 0.5 ? "A" : "B" }; }
        if (draw.NextUniform() < 0.2) { unit = unit with { MustRun = true }; }
        if (draw.NextUniform() < 0.3 && (!isOn || unit.InStatusS >= unit.MinUpS))
        {
            double from = Math.Floor(2 + 15 * draw.NextUniform());
            unit = unit with { Maintenance = [new MaintenanceWindow { FromS = from * 3600, ToS = (from + 1 + Math.Floor(6 * draw.NextUniform())) * 3600 }] };
        }
        return unit;
    }

    private static double[] Loads(ref Gigawatt.Numerics.Stream draw, int hours, double meanMw)
    {
        double[] loads = new double[hours];
        for (int t = 0; t < hours; t++) { loads[t] = meanMw * (0.6 + 0.8 * draw.NextUniform()); }
        return loads;
    }
}
