using BenchmarkDotNet.Attributes;
using Gigawatt.Numerics;
using Gigawatt.Simulation;
using Gigawatt.Store;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Bench;

/// <summary>Packing and unpacking one chunk of 4,096 samples: a daily sinusoid with noise of one quantum.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private const double Quantum = 0.001;
    private readonly ColumnCodec codec = new();
    private readonly double[] samples = StoreRun.Column(0, ColumnCodec.ChunkLength, Quantum);
    private readonly double[] back = new double[ColumnCodec.ChunkLength];
    private readonly byte[] packed = new byte[ColumnCodec.MaxBytes];
    private EncodedChunk chunk;

    [GlobalSetup]
    public void Pack() => chunk = codec.Encode(samples, Quantum, packed);

    [Benchmark(OperationsPerInvoke = ColumnCodec.ChunkLength)]
    public int Encode() => codec.Encode(samples, Quantum, packed).Length;

    [Benchmark(OperationsPerInvoke = ColumnCodec.ChunkLength)]
    public double Decode()
    {
        ColumnCodec.Decode(packed.AsSpan(0, chunk.Length), chunk.Encoding, Quantum, back);
        return back[^1];
    }
}

/// <summary>Writing a run of 1.5 million rows of 40 columns to disk, and reading of it.</summary>
[MemoryDiagnoser]
[IterationCount(5), WarmupCount(1)]
public class RunFileBenchmarks
{
    private readonly string folder = Directory.CreateTempSubdirectory("gw-bench-").FullName;
    private readonly StoreRun run = new(1_500_000, 40);
    private int written;
    private string last = "";

    [GlobalSetup]
    public void Prepare() => Write();

    [GlobalCleanup]
    public void Remove() => Directory.Delete(folder, true);

    [Benchmark]
    public long Write()
    {
        if (last.Length > 0 && written > 1) { File.Delete(last); }
        last = Path.Combine(folder, $"{++written}.gwr");
        run.WriteTo(last);
        return new FileInfo(last).Length;
    }

    [Benchmark]
    public double ReadColumn()
    {
        using RunReader reader = new(Path.Combine(folder, "1.gwr"));
        return reader.Read("c7_mw")[^1];
    }

    [Benchmark]
    public double Overview()
    {
        using RunReader reader = new(Path.Combine(folder, "1.gwr"));
        return reader.Overview("c7_mw")[^1].Mean;
    }

    [Benchmark]
    public double Daily()
    {
        using RunReader reader = new(Path.Combine(folder, "1.gwr"));
        return reader.Daily("c7_mw").Mean[^1];
    }
}

/// <summary>A plausible run kept in memory by rows, so that only the writing is measured.</summary>
public sealed class StoreRun
{
    // Rows repeat after 64 chunks (182 days of minutes): the data must not cost more memory than the writer.
    private const int Period = 64 * ColumnCodec.ChunkLength;
    private const double Quantum = 0.001;
    private readonly int rows;
    private readonly int columns;
    private readonly double[] values;

    public StoreRun(int rows, int columns)
    {
        (this.rows, this.columns) = (rows, columns);
        values = new double[Period * columns];
        for (int c = 0; c < columns; c++)
        {
            double[] column = Column(c, Period, Quantum);
            for (int i = 0; i < Period; i++) { values[i * columns + c] = column[i]; }
        }
    }

    /// <summary>A daily sinusoid of some MW with normal noise of one quantum, in minutes.</summary>
    public static double[] Column(int which, int length, double quantum)
    {
        Stream noise = Stream.For(1, 0, $"column-{which}", "noise");
        double[] column = new double[length];
        for (int i = 0; i < length; i++)
        {
            column[i] = 50 + which + 10 * Elementary.Sin(2 * Math.PI * (i % 1440) / 1440) + quantum * noise.NextNormal();
        }
        return column;
    }

    public void WriteTo(string path)
    {
        DateTime from = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using RunWriter writer = new(path, new RunHeader
        {
            ScenarioName = "bench",
            ScenarioText = "",
            ScenarioHash = "",
            ProgramVersion = "",
            Seed = 1,
            From = from,
            To = from.AddMinutes(rows),
            StepS = 60,
            StepCount = rows,
        });
        writer.Begin([.. Enumerable.Range(0, columns).Select(c => new RecordedColumn($"c{c}_mw", $"Column {c}", "MW", Quantum))], from, 60);
        for (int i = 0; i < rows; i++) { writer.Row(values.AsSpan(i % Period * columns, columns)); }
        writer.Complete();
    }
}
