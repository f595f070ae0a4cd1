using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gigawatt.Numerics;

/// <content>Random bits in bulk, for loops that draw millions of numbers.</content>
public partial struct Stream
{
    private const int BitsPerGroup = 8;

    /// <summary>Fills a list with the next 64-bit numbers: the same, in the same order, as single draws would use.</summary>
    /// <remarks>
    /// Philox is a function of a count, so four counts are worked out side by side in the lanes of a vector. Whole numbers only: the
    /// bits are the same on every machine, with vectors or without.
    /// </remarks>
    public void FillBits(Span<ulong> bits)
    {
        int at = 0;
        if (hasSpare && bits.Length > 0) { bits[at++] = NextBits(); }
        Vector256<ulong> low = Vector256.Create(0xFFFFFFFFUL);
        Vector256<ulong> factor0 = Vector256.Create(0xD2511F53UL), factor1 = Vector256.Create(0xCD9E8D57UL);
        Vector256<ulong> firstKey0 = Vector256.Create((ulong)key0), step0 = Vector256.Create(0x9E3779B9UL);
        Vector256<ulong> firstKey1 = Vector256.Create((ulong)key1), step1 = Vector256.Create(0xBB67AE85UL);
        for (; at + BitsPerGroup <= bits.Length; at += BitsPerGroup, counter += 4)
        {
            Vector256<ulong> count = Vector256.Create(counter, counter + 2, counter + 1, counter + 3);
            Vector256<ulong> c0 = count & low, c1 = count >>> 32;
            Vector256<ulong> c2 = Vector256.Create((ulong)lane0), c3 = Vector256.Create((ulong)lane1);
            Vector256<ulong> k0 = firstKey0, k1 = firstKey1;
            for (int round = 0; round < 10; round++)
            {
                // Only the lower halves are words of the cipher; what stands above them no product looks at.
                Vector256<ulong> p0 = Product(factor0, c0), p1 = Product(factor1, c2);
                c0 = (p1 >>> 32) ^ (c1 ^ k0);
                c2 = (p0 >>> 32) ^ (c3 ^ k1);
                c1 = p1;
                c3 = p0;
                k0 += step0;
                k1 += step1;
            }
            Vector256<ulong> first = (c1 << 32) | (c0 & low), second = (c3 << 32) | (c2 & low);
            // Counts stand in the order 0, 2, 1, 3, so that pairs of neighbours come out in the order of single draws.
            Span<ulong> eight = bits.Slice(at, BitsPerGroup);
            Paired(first, second, 0).CopyTo(eight);
            Paired(first, second, 1).CopyTo(eight[4..]);
        }
        for (; at < bits.Length; at++) { bits[at] = NextBits(); }
    }

    // The product of the lower halves: most processors have it, and the one of whole numbers of 64 bits is slow.
    private static Vector256<ulong> Product(Vector256<ulong> a, Vector256<ulong> b) =>
        Avx2.IsSupported ? Avx2.Multiply(a.AsUInt32(), b.AsUInt32()) : a * (b & Vector256.Create(0xFFFFFFFFUL));

    private static Vector256<ulong> Paired(Vector256<ulong> a, Vector256<ulong> b, int half) => Avx2.IsSupported
        ? half == 0 ? Avx2.UnpackLow(a, b) : Avx2.UnpackHigh(a, b)
        : Vector256.Create(a[half], b[half], a[2 + half], b[2 + half]);
}
