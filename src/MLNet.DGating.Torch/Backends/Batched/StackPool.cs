using MLNet.DGating.Torch.Devices;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Trains networks in stacks, and keeps the stacks of the last shapes with their recorded steps.</summary>
/// <remarks>
/// What an iteration needs goes to the device before it; losses and measures come back after it, in one transfer. In between the host only
/// launches operations, or recordings of them.
/// </remarks>
/// <param name="recorder">Records steps; null where the device has no recordings.</param>
internal sealed class StackPool(StepRecorder? recorder) : IDisposable
{
    /// <summary>The most stacks that are kept.</summary>
    public const int LargestNumber = 8;

    // The one that was used last is at the end.
    private readonly List<(StackKey Key, BatchedStack Stack, StepPlayer Player)> _stacks = [];

    /// <summary>The number of stacks that are kept.</summary>
    public int Count => _stacks.Count;

    /// <summary>Trains the networks of a batch for one iteration.</summary>
    /// <param name="batch">Iterations of one <see cref="PendingIteration.BatchKey"/>, at least one.</param>
    /// <param name="noiseTable">Gives the noise table, which is created when it is first needed.</param>
    public void Train(IReadOnlyList<PendingIteration> batch, Func<Tensor> noiseTable)
    {
        var key = StackKey.For(batch);
        (BatchedStack stack, StepPlayer player) = Get(key, batch, noiseTable);
        stack.Load(key, batch);
        player.Play(key.Steps);
        stack.Unload(batch);
    }

    public void Dispose()
    {
        while (_stacks.Count > 0)
        {
            RemoveFirst();
        }
    }

    private (BatchedStack Stack, StepPlayer Player) Get(StackKey key, IReadOnlyList<PendingIteration> batch, Func<Tensor> noiseTable)
    {
        int known = _stacks.FindIndex(entry => entry.Key == key);
        if (known >= 0)
        {
            _stacks.Add(_stacks[known]);
            _stacks.RemoveAt(known);
        }
        else
        {
            MakeRoomFor(key);
            var stack = new BatchedStack(key, batch, noiseTable);
            _stacks.Add((key, stack, new StepPlayer(stack.Step, recorder)));
        }

        return (_stacks[^1].Stack, _stacks[^1].Player);
    }

    // All others together are at most as large as the new one, so that the memory of a device has a bound.
    private void MakeRoomFor(StackKey key)
    {
        long size = Size(key);
        while (_stacks.Count >= LargestNumber || _stacks.Sum(entry => Size(entry.Key)) > size)
        {
            RemoveFirst();
        }

        static long Size(StackKey key) => (long)key.Networks * key.Columns;
    }

    private void RemoveFirst()
    {
        (_, BatchedStack stack, StepPlayer player) = _stacks[0];
        _stacks.RemoveAt(0);
        player.Dispose();
        stack.Dispose();
    }
}
