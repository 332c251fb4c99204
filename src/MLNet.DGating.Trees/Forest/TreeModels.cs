namespace MLNet.DGating.Trees.Forest;

/// <summary>Holds a forest, the path of its trees, and the models of numbers of trees, which are made on demand and kept.</summary>
internal sealed class TreeModels<TModel>(
    DGatingPath path, TreeForest forest, int chosenCount, string[] featureNames, Func<int, (TModel Model, KeptTree[] Trees)> make)
{
    private readonly Dictionary<int, (TModel Model, KeptTree[] Trees)> _made = [];
    private readonly Lock _lock = new();

    public DGatingPath Path { get; } = path;

    public TreeForest Forest { get; } = forest;

    public int ChosenCount { get; } = chosenCount;

    public string[] FeatureNames { get; } = featureNames;

    public (TModel Model, KeptTree[] Trees) At(int count)
    {
        lock (_lock)
        {
            if (!_made.TryGetValue(count, out (TModel Model, KeptTree[] Trees) made))
            {
                made = make(count);
                _made.Add(count, made);
            }

            return made;
        }
    }
}
