using Gigawatt.Simulation;

namespace Gigawatt.Store;

/// <summary>Writes the small tables of a run file: everything but chunks and events.</summary>
internal static class RunTables
{
    public static void WriteHeader(Database database, RunHeader header)
    {
        using Statement run = database.Prepare(
            "insert into run(scenario, hash, program, seed, number, starts, ends, step_s, steps, rows, status) values(?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'running')");
        run.Bind(1, header.ScenarioName);
        run.Bind(2, header.ScenarioHash);
        run.Bind(3, header.ProgramVersion);
        run.Bind(4, header.Seed);
        run.Bind(5, header.RunNumber);
        run.Bind(6, RunTime.Write(header.From));
        run.Bind(7, RunTime.Write(header.To));
        run.Bind(8, header.StepS);
        run.Bind(9, header.StepCount);
        run.Run();
        WriteDocument(database, RunSchema.ScenarioDocument, header.ScenarioText);
    }

    public static void WriteColumns(Database database, IReadOnlyList<RecordedColumn> columns, DateTime start)
    {
        database.Execute("begin");
        using Statement first = database.Prepare("update run set first_row = ?");
        first.Bind(1, RunTime.Write(start));
        first.Run();
        using Statement column = database.Prepare("insert into column(id, name, label, unit, quantum) values(?, ?, ?, ?, ?)");
        for (int c = 0; c < columns.Count; c++)
        {
            column.Bind(1, c);
            column.Bind(2, columns[c].Name);
            column.Bind(3, columns[c].Label);
            column.Bind(4, columns[c].Unit);
            column.Bind(5, columns[c].Quantum);
            column.Run();
        }
        database.Execute("commit");
    }

    public static void WriteDocument(Database database, string name, string text)
    {
        using Statement document = database.Prepare("insert or replace into document(name, text) values(?, ?)");
        document.Bind(1, name);
        document.Bind(2, text);
        document.Run();
    }

    public static void WriteLedger(Database database, in LedgerLine line)
    {
        using Statement insert = database.Prepare("insert into ledger(ledger, line, side, value) values(?, ?, ?, ?)");
        insert.Bind(1, line.Ledger);
        insert.Bind(2, line.Line);
        insert.Bind(3, line.Side);
        insert.Bind(4, line.Value);
        insert.Run();
    }

    public static void WriteEnd(Database database, string status, string? reason)
    {
        using Statement end = database.Prepare("update run set status = ?, reason = ?");
        end.Bind(1, status);
        end.Bind(2, reason);
        end.Run();
    }
}
