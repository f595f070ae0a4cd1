using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gigawatt.Store;

/// <summary>How the samples of one chunk are written.</summary>
public enum ChunkEncoding
{
    /// <summary>Every sample as a 64-bit floating-point number, least significant byte first.</summary>
    Raw,

    /// <summary>One 64-bit floating-point number that every sample equals.</summary>
    Constant,

    /// <summary>Multiples of the quantum: the first as a 64-bit integer, then differences, bit-packed per 128.</summary>
    Delta,
}

/// <summary>What the codec made of one chunk.</summary>
/// <param name="Encoding">How its samples are written.</param>
/// <param name="Length">Bytes written.</param>
/// <param name="Min">Lowest finite sample as it will be read; not a number when there is none.</param>
/// <param name="Max">Highest finite sample as it will be read; not a number when there is none.</param>
/// <param name="Sum">Sum of the finite samples as they will be read.</param>
/// <param name="Missing">Samples that are infinite or not a number.</param>
public readonly record struct EncodedChunk(ChunkEncoding Encoding, int Length, double Min, double Max, double Sum, int Missing);

/// <summary>Packs chunks of up to 4,096 samples of one column into bytes, and back.</summary>
/// <remarks>
/// A sample becomes the nearest multiple of the column's quantum. Each block of 128 keeps its lowest difference between
/// neighbours, and how far each difference lies above that, in as many bits as the largest needs: a ramp costs nothing,
/// noise what it must (on a daily sinusoid with noise of one quantum 0.61 bytes a value, zigzag without the lowest 0.84). A chunk
/// that cannot be so (quantum 0, a sample that is not finite or beyond 2^50 quanta) keeps every bit instead. One encoder per thread.
/// </remarks>
public sealed class ColumnCodec
{
    /// <summary>Samples in a full chunk.</summary>
    public const int ChunkLength = 4096;

    /// <summary>Samples that share one bit width.</summary>
    public const int BlockLength = 128;

    /// <summary>Bytes that <see cref="Encode"/> may need, whatever the samples.</summary>
    public const int MaxBytes = ChunkLength * sizeof(double);

    // Sums of 4,096 multiples stay below 2^62 and differences spread over at most 53 bits, so no step of the codec overflows.
    private const double MostQuanta = 1L << 50;
    private const int MostBits = 53;

    private readonly long[] multiples = new long[ChunkLength + 1];
    private readonly long[] differences = new long[BlockLength];

