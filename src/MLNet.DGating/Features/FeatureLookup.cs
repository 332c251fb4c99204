using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Finds features by the name in the report, or else by the name of a column or slot in them.</summary>
internal sealed class FeatureLookup
{
    private readonly IExceptionContext _context;
    private readonly ILookup<string, int> _byName;
    private readonly ILookup<string, int> _bySlot;

    public FeatureLookup(IExceptionContext context, FeatureSlots slots)
    {
        _context = context;
        string[] slotNames = SlotNaming.NameAll(slots.Metadata.Names, slots.Count);
        Names = slots.GroupNames();
        _byName = Enumerable.Range(0, Names.Length).ToLookup(group => Names[group], StringComparer.Ordinal);

        int[] groupOf = new int[slots.Count];
        for (int group = 0; group < slots.Groups.Length; group++)
        {
            foreach (int slot in slots.Groups[group])
            {
                groupOf[slot] = group;
            }
        }

        _bySlot = FeatureNames.SlotsOfName(slotNames)
            .SelectMany(slotsOfName => slotsOfName.Select(slot => (Name: slotsOfName.Key, Group: groupOf[slot])))
            .Distinct()
            .ToLookup(pair => pair.Name, pair => pair.Group, StringComparer.Ordinal);
    }

    /// <summary>The names of the features, as in the report.</summary>
    public string[] Names { get; }

    /// <summary>Gives for each feature the index of the name that stands for it, or null.</summary>
    /// <param name="option">The name of the option that has the names, for errors.</param>
    /// <param name="names">The names to find.</param>
    /// <exception cref="ArgumentException">A name is unknown, or two names stand for one feature.</exception>
    public int?[] Find(string option, string[] names)
    {
        int?[] places = new int?[Names.Length];
        for (int place = 0; place < names.Length; place++)
        {
            string name = names[place];
            IEnumerable<int> found = _byName.Contains(name) ? _byName[name] : _bySlot[name];
            if (!found.Any())
            {
                throw _context.ExceptUserArg(
                    option,
                    $"{option} names '{name}', but there is no such feature, column or slot. The features are {FeatureNames.List(Names)}.");
            }

            foreach (int group in found)
            {
                if (places[group] is int first)
                {
                    throw _context.ExceptUserArg(
                        option, $"{option} names the feature '{Names[group]}' twice, as '{names[first]}' and as '{name}'.");
                }

                places[group] = place;
            }
        }

        return places;
    }
}
