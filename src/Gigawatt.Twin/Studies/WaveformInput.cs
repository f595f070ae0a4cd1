using System.Globalization;
using Gigawatt.Numerics;
using Gigawatt.Power.Waveforms;

namespace Gigawatt.Studies;

/// <summary>What energy and wear cost in a study of a wave.</summary>
public sealed record WaveformPrices
{
    /// <summary>Price of energy that is burnt or lost.</summary>
    [Default(Grade.E, "assumption: 60 USD/MWh")]
    public double EnergyUsdPerMwh { get; init => field = Check.NotNegative(value); } = 60;

    /// <summary>Price of a MWh through a battery.</summary>
    [Default(Grade.D, "572 USD/kWh (375 MUSD for 168 blocks of 3.9 MWh) over 10,000 full cycles; shallow cycles wear less by an unknown factor")]
    public double WearUsdPerMwh { get; init => field = Check.NotNegative(value); } = 57.2;
}

/// <summary>A load's wave, what stands between it and the grid, and whose limits it has to keep.</summary>
public sealed record WaveformInput : ISelfChecking
{
    /// <summary>What is studied.</summary>
    public required string Name { get; init; }

    /// <summary>Time between samples, of the series that is made or of the recording that is given.</summary>
    [Default(Grade.E, "assumption: 10 ms, which shows what lies below 50 Hz")]
    public double SampleIntervalS { get; init => field = Check.Positive(value); } = 0.01;

    /// <summary>Length of the series that is made.</summary>
    [Default(Grade.E, "assumption: 5 min")]
    public double DurationS { get; init => field = Check.Positive(value); } = 300;

    /// <summary>Number that fixes all chance.</summary>
    [Default(Grade.E, "assumption: any number will do")]
    public long Seed { get; init; } = 1;

    /// <summary>Jobs whose waves add up.</summary>
    public IReadOnlyList<JobWaveSpec> Jobs { get; init; } = [];

    /// <summary>A recording instead of jobs: power at each sample as plain numbers of MW.</summary>
    public IReadOnlyList<string> SamplesMw { get; init; } = [];

    /// <summary>Times of the recording as plain numbers of seconds, to find gaps; may be left out.</summary>
    public IReadOnlyList<string> TimesS { get; init; } = [];

