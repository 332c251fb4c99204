namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Tracks which groups have not left the model.</summary>
/// <remarks>
/// A group that has left stays in the network's layout, at zero, until the next compaction. A position is the place of a group in the
/// present layout, its number the place in the training set.
/// </remarks>
internal sealed class ActiveSet
{
    private int[] _numbers;
    private bool[] _active;

    /// <param name="count">The number of groups, all of which are active at first.</param>
    public ActiveSet(int count)
    {
        _numbers = [.. Enumerable.Range(0, count)];
        _active = new bool[count];
        Array.Fill(_active, true);
        Count = count;
    }

    /// <summary>The number of active groups.</summary>
    public int Count { get; private set; }

    /// <summary>The share of the groups in the present layout that have left.</summary>
    public double LeftShare => 1 - (double)Count / Math.Max(1, _numbers.Length);

    public bool IsActive(int position) => _active[position];

    /// <summary>Gives the number in the training set of the group at a position.</summary>
    public int Number(int position) => _numbers[position];

    /// <summary>Gives the positions of the active groups, ascending.</summary>
    public int[] Positions() => [.. Enumerable.Range(0, _numbers.Length).Where(IsActive)];

    /// <summary>Marks the group at a position as having left.</summary>
    public void Remove(int position)
    {
        _active[position] = false;
        Count--;
    }

    /// <summary>Renumbers the positions for a layout of the active groups alone.</summary>
    public void Compact()
    {
        _numbers = Array.ConvertAll(Positions(), Number);
        _active = new bool[_numbers.Length];
        Array.Fill(_active, true);
    }
}
