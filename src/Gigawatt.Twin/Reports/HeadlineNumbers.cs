using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>The numbers by which a run is known, written for people, each with the evidence of the sections that feed it.</summary>
internal static class HeadlineNumbers
{
    /// <summary>The numbers in the order of their weight.</summary>
    public static IReadOnlyList<HeadlineNumber> Of(ReportInput input)
    {
        RunResult run = input.Run;
        Headline headline = run.Headline;
        double costUsd = MoneyChart.CostUsd(run.Money);
        bool isUseful = headline.UsefulGpuHours > 0, isLive = run.Days.Any(day => day.LiveGpus > 0), isOn = headline.ItEnergyMwh > 0;
        double installed = run.GpuTime["installed"];
        List<HeadlineNumber> numbers = [];
        void Add(string key, string label, (string Value, string Unit) number, string basis, params ReadOnlySpan<string> sections) =>
            numbers.Add(new HeadlineNumber(
                key, label, number.Value, number.Unit, $"{basis}; fed by {Readable.List(sections.ToArray().Select(Section).ToArray())}",
                EvidenceMix.Of(input.Facts, sections)));

        Add("live_it_power_peak", "Live IT power, peak", Readable.PowerParts(headline.LiveItPowerPeakMw),
            "what all constraints together allow, planning basis", "compute", "power", "cooling", "buildout", "site");
        Add("it_power_peak", "IT power drawn, peak", Readable.PowerParts(headline.ItPowerPeakMw),
            "highest step of the run, in operation", "compute", "training", "power", "cooling");
        Add("useful_gpu_hours", "Useful GPU-hours", GpuHours(headline.UsefulGpuHours),
            installed > 0 ? $"{Readable.Percent(headline.UsefulGpuHours / installed)} of installed" : "none installed",
            "compute", "training", "power", "cooling", "buildout");
        Add("usd_per_useful_gpu_hour", "Cost of a useful GPU-hour", PriceOr(isUseful && costUsd > 0, headline.UsdPerUsefulGpuHour),
            "capital in level instalments and running cost, before tax", "economics", "compute", "training", "power");
        Add("usd_per_gpu_hour", "Cost of a live GPU-hour", PriceOr(isLive && costUsd > 0, headline.UsdPerGpuHour),
            "the same cost over hours of live GPUs", "economics", "compute", "power");
        Add("goodput", "Goodput", isUseful ? Share(headline.GoodputFraction) : ("–", ""),
            "share of the jobs' GPU-time that became safe progress", "training", "compute");
        Add("pue", "PUE", isOn ? (Readable.Number(headline.Pue), "") : ("–", ""),
            "facility energy over IT energy; losses of generation on site are outside", "cooling", "power", "weather", "compute");
        Add("wue", "WUE", isOn ? (Readable.Number(headline.WueLPerKwh), "L/kWh") : ("–", ""),
            "water drawn over IT energy", "water", "cooling", "weather");
        Add("it_energy", "IT energy", Readable.EnergyParts(headline.ItEnergyMwh), "what racks took over the run", "compute", "training");
        Add("facility_energy", "Facility energy", Readable.EnergyParts(headline.ItEnergyMwh * headline.Pue),
            "halls, cooling, house and step-down losses", "compute", "cooling", "power");
        Add("unserved", "Load not served", Readable.EnergyParts(headline.UnservedMwh), "asked for and not supplied", "power", "compute", "training");
        Add("interruptions", "Interruptions of jobs", (Readable.Count(headline.Interruptions), ""), "unplanned, by failures", "training");
        Add("co2", "Carbon dioxide", Tonnes(headline.Co2T), "of the fuel burnt on site; imports are not counted", "economics", "power");
        if (headline.NoxT > 0) { Add("nox", "Nitrogen oxides", Tonnes(headline.NoxT), Caps(run), "power", "buildout"); }
        return numbers;
    }

    private static string Caps(RunResult run)
    {
        const string basis = "of generating units by EPA Method 19";
        PermitEmissions[] capped = [.. run.Emissions.Where(permit => permit.NoxCapKg is not null)];
        if (capped.Length == 0) { return basis; }
        PermitEmissions nearest = capped.MinBy(permit => permit.NoxMarginKg / permit.NoxCapKg);
        string margin = nearest.FirstOver is { } over
            ? $"the cap of the permit '{nearest.Permit}' was passed on {over:yyyy-MM-dd}"
            : $"{Readable.Number((nearest.NoxMarginKg ?? 0) / 1000)} t below the cap of the permit '{nearest.Permit}' in the worst twelve months";
        return $"{basis}; {margin}";
    }

    private static string Section(string section) => section == "buildout" ? "build-out" : section;

    private static (string Value, string Unit) GpuHours(double hours)
    {
        (string value, string word) = Readable.AmountParts(hours);
        return (value, word.Length > 0 ? $"{word} GPU-hours" : "GPU-hours");
    }

    private static (string Value, string Unit) PriceOr(bool isKnown, double priceUsd)
    {
        if (!isKnown) { return ("–", "USD"); }
        string[] parts = Readable.Price(priceUsd).Split(' ');
        return (parts[0], parts[1]);
    }

    private static (string Value, string Unit) Share(double fraction) => (Readable.Number(100 * fraction), "%");

    private static (string Value, string Unit) Tonnes(double massT) => massT >= 999_500
        ? (Readable.Number(massT / 1e6), "Mt")
        : massT >= 999.5 ? (Readable.Number(massT / 1e3), "kt") : (Readable.Number(massT), "t");
}
