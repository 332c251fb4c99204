using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class CrossValidationTests
{
    private const int FoldCount = 3;

    private static readonly int[] s_counts = [8, 4, 2, 1];
    private static readonly TrainingSet s_data = Planted.Linear(1, 150, [1, 2, 1, 1, 3, 1, 1, 1], [1, 5]);
    private static readonly FitSettings s_settings = TestRuns.Small.With(training => training with { LambdaGrowth = 1.3 });
    private static readonly int[][] s_folds = Folds.Deal(TestRuns.All(s_data), null, null, FoldCount, new RandomStream(1, 0));
    private static readonly Lazy<CrossValidation> s_validation = new(() => Run(s_data, s_settings));

    [Fact]
    public void AFoldsPath_IsOfTheOtherRowsAlone_AndStandardizedByThem()
    {
        int[] fold = s_folds[1];
        TrainingSet shaken = s_data with
        {
            Targets = [.. s_data.Targets.Select((target, row) => fold.Contains(row) ? 100 + target : target)],
            Features = RandomData.Matrix(
                s_data.Rows, s_data.Groups.Columns, (row, column) => fold.Contains(row) ? 50 : s_data.Features.Row(row)[column]),
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
        Candidate[][] candidates = [.. s_folds.Select(fold => CandidatesOf(s_data, fold))];
        for (int i = 0; i < s_counts.Length; i++)
        {
            EvaluatedCount evaluated = s_validation.Value.Evaluation.Counts[i];
            Assert.Equal(s_counts[i], evaluated.Count);
            AssertMeanAndError(candidates, candidate => candidate[i].HeldOutLosses.Average(), evaluated.Loss, evaluated.LossError);
            AssertMeanAndError(candidates, candidate => candidate[i].Refit.HeldOutMetric, evaluated.Metric, evaluated.MetricError);
            AssertMeanAndError(
                candidates, candidate => candidate[i].HeldOutBoundedLosses.Average(), evaluated.BoundedLoss, evaluated.BoundedLossError);
        }

        // Folds of the same size: the mean, and the standard deviation over √folds.
        static void AssertMeanAndError(Candidate[][] candidates, Func<Candidate[], double> ofFold, double mean, double error)
        {
            double[] values = Array.ConvertAll(candidates, candidate => ofFold(candidate));
            double[] deviations = Array.ConvertAll(values, value => value - values.Average());
            Assert.Equal(values.Average(), mean, 1e-9);
            Assert.Equal(Math.Sqrt(deviations.Sum(deviation => deviation * deviation) / (FoldCount - 1) / FoldCount), error, 1e-9);
        }
    }

    [Fact]
    public void TheBest_HasTheLeastBoundedLoss_AndTheSparsestIsNotLarger()
    {
        CountEvaluation evaluation = s_validation.Value.Evaluation;
        Assert.Equal(evaluation.Counts.MinBy(count => count.BoundedLoss).Count, evaluation.Best);
        Assert.InRange(evaluation.Sparsest!.Value, 2, evaluation.Best!.Value);
        Assert.Equal((150, FoldCount), (evaluation.HeldOutRows, evaluation.Folds));
    }

    [Fact]
    public void OpenNoise_IsChosenOnAllHeldOutRows_TheSameOnAnyNumberOfThreads()
    {
        FitSettings settings = s_settings.With(training => training with { NumberOfRefitIterations = 3 }) with { InputNoise = null };
        CrossValidation one = Run(s_data, settings), two = Run(s_data, settings, TestRuns.OnThreads(2));
        Assert.Contains(one.Noise, (double[])[0, 0.5, 1]);
        Assert.Equal(one.Noise, two.Noise);
        Assert.Equal(one.Evaluation.Counts, two.Evaluation.Counts);
        Assert.All(one.Paths.Zip(two.Paths), paths => Assert.Equal(paths.First.Points, paths.Second.Points));
        Assert.Equal(FoldCount, one.Paths.Length);
    }

    [Fact]
    public void Weights_CountInFoldsAndMeans()
    {
        // Rows of the second fold weigh next to nothing: the means are those of the others.
        float[] weights = [.. TestRuns.All(s_data).Select(row => s_folds[1].Contains(row) ? 1e-6f : 1)];
        TrainingSet data = s_data with { Weights = weights };
        EvaluatedCount all = Run(data, s_settings).Evaluation.Counts[0];
        Assert.True(double.IsFinite(all.BoundedLossError) && all.BoundedLossError > 0);
        double[] others =
            [.. s_folds.Where(fold => fold != s_folds[1]).Select(fold => CandidatesOf(data, fold)[0].HeldOutLosses.Average())];
        Assert.Equal(others.Average(), all.Loss, 1e-4 * others.Average());
    }

    [Fact]
    public void APathOfAllRows_HasTheFoldsMeanLosses()
    {
        using FitWorkflow workflow = TestRuns.Workflow(s_data, s_settings);
        FollowedPath fit = PathFit.RunCrossValidated(workflow, s_folds);
        Assert.Equal(8, fit.Path.Points[0].Count);
        Assert.True(fit.Path.IsComplete);
        var validation = CrossValidation.Run(workflow, s_folds, CountGrid.Of(8));
        Assert.Equal(validation.Paths.Average(path => path.Points[0].HeldOutLoss), fit.Path.Points[0].HeldOutLoss, 1e-12);
        Assert.Equal(validation.Evaluation.Best, fit.BestCount);
        Assert.Equal(validation.Evaluation.Sparsest, fit.SparsestCount);
    }

    // The candidates of a path on all rows but a fold, evaluated on the fold.
    private static Candidate[] CandidatesOf(TrainingSet data, int[] fold)
    {
        RunDescription run = s_settings.Path(TestRuns.AllBut(data, fold), fold, noise: 0, new StopRule.AtCounts(s_counts));
        return [.. TestRuns.Carry(data, run).Candidates()];
    }

    private static CrossValidation Run(TrainingSet data, FitSettings settings, ExecutionSettings? execution = null)
    {
        using FitWorkflow workflow = TestRuns.Workflow(data, settings, execution);
        return CrossValidation.Run(workflow, s_folds, s_counts);
    }
}
