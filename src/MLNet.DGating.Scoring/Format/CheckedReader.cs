using System.Runtime.InteropServices;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Reads the numbers of a saved model, each of which it checks.</summary>
/// <remarks>
/// A damaged file gives a <see cref="FormatException"/> that names the number, the rule and the value. No memory is asked for that the
/// file could not fill.
/// </remarks>
/// <param name="context">What the errors are thrown for.</param>
/// <param name="reader">The bytes.</param>
/// <param name="end">The position in the stream at which the content ends.</param>
internal sealed class CheckedReader(IExceptionContext context, BinaryReader reader, long end)
{
    public void Check(bool condition, string message) => context.CheckDecode(condition, message);

    /// <summary>Checks that everything was read: bytes that nobody asked for are a sign of damage.</summary>
    public void CheckEnd() =>
        Check(reader.BaseStream.Position == end, $"The model is damaged: {end - reader.BaseStream.Position} bytes follow its end.");

    /// <summary>Calls a constructor that validates; an <see cref="ArgumentException"/> becomes a <see cref="FormatException"/>.</summary>
    public T Build<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (ArgumentException e)
        {
            throw context.ExceptDecode(e, $"The model is damaged. {e.Message}");
        }
    }

    public int ReadInt(int minimum, int maximum, string what)
    {
        Require(sizeof(int), what);
        int value = reader.ReadInt32();
        Check(value >= minimum && value <= maximum, $"The model is damaged: {what} is {value}, not in [{minimum}, {maximum}].");
        return value;
    }

    public long ReadLong(string what)
    {
        Require(sizeof(long), what);
        return reader.ReadInt64();
    }

    public bool ReadFlag(string what) => ReadByte(1, what) == 1;

    public byte ReadByte(byte maximum, string what)
    {
        Require(sizeof(byte), what);
        byte value = reader.ReadByte();
        Check(value <= maximum, $"The model is damaged: {what} is {value}, not in [0, {maximum}].");
        return value;
    }

    /// <summary>Reads a float other than NaN.</summary>
    public float ReadFloat(string what)
    {
        Require(sizeof(float), what);
        float value = reader.ReadSingle();
        Check(!float.IsNaN(value), $"The model is damaged: {what} is NaN.");
        return value;
    }

    public double ReadDouble(string what)
    {
        Require(sizeof(double), what);
        return reader.ReadDouble();
    }

    public string ReadString(string what)
    {
        try
        {
            return reader.ReadString();
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            throw context.ExceptDecode(e, $"The model is damaged: {what} cannot be read.");
        }
    }

    /// <summary>Reads integers in [<paramref name="minimum"/>, <paramref name="maximum"/>].</summary>
    public int[] ReadInts(int count, int minimum, int maximum, string what)
    {
        int[] values = ReadArray<int>(count, what);
        bool inRange = Array.TrueForAll(values, value => value >= minimum && value <= maximum);
        Check(inRange, $"The model is damaged: {what} not in [{minimum}, {maximum}].");
        return values;
    }

    /// <summary>Reads finite floats.</summary>
    public float[] ReadFloats(long count, string what)
    {
        float[] values = ReadArray<float>(count, what);
        Check(Numbers.AllFinite(values), $"The model is damaged: {what} hold NaN or infinity.");
        return values;
    }

    /// <summary>Reads floats that may be infinite, but not NaN.</summary>
    public float[] ReadBounds(long count, string what)
    {
        float[] values = ReadArray<float>(count, what);
        Check(!Array.Exists(values, float.IsNaN), $"The model is damaged: {what} hold NaN.");
        return values;
    }

    public double[] ReadDoubles(int count, string what) => ReadArray<double>(count, what);

    public byte[] ReadBytes(long count, string what) => ReadArray<byte>(count, what);

    private unsafe T[] ReadArray<T>(long count, string what)
        where T : unmanaged
    {
        Check(count >= 0, $"The model is damaged: {what} would be {count} values.");
        // A count that the file holds is far from overflow.
        Require(count <= long.MaxValue / sizeof(T) ? count * sizeof(T) : long.MaxValue, what);
        var values = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private void Require(long bytes, string what) =>
        Check(bytes <= end - reader.BaseStream.Position, $"The model is damaged: the file ends within {what}.");
}
