using Microsoft.ML;

namespace MLNet.DGating.Tests.Results.Paths;

/// <summary>Counts that vary more than their means: few held-out rows cannot tell a feature from chance, and folds do.</summary>
public class UndecidedPathTests
{
    private const int Rows = 500;

    private readonly MLContext _context = new(seed: 1);
    private readonly MessageLog _log;

    public UndecidedPathTests() => _log = new MessageLog(_context);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void FitPath_FindsWhatCountsDependOn(int seed)
    {
        DGatingPath path = Path(seed, x => Math.Exp(0.2 + 0.7 * x[0]));
        Assert.True(path.IsBetterThanConstant);
        Assert.Contains(0, path.Ranking.Take(path.SparsestFeatureCount).Select(feature => feature.Index));
    }

    // Two standard errors are exceeded by chance on one table in thirty or so.
    [Fact]
    public void FitPath_MostlyFindsNothing_WhereThereIsNothing()
    {
        DGatingPath[] paths = [.. Enumerable.Range(0, 5).Select(seed => Path(seed, _ => 1))];
        Assert.InRange(paths.Count(path => path.IsBetterThanConstant), 0, 1);
        Assert.All(paths, path => Assert.Equal(path.IsBetterThanConstant, path.SparsestFeatureCount > 0));
    }

    [Fact]
    public void FitPath_SaysThatFoldsDecided()
    {
        bool[] folded = [.. Enumerable.Range(0, 3).Select(seed => Path(seed, x => Math.Exp(0.2 + 0.7 * x[0])).ToString()
            .Contains("5-fold cross-validation", StringComparison.Ordinal))];
        Assert.Contains(true, folded);
        Assert.Equal(folded.Count(isFolded => isFolded), _log.Information.Count(message =>
            message.Contains("held-out rows do not decide", StringComparison.Ordinal)));
    }

    private DGatingPath Path(int seed, Func<float[], double> mean)
    {
        var random = new Random(seed);
        DataRow[] rows = [.. Enumerable.Range(0, Rows).Select(_ =>
        {
            float[] values = [.. Enumerable.Range(0, 4).Select(_ => Planted.Gauss(random))];
            // A Poisson mean that is exponential about the mean: a geometric count.
            return DataRow.Create(values, Poisson(random, -Math.Log(1 - random.NextDouble()) * mean(values)));
        })];
        return _context.Regression.Trainers.DGating(new DGatingRegressionTrainer.Options
        {
            LabelColumnName = nameof(DataRow.Target),
            Loss = DGatingRegressionLoss.Poisson,
            NumericEncoding = DGatingNumericEncoding.None,
            Seed = 1,
        }).FitPath(DataRow.View(_context, rows));
    }

    private static int Poisson(Random random, double mean)
    {
        int count = -1;
        for (double product = 1, end = Math.Exp(-mean); product >= end; product *= random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
