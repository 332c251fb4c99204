using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Tests.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class CrossValidationTests
{
    private const int FoldCount = 3;

    private static readonly int[] s_counts = [8, 4, 2, 1];
    private static readonly TrainingSet s_data = Planted.Linear(1, 150, [1, 2, 1, 1, 3, 1, 1, 1], [1, 5]);
    private static readonly TrainingSettings s_settings = Runs.Settings(new SquaredLoss()) with { LambdaGrowth = 1.3 };
    private static readonly int[][] s_folds = Folds.Deal(Runs.All(s_data), null, null, FoldCount, new RandomStream(1, 0));
    private static readonly Lazy<CrossValidation> s_validation = new(() => Run(s_data, s_settings));

    [Fact]
    public void AFoldsPath_IsOfTheOtherRowsAlone_AndStandardizedByThem()
    {
        int[] fold = s_folds[1];
        TrainingSet shaken = s_data with
        {
            Targets = [.. s_data.Targets.Select((target, row) => fold.Contains(row) ? 100 + target : target)],
            Features = RandomData.Matrix(s_data.Rows, s_data.Groups.Columns, (row, column) => fold.Contains(row) ? 50 : s_data.Features.Row(row)[column]),
        };
        CrossValidation other = Run(shaken, s_settings);
        Assert.Equal(s_validation.Value.Paths[1].Points.Select(Training), other.Paths[1].Points.Select(Training));
        Assert.NotEqual(s_validation.Value.Paths[0].Points.Select(Training), other.Paths[0].Points.Select(Training));
        Assert.NotEqual(s_validation.Value.Paths[1].Points[0].HeldOutLoss, other.Paths[1].Points[0].HeldOutLoss);

        static (double, int, double) Training(PathPoint point) => (point.Lambda, point.Count, point.TrainingLoss);
    }

    [Fact]
    public void MeansAndErrors_AreOverTheFolds()
    {
        var runs = new TrialRuns(s_data, s_settings, RunContext.Silent);
        Candidate[][] trials = [.. s_folds.Select(fold => runs.Run([.. Runs.All(s_data).Except(fold)], fold, [0], s_counts))];
        for (int i = 0; i < s_counts.Length; i++)
        {
            EvaluatedCount judged = s_validation.Value.CountEvaluation.Counts[i];
            Assert.Equal(s_counts[i], judged.Count);
            AssertMeanAndError(trials, trial => trial[i].HeldOutLosses.Average(), judged.Loss, judged.LossError);
            AssertMeanAndError(trials, trial => trial[i].Refit.HeldOutMetric, judged.Metric, judged.MetricError);
            AssertMeanAndError(trials, trial => trial[i].HeldOutLosses.Average(s_settings.Loss.BoundedLoss), judged.BoundedLoss, judged.BoundedLossError);
        }

        // Folds of the same size: the mean, and the standard deviation over √folds.
        static void AssertMeanAndError(Candidate[][] trials, Func<Candidate[], double> ofFold, double mean, double error)
        {
            double[] values = Array.ConvertAll(trials, trial => ofFold(trial)), deviations = Array.ConvertAll(values, value => value - values.Average());
            Assert.Equal(values.Average(), mean, 1e-9);
            Assert.Equal(Math.Sqrt(deviations.Sum(deviation => deviation * deviation) / (FoldCount - 1) / FoldCount), error, 1e-9);
        }
    }

    [Fact]
    public void TheBest_HasTheLeastMisfit_AndTheSparsestIsNotLarger()
    {
        CountEvaluation judgement = s_validation.Value.CountEvaluation;
        Assert.Equal(judgement.Counts.MinBy(count => count.BoundedLoss).Count, judgement.Best);
        Assert.InRange(judgement.Sparsest!.Value, 2, judgement.Best!.Value);
        Assert.Equal((150, FoldCount), (judgement.HeldOutRows, judgement.Folds));
    }

    [Fact]
    public void OpenNoise_IsChosenOnAllHeldOutRows_TheSameOnAnyNumberOfThreads()
    {
        var settings = s_settings with { InputNoise = null, RefitIterations = 3 };
        CrossValidation one = Run(s_data, settings), two = Run(s_data, settings with { Threads = 2 });
        Assert.Contains(one.Noise, (double[])[0, 0.5, 1]);
        Assert.Equal(one.Noise, two.Noise);
        Assert.Equal(one.CountEvaluation.Counts, two.CountEvaluation.Counts);
        Assert.All(one.Paths.Zip(two.Paths), paths => Assert.Equal(paths.First.Points, paths.Second.Points));
        Assert.Equal(FoldCount, one.Paths.Length);
    }

    [Fact]
    public void Weights_CountInFoldsAndMeans()
    {
        // Rows of the second fold weigh next to nothing: the means are those of the others.
        float[] weights = [.. Runs.All(s_data).Select(row => s_folds[1].Contains(row) ? 1e-6f : 1)];
        CrossValidation validation = Run(s_data with { Weights = weights }, s_settings);
        EvaluatedCount all = validation.CountEvaluation.Counts[0];
        Assert.True(double.IsFinite(all.BoundedLossError) && all.BoundedLossError > 0);
        var runs = new TrialRuns(s_data with { Weights = weights }, s_settings, RunContext.Silent);
        double[] others = [.. s_folds.Where(fold => fold != s_folds[1]).Select(fold => runs.Run([.. Runs.All(s_data).Except(fold)], fold, [0], s_counts)[0].HeldOutLosses.Average())];
        Assert.Equal(others.Average(), all.Loss, 1e-4 * others.Average());
    }

    [Fact]
    public void APathOfAllRows_HasTheFoldsMeanLosses()
    {
        PathFit fit = PathFit.RunCrossValidated(s_data, s_folds, null, s_settings, RunContext.Silent);
        Assert.Equal(8, fit.Path.Points[0].Count);
        Assert.True(fit.Path.IsComplete);
        CrossValidation validation = CrossValidation.Run(s_data, s_folds, null, CountGrid.Of(8), s_settings, RunContext.Silent);
        Assert.Equal(validation.Paths.Average(path => path.Points[0].HeldOutLoss), fit.Path.Points[0].HeldOutLoss, 1e-12);
        Assert.Equal(validation.CountEvaluation.Best, fit.BestCount);
        Assert.Equal(validation.CountEvaluation.Sparsest, fit.SparsestCount);
    }

    private static CrossValidation Run(TrainingSet data, TrainingSettings settings) => CrossValidation.Run(data, s_folds, null, s_counts, settings, RunContext.Silent);
}
