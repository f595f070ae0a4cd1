namespace Gigawatt.Power.Commitment;

/// <summary>The problem as arrays: every unit on its own, every hour with what it allows.</summary>
internal sealed class Fleet
{
    public const byte MustBeOn = 1;
    public const byte MustBeOff = 2;
    public const byte MustNotStart = 4;

    public readonly CommitmentProblem Problem;
    public readonly CommitmentState Start;
    public readonly int Count;
    public readonly int Hours;
    public readonly CostCurve[] Curve;
    public readonly CommittableUnit[] Unit;
    public readonly double[] Fuel0, Fuel1, Fuel2, Emission, HotUsd, ColdUsd, RampUp, RampDown, StartMax, StopMax;
    public readonly int[] MinUp, MinDown, HotUntil, OffStates, Class, Line, Block;
    public readonly int[] ClassSize, ClassFirst;
    public readonly byte[] Rule;
    public readonly double[] Load, ImportPrice, RungPrice, RungDepth;
    public readonly double ImportMw;
    public readonly int Blocks, Lines;
    public readonly double[] LineLimit;
    public readonly bool HasRamps, HasLines, HasSharedBlocks;
    public readonly CommitmentBattery? Battery;
    public readonly double FirstMwh, LastMwh, Keep;
    public readonly double? CapKg;

    public Fleet(CommitmentProblem problem)
    {
        Problem = problem;
        Start = problem.FirstState();
        Unit = [.. problem.Units.SelectMany(unit => Enumerable.Repeat(unit, unit.Count))];
        Count = Unit.Length;
        Hours = problem.LoadMw.Count;
        Load = [.. problem.LoadMw];
        Curve = new CostCurve[Count];
        (Fuel0, Fuel1, Fuel2, Emission) = (new double[Count], new double[Count], new double[Count], new double[Count]);
        (HotUsd, ColdUsd, RampUp, RampDown) = (new double[Count], new double[Count], new double[Count], new double[Count]);
        (StartMax, StopMax) = (new double[Count], new double[Count]);
        (MinUp, MinDown, HotUntil, OffStates) = (new int[Count], new int[Count], new int[Count], new int[Count]);
        (Class, Line, Block) = (new int[Count], new int[Count], new int[Count]);
        Rule = new byte[Count * Hours];
        Lines = problem.FuelLines.Count;
        LineLimit = [.. problem.FuelLines.Select(line => line.LimitMw)];
        Dictionary<string, int> feeders = [];
        List<int> sizes = [], firsts = [];
        int previous = -1;
        for (int i = 0; i < Count; i++)
        {
            CommittableUnit unit = Unit[i];
            Curve[i] = unit.Curve;
            (Fuel0[i], Fuel1[i], Fuel2[i], Emission[i]) = (unit.NoLoadFuelMw, unit.IncrementalFuelRatio, unit.QuadraticFuelPerMw, unit.EmissionKgPerMwh);
            (HotUsd[i], ColdUsd[i]) = (unit.HotStartUsd, unit.ColdStartUsd ?? unit.HotStartUsd);
            (RampUp[i], RampDown[i]) = (unit.RampUpMwPerS * 3600 ?? double.PositiveInfinity, unit.RampDownMwPerS * 3600 ?? double.PositiveInfinity);
            (StartMax[i], StopMax[i]) = (Math.Min(unit.MaxMw, unit.StartLimitMw ?? unit.MaxMw), Math.Min(unit.MaxMw, unit.StopLimitMw ?? unit.MaxMw));
            HasRamps |= RampUp[i] < unit.MaxMw - unit.MinMw || RampDown[i] < unit.MaxMw - unit.MinMw || StartMax[i] < unit.MaxMw || StopMax[i] < unit.MaxMw;
            (MinUp[i], MinDown[i]) = (Math.Max(1, WholeHours(unit.MinUpS)), Math.Max(1, WholeHours(unit.MinDownS)));
            HotUntil[i] = ColdUsd[i] > HotUsd[i] ? (int)Math.Floor(Math.Min(unit.HotUntilS / 3600, 1e6) + 1e-9) : 0;
            if (HotUntil[i] > Hours + Math.Max(0, -Start.InStatusHours[i])) { HotUntil[i] = Hours + Math.Max(0, -Start.InStatusHours[i]); }
            OffStates[i] = Math.Max(MinDown[i], ColdUsd[i] > HotUsd[i] ? HotUntil[i] + 1 : 1);
            Line[i] = unit.FuelLine.Length == 0 ? -1 : problem.FuelLines.Select(line => line.Name).ToList().IndexOf(unit.FuelLine);
            HasLines |= Line[i] >= 0;
            if (unit.Feeder.Length == 0) { Block[i] = Blocks++; }
            else if (feeders.TryGetValue(unit.Feeder, out int block)) { (Block[i], HasSharedBlocks) = (block, true); }
            else { feeders.Add(unit.Feeder, Block[i] = Blocks++); }
            bool isTwin = previous >= 0 && ReferenceEquals(Unit[previous], unit) && SameStart(previous, i);
            if (!isTwin)
            {
                sizes.Add(0);
                firsts.Add(i);
            }
            Class[i] = sizes.Count - 1;
            sizes[^1]++;
            previous = i;
            SetRules(i);
        }
        (ClassSize, ClassFirst) = ([.. sizes], [.. firsts]);
        ImportMw = problem.Import?.LimitMw ?? 0;
        ImportPrice = new double[Hours];
        for (int t = 0; t < Hours && ImportMw > 0; t++) { ImportPrice[t] = problem.Import!.PriceUsdPerMwh[problem.Import.PriceUsdPerMwh.Count > 1 ? t : 0]; }
        if (ImportMw > 0) { Blocks++; }
        ShortfallRung[] rungs = [.. problem.Shortfall.OrderBy(rung => rung.PenaltyUsdPerMwh)];
        RungPrice = [.. rungs.Select(rung => rung.PenaltyUsdPerMwh), problem.ShedUsdPerMwh];
        RungDepth = [.. rungs.Select(rung => rung.DepthFraction), 1];
        Battery = problem.Battery;
        if (Battery is { } battery)
        {
            Keep = battery.OneWayEfficiencyFraction;
            FirstMwh = Start.StoredMwh;
            double wanted = (battery.FinalFraction ?? battery.InitialFraction) * battery.CapacityMwh;
            // A window that is not the last aims at the same charge, as far as it can be reached.
            LastMwh = problem.IsLast ? wanted : Math.Min(wanted, FirstMwh + Hours * battery.RatedMw * Keep);
        }
        if (problem.EmissionsCapKg is { } capKg)
        {
            // A window gets its share of what is left, by energy.
            double leftKg = Math.Max(0, capKg - Start.EmittedKg);
            CapKg = problem.HoursLeft > Hours ? leftKg * Hours / problem.HoursLeft : leftKg;
        }
    }

