using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Groups slots by the columns that were concatenated, which it finds in the data by name and size.</summary>
internal sealed class SourceGroups : FeatureGroups
{
    private readonly string[] _columns;

    public SourceGroups(string[] columns)
    {
        if (columns.Length == 0)
        {
            throw new ArgumentException("There is no column. Name all columns that were concatenated.", nameof(columns));
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (string column in columns)
        {
            if (string.IsNullOrEmpty(column))
            {
                throw new ArgumentException("A column has an empty name.", nameof(columns));
            }

            if (column.Contains('.', StringComparison.Ordinal))
            {
                // The dot ends the column in the name of a slot.
                throw new ArgumentException($"Column '{column}' has a dot in its name. Copy it to a column without one.", nameof(columns));
            }

            if (!known.Add(column))
            {
                throw new ArgumentException($"Column '{column}' is named twice.", nameof(columns));
            }
        }

        _columns = columns;
    }

    /// <summary>Names every slot "Column.Slot", so that each group has the name of its column.</summary>
    internal override SlotMetadata Describe(SlotMetadata slots, int slotCount, DataViewSchema schema)
    {
        var ranges = new List<int>();
        var names = new List<string>();
        foreach (string column in _columns)
        {
            string[] ofColumn = SlotsOf(column, schema);
            ranges.AddRange([names.Count, names.Count + ofColumn.Length - 1]);
            names.AddRange(ofColumn);
        }

        if (names.Count != slotCount)
        {
            IEnumerable<string> sizes = _columns.Zip(ranges.Chunk(2), (column, range) => $"'{column}' {range[1] - range[0] + 1}");
            throw new ArgumentException(
                $"Groups: the columns {string.Join(", ", sizes)} have {names.Count} slots together, " +
                $"but the feature column has {slotCount}. Name all columns that were concatenated, and no others.");
        }

        for (int slot = 0; slot < slotCount; slot++)
        {
            if (slots.Names?[slot] is { Length: > 0 } given && given != names[slot])
            {
                throw new ArgumentException(
                    $"Groups: slot {slot} of the feature column is '{given}', but would be '{names[slot]}' by the columns named. " +
                    "Name them in the order in which they were concatenated.");
            }
        }

        return new SlotMetadata([.. names], slots.CategoricalRanges);
    }

    internal override int[][] Resolve(SlotMetadata slots, int slotCount) => SourceColumns.Find(slots.Names!, []);

    // As Concatenate names them; where it gives no name, by their numbers.
    private static string[] SlotsOf(string name, DataViewSchema schema)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
        {
            throw new ArgumentException($"Groups names column '{name}', but there is no such column.");
        }

        if (column.Type is not VectorDataViewType vector)
        {
            return [name];
        }

        if (!vector.IsKnownSize)
        {
            throw new ArgumentException($"Groups names column '{name}', but its vectors have no fixed size: {column.Type}.");
        }

        string[] slots = SlotMetadata.Read(column, schema).Names ?? new string[vector.Size];
        return [.. slots.Select((slot, i) => $"{name}.{(string.IsNullOrEmpty(slot) ? $"{i}" : slot)}")];
    }
}
