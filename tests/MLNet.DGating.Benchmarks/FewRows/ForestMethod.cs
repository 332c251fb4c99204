using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Selects slots by their importance in extremely randomized trees, and trains a logistic regression on them.</summary>
internal sealed class ForestMethod(int threads) : ISelectionMethod
{
    private const int Trees = 500;

    public string Name => "extra trees + logistic";

    public bool ChoosesCount => false;

    public FittedSelection Fit(MLContext context, SplitData data, int? count)
    {
        Row[] rows = [.. context.Data.CreateEnumerable<Row>(data.Training, reuseRowObject: false, ignoreMissingColumns: true)];
        var trees = new ExtraTrees(
            Array.ConvertAll(rows, row => row.Features), Array.ConvertAll(rows, row => row.Positive ? 1f : 0f), Trees, seed: 0);
        return SlotRanking.Refit(context, data, trees.Importance(), count!.Value, LogisticHead.Of(context, data, threads));
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public bool Positive { get; set; }
    }
}
