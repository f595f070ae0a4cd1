using System.Text.Json;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

public sealed class RewardStudyTests : TemporaryFolder
{
    private const string Laws = "laws: [ { method: rl, alpha: 1, beta: 0.3 } ]\n";

    [Fact]
    public void The_program_answers_with_the_contract()
    {
        Outcome outcome = Gw.Run("study", "reward", "studies/reward.yaml", "--json");
        outcome.Code.ShouldBe(0, outcome.Err);
        JsonElement data = JsonDocument.Parse(outcome.Out).RootElement;
        data.GetProperty("peak_d").GetDouble().ShouldBe(10.312259, 1e-6);
        data.GetProperty("peak_kl").GetDouble().ShouldBe(10.312259 * 10.312259, 1e-4);
        data.GetProperty("gold_at_peak").GetDouble().ShouldBe(3.0936777, 1e-6);
        double[] optimum = [.. data.GetProperty("optimum").EnumerateArray().Select(one => one.GetDouble())];
        optimum.ShouldBe([0.179000, 0.291944, 0.529056], 1e-6);
        JsonElement stop = data.GetProperty("stop");
        stop.GetProperty("is_sure").GetBoolean().ShouldBeTrue();
        stop.GetProperty("kl").GetDouble().ShouldBeGreaterThan(0);
        stop.GetProperty("lost_fraction").GetDouble().ShouldBeInRange(0, 0.1);
        stop.GetProperty("step").GetInt32().ShouldBeLessThan(stop.GetProperty("ended_at_step").GetInt32());
        data.GetProperty("curves").GetArrayLength().ShouldBe(3);
        data.GetProperty("warning").GetString()!.ShouldContain("the proxy rises by");
    }

    [Fact]
    public void Without_users_the_training_follows_the_law()
    {
        StudyAnswer answer = Asked(Laws + "training: { labels: 1000, steps: 50 }\n");
        RewardAnswer data = (RewardAnswer)answer.Data;
        data.Stop.IsSure.ShouldBeTrue();
        data.Stop.TrueStep.ShouldBe(25);                                // half of twice the peak's distance
        data.Stop.TrueGold.ShouldBe(data.GoldAtPeak, 1e-9);
        data.Stop.LostFraction.ShouldBeInRange(0, 0.05);
        data.Fit!.Alpha.ShouldBe(1, 0.05);
        data.Fit.Beta.ShouldBe(0.3, 0.03);
        answer.Charts.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(Laws + "choice: { reference: [50 %, 30 %, 30 %], rewards: [0, 1, 2], penalty: 1 }\n", "case.yaml:3:22: choice.reference:", "sum to 100 %")]
    [InlineData(Laws + "choice: { reference: [50 %, 50 %], rewards: [0, 1], penalty: 0 }\n", "case.yaml:3:62: choice.penalty:", "more than 0")]
    [InlineData(Laws + "choice: { reference: [50 %, 50 %], rewards: [0, 1, 2], penalty: 1 }\n", "case.yaml:3:45: choice.rewards:", "a reward for each of the 2 answers")]
    [InlineData("laws: [ { method: rl, alpha: -1, beta: 0.3 } ]\n", "case.yaml:2:30: laws[0].alpha:", "more than 0")]
    [InlineData("laws: []\n", "case.yaml", "a law such as")]
    [InlineData(Laws + "training: { engagement: 0 }\n", "case.yaml", "a weight above 0")]
    [InlineData(Laws + "training: { last_penalty: -0.1 }\n", "case.yaml:3:27: training.last_penalty:", "more than 0")]
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
        return RewardStudy.Definition.Answer(file, []);
    }
}
