using Gigawatt.Numerics;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Training;

/// <summary>A population that is drawn by chance: no person stands behind any of it.</summary>
/// <remarks>
/// A user is a direction of interests, a need for comfort and a weakness for stimulation; a style of answering is a direction of topics, a helpfulness and a
/// stimulation. All constants are assumptions: the model shows mechanisms (fatigue, habit, satisfaction), it predicts no real population. Not
/// modelled: users who learn, talk to each other, or come back differently after weeks.
/// </remarks>
public sealed record SyntheticUsersSpec
{
    /// <summary>Users drawn.</summary>
    [Default(Grade.E, "assumption: 200")]
    public int Users { get; init => field = (int)Check.Within(value, 10, 20_000); } = 200;

    /// <summary>Styles of answering among which the policy chooses.</summary>
    [Default(Grade.E, "assumption: 256, all as likely before training")]
    public int Styles { get; init => field = (int)Check.Within(value, 8, 4096); } = 256;

    /// <summary>Most turns of one session.</summary>
    [Default(Grade.E, "assumption: 120")]
    public int Turns { get; init => field = (int)Check.Within(value, 5, 1000); } = 120;

    /// <summary>Number that fixes all chance.</summary>
    [Default(Grade.E, "assumption: any number will do")]
    public long Seed { get; init; } = 1;

    /// <summary>Tiredness that each turn adds to the wish to leave.</summary>
    [Default(Grade.E, "assumption: 0.12 on the logit of staying")]
    public double FatigueFactor { get; init => field = Check.NotNegative(value); } = 0.12;

    /// <summary>Habit that each turn of stimulation adds to the wish to stay, for the weakest user and the strongest style.</summary>
    [Default(Grade.E, "assumption: 0.12 on the logit of staying, as much as fatigue")]
    public double HabitFactor { get; init => field = Check.NotNegative(value); } = 0.12;

    /// <summary>Share of the way to what a turn gives that satisfaction goes in one turn.</summary>
    [Default(Grade.E, "assumption: 30 %")]
    public double SatisfactionFraction { get; init => field = Check.Fraction(value); } = 0.3;

    /// <summary>Turns after which more time adds no benefit, and stimulated time beyond them harms.</summary>
    [Default(Grade.E, "assumption: 8, half as long again as the mean session before training, 5.3")]
    public double HealthyTurnsRatio { get; init => field = Check.Positive(value); } = 8;

    /// <summary>Harm of one healthy session's length beyond it, for the weakest user and the strongest style.</summary>
    [Default(Grade.E, "assumption: 1, as much as the whole benefit")]
    public double HarmFactor { get; init => field = Check.NotNegative(value); } = 1;
}

/// <summary>What each style does to a population: turns (what is seen), comfort and well-being (what is meant).</summary>
public sealed class SyntheticUsers
{
    private const int Topics = 6;
    private readonly double[] golds;
    private readonly int users;

    /// <summary>Draws a population and lets every user meet every style.</summary>
    public SyntheticUsers(SyntheticUsersSpec spec)
    {
        users = spec.Users;
        int styles = spec.Styles;
        (double[] interests, double[] needs, double[] weaknesses) = Drawn(spec.Seed, "user", users);
        (double[] topics, double[] helps, double[] stimulations) = Drawn(spec.Seed, "style", styles);
        Turns = new double[styles];
        Comfort = new double[styles];
        Gold = new double[styles];
        Stimulation = stimulations;
        Reference = new double[styles];
        golds = new double[users * styles];
        for (int i = 0; i < styles; i++)
        {
            Reference[i] = 1.0 / styles;
            for (int u = 0; u < users; u++)
            {
                double match = 0;
                for (int k = 0; k < Topics; k++) { match += interests[u * Topics + k] * topics[i * Topics + k]; }
                SyntheticSession session = Session(spec, (1 + match) / 2, needs[u] * helps[i], needs[u], weaknesses[u] * stimulations[i]);
                golds[i * users + u] = session.Gold;
                Turns[i] += session.Turns / users;
                Comfort[i] += session.Comfort / users;
                Gold[i] += session.Gold / users;
            }
        }
    }

    /// <summary>Mean turns of a session under each style: engagement.</summary>
    public double[] Turns { get; }

    /// <summary>Mean comfort under each style: empathy as a user would rate it.</summary>
    public double[] Comfort { get; }

    /// <summary>Mean well-being under each style: the gold reward.</summary>
    public double[] Gold { get; }

    /// <summary>How stimulating each style is.</summary>
    public double[] Stimulation { get; }

    /// <summary>Probability of each style before training.</summary>
    public double[] Reference { get; }

