using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Tests.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

/// <summary>Whole fits on sparse rows: they find what there is to find, as fits on the same rows dense do.</summary>
public class SparseFitTests
{
    private const int Columns = 400;
    private static readonly int[] s_words = [3, 17, 40, 71, 110];
    private static readonly TrainingSet s_sparse = Words(1, 600);
    private static readonly TrainingSet s_dense = s_sparse with { Features = Dense(s_sparse.Features) };

    private static readonly TrainingSettings s_settings =
        Runs.Settings(new LogisticLoss()) with { Hidden = [16], Count = 5, InputNoise = null, LambdaGrowth = 1.1, RefitIterations = 20 };

    [Fact]
    public void ThePlantedWords_AreFound_AsOnDenseRows_AndTheModelsAreAlike()
    {
        FitResult sparse = Runs.Fit(s_sparse, s_settings), dense = Runs.Fit(s_dense, s_settings with { InputNoise = 0 });
        Assert.Equal(s_words, sparse.Groups);
        Assert.Equal(s_words, dense.Groups);
        Assert.Equal(Accuracy(dense, s_dense), Accuracy(sparse, s_sparse), 0.03);
        Assert.All(s_words, word => Assert.Equal(0, sparse.Scaling.Means[word]));
    }

    [Fact]
    public void APath_IsThatOfTheSameStandardizedRowsDense()
    {
        int[] rows = Runs.All(s_sparse);
        ColumnScaling scaling = ColumnScaling.Compute(s_sparse.Features, rows, []);
        PathResult sparse = Follow(new FeatureRows(s_sparse.Features, scaling)), dense = Follow(new FeatureRows(s_dense.Features, scaling));
        Assert.Equal(dense.Points.Count, sparse.Points.Count);
        for (int i = 0; i < dense.Points.Count; i++)
        {
            Assert.Equal(dense.Points[i].Count, sparse.Points[i].Count, 4.0);
            Assert.Equal(dense.Points[i].TrainingLoss, sparse.Points[i].TrainingLoss, 0.02);
            Assert.Equal(dense.Points[i].HeldOutLoss, sparse.Points[i].HeldOutLoss, 0.02);
        }

        Assert.Equal(dense.Snapshots[^1].Groups, sparse.Snapshots[^1].Groups);

        PathResult Follow(FeatureRows features)
        {
            using var run = new PathRun(s_sparse, features, rows[..500], rows[500..], 0, s_settings, new RandomStream(1, 1), RunContext.Silent);
            return run.FollowToCounts([5]);
        }
    }

    [Fact]
    public void NoNoiseIsTried_BecauseItWouldFillTheRows()
    {
        var messages = new List<string>();
        FitResult fit = Runs.Fit(s_sparse, s_settings with { Count = null }, RunContext.Silent with { Inform = messages.Add });
        Assert.Equal(0, fit.InputNoise);
        Assert.Superset(s_words.ToHashSet(), fit.Groups.ToHashSet());
        Assert.Contains(messages, message => message.Contains("input noise among 0; feature count", StringComparison.Ordinal));
    }

    [Fact]
    public void TheSameSeed_GivesTheSameBits_OnAnyNumberOfThreads()
    {
        TrainingSettings settings = s_settings with { Runs = 2 };
        FitResult fit = Runs.Fit(s_sparse, settings), threads = Runs.Fit(s_sparse, settings with { Threads = 3 });
        Assert.Equal(fit.Groups, threads.Groups);
        Assert.Equal(Runs.Values(fit.State), Runs.Values(threads.State));
        Assert.Superset(s_words[..4].ToHashSet(), fit.Groups.ToHashSet());
    }

    [Fact]
    public void HalvesOfTheRows_RankThePlantedWordsFirst()
    {
        StabilityFit fit = StabilityFit.Run(s_sparse, Runs.All(s_sparse), 2, s_settings, RunContext.Silent);
        Assert.All(fit.Rankings, ranking => Assert.InRange(s_words.Count(ranking.Take(8).Contains), 4, 5));
        Assert.Equal(s_words, fit.ModelOf(s_words, RunContext.Silent).Groups);
    }

    [Fact]
    public void AFitAtALambda_IsCertified()
    {
        TrainingSet few = Words(1, 200) with { Weights = [.. Enumerable.Range(0, 200).Select(row => 0.5f + row % 3)] };
        PathResult path = Runs.Certified(few, s_settings with { Hidden = [], Count = null, Lambda = 0.03, GateDepth = 2, LearningRate = 0.01, Certify = true });
        Assert.InRange(path.Certificate!.ActiveResidual, 0, 1e-3);
        Assert.InRange(path.Certificate.ZeroGroupRatio, 0, 1.001);
        Assert.InRange(path.Certificate.ActiveGroups, 1, Columns - 1);
    }

    // Words by Zipf's law; five of the more frequent ones make the label.
    private static TrainingSet Words(int seed, int rows)
    {
        var random = new Random(seed);
        var features = new SparseMatrix(Columns);
        var targets = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            int[] words = [.. Enumerable.Range(0, Columns).Where(word => random.NextDouble() < (s_words.Contains(word) ? 0.2 : 2.0 / (10 + word)))];
            features.AddRow(words, [.. words.Select(_ => 1f + random.Next(2))]);
            double logit = words.Sum(word => Array.IndexOf(s_words, word) switch { -1 => 0, 0 or 2 or 4 => 4, _ => -4 });
            targets[row] = random.NextDouble() < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
        }

        return new TrainingSet(features, targets, null, GroupLayout.PerColumn(Columns));
    }

    private static DesignMatrix Dense(FeatureMatrix matrix) => RandomData.Matrix(matrix.Rows, matrix.Columns, (row, column) => matrix.Row(row)[column]);

    private static double Accuracy(FitResult fit, TrainingSet data)
    {
        int[] rows = Runs.All(data);
        return new RowEvaluation(data, rows, s_settings.Loss).Metric(FittedScores.Of(fit, data, rows, s_settings));
    }
}
