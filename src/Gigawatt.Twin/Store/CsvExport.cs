using System.Globalization;
using Gigawatt.Simulation;

namespace Gigawatt.Store;

/// <summary>Writes a run as comma-separated text that any spreadsheet or data frame reads.</summary>
/// <remarks>
/// Streams chunk by chunk: memory does not grow with the run. Times are ISO 8601 in UTC, numbers are the shortest that read
/// back to the same bits, samples that are not a number are empty cells, lines end in a line feed on every system.
/// </remarks>
public static class CsvExport
{
    /// <summary>Writes rows: a header line, then the time and the columns.</summary>
    /// <param name="run">The run.</param>
    /// <param name="to">Where the text goes.</param>
    /// <param name="columns">Names of the columns wanted, in that order; all when null.</param>
    /// <param name="every">Rows that become one line: the time of the first of them and the mean of their finite samples.</param>
    /// <exception cref="StoreException">There is no such column, or the file is damaged.</exception>
    public static void Rows(RunReader run, TextWriter to, IReadOnlyList<string>? columns = null, int every = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        columns ??= [.. run.Columns.Select(c => c.Name)];
        int[] places = [.. columns.Select(run.PlaceOf)];
        double[][] chunk = [.. places.Select(_ => new double[ColumnCodec.ChunkLength])];
        double[] sums = new double[places.Length];
        int[] counts = new int[places.Length];
        Line line = new(to);
        line.Text("time");
        foreach (string column in columns) { line.Text(column); }
        line.End();
        for (int row = 0; row < run.RowCount; row++)
        {
            (int seq, int i) = Math.DivRem(row, ColumnCodec.ChunkLength);
            if (i == 0)
            {
                for (int c = 0; c < places.Length; c++) { run.LoadChunk(places[c], seq, chunk[c].AsSpan(0, run.LengthOf(seq))); }
            }
            bool last = row % every == every - 1 || row == run.RowCount - 1;
            if (row % every == 0) { line.Time(run.TimeOf(row)); }
            for (int c = 0; c < places.Length; c++)
            {
                double value = chunk[c][i];
                if (every == 1)
                {
                    line.Number(value);
                    continue;
                }
                if (double.IsFinite(value)) { (sums[c], counts[c]) = (sums[c] + value, counts[c] + 1); }
                if (!last) { continue; }
                line.Number(sums[c] / counts[c]);
                (sums[c], counts[c]) = (0, 0);
            }
            if (last) { line.End(); }
        }
    }

    /// <summary>Writes events: time, seconds since the start, kind, component, value.</summary>
    /// <exception cref="StoreException">The file is damaged.</exception>
    public static void Events(RunReader run, TextWriter to)
    {
        Line line = new(to);
        foreach (string name in (string[])["time", "time_s", "kind", "component", "value"]) { line.Text(name); }
        line.End();
        double lastS = (DateTime.MaxValue - run.Header.From).TotalSeconds;
        double firstS = (DateTime.MinValue - run.Header.From).TotalSeconds;
        foreach (SiteEvent happened in run.Events())
        {
            if (happened.TimeS > firstS && happened.TimeS < lastS) { line.Time(RunTime.Add(run.Header.From, happened.TimeS)); }
            else { line.Text(""); }
            line.Number(happened.TimeS);
            line.Text(RunSchema.NameOf(happened.Kind));
            line.Text(happened.Component);
            line.Number(happened.Value);
            line.End();
        }
    }

    /// <summary>Writes the accounts: ledger, line, side, value.</summary>
    /// <exception cref="StoreException">The file is damaged.</exception>
    public static void Ledgers(RunReader run, TextWriter to)
    {
        Line line = new(to);
        foreach (string name in (string[])["ledger", "line", "side", "value"]) { line.Text(name); }
        line.End();
        foreach (LedgerLine entry in run.Ledgers())
        {
            line.Text(entry.Ledger);
            line.Text(entry.Line);
            line.Text(entry.Side);
            line.Number(entry.Value);
            line.End();
        }
    }

    /// <summary>Writes <c>NAME.csv</c> with rows, <c>NAME.events.csv</c> and <c>NAME.ledgers.csv</c>; returns their paths.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">Path of the file with rows; existing files are replaced.</param>
    /// <param name="columns">Names of the columns wanted, in that order; all when null.</param>
    /// <param name="every">Rows that become one line.</param>
    /// <exception cref="StoreException">A file cannot be written, there is no such column, or the run file is damaged.</exception>
    public static IReadOnlyList<string> Files(RunReader run, string path, IReadOnlyList<string>? columns = null, int every = 1)
    {
        string[] paths = [path, Path.ChangeExtension(path, ".events.csv"), Path.ChangeExtension(path, ".ledgers.csv")];
        Action<TextWriter>[] parts = [to => Rows(run, to, columns, every), to => Events(run, to), to => Ledgers(run, to)];
        foreach ((string file, Action<TextWriter> write) in paths.Zip(parts))
        {
            try
            {
                using StreamWriter to = new(file);
                write(to);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                throw new StoreException($"{file}: the export cannot be written ({e.Message}). Check the folder, its permissions and the room on the disk", e);
            }
        }
        return paths;
    }

    /// <summary>One line in the making.</summary>
    private sealed class Line(TextWriter to)
    {
        private readonly char[] digits = new char[64];
        private bool begun;

        public void Text(string text)
        {
            Separate();
            if (text.AsSpan().ContainsAny(',', '"', '\n') || text.Contains('\r', StringComparison.Ordinal))
            {
                to.Write('"');
                to.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
                to.Write('"');
                return;
            }
            to.Write(text);
        }

        public void Number(double value)
        {
            Separate();
            if (double.IsNaN(value)) { return; }
            if (double.IsInfinity(value))
            {
                to.Write(value > 0 ? "inf" : "-inf");
                return;
            }
            value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
            to.Write(digits, 0, length);
        }

        public void Time(DateTime time)
        {
            Separate();
            RunTime.TryWrite(time, digits, out int length);
            to.Write(digits, 0, length);
        }

        public void End()
        {
            to.Write('\n');
            begun = false;
        }

        private void Separate()
        {
            if (begun) { to.Write(','); }
            begun = true;
        }
    }
}