    /// <summary>The expected session of one user under one style.</summary>
    /// <param name="spec">The population.</param>
    /// <param name="match">How well topics meet interests, 0 to 1.</param>
    /// <param name="relief">Need times helpfulness.</param>
    /// <param name="need">Need for comfort, 0 to 1.</param>
    /// <param name="pull">Weakness times stimulation.</param>
    /// <remarks>
    /// Each turn: stays with probability σ(−1 + 4·S + 2·pull + habit − fatigue); fatigue += φ; habit += η·pull; S += κ·(content − S), content =
    /// (match + relief)/(1 + need). Expected turns N is the sum of survival. Benefit saturates: g = 1 − e^(−N/healthy); comfort = relief·g; gold =
    /// (match + relief)·g − harm·pull·max(0, N − healthy)/healthy.
    /// </remarks>
    public static SyntheticSession Session(SyntheticUsersSpec spec, double match, double relief, double need, double pull)
    {
        double content = (match + relief) / (1 + need), satisfaction = 0.5, fatigue = 0, habit = 0, alive = 1, turns = 0;
        for (int turn = 0; turn < spec.Turns && alive > 1e-6; turn++)
        {
            turns += alive;
            satisfaction += spec.SatisfactionFraction * (content - satisfaction);
            alive /= 1 + Elementary.Exp(1 - 4 * satisfaction - 2 * pull - habit + fatigue);
            fatigue += spec.FatigueFactor;
            habit += spec.HabitFactor * pull;
        }
        double benefit = 1 - Elementary.Exp(-turns / spec.HealthyTurnsRatio);
        double beyond = Math.Max(0, turns - spec.HealthyTurnsRatio) / spec.HealthyTurnsRatio;
        return new SyntheticSession(turns, relief * benefit, (match + relief) * benefit - spec.HarmFactor * pull * beyond);
    }

    /// <summary>The proxy reward of each style: turns and comfort in standard deviations of the starting policy, weighted.</summary>
    public double[] Proxy(double engagementFactor, double empathyFactor)
    {
        double[] turns = Standard(Turns), comfort = Standard(Comfort), proxy = new double[turns.Length];
        for (int i = 0; i < proxy.Length; i++) { proxy[i] = engagementFactor * turns[i] + empathyFactor * comfort[i]; }
        return proxy;
    }

    /// <summary>Mean and standard error of gold labels: so many users, each under a style that the policy draws.</summary>
    public (double Mean, double Error) Labels(ReadOnlySpan<double> policy, int labels, ref Stream stream)
    {
        double sum = 0, squares = 0;
        for (int n = 0; n < labels; n++)
        {
            double at = stream.NextUniform();
            int style = 0;
            while (style < policy.Length - 1 && at >= policy[style]) { at -= policy[style++]; }
            double gold = golds[style * users + (int)Math.Min(users - 1, Math.Floor(stream.NextUniform() * users))];
            sum += gold;
            squares += gold * gold;
        }
        double mean = sum / labels;
        return (mean, Math.Sqrt(Math.Max(1e-12, (squares - labels * mean * mean) / Math.Max(1, labels - 1)) / labels));
    }

    private static double[] Standard(double[] values)
    {
        double mean = values.Average(), variance = values.Sum(value => (value - mean) * (value - mean)) / values.Length;
        double scale = variance > 0 ? 1 / Math.Sqrt(variance) : 0;
        return [.. values.Select(value => (value - mean) * scale)];
    }

    // Directions are normal deviates brought to length 1; the two traits are uniform.
    private static (double[] Directions, double[] First, double[] Second) Drawn(long seed, string kind, int count)
    {
        Stream directions = Stream.For(seed, 0, kind, "direction"), first = Stream.For(seed, 0, kind, "need or help"), second = Stream.For(seed, 0, kind, "weakness or stimulation");
        double[] drawn = new double[count * Topics], one = new double[count], two = new double[count];
        for (int i = 0; i < count; i++)
        {
            double squares = 0;
            for (int k = 0; k < Topics; k++)
            {
                drawn[i * Topics + k] = directions.NextNormal();
                squares += drawn[i * Topics + k] * drawn[i * Topics + k];
            }
            for (int k = 0; k < Topics; k++) { drawn[i * Topics + k] /= Math.Sqrt(squares); }
            one[i] = first.NextUniform();
            two[i] = second.NextUniform();
        }
        return (drawn, one, two);
    }
}

/// <summary>What one user got out of a session, expected.</summary>
/// <param name="Turns">Turns.</param>
/// <param name="Comfort">Comfort.</param>
/// <param name="Gold">Well-being.</param>
public readonly record struct SyntheticSession(double Turns, double Comfort, double Gold);
