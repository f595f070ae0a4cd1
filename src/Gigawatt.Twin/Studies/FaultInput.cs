using Gigawatt.Numerics;
using Gigawatt.Power.Protection;
using Gigawatt.Power.Stability;

namespace Gigawatt.Studies;

/// <summary>A campus, a fault on it and the rules that its load is held against.</summary>
public sealed record FaultInput : ISelfChecking
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The campus.</summary>
    [Inline]
    public required CampusNetworkSpec Network { get; init; }

    /// <summary>The fault.</summary>
    public required NetworkFaultSpec Fault { get; init; }

    /// <summary>Time that is simulated.</summary>
    [Default(Grade.E, "assumption: ten seconds show the swing; longer runs show the walk-in of UPS")]
    public double RunS { get; init => field = Check.Within(value, 0.01, 3600); } = 10;

    /// <summary>Length of a step.</summary>
    [Default(Grade.E, "assumption: half a cycle of 60 Hz, the usual step of stability programs")]
    public double StepS { get; init => field = Check.Within(value, 1e-5, 0.05); } = 1.0 / 120;

    /// <summary>Rules and tolerances to hold the load against.</summary>
    public IReadOnlyList<RideThroughCurveSpec> Curves { get; init; } = [];

    /// <summary>Voltages that the protection of turbines must bear at their bus; not looked at when absent.</summary>
    public RideThroughCurveSpec? Generators { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Fault.StartS >= RunS) { yield return new Contradiction(nameof(RunS), FormattableString.Invariant($"more than the start of the fault at {Fault.StartS} s"), FormattableString.Invariant($"{RunS} s")); }
        if (Network.Halls.Count == 0) { yield return new Contradiction(nameof(Network), "one hall or more in 'halls'", "none"); }
    }
}

/// <summary>A hall in the answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LoadMw">What it drew before.</param>
/// <param name="LowestPu">Lowest voltage of its bus.</param>
/// <param name="LowestDrawnMw">Least that the network gave it.</param>
/// <param name="LeftAtS">When the network had lost half of it; null when it never did.</param>
/// <param name="ReturnedAtS">When it drew nine tenths again; null when it did not, or never left.</param>
/// <param name="EndMw">What it draws at the end.</param>
/// <param name="RacksStopped">Whether its racks lost power.</param>
public sealed record FaultAnswerHall(
    string Name, double LoadMw, double LowestPu, double LowestDrawnMw, double? LeftAtS, double? ReturnedAtS, double EndMw, bool RacksStopped);

/// <summary>Turbines in the answer, held against a voltage boundary.</summary>
/// <param name="Name">Their name.</param>
/// <param name="LowestPu">Lowest voltage of their bus.</param>
/// <param name="HighestPu">Highest voltage of their bus.</param>
/// <param name="MayTripAtS">From when on the boundary lets their protection trip; null when it never does.</param>
public sealed record FaultAnswerGenerator(string Name, double LowestPu, double HighestPu, double? MayTripAtS);

/// <summary>A rule in the answer.</summary>
/// <param name="Name">Title of the rule.</param>
/// <param name="Complies">Whether every hall does what it asks; null when the fault lets it ask nothing.</param>
/// <param name="Breaches">Who does what else, in words.</param>
public sealed record FaultAnswerCurve(string Name, bool? Complies, IReadOnlyList<string> Breaches);

/// <summary>The answer of the study.</summary>
/// <param name="Verdict">stable, slipped, unlimited or dark.</param>
/// <param name="FaultKa">Current of the fault in its first moment.</param>
/// <param name="ClearedAtS">When it was cleared.</param>
/// <param name="LowestHz">Lowest frequency.</param>
/// <param name="HighestHz">Highest frequency.</param>
/// <param name="EndHz">Frequency at the end.</param>
/// <param name="LoadMw">Load before.</param>
/// <param name="MostLeftMw">Most load that was away at once, after the clearing.</param>
/// <param name="EndLeftMw">Load that is still away at the end.</param>
/// <param name="MostInverterCurrentFactor">Largest current of an inverter over its limit.</param>
/// <param name="WorstImbalanceMw">Largest power that was given and not taken, in any step: rounding.</param>
/// <param name="MostSubstitutions">Most substitutions that one solution of the network needed.</param>
/// <param name="Halls">The halls.</param>
/// <param name="Curves">The rules.</param>
/// <param name="Generators">The turbines, when a boundary for them was given.</param>
public sealed record FaultAnswer(
    string Verdict, double FaultKa, double? ClearedAtS, double LowestHz, double HighestHz, double EndHz, double LoadMw, double MostLeftMw, double EndLeftMw,
    double MostInverterCurrentFactor, double WorstImbalanceMw, int MostSubstitutions, IReadOnlyList<FaultAnswerHall> Halls, IReadOnlyList<FaultAnswerCurve> Curves,
    IReadOnlyList<FaultAnswerGenerator> Generators);
