namespace Gigawatt.Studies;

/// <summary>The answer of the study of rewards; property names are the contract.</summary>
/// <remarks>Distances d are roots of KL divergences, which are in nats.</remarks>
public sealed record RewardAnswer(
    double PeakKl, double PeakD, double GoldAtPeak, RewardAnswerStop Stop, IReadOnlyList<double> Optimum, double? OptimumValue, double? OptimumKl,
    IReadOnlyList<RewardAnswerLaw> Laws, IReadOnlyList<RewardAnswerCurve> Curves, RewardAnswerFit? Fit, IReadOnlyList<RewardAnswerMix> Pareto, string? Warning);

/// <summary>Where the stop rule ends the training, and where the gold reward truly peaks.</summary>
public sealed record RewardAnswerStop(
    int Step, double Kl, double D, double Gold, double Estimate, double StandardError, int EndedAtStep, bool IsSure, int TrueStep, double TrueKl, double TrueGold, double LostFraction);

/// <summary>A law and its peak.</summary>
public sealed record RewardAnswerLaw(string Method, double Alpha, double Beta, double PeakD, double PeakKl, double GoldAtPeak, double ZeroD);

/// <summary>A curve of gold reward, and of the proxy where there is one, over distance.</summary>
public sealed record RewardAnswerCurve(string Label, IReadOnlyList<double> D, IReadOnlyList<double> Gold, IReadOnlyList<double>? Proxy);

/// <summary>The law that fits the gold labels up to where the training ended.</summary>
public sealed record RewardAnswerFit(string Method, double Alpha, double Beta, double PeakD);

/// <summary>A mix of engagement and empathy at the distance of the true peak.</summary>
public sealed record RewardAnswerMix(double EmpathyWeight, double Turns, double Comfort, double Gold, bool IsEfficient);
