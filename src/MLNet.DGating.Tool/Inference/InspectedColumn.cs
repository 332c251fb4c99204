using MLNet.DGating.Tool.Columns;

namespace MLNet.DGating.Tool.Inference;

/// <summary>How a column is understood.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">The kind of its cells.</param>
/// <param name="Encoding">The way in which it becomes features; null where it is left out, or is the label.</param>
/// <param name="Missing">The number of missing cells.</param>
/// <param name="Values">The number of different values, as far as they are counted.</param>
/// <param name="Example">A value.</param>
/// <param name="Notes">What is unusual, why, and the option that overrules it.</param>
internal sealed record InspectedColumn(
    string Name, ColumnKind Kind, ColumnEncoding? Encoding, long Missing, string Values, string Example, IReadOnlyList<string> Notes)
{
    public static InspectedColumn Of(ColumnProfile column, string? label, ColumnHints hints)
    {
        bool isLeftOut = column.Name == label || hints.Ignored.Contains(column.Name);
        ColumnEncoding? encoding = isLeftOut ? null : ColumnChoice.EncodingOf(column, hints);
        List<string> notes = [.. ColumnNotes.Of(column, encoding)];
        if (column.Name == label)
        {
            notes.Insert(0, "is the label");
        }
        else if (encoding is null)
        {
            notes.Insert(0, "is left out: " + ColumnChoice.ReasonOf(column, hints));
        }

        return new(
            column.Name, column.Kind, encoding, column.Reading.Missing,
            column.HasManyWords ? $"over {column.Words.Count}" : $"{column.Words.Count}",
            column.Words.Keys.FirstOrDefault() ?? "", notes);
    }
}
