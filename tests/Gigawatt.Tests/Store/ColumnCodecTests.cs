using FsCheck;
using FsCheck.Fluent;
using Gigawatt.Store;

namespace Gigawatt.Tests.Store;

public sealed class ColumnCodecTests
{
    private readonly ColumnCodec codec = new();
    private readonly byte[] packed = new byte[ColumnCodec.MaxBytes];

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(0.3)]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    [InlineData(0)]
    public void Any_samples_come_back_to_the_nearest_multiple(double quantum)
    {
        Gen<double> any = Gen.OneOf(
            ArbMap.Default.GeneratorFor<double>(),
            Gen.Choose(-1_000_000, 1_000_000).Select(i => i * quantum),
            Gen.Choose(-1000, 1000).Select(i => i / 7.0),
            Gen.Elements(double.NaN, double.PositiveInfinity, double.MaxValue, -double.MaxValue, double.Epsilon, -0.0, 0));
        Gen<double[]> columns = Gen.OneOf(any.NonEmptyListOf(), Gen.Choose(-1000, 1000).Select(i => i / 7.0).NonEmptyListOf()).Select(list => list.ToArray());
        Prop.ForAll(columns.ToArbitrary(), samples => IsNearest(samples, quantum, RoundTrip(samples, quantum, out _))).HoldsInAnyCase();
    }

    [Fact]
    public void Every_width_and_length_comes_back_exactly()
    {
        for (int bits = 0; bits <= 50; bits++)
        {
            foreach (int length in (int[])[1, 2, 7, 8, 9, 127, 128, 129, 255, 300, 4095, 4096])
            {
                double[] samples = [.. Enumerable.Range(0, length).Select(i => (double)(i % 3 == 0 ? 1L << bits : -(i % 5)))];
                double[] back = RoundTrip(samples, 1, out EncodedChunk chunk);
                back.ShouldBe(samples);
                chunk.Encoding.ShouldBe(samples.Distinct().Count() == 1 ? ChunkEncoding.Constant : ChunkEncoding.Delta);
                (chunk.Min, chunk.Max, chunk.Sum).ShouldBe((samples.Min(), samples.Max(), (double)samples.Sum(s => (long)s)));
            }
        }
    }

    [Fact]
    public void A_decimal_reading_comes_back_as_the_same_decimal()
    {
        double[] samples = [.. Enumerable.Range(0, 4096).Select(i => i * 12.345 / 4096)];
        foreach (double back in RoundTrip(samples, 0.001, out _)) { back.ShouldBe(Math.Round(back, 3)); }
    }

    [Fact]
    public void A_constant_takes_eight_bytes_even_when_it_is_not_a_number()
    {
        RoundTrip([.. Enumerable.Repeat(48.1234, 4096)], 0.01, out EncodedChunk chunk).ShouldAllBe(value => value == 48.12);
        (chunk.Encoding, chunk.Length, chunk.Sum).ShouldBe((ChunkEncoding.Constant, 8, 48.12 * 4096));
        RoundTrip([.. Enumerable.Repeat(double.NaN, 4096)], 0.01, out chunk).ShouldAllBe(value => double.IsNaN(value));
        (chunk.Encoding, chunk.Length, chunk.Missing).ShouldBe((ChunkEncoding.Constant, 8, 4096));
    }

    [Fact]
    public void A_steady_ramp_takes_three_bytes_per_block()
    {
        // 8 bytes for the first value; width 0 and a slope of 50 quanta (two bytes: 100 zigzag is below 128, so one) per block.
        // The first difference of all is 0, so the first block of 128 needs 6 bits a sample: 96 bytes.
        RoundTrip([.. Enumerable.Range(0, 4096).Select(i => i * 50.0)], 1, out EncodedChunk chunk);
        chunk.Length.ShouldBe(8 + 32 * 2 + 96);
    }

    [Fact]
    public void One_sample_that_is_not_finite_makes_the_chunk_raw_and_is_left_out_of_its_sums()
    {
        double[] samples = [1.23456, double.NaN, 3, double.NegativeInfinity];
        double[] back = RoundTrip(samples, 0.01, out EncodedChunk chunk);
        back.ShouldBe(samples);
        chunk.ShouldBe(new EncodedChunk(ChunkEncoding.Raw, 32, 1.23456, 3, 4.23456, 2));
    }

    [Fact]
    public void Encoding_and_decoding_allocate_nothing()
    {
        double[] samples = [.. Enumerable.Range(0, 4096).Select(i => i * i % 977 * 0.001)];
        double[] back = new double[4096];
        EncodedChunk chunk = codec.Encode(samples, 0.001, packed);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            chunk = codec.Encode(samples, 0.001, packed);
            ColumnCodec.Decode(packed.AsSpan(0, chunk.Length), chunk.Encoding, 0.001, back);
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Broken_bytes_are_refused_or_give_wrong_numbers_but_nothing_worse()
    {
        Gen<(byte[] Bytes, int Encoding, int Length)> broken =
            from bytes in ArbMap.Default.GeneratorFor<byte>().ListOf()
            from encoding in Gen.Choose(-1, 4)
            from length in Gen.Choose(1, 300)
            select (bytes.ToArray(), encoding, length);
        Prop.ForAll(broken.ToArbitrary(), b =>
        {
            try
            {
                ColumnCodec.Decode(b.Bytes, (ChunkEncoding)b.Encoding, 0.1, new double[b.Length]);
            }
            catch (InvalidDataException)
            {
            }
            return true;
        }).HoldsInAnyCase(2000);
    }

    [Fact]
    public void A_checksum_is_that_of_the_standard() => Checksum.Of("123456789"u8).ShouldBe(0xE3069283);  // CRC-32C check value

    private static bool IsNearest(double[] samples, double quantum, double[] back)
    {
        bool exact = samples.Zip(back).All(pair => BitConverter.DoubleToInt64Bits(pair.First) == BitConverter.DoubleToInt64Bits(pair.Second));
        // Half a quantum, and a last bit for what the division loses at 2^50 quanta.
        return exact || samples.Zip(back).All(pair =>
            Math.Abs(pair.First - pair.Second) <= 0.5 * quantum + 4e-16 * Math.Abs(pair.First)
            && Math.Abs(Math.Round(pair.Second / quantum) - pair.Second / quantum) <= 0.25);
    }

    private double[] RoundTrip(double[] samples, double quantum, out EncodedChunk chunk)
    {
        chunk = codec.Encode(samples, quantum, packed);
        double[] back = new double[samples.Length];
        ColumnCodec.Decode(packed.AsSpan(0, chunk.Length), chunk.Encoding, quantum, back);
        return back;
    }
}
