using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

/// <summary>Whole fits on sparse rows: they find what there is to find, as fits on the same rows dense do.</summary>
public class SparseFitTests
{
    private const int Columns = 400;
    private static readonly int[] s_words = [3, 17, 40, 71, 110];
    private static readonly TrainingSet s_sparse = Words(1, 600);
    private static readonly TrainingSet s_dense = s_sparse with { Features = Dense(s_sparse.Features) };

    private static readonly FitSettings s_settings = TestRuns.Small.At(5)
        .With(training => training with { HiddenLayers = [16], NumberOfRefitIterations = 20 }) with { InputNoise = null };

    [Fact]
    public void ThePlantedWords_AreFound_AsOnDenseRows_AndTheModelsAreAlike()
    {
        FitResult sparse = TestRuns.Fit(s_sparse, s_settings), dense = TestRuns.Fit(s_dense, s_settings with { InputNoise = 0 });
        Assert.Equal(s_words, sparse.Groups);
        Assert.Equal(s_words, dense.Groups);
        Assert.Equal(Accuracy(dense, s_dense), Accuracy(sparse, s_sparse), 0.04);
        Assert.All(s_words, word => Assert.Equal(0, sparse.Encoding.Offsets[word]));
        Assert.All(s_words, word => Assert.NotEqual(0, dense.Encoding.Offsets[word]));
    }

    [Fact]
    public void APath_IsThatOfTheSameStandardizedRowsDense()
    {
        int[] rows = TestRuns.All(s_sparse);
        // Means that dense rows would subtract are left out of both.
        var statistics = ColumnStatistics.Of(s_sparse.Features, rows.AsSpan(0, 500), []);
        PathResult sparse = Follow(s_sparse), dense = Follow(s_dense);
        Assert.Equal(dense.Points.Count, sparse.Points.Count);
        for (int i = 0; i < dense.Points.Count; i++)
        {
            Assert.Equal(dense.Points[i].Count, sparse.Points[i].Count, 4.0);
            Assert.Equal(dense.Points[i].TrainingLoss, sparse.Points[i].TrainingLoss, 0.02);
            Assert.Equal(dense.Points[i].HeldOutLoss, sparse.Points[i].HeldOutLoss, 0.02);
        }

        Assert.Equal(dense.Snapshots[^1].Groups, sparse.Snapshots[^1].Groups);

        PathResult Follow(TrainingSet data)
        {
            RunDescription run = s_settings.Path(rows[..500], rows[500..], noise: 0, StopRule.AtCount(5)) with { Refits = false };
            data.Encodings.Add(run.TrainingRows, statistics);
            return TestRuns.Carry(data, run).Path!;
        }
    }

    [Fact]
    public void NoNoiseIsTried_BecauseItWouldFillTheRows()
    {
        var messages = new List<string>();
        FitResult fit =
            TestRuns.Fit(s_sparse, s_settings with { Stop = StopRule.Open }, context: RunContext.Silent with { Inform = messages.Add });
        Assert.Equal(0, fit.InputNoise);
        Assert.Superset(s_words.ToHashSet(), fit.Groups.ToHashSet());
        Assert.Contains(messages, message => message.Contains("input noise among 0; feature count", StringComparison.Ordinal));
    }

    [Fact]
    public void TheSameSeed_GivesTheSameBits_OnAnyNumberOfThreads()
    {
        FitSettings settings = s_settings with { NumberOfRuns = 2 };
        FitResult fit = TestRuns.Fit(s_sparse, settings), threads = TestRuns.Fit(s_sparse, settings, TestRuns.OnThreads(3));
        Assert.Equal(fit.Groups, threads.Groups);
        Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(threads.State));
        Assert.Superset(s_words[..4].ToHashSet(), fit.Groups.ToHashSet());
    }

    [Fact]
    public void HalvesOfTheRows_RankThePlantedWordsFirst()
    {
        using FitWorkflow workflow = TestRuns.Workflow(s_sparse, s_settings);
        var fit = StabilityFit.Run(workflow, TestRuns.All(s_sparse), 2);
        Assert.All(fit.Rankings, ranking => Assert.InRange(s_words.Count(ranking.Take(8).Contains), 4, 5));
        Assert.Equal(s_words, fit.ModelOf(workflow, s_words).Groups);
    }

    [Fact]
    public void AFitAtALambda_IsCertified()
    {
        TrainingSet few = Words(1, 200) with { Weights = [.. Enumerable.Range(0, 200).Select(row => 0.5f + row % 3)] };
        PathResult path = TestRuns.Certified(
            few, s_settings.With(training => training with { HiddenLayers = [], GateDepth = 2, LearningRate = 0.01 }), lambda: 0.03);
        Assert.InRange(path.Certificate!.ActiveResidual, 0, 1e-3);
        Assert.InRange(path.Certificate.ZeroGroupRatio, 0, 1.001);
        Assert.InRange(path.Certificate.ActiveGroups, 1, Columns - 1);
    }

    // Words by Zipf's law; five of the more frequent ones make the label.
    private static TrainingSet Words(int seed, int rows)
    {
        var random = new Random(seed);
        var features = new SparseMatrix(Columns);
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            int[] words =
                [.. Enumerable.Range(0, Columns).Where(word => random.NextDouble() < (s_words.Contains(word) ? 0.2 : 2.0 / (10 + word)))];
            features.AddRow(words, [.. words.Select(_ => 1f + random.Next(2))]);
            double logit = words.Sum(word => Array.IndexOf(s_words, word) switch { -1 => 0, 0 or 2 or 4 => 4, _ => -4 });
            targets[row] = random.NextDouble() < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
        }

        return new TrainingSet(features, targets, null, GroupLayout.PerColumn(Columns), LearningTask.Binary);
    }

    private static DesignMatrix Dense(FeatureMatrix matrix) =>
        RandomData.Matrix(matrix.Rows, matrix.Columns, (row, column) => matrix.Row(row)[column]);

    private static double Accuracy(FitResult fit, TrainingSet data) =>
        TestRuns.Evaluate(data, s_settings, fit, TestRuns.All(data), TestRuns.All(data)).HeldOutMetric;
}
