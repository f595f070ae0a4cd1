using System.Text.Json;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Conventions;

namespace Gigawatt.Tests.Studies;

public sealed class WaveformStudyTests
{
    private const string Plain = """
        name: x
        duration: 60 s
        jobs:
          - name: a
            high: 1000 MW
            low: 600 MW
            period: 3 s
            duty: 70 %
        profiles: [ercot]

        """;

    [Fact]
    public void The_example_answers_by_its_contract()
    {
        StudyAnswer answer = Shipped("iteration-wave");
        JsonElement data = JsonDocument.Parse(answer.Json()).RootElement;
        data.GetProperty("harmonics_mw")[0].GetDouble().ShouldBe(205.638, 5e-4);
        data.GetProperty("energy_swing_mwh").GetDouble().ShouldBe(0.067667, 5e-7);
        data.GetProperty("ramp_mw_per_s").GetDouble().ShouldBe(4000, 1e-6);
        JsonElement ercot = data.GetProperty("profiles")[0];
        ercot.GetProperty("name").GetString().ShouldBe("ercot");
        ercot.GetProperty("verdict").GetString().ShouldBe("not_met");           // 104 blocks have 200 MW where 280 are needed
        ercot.GetProperty("worst").GetProperty("worst_mw").GetDouble().ShouldBeGreaterThan(10);
        ercot.GetProperty("bare_attenuation_needed_db").GetDouble().ShouldBeInRange(32, 34);
        ercot.GetProperty("attenuation_needed_db").GetDouble().ShouldBeInRange(15, 25);
        data.GetProperty("smallest_battery").GetProperty("mw").GetDouble().ShouldBeInRange(275, 300);
        data.GetProperty("smallest_battery").GetProperty("mwh").GetDouble().ShouldBeInRange(0.067, 0.2);
        data.GetProperty("load_record").GetProperty("text_line").GetString()!.ShouldStartWith("perc1");
        JsonElement battery = data.GetProperty("mitigation")[1];
        battery.GetProperty("cycles_per_year").GetDouble().ShouldBeInRange(1400, 1814);
        battery.GetProperty("cost_usd_per_year").GetDouble().ShouldBeGreaterThan(0);
        answer.Charts.Count.ShouldBe(4);
        answer.Finding.ShouldContain("suffice");
        answer.Charts.SelectMany(chart => chart.Series).ShouldAllBe(series => series.X.Count == series.Y.Count && series.X.Count < 4000);
    }

