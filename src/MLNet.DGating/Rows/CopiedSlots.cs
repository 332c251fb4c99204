using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating;

/// <summary>Leaves one of each family of slots that are the same numbers on another scale.</summary>
/// <remarks>
/// A network reads standardized slots, so a copy cannot add anything, but a path divides the weight of a family among its members, and
/// which of them it keeps, or how many, is chance.
/// </remarks>
internal static class CopiedSlots
{
    /// <summary>Gives the slots to leave out, each with the one that stays in its place.</summary>
    /// <remarks>
    /// The one that stays is always kept, or the cheapest, or has the least weight in the penalty, or else the largest deviation: numbers
    /// rounded to some decimals lose least there. Of equal ones it is the first. Those that are always kept all stay.
    /// </remarks>
    /// <param name="families">The families, as numbers of slots.</param>
    /// <param name="terms">Gives the terms of a slot's feature.</param>
    /// <param name="deviation">Gives the deviation of a slot.</param>
    public static Dictionary<int, int> Of(IEnumerable<int[]> families, Func<int, GroupTerms> terms, Func<int, double> deviation)
    {
        var copies = new Dictionary<int, int>();
        foreach (int[] family in families)
        {
            int kept = family.OrderByDescending(slot => terms(slot).IsKept).ThenBy(slot => terms(slot).Cost)
                .ThenBy(slot => terms(slot).Weight).ThenByDescending(deviation).First();
            foreach (int slot in family.Where(slot => slot != kept && !terms(slot).IsKept))
            {
                copies.Add(slot, kept);
            }
        }

        return copies;
    }

    /// <summary>Describes copies: "'cm': also 'inch', 'inch_copy'".</summary>
    /// <param name="copies">The slots that were left out, each with the one that stays.</param>
    /// <param name="slots">The feature column.</param>
    public static string Describe(IReadOnlyDictionary<int, int> copies, FeatureSlots slots)
    {
        string[] names = SlotNaming.NameAll(slots.Metadata.Names, slots.Count);
        string families = string.Join("; ", copies.GroupBy(copy => copy.Value, copy => copy.Key).OrderBy(family => family.Key)
            .Select(family => $"'{names[family.Key]}': also {FeatureNames.List(family.Order().Select(slot => names[slot]))}"));
        return $"{copies.Count} of {slots.Count} feature slots are copies of others, on whatever scale, and are left out. {families}.";
    }
}
