using Gigawatt.Power.Protection;
using Gigawatt.Power.Waveforms;
using Gigawatt.Scenarios;

namespace Gigawatt.Studies;

/// <summary>Every study of the program, in the order in which they are shown. A new study is one line here.</summary>
public static class StudyList
{
    /// <summary>The studies.</summary>
    public static IReadOnlyList<Study> All { get; } =
    [
        AdequacyStudy.Definition,
        BatteryStudy.Definition,
        PowerFlowStudy.Definition,
        TopologyStudy.Definition,
        TransformerStudy.Definition,
        UnitStudy.Definition,
        WaveformStudy.Definition,
        CommitmentStudy.Definition,
        FrequencyStudy.Definition,
        TorsionStudy.Definition,
        FaultStudy.Definition,
        TrainingStudy.Definition,
        CollectiveStudy.Definition,
        CheckpointStudy.Definition,
        FailuresStudy.Definition,
        JobPowerStudy.Definition,
        ServingStudy.Definition,
        RewardStudy.Definition,
    ];

    /// <summary>Everything that starts from catalogue entries: scenarios, inputs of studies, and what studies look up by name.</summary>
    public static IReadOnlyList<Type> CatalogRoots { get; } =
        [typeof(Scenario), .. All.Select(study => study.Input), typeof(ComplianceProfile), typeof(RideThroughCurveSpec)];

    /// <summary>The study of a name; null when there is none.</summary>
    public static Study? Find(string name) => All.FirstOrDefault(study => study.Name == name);
}
