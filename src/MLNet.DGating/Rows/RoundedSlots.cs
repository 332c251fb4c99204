using System.Globalization;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating;

/// <summary>Tells the user what single precision has left of slots, and how to keep more.</summary>
internal static class RoundedSlots
{
    /// <summary>Describes slots whose values single precision may have rounded together.</summary>
    /// <param name="rounded">The slots, by their numbers; the one with the fewest values is the example.</param>
    /// <param name="slots">The feature column.</param>
    public static string Describe(IReadOnlyList<RoundedColumn> rounded, FeatureSlots slots)
    {
        string[] names = SlotNaming.NameAll(slots.Metadata.Names, slots.Count);
        RoundedColumn example = rounded.MinBy(slot => slot.Values)!;
        string values = example.Values == 1 ? "1 value is" : $"{example.Values} different values are";
        return string.Create(CultureInfo.InvariantCulture,
            $"Numbers of {FeatureNames.List(rounded.Select(slot => names[slot.Column]))} may have been rounded together: near " +
            $"{example.Largest:g3} Single has steps of {example.Spacing:g3}, and {values} left of '{names[example.Column]}' on the " +
            $"training rows. If the source has more, load it as Double and standardize it with " +
            $"mlContext.Transforms.StandardizeDoubles before it becomes Single.");
    }
}
