using System.Runtime.CompilerServices;

namespace MLNet.DGating.Modules.Gates;

/// <summary>Remembers which parameters have a gate, so that none gets a second one, and none is removed while it is trained.</summary>
internal static class GatedMarks
{
    private static readonly ConditionalWeakTable<Module, HashSet<string>> s_marks = [];

    /// <summary>Marks a parameter.</summary>
    /// <returns>False if it was marked before.</returns>
    public static bool Add(Module owner, string local)
    {
        HashSet<string> names = s_marks.GetOrCreateValue(owner);
        lock (names)
        {
            return names.Add(local);
        }
    }

    /// <summary>Takes the mark off again.</summary>
    public static void Remove(Module owner, string local)
    {
        if (s_marks.TryGetValue(owner, out HashSet<string>? names))
        {
            lock (names)
            {
                names.Remove(local);
            }
        }
    }

    /// <summary>Tells whether a module has gated parameters of its own.</summary>
    public static bool Any(Module owner) => s_marks.TryGetValue(owner, out HashSet<string>? names) && names.Count > 0;
}