    /// <summary>Writes one chunk into <paramref name="into"/> (at least <see cref="MaxBytes"/> long). Allocates nothing.</summary>
    public EncodedChunk Encode(ReadOnlySpan<double> samples, double quantum, Span<byte> into)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, ChunkLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(into.Length, MaxBytes);
        var grid = new Grid(quantum);
        if (!(quantum > 0) || !TryQuantise(samples, grid, out long lowest, out long highest, out long sum)) { return EncodeRaw(samples, into); }
        (double min, double max) = (grid.At(lowest), grid.At(highest));
        if (!double.IsFinite(min) || !double.IsFinite(max)) { return EncodeRaw(samples, into); }
        if (lowest == highest)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(into, min);
            return new EncodedChunk(ChunkEncoding.Constant, sizeof(double), min, max, grid.At(sum), 0);
        }
        return new EncodedChunk(ChunkEncoding.Delta, Pack(samples.Length, into), min, max, grid.At(sum), 0);
    }

    /// <summary>Reads one chunk of as many samples as <paramref name="into"/> holds.</summary>
    /// <exception cref="InvalidDataException">The bytes are not those of such a chunk.</exception>
    public static void Decode(ReadOnlySpan<byte> data, ChunkEncoding encoding, double quantum, Span<double> into)
    {
        switch (encoding)
        {
            case ChunkEncoding.Raw when data.Length == into.Length * sizeof(double):
                for (int i = 0; i < into.Length; i++) { into[i] = BinaryPrimitives.ReadDoubleLittleEndian(data[(i * sizeof(double))..]); }
                break;
            case ChunkEncoding.Constant when data.Length == sizeof(double):
                into.Fill(BinaryPrimitives.ReadDoubleLittleEndian(data));
                break;
            case ChunkEncoding.Delta when data.Length > sizeof(long) && quantum > 0:
                Unpack(data, new Grid(quantum), into);
                break;
            default:
                throw new InvalidDataException($"{data.Length} bytes of encoding {(int)encoding} cannot hold {into.Length} samples");
        }
    }

    /// <summary>Fills <see cref="multiples"/> from place 1; false when a sample has no multiple within reach.</summary>
    // Vector code cannot be compiled ahead of time; without this it would start in the slowest tier (0.1 s of a small run).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryQuantise(ReadOnlySpan<double> samples, Grid grid, out long lowest, out long highest, out long sum)
    {
        (lowest, highest, sum) = (long.MaxValue, long.MinValue, 0);
        Span<long> into = multiples.AsSpan(1, samples.Length);
        int width = Vector<double>.Count;
        var low = new Vector<long>(long.MaxValue);
        var high = new Vector<long>(long.MinValue);
        Vector<long> total = Vector<long>.Zero;
        int i = 0;
        for (; i <= samples.Length - width; i += width)
        {
            Vector<double> scaled = grid.Scaled(new Vector<double>(samples[i..]));
            if (!Vector.LessThanOrEqualAll(Vector.Abs(scaled), new Vector<double>(MostQuanta))) { return false; }
            Vector<long> nearest = Grid.Nearest(scaled);
            nearest.CopyTo(into[i..]);
            low = Vector.Min(low, nearest);
            high = Vector.Max(high, nearest);
            total += nearest;
        }
        for (int lane = 0; lane < width; lane++)
        {
            lowest = Math.Min(lowest, low[lane]);
            highest = Math.Max(highest, high[lane]);
        }
        sum = Vector.Sum(total);
        for (; i < samples.Length; i++)
        {
            double scaled = grid.Scaled(samples[i]);
            if (!(Math.Abs(scaled) <= MostQuanta)) { return false; }
            long nearest = Grid.Nearest(scaled);
            into[i] = nearest;
            lowest = Math.Min(lowest, nearest);
            highest = Math.Max(highest, nearest);
            sum += nearest;
        }
        return true;
    }

    private int Pack(int count, Span<byte> into)
    {
        multiples[0] = multiples[1];
        BinaryPrimitives.WriteInt64LittleEndian(into, multiples[0]);
        int at = sizeof(long);
        for (int start = 0; start < count; start += BlockLength)
        {
            int length = Math.Min(BlockLength, count - start);
            (long lowest, long highest) = Difference(multiples.AsSpan(start, length + 1));
            int bits = 64 - BitOperations.LeadingZeroCount((ulong)(highest - lowest));
            into[at++] = (byte)bits;
            at += WriteVariable(lowest, into[at..]);
            if (bits > 0) { PackBlock(differences.AsSpan(0, length), lowest, bits, into[at..]); }
            at += (length * bits + 7) / 8;
        }
        return at;
    }

    /// <summary>Differences between neighbours, into <see cref="differences"/>; returns the lowest and the highest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (long Lowest, long Highest) Difference(ReadOnlySpan<long> values)
    {
        int length = values.Length - 1;
        int width = Vector<long>.Count;
        var low = new Vector<long>(long.MaxValue);
        var high = new Vector<long>(long.MinValue);
        int i = 0;
        for (; i <= length - width; i += width)
        {
            Vector<long> difference = new Vector<long>(values[(i + 1)..]) - new Vector<long>(values[i..]);
            difference.CopyTo(differences, i);
            low = Vector.Min(low, difference);
            high = Vector.Max(high, difference);
        }
        (long lowest, long highest) = (long.MaxValue, long.MinValue);
        for (int lane = 0; lane < width; lane++) { (lowest, highest) = (Math.Min(lowest, low[lane]), Math.Max(highest, high[lane])); }
        for (; i < length; i++)
        {
            differences[i] = values[i + 1] - values[i];
            (lowest, highest) = (Math.Min(lowest, differences[i]), Math.Max(highest, differences[i]));
        }
        return (lowest, highest);
    }

    /// <summary>Zigzag (0, -1, 1, -2 … become 0, 1, 2, 3 …), then 7 bits a byte from the lowest, the top bit set while more follow.</summary>
    private static int WriteVariable(long value, Span<byte> into)
    {
        ulong rest = (ulong)((value << 1) ^ (value >> 63));
        int at = 0;
        for (; rest > 0x7F; rest >>= 7) { into[at++] = (byte)(rest | 0x80); }
        into[at++] = (byte)rest;
        return at;
    }

    private static long ReadVariable(ReadOnlySpan<byte> data, ref int at)
    {
        ulong coded = 0;
        for (int shift = 0; shift < 63 && at < data.Length; shift += 7)
        {
            byte next = data[at++];
            coded |= (ulong)(next & 0x7F) << shift;
            if (next <= 0x7F) { return (long)(coded >> 1) ^ -(long)(coded & 1); }
        }
        throw new InvalidDataException("a number has no end");
    }

    /// <summary>Writes whole 64-bit words: up to 7 bytes beyond the block, which the next block overwrites.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackBlock(ReadOnlySpan<long> values, long lowest, int bits, Span<byte> into)
    {
        ulong word = 0;
        int filled = 0;
        int at = 0;
        foreach (long difference in values)
        {
            ulong value = (ulong)(difference - lowest);
            word |= value << filled;
            filled += bits;
            if (filled < 64) { continue; }
            BinaryPrimitives.WriteUInt64LittleEndian(into[at..], word);
            at += sizeof(ulong);
            filled -= 64;
            word = value >> (bits - filled);
        }
        if (filled > 0) { BinaryPrimitives.WriteUInt64LittleEndian(into[at..], word); }
    }

    private static void Unpack(ReadOnlySpan<byte> data, Grid grid, Span<double> into)
    {
        long multiple = BinaryPrimitives.ReadInt64LittleEndian(data);
        int at = sizeof(long);
        for (int start = 0; start < into.Length; start += BlockLength)
        {
            Span<double> block = into.Slice(start, Math.Min(BlockLength, into.Length - start));
            int bits = at < data.Length ? data[at++] : int.MaxValue;
            long lowest = ReadVariable(data, ref at);
            if (bits > MostBits || (block.Length * bits + 7) / 8 > data.Length - at) { throw new InvalidDataException($"block at sample {start} is cut or broken"); }
            multiple = UnpackBlock(data, at, bits, lowest, multiple, grid, block);
            at += (block.Length * bits + 7) / 8;
        }
        if (at != data.Length) { throw new InvalidDataException($"{data.Length - at} bytes too many"); }
    }

    private static long UnpackBlock(ReadOnlySpan<byte> data, int at, int bits, long lowest, long before, Grid grid, Span<double> into)
    {
        long multiple = before;
        ulong mask = (1UL << bits) - 1;
        // Near the end of the bytes the 64-bit word is the last one, shifted further.
        int lastWord = data.Length - sizeof(ulong);
        int bit = at * 8;
        for (int i = 0; i < into.Length; i++)
        {
            int word = Math.Min(bit >> 3, lastWord);
            ulong above = (BinaryPrimitives.ReadUInt64LittleEndian(data[word..]) >> (bit - word * 8)) & mask;
            multiple += lowest + (long)above;
            into[i] = grid.At(multiple);
            bit += bits;
        }
        return multiple;
    }

    private static EncodedChunk EncodeRaw(ReadOnlySpan<double> samples, Span<byte> into)
    {
        (double min, double max, double sum, int missing) = (double.NaN, double.NaN, 0, 0);
        ReadOnlySpan<long> bits = MemoryMarshal.Cast<double, long>(samples);
        bool constant = !bits.ContainsAnyExcept(bits[0]);
        for (int i = 0; i < samples.Length; i++)
        {
            double sample = samples[i];
            BinaryPrimitives.WriteDoubleLittleEndian(into[(i * sizeof(double))..], sample);
            if (!double.IsFinite(sample))
            {
                missing++;
                continue;
            }
            min = sample >= min ? min : sample;
            max = sample <= max ? max : sample;
            sum += sample;
        }
        return constant
            ? new EncodedChunk(ChunkEncoding.Constant, sizeof(double), min, max, sum, missing)
            : new EncodedChunk(ChunkEncoding.Raw, samples.Length * sizeof(double), min, max, sum, missing);
    }

    /// <summary>The multiples of a quantum.</summary>
    /// <remarks>
    /// A quantum that is one over a whole number (0.001) is counted and read back by that number, so that 12.345 comes back as
    /// the double that prints 12.345. Nearest: adding 1.5·2^52 leaves no bits for fractions, so the sum's low bits are the
    /// nearest integer (ties to even), good for magnitudes up to 2^51; and it is the same on every machine.
    /// </remarks>
    private readonly struct Grid
    {
        private const double Rounder = 1.5 * (1L << 52);
        private readonly double factor;
        private readonly bool reciprocal;

        public Grid(double quantum)
        {
            double inverse = Math.Round(1 / quantum);
            reciprocal = inverse <= 1L << 52 && 1 / inverse == quantum;
            factor = reciprocal ? inverse : quantum;
        }

        public static long Nearest(double scaled) => BitConverter.DoubleToInt64Bits(scaled + Rounder) - BitConverter.DoubleToInt64Bits(Rounder);

        public static Vector<long> Nearest(Vector<double> scaled) =>
            Vector.AsVectorInt64(scaled + new Vector<double>(Rounder)) - new Vector<long>(BitConverter.DoubleToInt64Bits(Rounder));

        public double Scaled(double value) => reciprocal ? value * factor : value / factor;

        public Vector<double> Scaled(Vector<double> value) => reciprocal ? value * factor : value / new Vector<double>(factor);

        public double At(long multiple) => reciprocal ? multiple / factor : multiple * factor;
    }
}
