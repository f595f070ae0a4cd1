using System.Text.Json.Nodes;
using Gigawatt.Power.Transients;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Conventions;

namespace Gigawatt.Tests.Studies;

/// <summary>The study of frequency on its examples and on inputs that cannot be.</summary>
public sealed class FrequencyStudyTests
{
    public static TheoryData<string> Examples => ["load-loss-32-turbines", "job-crash", "unit-trip"];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Half_the_step_moves_no_extreme_by_a_millihertz(string example)
    {
        FrequencyAnswer whole = Data(example);
        FrequencyAnswer half = Data(example, $"step={Transient.UsualStepS / 2:0.######} s");
        half.PeakHz.ShouldBe(whole.PeakHz, 1e-3);
        half.NadirHz.ShouldBe(whole.NadirHz, 1e-3);
        half.Verdict.ShouldBe(whole.Verdict);
    }

    [Fact]
    public void The_answer_has_the_names_of_its_contract()
    {
        StudyAnswer answer = FrequencyStudy.Definition.Answer(Path("load-loss-32-turbines"), []);
        JsonObject json = JsonNode.Parse(answer.Json())!.AsObject();
        foreach (string key in (string[])["peak_hz", "peak_s", "nadir_hz", "nadir_s", "end_hz", "rocof_hz_per_s", "verdict", "trips", "shed", "margins",
            "battery_given_mwh", "battery_absorbed_mwh", "smallest_battery", "time_to_restore_s"])
        {
            json.ContainsKey(key).ShouldBeTrue(key);
        }
        ((double)json["peak_hz"]!).ShouldBe(60.2457, 1e-4);
        ((string)json["verdict"]!).ShouldBe("ridden_through");
        answer.Charts.Count.ShouldBe(2);
    }

    [Fact]
    public void A_crash_is_ridden_through_with_the_blocks_that_the_study_says_and_not_with_one_less()
    {
        FrequencyAnswer answer = Data("job-crash");
        int enough = answer.SmallestBattery.ShouldNotBeNull().Blocks;
        enough.ShouldBeInRange(1, 63);
        Data("job-crash", $"forming[0].count={enough}").Verdict.ShouldBe(TransientVerdict.RiddenThrough);
        Data("job-crash", $"forming[0].count={enough - 1}").Verdict.ShouldNotBe(TransientVerdict.RiddenThrough);
    }

    [Theory]
    [InlineData("events[0].at=61 s", "events[0].at", "a time before the horizon")]
    [InlineData("events[0].of=jib", "events[0].of", "did you mean 'job'")]
    [InlineData("machines[0].carrying=1300 MW", "machines[0].carrying", "at most 32 × 38")]
    [InlineData("machines[0].governor.gast.droop=0.4 %", "machines[0].governor", "gain 1/R of 250")]
    [InlineData("machines[0].governor.gast.min_valve=1.2", "min_valve", "below the upper stop")]
    [InlineData("forming[0].count=9", "", "")]
    public void What_cannot_be_is_refused_in_words(string set, string path, string words)
    {
        if (path.Length == 0)
        {
            Should.NotThrow(() => Data("job-crash", set));
            return;
        }
        ScenarioException wrong = Should.Throw<ScenarioException>(() => Data("job-crash", set));
        wrong.Message.ShouldContain(path);
        wrong.Message.ShouldContain(words);
    }

    [Fact]
    public void A_misfit_stands_with_its_line_and_column()
    {
        string file = System.IO.Path.Combine(Directory.CreateTempSubdirectory("gw-frequency-").FullName, "bad.yaml");
        File.WriteAllText(file, File.ReadAllText(Path("job-crash")).Replace("    inertia: 1.5 s\n", "    inertia: 0 s\n", StringComparison.Ordinal)
            .Replace("    count: 8\n", "    count: 0\n", StringComparison.Ordinal));
        Should.Throw<ScenarioException>(() => FrequencyStudy.Definition.Answer(file, [])).Message
            .ShouldContain($"{file}:12:14: machines[0].inertia: expected some inertia");
    }

    private static FrequencyAnswer Data(string example, params string[] sets) =>
        (FrequencyAnswer)FrequencyStudy.Definition.Answer(Path(example), sets).Data;

    private static string Path(string example) => System.IO.Path.Combine(Repository.Root, "studies", example + ".yaml");
}
