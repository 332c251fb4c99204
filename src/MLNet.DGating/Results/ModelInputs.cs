namespace MLNet.DGating;

/// <summary>Orders the inputs that were selected as a model has them: a value for each slot, and behind them the indicators.</summary>
/// <param name="Slots">The slots, ascending.</param>
/// <param name="Indicated">The places among the slots of those with an indicator, ascending.</param>
/// <param name="Places">The place of each of the model's inputs among those that were selected.</param>
internal sealed record ModelInputs(int[] Slots, int[] Indicated, int[] Places)
{
    // Places of inputs that only stand for the value of a slot which is either missing or always the same.
    private readonly HashSet<int> _unused = [];

    /// <summary>Tells whether an input of the model has no weights.</summary>
    /// <remarks>Its slot has a single value on the training rows, where it is not missing.</remarks>
    public bool IsUnused(int input) => _unused.Contains(input);

    /// <summary>Orders inputs.</summary>
    /// <param name="selected">The inputs that were selected, group by group.</param>
    public static ModelInputs Of(SlotInputs selected)
    {
        var placeOf = selected.Slots.Zip(selected.IsIndicator).Index().ToDictionary(input => input.Item, input => input.Index);
        int[] slots = [.. selected.Slots.Distinct().Order()];
        int[] values = Array.ConvertAll(slots, slot => placeOf.GetValueOrDefault((slot, false), -1));
        int[] indicators = Array.ConvertAll(slots, slot => placeOf.GetValueOrDefault((slot, true), -1));
        int[] indicated = [.. Enumerable.Range(0, slots.Length).Where(i => indicators[i] >= 0)];
        int[] places =
        [
            .. values.Select((place, i) => place >= 0 ? place : indicators[i]),
            .. indicated.Select(i => indicators[i]),
        ];
        var inputs = new ModelInputs(slots, indicated, places);
        inputs._unused.UnionWith(Enumerable.Range(0, slots.Length).Where(i => values[i] < 0));
        return inputs;
    }
}
