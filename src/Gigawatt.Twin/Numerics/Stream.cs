namespace Gigawatt.Numerics;

/// <summary>A stream of random numbers that belongs to one component and one purpose.</summary>
/// <remarks>
/// Philox4x32-10 (Salmon et al., SC'11): a counter-based generator, so a stream is just its key and a count. The key is a
/// hash of seed, run number, component and purpose: adding a component never changes another one's luck, and the same
/// names give the same bits on any machine and any number of threads. Not modelled: jumping, cryptographic strength.
/// </remarks>
public partial struct Stream
{
    private readonly uint key0;
    private readonly uint key1;
    private readonly uint lane0;
    private readonly uint lane1;
    private ulong counter;
    private ulong spare;
    private bool hasSpare;

    private Stream(ulong key, ulong lane)
    {
        key0 = (uint)key;
        key1 = (uint)(key >> 32);
        lane0 = (uint)lane;
        lane1 = (uint)(lane >> 32);
    }

    /// <summary>The stream of one component and purpose in one run.</summary>
    public static Stream For(long seed, int run, string component, string purpose)
    {
        ulong key = Mix((ulong)seed ^ Mix((ulong)(uint)run + 0x9E3779B97F4A7C15));
        ulong lane = Hash(Hash(0xCBF29CE484222325, component) ^ 0x1F, purpose);
        return new Stream(key ^ Mix(lane), lane);
    }

    /// <summary>A number from 0 (included) to 1 (excluded), with 53 random bits.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A waiting time of mean 1: divide by a rate to get the time to the next event.</summary>
    public double NextExponential() => -Elementary.Log(1 - NextUniform());

    /// <summary>A normal deviate of mean 0 and standard deviation 1 (sum form of Box and Muller, one of the pair).</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(2 * NextExponential());
        return radius * Elementary.Cos(2 * Math.PI * NextUniform());
    }

    private ulong NextBits()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }
        uint c0 = (uint)counter, c1 = (uint)(counter >> 32), c2 = lane0, c3 = lane1;
        uint k0 = key0, k1 = key1;
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0;
            ulong p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        counter++;
        spare = ((ulong)c3 << 32) | c2;
        hasSpare = true;
        return ((ulong)c1 << 32) | c0;
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    private static ulong Hash(ulong start, string text)
    {
        ulong hash = start;
        foreach (char letter in text) { hash = (hash ^ letter) * 0x100000001B3; }
        return Mix(hash);
    }
}
