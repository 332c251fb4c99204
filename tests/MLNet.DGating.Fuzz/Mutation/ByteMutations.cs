using System.Buffers.Binary;

namespace MLNet.DGating.Fuzz.Mutation;

/// <summary>Changes bytes in the ways that find faults in readers.</summary>
internal static class ByteMutations
{
    private const int MostChanges = 4, LongestSpan = 64, LongestRepeat = 2_000;

    private static readonly long[] s_numbers =
    [
        0, 1, -1, sbyte.MaxValue, byte.MaxValue, short.MaxValue, ushort.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue, 0x3fff_ffff,
        0x6000_0000, long.MaxValue, long.MinValue, BitConverter.DoubleToInt64Bits(double.NaN),
        BitConverter.DoubleToInt64Bits(double.PositiveInfinity), BitConverter.SingleToInt32Bits(float.NaN),
        BitConverter.SingleToInt32Bits(float.PositiveInfinity),
    ];

    public static byte[] Apply(Random random, byte[] bytes, byte[][] words)
    {
        for (int change = random.Next(MostChanges); change >= 0; change--)
        {
            bytes = One(random, bytes, words);
        }

        return bytes;
    }

    private static byte[] One(Random random, byte[] bytes, byte[][] words)
    {
        int at = random.Next(bytes.Length + 1);
        int length = Math.Min(random.Next(1, LongestSpan), bytes.Length - at);
        return random.Next(9) switch
        {
            0 => Overwrite(bytes, at, [(byte)random.Next(256)]),
            1 => Overwrite(bytes, at, [(byte)((at < bytes.Length ? bytes[at] : 0) ^ (1 << random.Next(8)))]),
            2 => Overwrite(bytes, at, Number(random, sizeof(int))),
            3 => Overwrite(bytes, at, Number(random, sizeof(long))),
            4 => [.. bytes[..at], .. bytes[(at + length)..]],
            5 => [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]],
            6 => bytes[..at],
            7 => [.. bytes[..at], .. words[random.Next(words.Length)], .. bytes[at..]],
            _ => [.. bytes[..at], .. Enumerable.Repeat((byte)random.Next(256), random.Next(LongestRepeat)), .. bytes[at..]],
        };
    }

    private static byte[] Number(Random random, int size)
    {
        byte[] number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, s_numbers[random.Next(s_numbers.Length)]);
        return number[..size];
    }

    private static byte[] Overwrite(byte[] bytes, int at, byte[] with)
    {
        byte[] changed = [.. bytes];
        with.AsSpan(0, Math.Min(with.Length, bytes.Length - at)).CopyTo(changed.AsSpan(at));
        return changed;
    }
}
