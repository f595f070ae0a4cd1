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
        UnitStudy.Definition,
        WaveformStudy.Definition,
        CommitmentStudy.Definition,
        ServingStudy.Definition,
        RewardStudy.Definition,
    ];

    /// <summary>The study of a name; null when there is none.</summary>
    public static Study? Find(string name) => All.FirstOrDefault(study => study.Name == name);
}
