using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Groups the slots of the feature column into features, whose slots are selected or dropped together.</summary>
public abstract class FeatureGroups
{
    private protected FeatureGroups()
    {
    }

    /// <summary>Groups in which every slot is a feature of its own.</summary>
    public static FeatureGroups PerSlot { get; } = new Singles();

    /// <summary>Groups in which the slots of one category are a feature, and every other slot is a feature of its own.</summary>
    /// <remarks>Categories are read from the annotation CategoricalSlotRanges, which one-hot encoding writes.</remarks>
    public static FeatureGroups BySourceColumn { get; } = new Categories();

    /// <summary>Groups in which all slots that came from one concatenated column are a feature.</summary>
    /// <remarks>
    /// Columns are read from the slots' names, as Concatenate writes them: "Words.…", a one-hot block, or "Miles" of a column with one
    /// slot. A vector column whose slots have no names leaves none there; a trainer then refuses it, and <see cref="OfSources"/> is for it.
    /// </remarks>
    /// <example>
    /// <code>
    /// var pipeline = mlContext.Transforms.Text.FeaturizeText("Words", "Note")
    ///     .Append(mlContext.Transforms.Concatenate("Features", "Words", "Age"))
    ///     .Append(mlContext.BinaryClassification.Trainers.DGating(new DGatingBinaryTrainer.Options { Groups = FeatureGroups.ByColumn }));
    /// </code>
    /// </example>
    public static FeatureGroups ByColumn { get; } = new NamedColumns();

    /// <summary>Creates groups of the columns that were concatenated, one for each, whether or not their slots have names.</summary>
    /// <remarks>
    /// Each source is a feature with the column's name, and stays or goes as a whole. The columns must still be in the data; their sizes,
    /// and the names of slots where there are any, are compared with the feature column.
    /// </remarks>
    /// <example>
    /// <code>
    /// var options = new DGatingRegressionTrainer.Options { Groups = FeatureGroups.OfSources("Spectrum", "Words", "Sensors") };
    /// var pipeline = mlContext.Transforms.Concatenate("Features", "Spectrum", "Words", "Sensors")
    ///     .Append(mlContext.Regression.Trainers.DGating(options));
    /// </code>
    /// </example>
    /// <param name="columns">The names of all columns that were concatenated, in the same order, at least one, none twice.</param>
    /// <exception cref="ArgumentException">
    /// There is no name, or one is empty, has a dot, or is given twice. Whether the columns fit the feature column is checked when a
    /// trainer reads it.
    /// </exception>
    public static FeatureGroups OfSources(params IEnumerable<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new SourceGroups([.. columns]);
    }

    /// <summary>Creates groups of given slots. Every slot in none of them is a feature of its own.</summary>
    /// <example>
    /// <code>
    /// var options = new DGatingBinaryTrainer.Options { Groups = FeatureGroups.OfSlots([0, 1, 2], [3, 4]) };
    /// </code>
    /// </example>
    /// <param name="groups">The slot indices of each group, not empty, no slot in two groups.</param>
    /// <exception cref="ArgumentException">A group is null or empty, a slot is negative, or a slot is in two groups.</exception>
    public static FeatureGroups OfSlots(params IEnumerable<IReadOnlyList<int>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return new SlotGroups([.. groups.Select((slots, i) =>
            slots?.Order().ToArray() ?? throw new ArgumentException($"Group {i} is null.", nameof(groups)))]);
    }

    /// <summary>Creates groups of named columns or slots. Other slots are grouped as by <see cref="BySourceColumn"/>.</summary>
    /// <remarks>
    /// A name stands for all slots of the column that was concatenated under it (the slots "Name.…", a one-hot block, or the slot "Name"),
    /// or for the one slot of exactly that name.
    /// </remarks>
    /// <example>
    /// <code>
    /// var options = new DGatingBinaryTrainer.Options { Groups = FeatureGroups.OfColumns(["Latitude", "Longitude"]) };
    /// </code>
    /// </example>
    /// <param name="groups">The names of each group, not empty, no slot in two groups.</param>
    /// <exception cref="ArgumentException">
    /// A group is null or empty, or holds a name that is empty or in two groups. Whether names are unknown or share a slot is checked when
    /// a trainer reads the column.
    /// </exception>
    public static FeatureGroups OfColumns(params IEnumerable<IReadOnlyList<string>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return new ColumnGroups([.. groups.Select((names, i) =>
            names?.ToArray() ?? throw new ArgumentException($"Group {i} is null.", nameof(groups)))]);
    }

    /// <summary>Gives the annotations of the feature column, with the names of slots that only these groups know.</summary>
    /// <exception cref="ArgumentException">The groups do not fit the column.</exception>
    internal virtual SlotMetadata Describe(SlotMetadata slots, int slotCount, DataViewSchema schema) => slots;

    /// <summary>Gives a partition of all slots, each part ascending, in the order of their first slots.</summary>
    /// <exception cref="ArgumentException">A group names a slot that the column does not have.</exception>
    internal abstract int[][] Resolve(SlotMetadata slots, int slotCount);

    /// <summary>Completes blocks of slots to a partition, in which every slot of no block is a group of its own.</summary>
    private protected static int[][] Complete(IEnumerable<int[]> blocks, int slotCount)
    {
        int[][] blockOf = new int[slotCount][];
        foreach (int[] block in blocks)
        {
            foreach (int slot in block)
            {
                blockOf[slot] = block;
            }
        }

        var groups = new List<int[]>();
        for (int slot = 0; slot < slotCount; slot++)
        {
            if (blockOf[slot] is null)
            {
                groups.Add([slot]);
            }
            else if (blockOf[slot][0] == slot)
            {
                groups.Add(blockOf[slot]);
            }
        }

        return [.. groups];
    }

    /// <summary>Gives the slots of each category.</summary>
    private protected static IEnumerable<int[]> CategoryBlocks(SlotMetadata slots) =>
        slots.CategoricalRanges.Chunk(2).Select(range => Enumerable.Range(range[0], range[1] - range[0] + 1).ToArray());

    private sealed class Singles : FeatureGroups
    {
        internal override int[][] Resolve(SlotMetadata slots, int slotCount) => Complete([], slotCount);
    }

    private sealed class Categories : FeatureGroups
    {
        internal override int[][] Resolve(SlotMetadata slots, int slotCount) => Complete(CategoryBlocks(slots), slotCount);
    }

    private sealed class NamedColumns : FeatureGroups
    {
        internal override int[][] Resolve(SlotMetadata slots, int slotCount)
        {
            int unnamed = slots.Names is { } names ? Array.FindIndex(names, string.IsNullOrEmpty) : 0;
            return unnamed < 0
                ? SourceColumns.Find(slots.Names!, slots.CategoricalRanges)
                : throw new ArgumentException(
                    $"Groups are by column, but slot {unnamed} has no name that tells its column. " +
                    $"Name the columns in the order in which they were concatenated: {nameof(FeatureGroups)}.{nameof(OfSources)}.");
        }
    }
}
