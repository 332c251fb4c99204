using System.Buffers.Binary;
using Parquet.Meta;

namespace MLNet.DGating.Tool.Tables;

/// <summary>The sizes in a parquet file, which are checked before Parquet.Net takes memory for them.</summary>
internal static class ParquetSizes
{
    // A page of one value repeated is small for any number of rows; what would unpack to more than this is a bomb.
    private const long MostOfAByte = 1_000, AlwaysAllowed = 16 << 20;

    private const int TailBytes = 8, UsualHeader = 1 << 10, LongestHeader = 1 << 20, LongestSnappySize = 5;

    // Fields of a page's header, as parquet.thrift numbers them.
    private const int DataPage = 0, DataPage2 = 3;
    private const string Kind = "1", Unpacked = "2", Packed = "3", DataValues = "5.1", DictionaryValues = "7.1", Data2Values = "8.1";
    private const string DefinitionBytes = "8.5", RepetitionBytes = "8.6", IsPacked = "8.7";

    // The types of the fields of a file's description. Parquet.Net reads a field as what it should be, whatever its type says.
    private static readonly Dictionary<long, int> s_types = new()
    {
        [1] = ThriftStruct.Int32, [2] = ThriftStruct.List, [3] = ThriftStruct.Int64, [4] = ThriftStruct.List, [5] = ThriftStruct.List,
        [6] = ThriftStruct.Binary, [7] = ThriftStruct.List, [8] = ThriftStruct.Struct, [9] = ThriftStruct.Binary,
    };

    /// <summary>Checks the description at the end of a file.</summary>
    /// <exception cref="InvalidDataException">A size in it cannot be; the message is a part of a sentence.</exception>
    public static void CheckDescription(Stream file)
    {
        byte[] tail = Bytes(file, file.Length - TailBytes, TailBytes);
        int length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        IReadOnlyDictionary<long, int> types = ThriftStruct.Read(Bytes(file, file.Length - TailBytes - length, length)).Types;
        Check(s_types.All(known => !types.TryGetValue(known.Key, out int type) || type == known.Value),
            "a field of its description has another type than it should have");
    }

    /// <summary>Checks the pages of a column.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">The description of the column.</param>
    /// <param name="mostRows">The most rows that a file of this size may have.</param>
    /// <exception cref="InvalidDataException">A size in them cannot be; the message is a part of a sentence.</exception>
    public static void CheckPages(Stream file, ColumnMetaData column, long mostRows)
    {
        // Where Parquet.Net begins, and what it counts: else a page that is read would not be the one that was checked.
        long at = ((long[])[column.DictionaryPageOffset ?? 0, column.DataPageOffset]).Where(offset => offset != 0).Min();
        for (long values = 0; values < column.NumValues;)
        {
            (int length, IReadOnlyDictionary<string, long> numbers, _) = Header(file, at);
            long unpacked = Number(Unpacked), packed = Number(Packed), dictionaryValues = Number(DictionaryValues);
            long data = at + length;
            at = data + packed;
            Check(packed >= 0 && at <= file.Length, $"a page of it would have {packed:n0} bytes");
            Check(unpacked >= 0 && unpacked <= AlwaysAllowed + MostOfAByte * packed,
                $"a page of it would have {unpacked:n0} bytes unpacked");
            long more = Number(Kind) switch { DataPage => Number(DataValues), DataPage2 => Number(Data2Values), _ => 0 };
            Check(more >= 0 && more <= mostRows, $"a page of it would have {more:n0} values");
            Check(dictionaryValues >= 0 && dictionaryValues <= unpacked, $"a page of it would have {dictionaryValues:n0} values");
            long levels = Number(Kind) == DataPage2 ? Number(DefinitionBytes) + Number(RepetitionBytes) : 0;
            if (column.Codec == CompressionCodec.SNAPPY && packed > levels && numbers.GetValueOrDefault(IsPacked, 1) == 1)
            {
                CheckSnappy(file, data + levels, packed - levels, unpacked);
            }

            values += more;

            long Number(string field) => numbers.GetValueOrDefault(field);
        }
    }

    // Snappy takes as many bytes as the first ones say.
    private static void CheckSnappy(Stream file, long at, long packed, long most)
    {
        long size = 0;
        int shift = 0;
        foreach (byte next in Bytes(file, at, Math.Min(LongestSnappySize, packed)))
        {
            size |= (long)(next & 0x7F) << shift;
            shift += 7;
            if (next < 0x80)
            {
                break;
            }
        }

        Check(size <= most, $"a page of it would have {size:n0} bytes unpacked");
    }

    // Headers are short, unless they have the column's lowest and highest text.
    private static (int Length, IReadOnlyDictionary<string, long> Numbers, IReadOnlyDictionary<long, int> Types) Header(
        Stream file, long at)
    {
        long left = file.Length - at;
        try
        {
            return ThriftStruct.Read(Bytes(file, at, Math.Min(UsualHeader, left)));
        }
        catch (InvalidDataException) when (left > UsualHeader)
        {
            return ThriftStruct.Read(Bytes(file, at, Math.Min(LongestHeader, left)));
        }
    }

    private static byte[] Bytes(Stream file, long start, long count)
    {
        Check(count > 0 && start >= 0 && start + count <= file.Length, "a size in its description is beyond its end");
        byte[] bytes = new byte[count];
        file.Position = start;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static void Check(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidDataException(message);
        }
    }
}
