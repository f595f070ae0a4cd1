using Gigawatt.Reports;

namespace Gigawatt.Tests.Reports;

public sealed class ReportBuilderTests(ReportedRun reported) : IClassFixture<ReportedRun>
{
    private readonly ReportData data = reported.Data;

    [Fact]
    public void The_waterfall_steps_down_from_installed_to_useful()
    {
        IReadOnlyList<GpuTimeStep> steps = data.GpuTime.Steps;
        steps[0].Kind.ShouldBe("total");
        steps[^1].Kind.ShouldBe("useful");
        // 500 racks of 72 GPUs for ten days.
        steps[0].GpuHours.ShouldBe(500 * 72 * 240, 1e-6);
        double losses = steps.Where(step => step.Kind == "loss").Sum(step => step.GpuHours);
        (steps[0].GpuHours - losses).ShouldBe(steps[^1].GpuHours, 1e-6 * steps[0].GpuHours);
        steps.ShouldAllBe(step => step.Note.Length > 0);
    }

    [Fact]
    public void Every_node_between_source_and_end_of_the_energy_flow_balances()
    {
        ILookup<string, EnergyLink> into = data.Energy.Links.ToLookup(link => link.Target);
        ILookup<string, EnergyLink> from = data.Energy.Links.ToLookup(link => link.Source);
        foreach (string node in data.Energy.Nodes.Select(node => node.Name).Where(name => into.Contains(name) && from.Contains(name)))
        {
            double takenMwh = into[node].Sum(link => link.Value);
            from[node].Sum(link => link.Value).ShouldBe(takenMwh, 1e-9 * takenMwh, node);
        }
        data.Energy.Links.ShouldAllBe(link => link.Value > 0);
        from["Generating units"].Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Every_line_of_the_energy_ledger_is_an_end_of_the_flow()
    {
        foreach (LedgerRow row in data.Ledgers.Single(ledger => ledger.Key == "energy").Lines)
        {
            if (row.Side == "in" || row.Value <= 0) { continue; }
            EnergyLink link = data.Energy.Links.Single(link => link.Target == row.Label);
            link.Value.ShouldBe(row.Value, row.Label);
        }
    }

    [Fact]
    public void The_energy_flow_has_no_cycle()
    {
        ILookup<string, string> next = data.Energy.Links.ToLookup(link => link.Source, link => link.Target);
        int Depth(string node, int sofar)
        {
            sofar.ShouldBeLessThan(10, node);
            return next[node].Select(target => Depth(target, sofar + 1)).DefaultIfEmpty(sofar).Max();
        }
        Depth("Fuel", 0).ShouldBe(4); // fuel, units, bus, halls, useful IT
        data.Energy.Nodes.Select(node => node.Name).ShouldBeUnique();
    }

    [Fact]
    public void The_hot_week_shows_seven_days_in_steps_of_ten_minutes()
    {
        data.HotWeek.Times.Count.ShouldBe(7 * 144);
        data.HotWeek.Times[1].ShouldEndWith("T00:10");
        data.HotWeek.Panels.Select(panel => panel.Label).Except(["Cap on GPU power"])
            .ShouldBe(["Temperature", "Heat", "Supply", "Load", "Charge of batteries", "GPUs", "Water"]);
        data.HotWeek.Panels.SelectMany(panel => panel.Series).ShouldAllBe(series => series.Values.Count == 7 * 144);
        // Racks, the cooling plant and the rest are all that the facility draws.
        Panel load = data.HotWeek.Panels.Single(panel => panel.Label == "Load");
        double meanMw = load.Series.Where(series => series.Key != "unserved").Sum(series => series.Values.Average()!.Value);
        DateOnly first = DateOnly.Parse(data.HotWeek.Times[0][..10], System.Globalization.CultureInfo.InvariantCulture);
        double expectedMw = reported.Run.Days.Where(day => day.Day >= first).Take(7).Average(day => day.FacilityMw);
        meanMw.ShouldBe(expectedMw, 0.02);
    }

    [Fact]
    public void Daily_series_are_as_long_as_the_run()
    {
        data.Capacity.Dates.Count.ShouldBe(10);
        data.Capacity.Kinds.ShouldAllBe(kind => kind.Values.Count == 10);
        data.Capacity.Kinds.ShouldNotContain(kind => kind.Key == "floor", "the island has floor without limit");
        data.Capacity.Binding.Count.ShouldBe(10);
        data.Dispatch.LoadMw.Count.ShouldBe(10);
        data.Dispatch.Supply.Select(series => series.Key).ShouldBe(["generation", "discharge"]);
        data.Water.Months.ShouldBe(["2026-01"]);
    }

    [Fact]
    public void Monthly_money_adds_up_to_the_ledger_and_lines_name_who_is_paid()
    {
        double costUsd = MoneyChart.CostUsd(reported.Run.Money);
        data.Money.Lines.Sum(line => line.Usd).ShouldBe(costUsd, 0.1);
        data.Money.Monthly.Sum(series => series.Values.Sum()!.Value).ShouldBe(costUsd, 0.1);
        data.Money.Lines.ShouldAllBe(line => line.To.Length > 0);
    }

    [Fact]
    public void Headline_numbers_carry_the_grades_of_their_own_sections()
    {
        // co2 rests on economics and power: two values of grade A and one of grade E stand below power.
        data.Headline.Single(number => number.Key == "co2").Grades.ShouldBe(new Grades(2, 0, 0, 0, 1));
        data.Headline.Single(number => number.Key == "wue").Grades.ShouldBe(new Grades(0, 1, 0, 0, 0));
        data.Headline.ShouldAllBe(number => number.Basis.Contains("fed by"));
    }

    [Fact]
    public void Sources_count_their_values_and_defaults_are_one_row_a_grade()
    {
        data.Sources.ShouldContain(new SourceRow("permit", "Air permit 1234", "the state", "2025-03-10", "A", 2));
        data.Sources.ShouldContain(row => row.Id == "default" && row.Grade == "E" && row.Values == 1);
        data.Sources.Sum(row => row.Values).ShouldBe(5);
        data.Dispatch.Caption.ShouldEndWith("Sources: Air permit 1234 (A). 1 of 3 values behind this are assumptions.");
    }

    [Fact]
    public void Every_title_is_one_sentence_without_a_full_stop_and_every_caption_has_one()
    {
        (string Title, string Caption)[] charts =
        [
            (data.Capacity.Title, data.Capacity.Caption), (data.Energy.Title, data.Energy.Caption), (data.Dispatch.Title, data.Dispatch.Caption),
            (data.HotWeek.Title, data.HotWeek.Caption), (data.GpuTime.Title, data.GpuTime.Caption), (data.Water.Title, data.Water.Caption),
            (data.Money.Title, data.Money.Caption),
        ];
        foreach ((string title, string caption) in charts)
        {
            title.ShouldMatch("^[A-Z].{20,}[^.]$");
            title.ShouldNotContain("NaN");
            title.ShouldNotContain("∞");
            caption.ShouldEndWith(".");
        }
    }

    [Fact]
    public void The_six_clauses_of_the_question_are_answered()
    {
        data.Answers.Select(answer => answer.Question).ShouldBe(
            ["How many useful GPUs?", "When?", "Limited by what?", "At what cost?", "Paid by whom?", "What would stop them?"]);
        data.Answers.ShouldAllBe(answer => answer.Text.EndsWith('.'));
    }

    [Fact]
    public void Terms_are_unique_and_each_is_one_sentence()
    {
        data.Glossary.Count.ShouldBeInRange(30, 60);
        data.Glossary.Select(entry => entry.Term).ShouldBeUnique();
        data.Glossary.ShouldAllBe(entry => entry.Text.EndsWith('.') && !entry.Text.TrimEnd('.').Contains(". "));
    }

    [Fact]
    public void The_terminal_shows_findings_and_every_ledger_closing()
    {
        TerminalSummary terminal = TerminalSummary.Of(reported.Input);
        terminal.Findings.Count.ShouldBe(6);
        terminal.Sections.Single(section => section.Heading == "Ledgers").Rows.ShouldAllBe(row => row.Value == "closes");
        terminal.Sections.ShouldNotContain(section => section.Heading == "Claims");
    }
}
