using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Results.Paths;

public sealed class FitPathTests
{
    private const int Slots = 12;

    private static readonly int[] s_planted = [0, 1, 2];
    private static readonly MLContext s_context = new(seed: 1);
    private static readonly IDataView s_data = Data(rows: 400, seed: 5);
    private static readonly Lazy<RegressionPath> s_path = new(() => Trainer().FitPath(s_data));

    [Fact]
    public void FitPath_GoesFromAllFeaturesToNone()
    {
        IReadOnlyList<DGatingPathPoint> points = s_path.Value.Points;
        Assert.Equal((Slots, 0.0), (points[0].FeatureCount, points[0].Lambda));
        Assert.Equal(0, points[^1].FeatureCount);
        Assert.All(points.Zip(points.Skip(1)), pair =>
        {
            Assert.True(pair.Second.FeatureCount < pair.First.FeatureCount);
            Assert.True(pair.Second.Lambda > pair.First.Lambda);
        });
        Assert.All(points, point => Assert.True(point.TrainingLoss > 0 && point.ValidationLoss > 0));
        Assert.All(points, point => Assert.InRange(point.Metric, double.MinValue, 1));
        Assert.True(points[0].Metric > 0.9);
    }

    [Fact]
    public void Ranking_NamesEveryFeatureOnceAndThePlantedOnesFirst()
    {
        IReadOnlyList<RankedFeature> ranking = s_path.Value.Ranking;
        Assert.Equal(Enumerable.Range(0, Slots), ranking.Select(feature => feature.Index).Order());
        Assert.Equal(s_planted, ranking.Take(s_planted.Length).Select(feature => feature.Index).Order());
        Assert.Equal(Enumerable.Range(1, Slots), ranking.Select(feature => feature.Rank));
        Assert.Equal(ranking.Select(feature => feature.LambdaOut).OrderDescending(), ranking.Select(feature => feature.LambdaOut));
        Assert.Equal("Slot 0", ranking.Single(feature => feature.Index == 0).Name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(Slots)]
    public void At_GivesAModelOfExactlyTheFirstOfTheRanking(int count)
    {
        FeatureSelectionReport report = s_path.Value.At(count).Model.FeatureSelection;
        Assert.Equal(s_path.Value.SelectionAt(count).SelectMany(feature => feature.Slots).Order(), report.SelectedIndices);
    }

    [Fact]
    public void At_OfMoreThanThereAre_IsTheModelOfAll() => Assert.Same(s_path.Value.At(Slots), s_path.Value.At(Slots + 5));

    [Fact]
    public void SparsestWithinOneStandardError_KeepsThePlantedFeaturesAndPredicts()
    {
        Assert.InRange(s_path.Value.SparsestFeatureCount, s_planted.Length, s_path.Value.BestFeatureCount);
        RegressionModel model = s_path.Value.SparsestWithinOneStandardError;
        Assert.Superset(s_planted.ToHashSet(), model.Model.FeatureSelection.SelectedIndices.ToHashSet());
        Assert.True(s_context.Regression.Evaluate(model.Transform(Data(rows: 300, seed: 6)), "Target").RSquared > 0.8);
    }

    [Fact]
    public void AtLambda_GivesWhatIsStillInThere()
    {
        DGatingPathPoint point = s_path.Value.Points[^2];
        Assert.Equal(point.FeatureCount, s_path.Value.AtLambda(point.Lambda * 1.0001).Model.FeatureSelection.SelectedIndices.Count);
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => s_path.Value.AtLambda(1e6));
        Assert.Contains("No feature is left", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Candidates_AreJudgedOnHeldOutRows()
    {
        IReadOnlyList<DGatingPathCandidate> candidates = s_path.Value.Candidates;
        Assert.Equal((Slots, 0), (candidates[0].FeatureCount, candidates[^1].FeatureCount));
        Assert.All(candidates, candidate => Assert.True(candidate.BoundedLossStandardError > 0 && candidate.ValidationLoss > 0));
        Assert.All(candidates, candidate => Assert.True(candidate.ValidationLossStandardError > 0 && candidate.MetricStandardError > 0));
        DGatingPathCandidate best = candidates.Single(candidate => candidate.FeatureCount == s_path.Value.BestFeatureCount);
        Assert.Equal(candidates.Min(candidate => candidate.BoundedLoss), best.BoundedLoss);
        Assert.True(best.Metric > 0.8);
        Assert.True(candidates[^1].Metric < best.Metric);
    }

    [Fact]
    public void ToString_MarksTheBestAndTheSparsest()
    {
        string[] lines = s_path.Value.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(1 + s_path.Value.Candidates.Count + 1, lines.Length);
        Assert.Equal("features          λ   squared error ± error           R² ± error   bounded loss ± error", lines[0]);
        Assert.All(lines[1..^1], line => Assert.Equal(PlacesOfErrors(lines[0]), PlacesOfErrors(line)));
        Assert.Equal(
            s_path.Value.Candidates.Select(candidate => Mark(candidate.FeatureCount)),
            lines[1..^1].Select(line => Regex.Match(line, "[a-z ]*$").Value));
        Assert.Equal(s_path.Value.Judging, lines[^1]);
        Assert.StartsWith("5-fold cross-validation of 400 rows", lines[^1], StringComparison.Ordinal);

        static int[] PlacesOfErrors(string line) => [.. Enumerable.Range(0, line.Length).Where(place => line[place] == '±')];

        string Mark(int count) => (count == s_path.Value.BestFeatureCount, count == s_path.Value.SparsestFeatureCount) switch
        {
            (true, true) => "  best and sparsest",
            (true, false) => "  best",
            (false, true) => "  sparsest",
            _ => "",
        };
    }

    [Fact]
    public void Importance_IsThatOfTheFeaturesStillIn()
    {
        IReadOnlyList<DGatingPathPoint> points = s_path.Value.Points;
        for (int i = 0; i < points.Count; i++)
        {
            IReadOnlyList<float> importance = s_path.Value.Importance(i);
            Assert.Equal(Slots, importance.Count);
            IEnumerable<RankedFeature> stillIn = s_path.Value.Ranking.Where(feature => feature.LambdaOut > points[i].Lambda);
            Assert.Equal(
                stillIn.Select(feature => feature.Index).Order(), Enumerable.Range(0, Slots).Where(feature => importance[feature] > 0));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => s_path.Value.Importance(points.Count));
    }

    [Fact]
    public void Refit_OfSeveralCounts_GivesTheModelsThatAtGives()
    {
        RegressionPath path = Trainer().FitPath(s_data);
        IReadOnlyList<RegressionModel> together = path.Refit([5, 2, 5]);
        Assert.Same(together[0], together[2]);
        Assert.Same(together[1], path.At(2));
        Assert.Equal(s_path.Value.At(2).Model.Path, together[1].Model.Path);
        Assert.Equal(Scores(s_path.Value.At(2)), Scores(together[1]));
    }

    [Fact]
    public void ToDataView_HasThePoints()
    {
        IDataView view = s_path.Value.ToDataView(s_context);
        Assert.Equal(s_path.Value.Points.Select(point => point.Lambda), view.GetColumn<double>("Lambda"));
        Assert.Equal(s_path.Value.Points.Select(point => point.FeatureCount), view.GetColumn<int>("FeatureCount"));
        Assert.Equal(s_path.Value.Points.Select(point => point.Metric), view.GetColumn<double>("Metric"));
    }

    [Fact]
    public void ASavedModel_HasTheMetricOfEveryPoint()
    {
        using var stream = new MemoryStream();
        s_context.Model.Save(s_path.Value.At(3), s_data.Schema, stream);
        var loaded = (ISingleFeaturePredictionTransformer<object>)s_context.Model.Load(stream, out _);
        Assert.Equal(s_path.Value.Points, ((DGatingRegressionModelParameters)loaded.Model).Path);
    }

    [Fact]
    public void FitPath_AndFit_AgreeOnTheAutomaticCount() =>
        Assert.Equal(s_path.Value.SparsestFeatureCount, Trainer().Fit(s_data).Model.FeatureSelection.SelectedIndices.Count);

    [Fact]
    public void FitPath_WithoutTheLabelColumn_SaysSo()
    {
        DGatingRegressionTrainer trainer = s_context.Regression.Trainers.DGating("Nowhere");
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.FitPath(s_data));
        Assert.Contains("Could not find label column 'Nowhere'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void At_IsTheMeanOfSeveralNetworks_WhereTheyAreAskedFor()
    {
        RegressionPath path = Trainer(ensembleSize: 3).FitPath(s_data);
        Assert.Equal(s_path.Value.At(3).Model.FeatureSelection.SelectedIndices, path.At(3).Model.FeatureSelection.SelectedIndices);
        float[] one = Scores(s_path.Value.At(3)), mean = Scores(path.At(3));
        Assert.NotEqual(one, mean);
        Assert.All(one.Zip(mean), pair => Assert.InRange(pair.Second, pair.First - 1, pair.First + 1));
        Assert.Equal(mean, Scores(Trainer(ensembleSize: 3).FitPath(s_data).At(3)));
    }

    private static DGatingRegressionTrainer Trainer(int ensembleSize = 1) =>
        s_context.Regression.Trainers.DGating(new DGatingRegressionTrainer.Options
        {
            LabelColumnName = "Target",
            InputNoise = 0,
            HiddenLayers = [16],
            NumberOfRefitIterations = 20,
            EnsembleSize = ensembleSize,
        });

    private static float[] Scores(ITransformer model) => [.. model.Transform(s_data).GetColumn<float>("Score")];

    private static IDataView Data(int rows, int seed)
    {
        var random = new Random(seed);
        return DataRow.View(s_context, [.. Enumerable.Range(0, rows).Select(_ =>
        {
            float[] x = [.. Enumerable.Range(0, Slots).Select(_ => (float)(2 * random.NextDouble() - 1))];
            return DataRow.Create(x, 2 * x[0] + x[1] - 1.5 * x[2] + 0.2 * (random.NextDouble() - 0.5));
        })]);
    }
}
