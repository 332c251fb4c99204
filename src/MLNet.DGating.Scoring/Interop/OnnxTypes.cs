using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Gives the types of ONNX for those of .NET and of ML.NET's columns.</summary>
internal static class OnnxTypes
{
    public static OnnxType Of(Type type) =>
        type == typeof(float) ? OnnxType.Float
        : type == typeof(double) ? OnnxType.Double
        : type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? OnnxType.String
        : type == typeof(bool) ? OnnxType.Bool
        : type == typeof(sbyte) ? OnnxType.Int8
        : type == typeof(short) ? OnnxType.Int16
        : type == typeof(int) ? OnnxType.Int32
        : type == typeof(long) || type == typeof(DateTime) ? OnnxType.Int64
        : type == typeof(byte) ? OnnxType.UInt8
        : type == typeof(ushort) ? OnnxType.UInt16
        : type == typeof(uint) ? OnnxType.UInt32
        : type == typeof(ulong) ? OnnxType.UInt64
        : throw new NotSupportedException($"Values of {type} have no form in ONNX.");

    /// <summary>Describes the variable of a column; a date is the number of its ticks.</summary>
    public static OnnxOutput Of(string name, DataViewType type) =>
        new(name, Of(type.GetItemType().RawType), type is VectorDataViewType vector ? vector.IsKnownSize ? vector.Size : null : 1);
}
