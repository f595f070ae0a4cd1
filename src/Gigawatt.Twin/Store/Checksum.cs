using System.Buffers.Binary;
using System.Numerics;

namespace Gigawatt.Store;

/// <summary>CRC-32C of a chunk's bytes, so that a damaged chunk is noticed and not drawn.</summary>
internal static class Checksum
{
    public static uint Of(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        int at = 0;
        for (; at <= data.Length - sizeof(ulong); at += sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data[at..]));
        }
        foreach (byte rest in data[at..]) { crc = BitOperations.Crc32C(crc, rest); }
        return ~crc;
    }
}