    public int States(int i) => MinUp[i] + OffStates[i];

    public int FirstState(int i) => Start.InStatusHours[i] > 0
        ? Math.Min(Start.InStatusHours[i], MinUp[i]) - 1
        : MinUp[i] + Math.Min(-Start.InStatusHours[i], OffStates[i]) - 1;

    /// <summary>State after an hour, or −1 when minimum times forbid it. States: hours on, then hours off, each up to what matters.</summary>
    public int Next(int i, int state, bool isOn)
    {
        int up = MinUp[i];
        if (state < up) { return isOn ? Math.Min(state + 1, up - 1) : state == up - 1 ? up : -1; }
        int off = state - up;
        return isOn ? (off + 1 >= MinDown[i] ? 0 : -1) : up + Math.Min(off + 1, OffStates[i] - 1);
    }

    public double StartUsd(int i, int state) => StartUsdAfter(i, state - MinUp[i] + 1);

    public double StartUsdAfter(int i, int hoursDown) => ColdUsd[i] > HotUsd[i] && hoursDown > HotUntil[i] ? ColdUsd[i] : HotUsd[i];

    public bool MayBe(int i, int t, bool isOn, bool isStart)
    {
        byte rule = Rule[i * Hours + t];
        return isOn ? (rule & MustBeOff) == 0 && !(isStart && (rule & MustNotStart) != 0) : (rule & MustBeOn) == 0;
    }

    public double FuelMw(int i, double outputMw) => Fuel0[i] + outputMw * (Fuel1[i] + Fuel2[i] * outputMw);

    public static int WholeHours(double lengthS) => (int)Math.Ceiling(lengthS / 3600 - 1e-9);

    public static bool IsInMaintenance(CommittableUnit unit, int hour)
    {
        foreach (MaintenanceWindow window in unit.Maintenance)
        {
            if (window.FromS < (hour + 1) * 3600.0 - 1e-6 && window.ToS > hour * 3600.0 + 1e-6) { return true; }
        }
        return false;
    }

    private bool SameStart(int a, int b) => Start.InStatusHours[a] == Start.InStatusHours[b]
        && (Start.OutputMw[a].Equals(Start.OutputMw[b]) || !(RampUp[a] < Curve[a].MaxMw || RampDown[a] < Curve[a].MaxMw || StopMax[a] < Curve[a].MaxMw));

    // A unit may not start so late that maintenance, even beyond this window, would cut its minimum time on.
    private void SetRules(int i)
    {
        CommittableUnit unit = Unit[i];
        if (unit.Maintenance.Count == 0 && !unit.MustRun && !(Start.OutputMw[i] > StopMax[i])) { return; }
        int state = FirstState(i);
        // Too high to stop at once: it comes down first.
        double reachMw = Start.OutputMw[i];
        for (int t = 0; t < Hours; t++)
        {
            int hour = Start.Hour + t;
            byte rule = 0;
            bool isOut = unit.Maintenance.Count > 0 && IsInMaintenance(unit, hour);
            if (isOut) { rule = MustBeOff; }
            for (int k = 1; k < MinUp[i] && unit.Maintenance.Count > 0 && rule == 0; k++)
            {
                if (IsInMaintenance(unit, hour + k)) { rule = MustNotStart; }
            }
            bool canBeOn = !isOut && Next(i, state, true) >= 0 && (state < MinUp[i] || rule == 0);
            if (reachMw > StopMax[i] && canBeOn) { rule |= MustBeOn; }
            reachMw = reachMw > StopMax[i] ? Math.Max(Curve[i].MinMw, reachMw - RampDown[i]) : 0;
            if (unit.MustRun && canBeOn) { rule |= MustBeOn; }
            state = Next(i, state, canBeOn) is >= 0 and int next ? next : Next(i, state, !canBeOn);
            Rule[i * Hours + t] = rule;
        }
    }
}
