using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Native.Elf;

/// <summary>Reads an ELF library: checks that its segments are complete, and lists the symbol versions it needs and defines.</summary>
/// <remarks>
/// Files must be 64-bit little-endian. They are read through the program headers as the system's loader does (System V ABI, chapters 4 and
/// 5; the version tables as in the LSB, chapter 10). A truncated file must be found here: the loader maps it without an error, and the
/// process ends with SIGBUS later.
/// </remarks>
internal sealed class ElfFile
{
    private const int HeaderSize = 64, ProgramHeaderSize = 56, DynamicSize = 16, SmallestVersionEntry = 16;
    private const uint Load = 1, Dynamic = 2;
    private const ulong NeedTable = 0x6ffffffe, NeedCount = 0x6fffffff, StringTable = 5;
    private const ulong DefinitionTable = 0x6ffffffc, DefinitionCount = 0x6ffffffd;

    private readonly ElfReader reader;
    private readonly List<(ulong Offset, ulong Address, ulong Size)> segments = [];
    private readonly Dictionary<ulong, ulong> dynamic = [];

    /// <summary>Reads the headers of <paramref name="stream"/>, which must stay open while the file is used.</summary>
    /// <exception cref="BadImageFormatException">The file is not a complete ELF library for a 64-bit little-endian machine.</exception>
    internal ElfFile(Stream stream)
    {
        reader = new ElfReader(stream);
        Span<byte> header = stackalloc byte[HeaderSize];
        reader.Fill(0, header);
        if (!header.StartsWith((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
        {
            throw new BadImageFormatException("the file is not a 64-bit ELF library");
        }

        Machine = BinaryPrimitives.ReadUInt16LittleEndian(header[18..]);
        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
        ushort size = BinaryPrimitives.ReadUInt16LittleEndian(header[54..]), count = BinaryPrimitives.ReadUInt16LittleEndian(header[56..]);
        ReadSegments(table, size, count);
    }

    internal ushort Machine { get; }

    /// <summary>Whether the file is built for this process's processor (e_machine 62: x86-64, 183: AArch64).</summary>
    internal bool FitsProcessor => Machine == (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 183 : 62);

    /// <summary>Lists the symbol versions that the file needs of other libraries.</summary>
    internal List<ElfVersionNeed> VersionNeeds()
    {
        var needs = new List<ElfVersionNeed>();
        foreach ((ulong offset, uint count, ulong auxiliary) in Walk(NeedTable, NeedCount, countAt: 2, auxiliaryAt: 8, nextAt: 12))
        {
            string library = Name(reader.UInt32(offset + 4));
            foreach (ulong entry in Chain(auxiliary, count, nextAt: 12))
            {
                needs.Add(new ElfVersionNeed(library, Name(reader.UInt32(entry + 8)), reader.UInt16(entry + 4), (long)entry + 4));
            }
        }

        return needs;
    }

    /// <summary>Lists the symbol versions that the file defines.</summary>
    internal HashSet<string> VersionDefinitions()
    {
        var definitions = new HashSet<string>(StringComparer.Ordinal);
        foreach ((ulong _, uint _, ulong auxiliary) in Walk(DefinitionTable, DefinitionCount, countAt: 6, auxiliaryAt: 12, nextAt: 16))
        {
            // The first name is the version itself, the others are its parents.
            definitions.Add(Name(reader.UInt32(auxiliary)));
        }

        return definitions;
    }

    private void ReadSegments(ulong table, ushort size, ushort count)
    {
        if (size != ProgramHeaderSize || count == 0)
        {
            throw ElfReader.Malformed("it has no program headers");
        }

        reader.Require(table, (ulong)count * ProgramHeaderSize);
        for (ulong header = table; header < table + (ulong)count * ProgramHeaderSize; header += ProgramHeaderSize)
        {
            uint type = reader.UInt32(header);
            (ulong offset, ulong address, ulong length) =
                (reader.UInt64(header + 8), reader.UInt64(header + 16), reader.UInt64(header + 32));
            if (type is Load or Dynamic)
            {
                reader.Require(offset, length);
            }

            if (type == Load)
            {
                segments.Add((offset, address, length));
            }
            else if (type == Dynamic)
            {
                ReadDynamic(offset, length);
            }
        }
    }

    private void ReadDynamic(ulong offset, ulong length)
    {
        for (ulong at = offset; at + DynamicSize <= offset + length; at += DynamicSize)
        {
            ulong tag = reader.UInt64(at);
            if (tag == 0)
            {
                return;
            }

            dynamic[tag] = reader.UInt64(at + 8);
        }
    }

    private IEnumerable<(ulong Offset, uint Count, ulong Auxiliary)> Walk(
        ulong table, ulong tableCount, uint countAt, uint auxiliaryAt, uint nextAt)
    {
        if (!dynamic.TryGetValue(table, out ulong address) || !dynamic.TryGetValue(tableCount, out ulong count))
        {
            yield break;
        }

        foreach (ulong offset in Chain(FileOffset(address), count, nextAt))
        {
            yield return (offset, reader.UInt16(offset + countAt), offset + reader.UInt32(offset + auxiliaryAt));
        }
    }

    /// <summary>Gives the offsets of the entries of a linked list, each of which holds the distance to the next one.</summary>
    private IEnumerable<ulong> Chain(ulong first, ulong count, uint nextAt)
    {
        // Entries never overlap, so a longer list is malformed. Without this bound a few bytes could cause billions of steps.
        if (count > (ulong)reader.Length / SmallestVersionEntry)
        {
            throw ElfReader.Malformed("a version table is longer than the file");
        }

        ulong offset = first;
        for (ulong index = 0; index < count; index++)
        {
            yield return offset;
            uint next = reader.UInt32(offset + nextAt);
            if (next < SmallestVersionEntry && index + 1 < count)
            {
                throw ElfReader.Malformed("a version table ends early");
            }

            offset += next;
        }
    }

    private string Name(uint index) => dynamic.TryGetValue(StringTable, out ulong table)
        ? reader.Name(FileOffset(table) + index)
        : throw ElfReader.Malformed("it has no string table");

    private ulong FileOffset(ulong address)
    {
        foreach ((ulong offset, ulong start, ulong size) in segments)
        {
            if (address >= start && address - start < size)
            {
                return offset + (address - start);
            }
        }

        throw ElfReader.Malformed("an address lies in no segment");
    }
}
