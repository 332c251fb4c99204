using System.Runtime.InteropServices;

namespace MLNet.DGating;

/// <summary>Writes the constants of a file (TensorProto).</summary>
internal static class OnnxTensor
{
    private const int Dimensions = 1, DataType = 2, StringData = 6, Name = 8, RawData = 9;

    /// <summary>Returns a tensor of numbers, as their bytes.</summary>
    public static ProtobufMessage OfNumbers<T>(string name, OnnxType type, ReadOnlySpan<T> values, long[] shape)
        where T : unmanaged
    {
        // The format is little-endian, as is every machine that .NET runs on.
        return Start(name, type, shape).AddBytes(RawData, MemoryMarshal.AsBytes(values));
    }

    public static ProtobufMessage OfStrings(string name, IEnumerable<string> values, long[] shape) =>
        values.Aggregate(Start(name, OnnxType.String, shape), (tensor, value) => tensor.Add(StringData, value));

    private static ProtobufMessage Start(string name, OnnxType type, long[] shape) =>
        shape.Aggregate(new ProtobufMessage(), (tensor, length) => tensor.Add(Dimensions, length))
            .Add(DataType, (long)type).Add(Name, name);
}
