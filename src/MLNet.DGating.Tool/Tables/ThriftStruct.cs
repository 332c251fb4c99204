namespace MLNet.DGating.Tool.Tables;

/// <summary>Walks over a structure in Thrift's compact protocol, as parquet has its descriptions, and believes no size in it.</summary>
/// <remarks>Parquet.Net takes memory for what a size says before it looks whether so many bytes are there.</remarks>
internal ref struct ThriftStruct
{
    private const int DeepestNesting = 32, LongestVarint = 10;

    // The types of values, as the protocol numbers them.
    public const int Int32 = 5, Int64 = 6, Binary = 8, List = 9, Struct = 12;
    private const int True = 1, False = 2, Byte = 3, Int16 = 4, Double = 7, Set = 10, Map = 11;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Dictionary<string, long> _numbers = [];
    private readonly Dictionary<long, int> _types = [];
    private int _at;

    private ThriftStruct(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Walks over the structure at the beginning of some bytes.</summary>
    /// <returns>
    /// The bytes that it has; its whole numbers, and 1 or 0 for what is true or not, by the numbers of their fields, such as "5.1"; and the
    /// types of its own fields.
    /// </returns>
    /// <exception cref="InvalidDataException">It goes on after the end of the bytes; the message is a part of a sentence.</exception>
    public static (int Length, IReadOnlyDictionary<string, long> Numbers, IReadOnlyDictionary<long, int> Types) Read(
        ReadOnlySpan<byte> bytes)
    {
        var walk = new ThriftStruct(bytes);
        walk.Fields("", 0);
        return (walk._at, walk._numbers, walk._types);
    }

    private void Fields(string path, int depth)
    {
        Check(depth < DeepestNesting);
        long field = 0;
        for (byte head = Next(); head != 0; head = Next())
        {
            field = head >> 4 is > 0 and var step ? field + step : Signed();
            if (depth == 0)
            {
                _types[field] = head & 0xF;
            }

            Value(head & 0xF, $"{path}{field}", depth, isInList: false);
        }
    }

    private void Value(int type, string path, int depth, bool isInList)
    {
        switch (type)
        {
            case True or False when isInList:
                Skip(1);
                break;
            case True or False:
                _numbers[path] = type == True ? 1 : 0;
                break;
            case Byte:
                Skip(1);
                break;
            case >= Int16 and <= Int64:
                _numbers[path] = Signed();
                break;
            case Double:
                Skip(sizeof(double));
                break;
            case Binary:
                Skip(Size());
                break;
            case List or Set:
                Elements(depth);
                break;
            case Map when Size() is > 0 and var count:
                byte types = Next();
                for (int i = 0; i < count; i++)
                {
                    Value(types >> 4, "", depth + 1, isInList: true);
                    Value(types & 0xF, "", depth + 1, isInList: true);
                }

                break;
            case Map:
                break;
            case Struct:
                Fields(path + ".", depth + 1);
                break;
            default:
                throw Damaged();
        }
    }

    private void Elements(int depth)
    {
        Check(depth < DeepestNesting);
        byte head = Next();
        int count = head >> 4 is 15 ? Size() : head >> 4;
        for (int i = 0; i < count; i++)
        {
            // Of elements the numbers are not kept.
            Value(head & 0xF, "-", depth + 1, isInList: true);
        }
    }

    // What has so many bytes or elements, of which each has a byte at least.
    private int Size()
    {
        ulong size = Varint();
        Check(size <= (ulong)(_bytes.Length - _at));
        return (int)size;
    }

    private long Signed()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int i = 0; i < LongestVarint; i++)
        {
            byte next = Next();
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }

    private byte Next()
    {
        Check(_at < _bytes.Length);
        return _bytes[_at++];
    }

    private void Skip(int count)
    {
        Check(count <= _bytes.Length - _at);
        _at += count;
    }

    private static void Check(bool condition)
    {
        if (!condition)
        {
            throw Damaged();
        }
    }

    private static InvalidDataException Damaged() => new("a size in its description is beyond its end");
}
