namespace Gigawatt.Scenarios.Linting;

/// <summary>Reads a scenario for traps that real documents fall into, before it is run.</summary>
/// <remarks>
/// The rules are in <see cref="LintRules"/>, with what is found, why it matters and what to do. What only a run can show is
/// found by <c>Claims.RunLints</c>. A finding never stops a run.
/// </remarks>
public static class Lints
{
    /// <summary>Every finding, by code and line.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="facts">Its written values with their places and evidence; may be empty, then no lines are known.</param>
    /// <param name="sources">Its declared sources; none are checked when not given.</param>
    public static IReadOnlyList<Lint> Check(
        Scenario scenario, IReadOnlyList<LintFact> facts, IReadOnlyList<LintSource>? sources = null)
    {
        LintList lints = new(facts);
        SitePlan plan = new(scenario);
        ClaimLints.Check(scenario, lints);
        ComputeLints.Check(plan, lints);
        PermitLints.Check(plan, lints);
        PowerLints.Check(plan, lints);
        CoolingLints.Check(plan, lints);
        TrainingLints.Check(plan, lints);
        ServingLints.Check(plan, lints);
        EvidenceLints.Check(lints, sources ?? []);
        MoneyLints.Check(scenario, lints);
        return lints.Ordered();
    }
}
