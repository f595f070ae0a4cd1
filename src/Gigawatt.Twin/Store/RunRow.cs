using Gigawatt.Simulation;

namespace Gigawatt.Store;

/// <summary>The one row of table <c>run</c>, checked: damage must not become a wrong number or a huge array.</summary>
internal sealed record RunRow(RunHeader Header, RunStatus Status, string Reason, DateTime FirstRow, int Rows)
{
    public static RunRow Read(Database database)
    {
        using Statement run = database.Prepare(
            "select scenario, hash, program, seed, number, starts, ends, first_row, step_s, steps, rows, status, reason, "
            + $"(select text from document where name = '{RunSchema.ScenarioDocument}') from run");
        if (!run.Step()) { throw database.Damaged("it does not say what run it is"); }
        DateTime from = Time(database, run.Text(5));
        RunHeader header = new()
        {
            ScenarioName = run.Text(0),
            ScenarioHash = run.Text(1),
            ScenarioText = run.Text(13),
            ProgramVersion = run.Text(2),
            Seed = run.Integer(3),
            RunNumber = Count(database, run.Integer(4), "run number"),
            From = from,
            To = Time(database, run.Text(6)),
            StepS = run.Real(8),
            StepCount = Count(database, run.Integer(9), "number of steps"),
        };
        DateTime firstRow = run.Text(7) is { Length: > 0 } text ? Time(database, text) : from;
        int rows = Count(database, run.Integer(10), "number of rows");
        double roomS = (DateTime.MaxValue - (firstRow > from ? firstRow : from)).TotalSeconds;
        if (!(header.StepS > 0) || !(rows * header.StepS < roomS)) { throw database.Damaged($"steps of {header.StepS} s"); }
        RunStatus status = run.Text(11) switch
        {
            "running" => RunStatus.Running,
            "complete" when rows == header.StepCount => RunStatus.Complete,
            "stopped" => RunStatus.Stopped,
            string other => throw database.Damaged($"status '{other}' with {rows} of {header.StepCount} rows"),
        };
        return new RunRow(header, status, run.Text(12), firstRow, rows);
    }

    public static IReadOnlyList<RecordedColumn> ReadColumns(Database database)
    {
        using Statement column = database.Prepare("select id, name, label, unit, quantum from column order by id");
        List<RecordedColumn> found = [];
        while (column.Step())
        {
            var one = new RecordedColumn(column.Text(1), column.Text(2), column.Text(3), column.Real(4));
            bool good = column.Integer(0) == found.Count && one.Quantum >= 0 && double.IsFinite(one.Quantum);
            found.Add(good ? one : throw database.Damaged($"column {found.Count} is not as it should be"));
        }
        return found;
    }

    private static DateTime Time(Database database, string text) =>
        RunTime.TryRead(text, out DateTime time) ? time : throw database.Damaged($"'{text}' is not a time");

    private static int Count(Database database, long value, string what) =>
        value is >= 0 and <= int.MaxValue ? (int)value : throw database.Damaged($"{value} is no {what}");
}
