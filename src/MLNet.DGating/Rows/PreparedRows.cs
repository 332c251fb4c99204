using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating;

/// <summary>Holds rows prepared for the engine, without constant slots and with targets for labels.</summary>
internal sealed record PreparedRows
{
    /// <summary>The feature column.</summary>
    public required FeatureSlots Slots { get; init; }

    /// <summary>All rows, training rows first.</summary>
    public required TrainingSet Data { get; init; }

    /// <summary>The numbers of the training rows.</summary>
    public required int[] TrainingRows { get; init; }

    /// <summary>The numbers of the validation rows; empty where there are none.</summary>
    public required int[] ValidationRows { get; init; }

    /// <summary>The inputs of the training set.</summary>
    public required SlotInputs Inputs { get; init; }

    /// <summary>Whether a missing value is a value like any other, whose columns are 0.</summary>
    public bool EncodesMissing { get; init; }

    /// <summary>The number of each group of the training set among all groups.</summary>
    /// <remarks>Groups that are constant as a whole, or exceed the budget, are not in the training set.</remarks>
    public required int[] GroupNumbers { get; init; }

    /// <summary>The slots with a single value on all training rows, ascending.</summary>
    public required int[] ConstantSlots { get; init; }

    /// <summary>The slots that are copies of others, each with the one that is trained on in its place.</summary>
    public IReadOnlyDictionary<int, int> CopiedSlots { get; init; } = new Dictionary<int, int>();

    /// <summary>The slots whose values single precision may have rounded together, by their numbers.</summary>
    public IReadOnlyList<RoundedColumn> RoundedSlots { get; init; } = [];

    /// <summary>The label of each row; empty for a reconstruction.</summary>
    public float[] Labels { get; init; } = [];

    /// <summary>Gives the stream of all training rows with targets by a transform; null where all rows are in memory.</summary>
    public Func<TargetTransform, RowStream?> StreamTo { get; init; } = _ => null;

    /// <summary>The task to learn, with targets fitted to the labels.</summary>
    public LearningTask Task => Data.Task;

    /// <summary>Tells whether all slots of a group are constant.</summary>
    public bool IsConstant(int group) => Array.TrueForAll(Slots.Groups[group], slot => Array.BinarySearch(ConstantSlots, slot) >= 0);

    /// <summary>Tells whether a group is a copy of another one.</summary>
    public bool IsCopy(int group) => Slots.Groups[group] is [var slot] && CopiedSlots.ContainsKey(slot);

    /// <summary>Gives the same rows with the targets of a task that was fitted to their labels.</summary>
    public PreparedRows WithTask(LearningTask task) => this with
    {
        Data = Data with { Targets = Array.ConvertAll(Labels, task.Targets.Apply), Task = task, Stream = StreamTo(task.Targets) },
    };

    /// <summary>Expands values of the training set's groups to all groups.</summary>
    /// <param name="values">The value of each group of the training set.</param>
    /// <param name="missing">The value of groups that are not in the training set.</param>
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