    [Fact]
    public void The_campus_answers_too_and_every_part_of_its_mitigation_stands_in_the_table()
    {
        JsonElement data = JsonDocument.Parse(Shipped("gigawatt-campus-wave").Json()).RootElement;
        data.GetProperty("mitigation").EnumerateArray().Select(stage => stage.GetProperty("stage").GetString()).ShouldBe(["request", "gpu", "rack", "battery", "turbine"]);
        data.GetProperty("mitigation")[1].GetProperty("throughput_loss_fraction").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_smallest_battery_put_into_the_file_complies()
    {
        JsonElement sized = JsonDocument.Parse(Study(Plain).Json()).RootElement.GetProperty("smallest_battery");
        string battery = FormattableString.Invariant($"""
            mitigation:
              battery:
                count: 1
                capacity: {sized.GetProperty("mwh").GetDouble() * 3} MWh
                rated: {sized.GetProperty("mw").GetDouble() * 1.001} MW
                time_constant: {sized.GetProperty("time_constant_s").GetDouble() * 1.01} s
            """);
        JsonElement again = JsonDocument.Parse(Study(Plain + battery).Json()).RootElement;
        again.GetProperty("profiles")[0].GetProperty("verdict").GetString().ShouldBe("met");
    }

    [Fact]
    public void A_recording_can_be_studied()
    {
        string samples = string.Join(", ", Enumerable.Range(0, 4000).Select(i => i / 50 % 2 == 0 ? "900" : "880"));
        JsonElement data = JsonDocument.Parse(Study($"name: x\nsample_interval: 10 ms\nprofiles: [ercot]\nsamples_mw: [{samples}]\n").Json()).RootElement;
        data.GetProperty("harmonics_hz")[0].GetDouble().ShouldBe(1, 0.05);
        data.GetProperty("harmonics_mw")[0].GetDouble().ShouldBe(4 * 10 / Math.PI, 0.05);
        data.GetProperty("profiles")[0].GetProperty("verdict").GetString().ShouldBe("not_met");
        data.GetProperty("peak_to_peak_mw").GetDouble().ShouldBe(20, 1e-9);
    }

    [Theory]
    [InlineData("duty: 70 %", "duty: 170 %", "in.yaml:8:11: jobs[0].duty: expected 0 % to 100 %, found '170 %'")]
    [InlineData("duty: 70 %", "duty: 70 %\n    rise: 4 s", "in.yaml:9:11: jobs[0].rise: expected edges that fit: half of rise and fall together at most the 0.9 s that duty and period leave for the valley, found 4 s and 0.1 s")]
    [InlineData("period: 3 s", "period: 0.15 s\n    rise: 0 s\n    fall: 0 s", "expected 7.5 ms or less (133.333 samples a second), so that ten harmonics of job 'a'")]
    [InlineData("low: 600 MW", "low: -5 MW", "in.yaml:6:10: jobs[0].low: expected 0 MW or more, found '-5 MW'")]
    [InlineData("low: 600 MW", "low: 1600 MW", "in.yaml:6:10: jobs[0].low: expected at most the high of 1000 MW, found 1600 MW")]
    [InlineData("[ercot]", "[ercto]", "did you mean 'ercot'?")]
    [InlineData("[ercot]", "[ercot, caiso]", "a wave of 660 s or more, which 'mean ramp over 10 min' of caiso looks at")]
    public void Bad_input_is_refused_where_it_stands(string good, string bad, string expected) =>
        Refused(Plain.Replace(good, bad, StringComparison.Ordinal)).ShouldContain(expected);

    [Fact]
    public void Gaps_of_a_recording_are_found()
    {
        string[] samples = [.. Enumerable.Repeat("900", 70)];
        samples[5] = "nan";
        samples[9] = "-1";
        string found = Refused($"name: x\nsamples_mw: [{string.Join(", ", samples)}]\n");
        found.ShouldContain("in.yaml:2:39: samples_mw[5]: expected a plain number of MW; a gap has to be filled or cut out first, found 'nan'");
        found.ShouldContain("samples_mw[9]: expected 0 MW or more");
        string times = string.Join(", ", Enumerable.Range(0, 70).Select(i => FormattableString.Invariant($"{(i < 30 ? i : i + 4) * 0.01:0.00}")));
        Refused($"name: x\ntimes_s: [{times}]\nsamples_mw: [{string.Join(", ", Enumerable.Repeat("900", 70))}]\n")
            .ShouldContain("times_s[30]: expected the next sample 0.01 s after the last, at 0.3 s; fill the gap first, found 0.34");
        Refused("name: x\n").ShouldContain("expected jobs, or a recording in 'samples_mw', found neither");
    }

    private static StudyAnswer Shipped(string name) =>
        WaveformStudy.Definition.Answer(Path.Combine(Repository.Root, "studies", name + ".yaml"), []);

    private static StudyAnswer Study(string text)
    {
        string folder = Directory.CreateTempSubdirectory("gigawatt-wave-").FullName;
        try
        {
            string file = Path.Combine(folder, "in.yaml");
            File.WriteAllText(file, text);
            return WaveformStudy.Definition.Answer(file, []);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Refused(string text) =>
        string.Join('\n', Should.Throw<ScenarioException>(() => Study(text)).Problems.Select(problem => problem.ToString()));
}
