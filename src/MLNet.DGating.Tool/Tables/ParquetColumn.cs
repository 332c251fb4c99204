using System.Globalization;
using MLNet.DGating.Tool.Errors;
using Parquet;
using Parquet.Schema;

namespace MLNet.DGating.Tool.Tables;

/// <summary>One column of a row group. Its values have the type that they have in the file.</summary>
/// <remarks>A cell becomes text when it is asked for.</remarks>
internal abstract class ParquetColumn
{
    public abstract ReadOnlySpan<char> Cell(int row);

    public static ParquetColumn Read(ParquetRowGroupReader group, DataField field, int rows) => Type.GetTypeCode(field.ClrType) switch
    {
        TypeCode.Boolean => Values<bool>(group, field, rows, (value, _) => value ? "true" : "false"),
        TypeCode.SByte => Numbers<sbyte>(group, field, rows),
        TypeCode.Byte => Numbers<byte>(group, field, rows),
        TypeCode.Int16 => Numbers<short>(group, field, rows),
        TypeCode.UInt16 => Numbers<ushort>(group, field, rows),
        TypeCode.Int32 => Numbers<int>(group, field, rows),
        TypeCode.UInt32 => Numbers<uint>(group, field, rows),
        TypeCode.Int64 => Numbers<long>(group, field, rows),
        TypeCode.UInt64 => Numbers<ulong>(group, field, rows),
        TypeCode.Single => Numbers<float>(group, field, rows),
        TypeCode.Double => Numbers<double>(group, field, rows),
        TypeCode.Decimal => Numbers<decimal>(group, field, rows),
        TypeCode.DateTime => Values<DateTime>(group, field, rows, (value, buffer) =>
            Formatted(value, buffer, value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF")),
        _ when field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(string) => Words(group, field, rows),
        _ when field.ClrType == typeof(DateOnly) => Values<DateOnly>(group, field, rows, (value, buffer) =>
            Formatted(value, buffer, "yyyy-MM-dd")),
        _ => throw ToolException.Input($"Column '{field.Path}' holds {Name(field.ClrType)}, which is not read: "
            + "write it as number, text, boolean or date, or leave it out."),
    };

    private static string Name(Type type) => type == typeof(ReadOnlyMemory<byte>) || type == typeof(byte[]) ? "bytes" : type.Name;

    private delegate ReadOnlySpan<char> Format<T>(T value, char[] buffer);

    private static ValueColumn<T> Numbers<T>(ParquetRowGroupReader group, DataField field, int rows)
        where T : struct, ISpanFormattable =>
        Values<T>(group, field, rows, (value, buffer) => Formatted(value, buffer, ""));

    private static ValueColumn<T> Values<T>(ParquetRowGroupReader group, DataField field, int rows, Format<T> format)
        where T : struct
    {
        var values = new T?[rows];
        group.ReadAsync(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
        return new ValueColumn<T>(values, format);
    }

    private static TextColumn Words(ParquetRowGroupReader group, DataField field, int rows)
    {
        string?[] values = new string?[rows];
        group.ReadAsync(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
        return new TextColumn(values);
    }

    private static ReadOnlySpan<char> Formatted<T>(T value, char[] buffer, string format)
        where T : ISpanFormattable
    {
        value.TryFormat(buffer, out int length, format, CultureInfo.InvariantCulture);
        return buffer.AsSpan(0, length);
    }

    private sealed class ValueColumn<T>(T?[] values, Format<T> format) : ParquetColumn
        where T : struct
    {
        private readonly char[] _buffer = new char[64];

        public override ReadOnlySpan<char> Cell(int row) => values[row] is { } value ? format(value, _buffer) : [];
    }

    private sealed class TextColumn(string?[] values) : ParquetColumn
    {
        public override ReadOnlySpan<char> Cell(int row) => values[row];
    }
}
