using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Writes and reads what a transformer holds of each of its columns.</summary>
/// <remarks>ML.NET keeps the names of the columns outside of what is checked, so they are written once more.</remarks>
internal static class ColumnBody
{
    // *** Binary format *** within ModelBody
    // of each column:
    //     string, string: the names of output and input
    //     what the transformer adds
    public static void Write(ModelSaveContext ctx, (string Output, string Input)[] columns, Action<BinaryWriter, int> writeColumn) =>
        ModelBody.Write(ctx.Writer, writer =>
        {
            for (int i = 0; i < columns.Length; i++)
            {
                writer.Write(columns[i].Output);
                writer.Write(columns[i].Input);
                writeColumn(writer, i);
            }
        });

    /// <summary>Reads all columns.</summary>
    /// <param name="reader">The content.</param>
    /// <param name="columns">The names that ML.NET read.</param>
    /// <param name="hasNames">Whether the content has the names, too: always, but in formats without a checksum.</param>
    /// <param name="readColumn">Reads what the transformer added.</param>
    /// <exception cref="FormatException">The content is damaged.</exception>
    public static T[] Read<T>(
        CheckedReader reader, (string Output, string Input)[] columns, bool hasNames, Func<CheckedReader, T> readColumn)
    {
        T[] read = Array.ConvertAll(columns, column =>
        {
            if (hasNames)
            {
                (string, string) names = (reader.ReadString("a column's name"), reader.ReadString("a column's name"));
                reader.Check(names == column, $"The model is damaged: the columns {names} are listed as {column}.");
            }

            return readColumn(reader);
        });
        reader.CheckEnd();
        return read;
    }
}
