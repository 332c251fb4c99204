using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Vision;

/// <summary>An array of bytes in a file of Matlab.</summary>
/// <param name="Sizes">Its sizes, the fastest first.</param>
/// <param name="Bytes">Its numbers.</param>
internal sealed record MatArray(int[] Sizes, byte[] Bytes);

/// <summary>Reads arrays of bytes from files of Matlab's version 5, compressed or not.</summary>
internal static class MatFile
{
    private const int Header = 128, UInt8 = 2, Matrix = 14, Compressed = 15;

    /// <summary>Reads all arrays by their names.</summary>
    public static Dictionary<string, MatArray> Read(string file)
    {
        var arrays = new Dictionary<string, MatArray>();
        foreach ((int kind, ReadOnlyMemory<byte> data) in Elements(File.ReadAllBytes(file).AsMemory(Header)))
        {
            (int inner, ReadOnlyMemory<byte> content) = kind == Compressed ? Elements(Inflated(data)).First() : (kind, data);
            if (inner == Matrix)
            {
                // Flags, sizes, name, numbers.
                (int Kind, ReadOnlyMemory<byte> Data)[] parts = [.. Elements(content).Take(4)];
                string name = Encoding.ASCII.GetString(parts[2].Data.Span);
                if (parts[3].Kind != UInt8)
                {
                    throw new NotSupportedException(
                        $"'{name}' of {file} holds elements of kind {parts[3].Kind}. Only bytes, kind 2, are read.");
                }

                arrays[name] = new(Sizes(parts[1].Data.Span), parts[3].Data.ToArray());
            }
        }

        return arrays;
    }

    private static IEnumerable<(int Kind, ReadOnlyMemory<byte> Data)> Elements(ReadOnlyMemory<byte> all)
    {
        for (int at = 0; at + 8 <= all.Length;)
        {
            int first = Int(all, at);
            if (first >> 16 != 0)
            {
                // At most four bytes lie in the tag itself.
                yield return (first & 0xffff, all.Slice(at + 4, first >> 16));
                at += 8;
                continue;
            }

            int length = Int(all, at + 4);
            yield return (first, all.Slice(at + 8, length));
            at += 8 + (first == Compressed ? length : (length + 7) / 8 * 8);
        }
    }

    private static byte[] Inflated(ReadOnlyMemory<byte> data)
    {
        using var stream = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }

    private static int[] Sizes(ReadOnlySpan<byte> data)
    {
        int[] sizes = new int[data.Length / 4];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32LittleEndian(data[(4 * i)..]);
        }

        return sizes;
    }

    private static int Int(ReadOnlyMemory<byte> data, int at) => BinaryPrimitives.ReadInt32LittleEndian(data.Span[at..]);
}
