using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>How far dispatch looks ahead: units are planned for the coming hours, and every step follows the plan.</summary>
/// <remarks>
/// Every so many hours a <see cref="HourlyPlan"/> is made from a forecast. Units that it wants on are started in time and kept; others may stop as soon as
/// load and reserve are covered without them; what a plan did not foresee is corrected by the merit order. Not modelled: forecasts of outages and prices that err.
/// </remarks>
[Shorthand(Value = nameof(HorizonS))]
public sealed record ForesightSpec : ISelfChecking
{
    private const double HourS = 3600;

    /// <summary>How far a plan looks ahead, in whole hours.</summary>
    [Default(Grade.E, "assumption: a day, its coolest and its hottest hour")]
    public double HorizonS { get; init => field = Check.Within(value, HourS, 14 * 24 * HourS); } = 24 * HourS;

    /// <summary>Time from plan to plan, in whole hours that divide a day.</summary>
    [Default(Grade.E, "assumption: four plans a day, from midnight")]
    public double EveryS { get; init => field = Check.Within(value, HourS, 24 * HourS); } = 6 * HourS;

    /// <summary>Whether plans are searched for better ones, which takes a hundred times as long, and not only made by the fast rule.</summary>
    [Default(Grade.E, "assumption: the fast rule, within 1 % of the least cost where that was proven")]
    public bool Searches { get; init; }

    /// <summary>Whether the plan moves the charge of batteries between what reserve may use and the target; else they only stand in reserve.</summary>
    [Default(Grade.E, "assumption: batteries are kept for the loss of a unit")]
    public bool MovesBatteries { get; init; }

    /// <summary>Hours of a plan.</summary>
    public int HorizonHours => (int)Math.Round(HorizonS / HourS);

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Math.Abs(HorizonS / HourS - HorizonHours) > 1e-9) { yield return new(nameof(HorizonS), "whole hours", Figures.Duration(HorizonS)); }
        double plans = 24 * HourS / EveryS, hours = EveryS / HourS;
        if (Math.Abs(plans - Math.Round(plans)) > 1e-9 || Math.Abs(hours - Math.Round(hours)) > 1e-9)
        {
            yield return new(nameof(EveryS), "1, 2, 3, 4, 6, 8, 12 or 24 h, so that a plan begins with every day", Figures.Duration(EveryS));
        }
        else if (EveryS > HorizonS) { yield return new(nameof(EveryS), "at most the horizon, so that a plan lasts until the next", Figures.Duration(EveryS)); }
    }
}
