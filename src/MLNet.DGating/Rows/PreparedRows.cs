using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating;

/// <summary>Rows ready for the engine: constant slots taken out, labels turned into targets.</summary>
internal sealed record PreparedRows
{
    /// <summary>The feature column.</summary>
    public required FeatureSlots Slots { get; init; }

    /// <summary>All rows, training rows first.</summary>
    public required TrainingSet Data { get; init; }

    public required int[] TrainingRows { get; init; }

    public required int[] ValidationRows { get; init; }

    /// <summary>The slot of each input of the training set.</summary>
    public required int[] SlotOfInput { get; init; }

    /// <summary>
    /// The number of each group of the training set among all groups; groups that are wholly constant, or too dear, are not in it.
    /// </summary>
    public required int[] GroupNumbers { get; init; }

    /// <summary>Slots with a single value on all training rows, ascending.</summary>
    public required int[] ConstantSlots { get; init; }

    /// <summary>What is learned, with the scale of the labels seen.</summary>
    public LearningTask Task => Data.Task;

    /// <summary>Whether all slots of a group are constant.</summary>
    public bool IsConstant(int group) => Array.TrueForAll(Slots.Groups[group], slot => Array.BinarySearch(ConstantSlots, slot) >= 0);

    /// <summary>
    /// </summary>
    public T[] OfAllGroups<T>(IReadOnlyList<T> values, T missing)
    {
        var all = new T[Slots.Groups.Length];
        Array.Fill(all, missing);
        for (int i = 0; i < values.Count; i++)
        {
            all[GroupNumbers[i]] = values[i];
        }

        return all;
    }
}