    /// <summary>Rating of the site, of which some limits are a share; absent for the highest power of the wave.</summary>
    public double? SiteRatedMw { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Limits to keep: names of the catalogue or limits of one's own.</summary>
    public IReadOnlyList<ComplianceProfile> Profiles { get; init; } = [];

    /// <summary>What stands between the GPUs and the grid; absent for nothing.</summary>
    public MitigationSpec? Mitigation { get; init; }

    /// <summary>Prices.</summary>
    public WaveformPrices Prices { get; init; } = new();

    /// <summary>Parameters of the load for studies of the grid.</summary>
    public Perc1Spec Load { get; init; } = new();

    /// <summary>Name of the bus in the text line for studies of the grid.</summary>
    public string Bus { get; init; } = "1";

    /// <summary>Whether the smallest sufficient battery is looked for.</summary>
    [Default(Grade.E, "assumption: it is")]
    public bool FindsBattery { get; init; } = true;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Jobs.Count == 0 && SamplesMw.Count == 0) { yield return new(nameof(Jobs), "jobs, or a recording in 'samples_mw'", "neither"); }
        if (Jobs.Count > 0 && SamplesMw.Count > 0) { yield return new(nameof(SamplesMw), "either jobs or a recording", "both"); }
        if (TimesS.Count > 0 && TimesS.Count != SamplesMw.Count)
        {
            yield return new(nameof(TimesS), FormattableString.Invariant($"as many times as samples ({SamplesMw.Count})"), FormattableString.Invariant($"{TimesS.Count}"));
        }
    }

    /// <summary>The wave that the input describes.</summary>
    /// <exception cref="CaseException">Parts do not fit together.</exception>
    internal double[] Wave()
    {
        List<CaseProblem> problems = [];
        double[] wave = Jobs.Count > 0 ? Made(problems) : Recorded(problems);
        double lengthS = wave.Length * SampleIntervalS;
        for (int i = 0; i < Profiles.Count && wave.Length > 0; i++)
        {
            foreach (ComplianceRule rule in Profiles[i].Rules.Where(rule => rule.NeededS > lengthS * (1 + 1e-9)))
            {
                problems.Add(new CaseProblem($"profiles[{i}]",
                    FormattableString.Invariant($"a wave of {rule.NeededS:0.#} s or more, which '{rule.Name}' of {Profiles[i].Name} looks at; raise 'duration' or leave the profile out"),
                    FormattableString.Invariant($"{lengthS:0.###} s")));
            }
        }
        return problems.Count == 0 ? wave : throw new CaseException(problems);
    }

    private double[] Made(List<CaseProblem> problems)
    {
        double count = Math.Floor(DurationS / SampleIntervalS + 0.5);
        if (count is < 64 or > 8e6)
        {
            problems.Add(new CaseProblem("duration",
                FormattableString.Invariant($"64 to 8,000,000 samples, which is {64 * SampleIntervalS:0.######} s to {8e6 * SampleIntervalS:0.######} s at this sample_interval"),
                FormattableString.Invariant($"{DurationS:0.######} s, {count:0} samples")));
        }
        for (int i = 0; i < Jobs.Count; i++)
        {
            double neededS = Jobs[i].PeriodS / 20;
            if (SampleIntervalS <= neededS) { continue; }
            problems.Add(new CaseProblem("sample_interval",
                FormattableString.Invariant($"{neededS * 1000:0.###} ms or less ({1 / neededS:0.###} samples a second), so that ten harmonics of job '{Jobs[i].Name}' with its period of {Jobs[i].PeriodS:0.######} s are not taken for others (aliasing)"),
                FormattableString.Invariant($"{SampleIntervalS * 1000:0.###} ms")));
        }
        if (problems.Count > 0) { return []; }
        double[] wave = new double[(int)count];
        IterationWave.Fill(Jobs, Seed, SampleIntervalS, wave);
        return wave;
    }

    private double[] Recorded(List<CaseProblem> problems)
    {
        double[] wave = new double[SamplesMw.Count];
        for (int i = 0; i < wave.Length; i++)
        {
            if (!double.TryParse(SamplesMw[i], NumberStyles.Float, CultureInfo.InvariantCulture, out wave[i]) || !double.IsFinite(wave[i]))
            {
                problems.Add(new CaseProblem($"samples_mw[{i}]", "a plain number of MW; a gap has to be filled or cut out first", $"'{SamplesMw[i]}'"));
            }
            else if (wave[i] < 0)
            {
                problems.Add(new CaseProblem($"samples_mw[{i}]", "0 MW or more, the power of a load", SamplesMw[i]));
            }
        }
        double before = 0;
        for (int i = 0; i < TimesS.Count; i++)
        {
            if (!double.TryParse(TimesS[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double at))
            {
                problems.Add(new CaseProblem($"times_s[{i}]", "a plain number of seconds", $"'{TimesS[i]}'"));
            }
            else if (i > 0 && Math.Abs(at - before - SampleIntervalS) > 0.01 * SampleIntervalS + 1e-9)
            {
                problems.Add(new CaseProblem($"times_s[{i}]",
                    FormattableString.Invariant($"the next sample {SampleIntervalS:0.######} s after the last, at {before + SampleIntervalS:0.######} s; fill the gap first"), TimesS[i]));
            }
            before = at;
        }
        if (wave.Length is > 0 and < 64) { problems.Add(new CaseProblem("samples_mw", "64 samples or more", FormattableString.Invariant($"{wave.Length}"))); }
        return wave;
    }
}
