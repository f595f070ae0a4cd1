using System.Text.Json;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

public sealed class ServingStudyTests : TemporaryFolder
{
    private const string Frontier = "frontiers: [ { model: gb200-deepseek-r1 } ]\n";
    private const string Demand = "demand: { sessions: 10 per s }\n";
    private const string Pool = "pool: { gpus: 720, interactivity: 75 tokens/s }\n";

    [Fact]
    public void The_program_answers_with_the_contract()
    {
        Outcome outcome = Gw.Run("study", "serving", "studies/serving.yaml", "--json");
        outcome.Code.ShouldBe(0, outcome.Err);
        JsonElement data = JsonDocument.Parse(outcome.Out).RootElement;
        data.GetProperty("usd_per_mtok").GetDouble().ShouldBe(0.1060, 5e-5);
        data.GetProperty("kwh_per_mtok").GetDouble().ShouldBe(2.1 / 3.6e3 * 1e6 / 5789.6, 1e-6);
        data.GetProperty("gpus_needed").GetInt32().ShouldBeInRange(720, 3600);
        (data.GetProperty("gpus_needed").GetInt32() % 72).ShouldBe(0);
        data.GetProperty("utilisation").GetDouble().ShouldBeInRange(0.7, 0.9);
        data.GetProperty("waiting").GetProperty("mean_s").GetDouble().ShouldBeInRange(0, 1);
        data.GetProperty("waiting").GetProperty("is_stable").GetBoolean().ShouldBeTrue();
        data.GetProperty("frontier").GetArrayLength().ShouldBe(2);
        data.GetProperty("frontier")[0].GetProperty("points").GetArrayLength().ShouldBe(3);
        data.GetProperty("rentals")[0].GetProperty("credit_fraction").GetDouble().ShouldBe(0.1);
        // 1,440 GPUs x 3 years x 3.20 USD/h, 90 % of 98.5 % paid, 10 % credited.
        data.GetProperty("rentals")[0].GetProperty("revenue_usd").GetDouble().ShouldBe(1440 * 3 * 8766 * 3.20 * 0.9 * 0.985 * 0.9, 1);
    }

    [Fact]
    public void Live_users_bound_learning()
    {
        StudyAnswer answer = ServingStudy.Definition.Answer(Path.Combine(Gw.Root, "studies", "rl-live-users.yaml"), []);
        ServingAnswer data = (ServingAnswer)answer.Data;
        data.LiveUsers!.TokensPerDay.ShouldBe(90e9);
        data.LiveUsers.LearnerGpus.ShouldBe(1235.7, 0.1);
        data.Rl!.Bound.ShouldBe("live users");
        data.Rl.TokensPerS.ShouldBe(90e9 / 86400, 1e-3);
        data.Rl.BestRolloutGpus.ShouldBe(1830);                         // 4,000 x 843/1,843 = 1,829.6
        data.Rl.StalenessMean.ShouldBe(data.Rl.SimulatedStalenessMean, 0.1);
        data.Rl.SimulatedGroupsPerS.ShouldBe(data.Rl.GroupsPerS, 0.03 * data.Rl.GroupsPerS);
        answer.Charts.Count.ShouldBe(5);
    }

    [Fact]
    public void A_pool_that_is_too_small_says_by_how_much()
    {
        StudyAnswer answer = Asked(Frontier + "demand: { sessions: 200 per s, day_peak: 1 }\n" + Pool);
        answer.Finding.ShouldContain("too small");
        answer.Remarks.ShouldContain(remark => remark.Contains("the queue grows by up to", StringComparison.Ordinal));
        ServingAnswer data = (ServingAnswer)answer.Data;
        // 1,200 requests a second; 10 replicas of 617 streams, each request 1,024/75 s.
        data.Waiting.GrowthRequestsPerS.ShouldBe(1200 - 6170 * 75.0 / 1024, 0.5);
        data.GpusNeeded.ShouldBeGreaterThan(720);
    }

    [Fact]
    public void A_law_stands_beside_the_published_points()
    {
        StudyAnswer answer = Asked(Frontier + Demand + Pool
            + "laws: [ { model: { model: deepseek-v3 }, gpu: { model: h200 }, gpus: 16, token_kv: 70 kB, cost: 1.41 USD/GPU-hour, site_power: 1.4 kW/GPU } ]\n");
        ((ServingAnswer)answer.Data).Frontier.Count.ShouldBe(2);
        answer.Remarks.ShouldContain(remark => remark.Contains("from datasheets are estimates", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Frontier + Demand + "pool: { gpus: 720, interactivity: 300 tokens/s }\n", "case.yaml:4:35: pool.interactivity:", "at most 164 tokens/s, the fastest point")]
    [InlineData(Frontier + "demand: { sessions: -10 per s }\n" + Pool, "case.yaml:3:21: demand.sessions:", "more than 0")]
    [InlineData("frontiers:\n  - title: x\n    cost: 2 USD/GPU-hour\n    site_power: 2 kW/GPU\n    points: [ { interactivity: 10 tokens/s, throughput: 100 tokens/GPU-s }, { interactivity: 20 tokens/s, throughput: 120 tokens/GPU-s } ]\n" + Demand + Pool,
        "case.yaml:6:13: frontiers[0].points:", "falling throughput")]
    [InlineData(Demand + Pool, "case.yaml", "a frontier such as 'model: gb200-deepseek-r1'")]
    [InlineData(Frontier + Demand + "pool: { gpus: 50, interactivity: 75 tokens/s }\n", "case.yaml:4:15: pool.gpus:", "at least the 72 GPUs of one replica")]
    [InlineData(Frontier + Demand + Pool + "rl: { gpus: 100, rollout_gpus: 100, rollout_tokens: 10 tokens/GPU-s }\n", "case.yaml:5:32: rl.rollout_gpus:", "fewer than the 100 GPUs")]
    [InlineData(Frontier + Demand + Pool + "rentals: [ { name: a, gpus: 8, price: 2 USD/GPU-hour, term: 1 year, used: 100 %, available: 98 % } ]\n", "case.yaml:5:75: rentals[0].used:", "at most the 98 % that is available")]
    public void What_does_not_fit_is_shown_with_its_place(string text, string place, string words)
    {
        string message = Should.Throw<ScenarioException>(() => Asked(text)).Message;
        message.ShouldContain(place);
        message.ShouldContain(words);
    }

    private StudyAnswer Asked(string text)
    {
        string file = Named("case.yaml");
        File.WriteAllText(file, "name: case\n" + text);
        return ServingStudy.Definition.Answer(file, []);
    }
}
