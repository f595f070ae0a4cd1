using System.Diagnostics;
using Gigawatt.Power.Commitment;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;

namespace Gigawatt.Bench;

/// <summary>Times unit commitment on the shipped studies: dotnet run -c Release -- commitment studies/ten-units.yaml studies/year-40-units.yaml</summary>
public static class CommitmentRuns
{
    public static void Print(string[] files)
    {
        foreach (string file in files)
        {
            CommitmentProblem problem = ScenarioReader.ReadFile<CommitmentInput>(file, Catalog.Embedded, []).Value.Problem();
            bool isLong = problem.LoadMw.Count > 168;
            for (int i = 0; i < 3; i++)
            {
                Stopwatch watch = Stopwatch.StartNew();
                if (isLong)
                {
                    CommitmentSchedule schedule = RollingHorizon.Solve(problem);
                    double runS = watch.Elapsed.TotalSeconds;
                    watch.Restart();
                    double gap = CommitmentStudy.SampledGap(problem, schedule, 400);
                    Console.WriteLine(FormattableString.Invariant(
                        $"{schedule.Hours} h × {schedule.UnitCount} units: {runS:0.000} s, {schedule.ObjectiveUsd:N0} USD, gap over three weeks {gap * 100:0.00} % ({watch.Elapsed.TotalSeconds:0.0} s)"));
                    continue;
                }
                CommitmentSchedule merit = UnitCommitment.MeritOrder(problem);
                double meritMs = watch.Elapsed.TotalMilliseconds;
                watch.Restart();
                CommitmentAnswer answer = UnitCommitment.Solve(problem, 2000);
                Console.WriteLine(FormattableString.Invariant(
                    $"{merit.Hours} h × {merit.UnitCount} units: merit order {meritMs:0.0} ms, {merit.ObjectiveUsd:N1} USD; search and bound {watch.Elapsed.TotalMilliseconds:0} ms, {answer.Schedule.ObjectiveUsd:N1} USD, bound {answer.BoundUsd:N1}, gap {answer.GapFraction * 100:0.00} %"));
            }
        }
        DispatchAlone();
    }

    private static void DispatchAlone()
    {
        const int units = 40;
        CostCurve[] curves = [.. Enumerable.Range(0, units).Select(i => new CostCurve { MinMw = 19, MaxMw = 38, NoLoadUsd = 300, IncrementalUsdPerMwh = 20 + i * 0.1, QuadraticUsdPerMwMwh = i % 2 == 0 ? 0.01 : 0 })];
        double[] output = new double[units], points = new double[EconomicDispatch.ScratchLength(units)];
        int[] owners = new int[points.Length];
        double sum = 0;
        for (int round = 0; round < 3; round++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            for (int k = 0; k < 100_000; k++) { sum += EconomicDispatch.Solve(curves, 800 + k % 700, output, points, owners).CostUsd; }
            Console.WriteLine(FormattableString.Invariant($"economic dispatch of {units} units: {watch.Elapsed.TotalMilliseconds * 10:0} ns (sum {sum:E3})"));
        }
    }
}
