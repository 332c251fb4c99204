using System.Buffers.Binary;
using System.Text;

namespace MLNet.DGating.Torch.Tests.Native.Elf;

/// <summary>The smallest library with version tables.</summary>
/// <remarks>It asks libc.so.6 for A and libstdc++.so.6 for B and C, and defines V1 and V2.</remarks>
internal static class TinyElf
{
    private const int Strings = 288, Needs = 352, Definitions = 464, Size = 520;
    private const string Names = "\0libc.so.6\0libstdc++.so.6\0A\0B\0C\0V1\0V2\0";

    internal static byte[] Build()
    {
        byte[] file = new byte[Size];
        ReadOnlySpan<byte> identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identity.CopyTo(file);
        Put16(file, 18, 62);
        Put64(file, 32, 64);
        Put16(file, 54, 56);
        Put16(file, 56, 2);
        Encoding.ASCII.GetBytes(Names).CopyTo(file, Strings);

        // The whole file is mapped at 0x1000; the dynamic table is its second segment.
        Segment(file, 64, type: 1, offset: 0, address: 0x1000, size: Size);
        Segment(file, 120, type: 2, offset: 176, address: 0x10b0, size: 96);
        ulong[] dynamic =
            [5, 0x1000 + Strings, 0x6ffffffe, 0x1000 + Needs, 0x6fffffff, 2, 0x6ffffffc, 0x1000 + Definitions, 0x6ffffffd, 2, 0, 0];
        for (int index = 0; index < dynamic.Length; index++)
        {
            Put64(file, 176 + (8 * index), dynamic[index]);
        }

        Need(file, Needs, count: 1, library: "libc.so.6", next: 32);
        Auxiliary(file, Needs + 16, "A", next: 0);
        Need(file, Needs + 32, count: 2, library: "libstdc++.so.6", next: 0);
        Auxiliary(file, Needs + 48, "B", next: 16);
        Auxiliary(file, Needs + 64, "C", next: 0);
        Definition(file, Definitions, "V1", next: 28);
        Definition(file, Definitions + 28, "V2", next: 0);
        return file;
    }

    private static void Segment(byte[] file, int at, uint type, ulong offset, ulong address, ulong size)
    {
        Put32(file, at, type);
        Put64(file, at + 8, offset);
        Put64(file, at + 16, address);
        Put64(file, at + 32, size);
    }

    private static void Need(byte[] file, int at, ushort count, string library, uint next)
    {
        Put16(file, at + 2, count);
        Put32(file, at + 4, NameOf(library));
        Put32(file, at + 8, 16);
        Put32(file, at + 12, next);
    }

    private static void Auxiliary(byte[] file, int at, string version, uint next)
    {
        Put32(file, at + 8, NameOf(version));
        Put32(file, at + 12, next);
    }

    private static void Definition(byte[] file, int at, string version, uint next)
    {
        Put16(file, at + 6, 1);
        Put32(file, at + 12, 20);
        Put32(file, at + 16, next);
        Put32(file, at + 20, NameOf(version));
    }

    private static uint NameOf(string name) => (uint)Names.IndexOf($"\0{name}\0", StringComparison.Ordinal) + 1;

    private static void Put16(byte[] file, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);

    private static void Put32(byte[] file, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);

    private static void Put64(byte[] file, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), value);
}
