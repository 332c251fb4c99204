using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating;

/// <summary>Lists the inputs of a training set: values of slots, and indicators of their missing values (docs/theory.md §28).</summary>
/// <param name="Slots">The slot of each input. An indicator is behind the value of its slot.</param>
/// <param name="IsIndicator">Whether each input is an indicator.</param>
internal sealed record SlotInputs(int[] Slots, bool[] IsIndicator)
{
    public int Count => Slots.Length;

    /// <summary>For each input the slot whose value a row of inputs has there; −1 for an indicator beside the value itself.</summary>
    public int[] SlotsOfValues =>
        [.. Slots.Select((slot, i) => IsIndicator[i] && i > 0 && Slots[i - 1] == slot ? -1 : slot)];

    /// <summary>Gives the inputs of slots, with indicators of some of them.</summary>
    public static SlotInputs Of(int[] slots, Func<int, bool> isIndicated)
    {
        var inputs = new List<(int Slot, bool IsIndicator)>();
        foreach (int slot in slots)
        {
            inputs.Add((slot, false));
            if (isIndicated(slot))
            {
                inputs.Add((slot, true));
            }
        }

        return new SlotInputs([.. inputs.Select(input => input.Slot)], [.. inputs.Select(input => input.IsIndicator)]);
    }

    /// <summary>Gives some of the inputs, in their order.</summary>
    public SlotInputs Select(int[] inputs) =>
        new(Array.ConvertAll(inputs, input => Slots[input]), Array.ConvertAll(inputs, input => IsIndicator[input]));

    /// <summary>Shows these inputs of rows that have missing values or indicators.</summary>
    /// <param name="values">The values of the slots, one a column, in their order here.</param>
    public FeatureMatrix Show(FeatureMatrix values)
    {
        int column = -1;
        int[] columns = Array.ConvertAll(IsIndicator, isIndicator => isIndicator ? ~column : ++column);
        return values switch
        {
            SparseMatrix sparse => sparse.WithIndicators(columns),
            ShardedMatrix sharded => new ShardedMatrix(Show(sharded.Own), sharded.Shards),
            _ => new IndicatedMatrix((RowMatrix)values, columns),
        };
    }
}
