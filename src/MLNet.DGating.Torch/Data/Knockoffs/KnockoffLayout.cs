using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Data.Knockoffs;

/// <summary>Places a knockoff behind every group that may leave; groups that always stay have none.</summary>
internal sealed class KnockoffLayout
{
    private readonly int[] _places;

    public KnockoffLayout(GroupLayout groups)
    {
        _places = new int[groups.Count];
        var standing = new List<int>();
        for (int group = 0; group < groups.Count; group++)
        {
            _places[group] = standing.Count;
            standing.AddRange(Enumerable.Repeat(group, groups.IsKept(group) ? 1 : 2));
        }

        Groups = groups.Select([.. standing]);
    }

    /// <summary>The groups and their knockoffs. A knockoff has the weight and the cost of its group.</summary>
    public GroupLayout Groups { get; }

    /// <summary>The place of each input among those of <see cref="Groups"/>.</summary>
    public int[] PlacesOfInputs => Groups.InputsOf(_places);

    /// <summary>Gives the place of a group among <see cref="Groups"/>.</summary>
    public int PlaceOf(int group) => _places[group];

    /// <summary>Gives the place of the knockoff of a group that may leave.</summary>
    public int PlaceOfKnockoff(int group) => _places[group] + 1;
}
