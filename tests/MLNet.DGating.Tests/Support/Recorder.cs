namespace MLNet.DGating.Tests.Support;

/// <summary>Keeps all reports, at once and in order, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class Recorder : IProgress<DGatingProgress>
{
    public List<DGatingProgress> All { get; } = [];

    /// <summary>What to do with each.</summary>
    public Action<DGatingProgress>? Then { get; init; }

    public void Report(DGatingProgress value)
    {
        All.Add(value);
        Then?.Invoke(value);
    }
}
