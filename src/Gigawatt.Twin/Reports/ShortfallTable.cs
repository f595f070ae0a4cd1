using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>What shortfalls of power and cooling took, in the order in which measures are taken.</summary>
internal static class ShortfallTable
{
    /// <summary>The rows; none where nothing ran short.</summary>
    public static FindingRows Build(RunResult run)
    {
        if (run.Shortfalls.Count == 0) { return new FindingRows("", "", []); }
        List<FindingRow> rows = [];
        double lost = 0, lostUsd = 0;
        foreach (ShortfallDuty duty in run.Shortfalls)
        {
            string cause = duty.Cause == Shortage.Cooling ? "cooling" : "power";
            bool isBattery = duty.Measure == ShortfallMeasure.Battery;
            string note = isBattery ? $"{Readable.Energy(duty.EnergyMwh)} given until units followed; worth {Readable.Money(duty.WorthUsd)} at the price of a live GPU-hour"
                : $"{Readable.Money(duty.WorthUsd)} at the price of a live GPU-hour";
            string label = isBattery ? Label(duty.Measure) : $"{Label(duty.Measure)} for want of {cause}";
            rows.Add(new FindingRow($"{Key(duty.Measure)}_{cause}", label, Readable.Amount(duty.GpuHours), "GPU-hours", note));
            if (isBattery) { continue; }
            lost += duty.GpuHours;
            lostUsd += duty.WorthUsd;
        }
        return new FindingRows(
            lost > 0 ? $"Shortfalls took {Readable.Amount(lost)} GPU-hours, {Readable.Money(lostUsd)}" : "Batteries carried every shortfall",
            "In the order in which measures are taken. Work lost with jobs that relays dropped within seconds is told under Stability.", rows);
    }

    /// <summary>The same in numbers, for machines.</summary>
    public static IReadOnlyList<ShortfallRow> Numbers(RunResult run) => [.. run.Shortfalls.Select(duty => new ShortfallRow(
        Key(duty.Measure), duty.Cause == Shortage.Cooling ? "cooling" : "power", duty.EnergyMwh, duty.GpuHours, duty.WorthUsd))];

    private static string Key(ShortfallMeasure measure) => measure.ToString().ToLowerInvariant();

    private static string Label(ShortfallMeasure measure) => measure switch
    {
        ShortfallMeasure.Battery => "Carried by batteries",
        ShortfallMeasure.Cap => "GPUs capped",
        ShortfallMeasure.Pause => "Jobs paused",
        ShortfallMeasure.Shed => "Racks switched off",
        _ => "Not served before a measure worked,",
    };
}
