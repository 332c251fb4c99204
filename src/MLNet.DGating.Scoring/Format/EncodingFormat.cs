using MLNet.DGating.Model;
using Microsoft.ML.Internal.Utilities;

namespace MLNet.DGating;

/// <summary>Writes and reads the encoding of the selected slots.</summary>
internal static class EncodingFormat
{
    private const byte Standardization = 0, Columns = 1, Piecewise = 2;

    // Far beyond the intervals of any number; a larger one can only come from a damaged file.
    private const int MaximumColumns = 1 << 16;

    // *** Binary format *** of k slots
    // byte: 0 for a standardization, 1 for several columns a slot, 2 where those are a linear column and adjacent ramps;
    //     since version 4, 0 before
    // for a standardization:
    //     float[k]: the means
    //     float[k]: one over the standard deviations
    //     float: clip bound of standardized inputs, may be infinite
    // else:
    //     int[k]: the number of columns of each slot
    //     float[columns]: offsets, scales, lows, highs, one array after the other
    //     byte: 1 if there are centers, else 0
    //     float[columns]: the centers; only if there are any
    public static void Write(BinaryWriter writer, InputEncoding encoding)
    {
        // A piecewise encoding without ramps is a standardization too, but is computed in another order.
        if (encoding is { IsStandardization: true, IsPiecewise: false, Centers.Length: 0 })
        {
            writer.Write(Standardization);
            writer.WriteSinglesNoCount(encoding.Offsets);
            writer.WriteSinglesNoCount(encoding.Scales);
            writer.Write(encoding.UniformBound);
            return;
        }

        writer.Write(encoding.IsPiecewise ? Piecewise : Columns);
        writer.WriteIntsNoCount([.. Enumerable.Range(0, encoding.Inputs).Select(encoding.ColumnCount)]);
        foreach (float[] ofColumns in (float[][])[encoding.Offsets, encoding.Scales, encoding.Lows, encoding.Highs])
        {
            writer.WriteSinglesNoCount(ofColumns);
        }

        writer.WriteBoolByte(encoding.Centers.Length > 0);
        writer.WriteSinglesNoCount(encoding.Centers);
    }

    public static InputEncoding Read(CheckedReader reader, int slots, uint version)
    {
        byte kind = version >= FormatVersion.WithEncodings ? reader.ReadByte(Piecewise, "the kind of the encoding") : Standardization;
        if (kind == Standardization)
        {
            float[] means = reader.ReadFloats(slots, "the means");
            float[] inverseDeviations = reader.ReadFloats(slots, "the deviations");
            return InputEncoding.Standardization(means, inverseDeviations, reader.ReadFloat("the clip bound"));
        }

        int[] counts = reader.ReadInts(slots, 1, MaximumColumns, "the columns of the slots");
        long columns = counts.Sum(count => (long)count);
        reader.Check(columns <= Array.MaxLength, $"The model is damaged: the slots have {columns} columns.");
        int[] starts = new int[slots + 1];
        for (int i = 0; i < slots; i++)
        {
            starts[i + 1] = starts[i] + counts[i];
        }

        float[] offsets = reader.ReadFloats(columns, "the offsets of columns");
        float[] scales = reader.ReadFloats(columns, "the scales of columns");
        float[] lows = reader.ReadBounds(columns, "the lows of columns"), highs = reader.ReadBounds(columns, "the highs of columns");
        float[] centers = reader.ReadFlag("the centers' presence") ? reader.ReadFloats(columns, "the centers of columns") : [];
        return new InputEncoding(starts, offsets, scales, lows, highs)
        {
            Centers = centers,
            IsPiecewise = kind == Piecewise,
        };
    }
}
