using System.Buffers.Binary;
using System.Text;

namespace MLNet.DGating.Torch.Native.Elf;

/// <summary>Reads little-endian numbers at file offsets.</summary>
/// <remarks>A read outside of the file, as a malformed file may cause, throws a <see cref="BadImageFormatException"/>.</remarks>
internal sealed class ElfReader(Stream stream)
{
    private const int LongestName = 4096;

    internal long Length { get; } = stream.Length;

    internal void Fill(ulong offset, Span<byte> bytes)
    {
        Require(offset, (ulong)bytes.Length);
        stream.Position = (long)offset;
        stream.ReadExactly(bytes);
    }

    internal ushort UInt16(ulong offset)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        Fill(offset, bytes);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    internal uint UInt32(ulong offset)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        Fill(offset, bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    internal ulong UInt64(ulong offset)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        Fill(offset, bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>Reads a name that ends with a zero byte.</summary>
    internal string Name(ulong offset)
    {
        Require(offset, 1);
        Span<byte> bytes = stackalloc byte[(int)Math.Min(LongestName, (ulong)Length - offset)];
        Fill(offset, bytes);
        int end = bytes.IndexOf((byte)0);
        return end >= 0 ? Encoding.UTF8.GetString(bytes[..end]) : throw Malformed("a name has no end");
    }

    /// <summary>Throws unless the file has all bytes of a range.</summary>
    internal void Require(ulong offset, ulong count)
    {
        if (count > (ulong)Length || offset > (ulong)Length - count)
        {
            throw Malformed($"it has {Length} bytes and refers to bytes beyond its end");
        }
    }

    internal static BadImageFormatException Malformed(string reason) => new($"the file is truncated or corrupt ({reason})");
}
