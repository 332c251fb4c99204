namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Which groups are still in.</summary>
/// <remarks>
/// Groups that left stay in the network's layout, at zero, until the next compaction; positions are places in the present layout, numbers
/// are those of the training set.
/// </remarks>
internal sealed class ActiveSet
{
    private int[] _numbers;
    private bool[] _alive;

    public ActiveSet(int count)
    {
        _numbers = [.. Enumerable.Range(0, count)];
        _alive = new bool[count];
        Array.Fill(_alive, true);
        Count = count;
    }

    /// <summary>Groups still in.</summary>
    public int Count { get; private set; }

    /// <summary>Share of the present layout that has left.</summary>
    public double GoneShare => 1 - (double)Count / Math.Max(1, _numbers.Length);

    public bool IsAlive(int position) => _alive[position];

    public int Number(int position) => _numbers[position];

    /// <summary>The positions still in, ascending.</summary>
    public int[] Positions() => [.. Enumerable.Range(0, _numbers.Length).Where(IsAlive)];

    public void Remove(int position)
    {
        _alive[position] = false;
        Count--;
    }

    /// <summary>The layout becomes that of the groups still in.</summary>
    public void Compact()
    {
        _numbers = Array.ConvertAll(Positions(), Number);
        _alive = new bool[_numbers.Length];
        Array.Fill(_alive, true);
    }
}
