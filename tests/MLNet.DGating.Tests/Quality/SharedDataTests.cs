using MLNet.DGating.Benchmarks;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.DGating.Tests.Quality;

/// <summary>What default settings reach on known data, with a margin below what was measured.</summary>
/// <remarks>The benchmarks measure; here is only the alarm.</remarks>
public class SharedDataTests
{
    private readonly MLContext _context = new(seed: 0);

    [SharedDataFact]
    public void Fit_OfMice_With20OfIts77Features_ClassifiesNearlyAll()
    {
        var data = new SplitData(_context, SharedDataFactAttribute.Folder!, "mice");
        var log = new MessageLog(_context);
        MulticlassModel fitted = _context.MulticlassClassification.Trainers.DGating(maximumFeatureCount: 20).Fit(data.Training);
        Assert.Empty(log.Warnings);
        Assert.Equal(20, fitted.Model.FeatureSelection.SelectedIndices.Count);
        Assert.InRange(_context.MulticlassClassification.Evaluate(fitted.Transform(data.Test)).MicroAccuracy, 0.98, 1);
    }

    [SharedDataFact]
    public void SelectFeatures_OfIsolet_FewerThanHalf_LeavesTreesAsGood()
    {
        var data = new SplitData(_context, SharedDataFactAttribute.Folder!, "isolet");
        IDataView training = _context.Data.Cache(data.Training);
        ITransformer selector = _context.Transforms.FeatureSelection
            .SelectFeaturesBasedOnDGating("Selected", "Features", slotsInOutput: 300).Fit(training);
        Assert.InRange(Accuracy("Selected"), Accuracy("Features") - 0.01, 1);

        double Accuracy(string column)
        {
            LightGbmMulticlassTrainer trees = _context.MulticlassClassification.Trainers.LightGbm(
                new LightGbmMulticlassTrainer.Options { FeatureColumnName = column, NumberOfIterations = 30, NumberOfThreads = 1 });
            ITransformer model = trees.Fit(selector.Transform(training));
            return _context.MulticlassClassification.Evaluate(model.Transform(selector.Transform(data.Test))).MicroAccuracy;
        }
    }

    [SharedDataFact]
    public void SelectSlotsOfIsolet_WithoutALabel_RebuildsMoreThanTheHighestVarianceAndThanRandomOnes()
    {
        var data = new SplitData(_context, SharedDataFactAttribute.Folder!, "isolet");
        float[][] training = [.. data.Training.GetColumn<float[]>("Features")];
        var judge = new LinearReconstruction(training, [.. data.Test.GetColumn<float[]>("Features")]);
        double ours = judge.RSquared(_context.Transforms.FeatureSelection.SelectFeaturesBasedOnReconstruction("Features", slotsInOutput: 20)
            .Fit(data.Training).FeatureSelection.SelectedIndices);
        Assert.InRange(ours, 0.55, 1);
        Assert.InRange(judge.RSquared(ColumnVariance.Highest(training, 20)), 0, ours - 0.1);
        Assert.InRange(Enumerable.Range(0, 10).Average(draw => judge.RSquared(RandomColumns.Of(617, 20, draw))), 0, ours - 0.05);
    }

    [SharedDataFact]
    public void Fit_OfMadelon_With20OfIts500Features_FindsTheTrueOnes()
    {
        var data = new SplitData(_context, SharedDataFactAttribute.Folder!, "madelon");
        int[] truth = TrueColumnsOfMadelon(data);
        BinaryModel fitted = _context.BinaryClassification.Trainers.DGating("Positive", maximumFeatureCount: 20).Fit(data.Training);
        Assert.InRange(fitted.Model.FeatureSelection.SelectedIndices.Intersect(truth).Count(), 16, 20);
    }

    [SharedDataFact]
    public void Fit_OfMadelon_WithSeveralRunsAndNoise_FindsNearlyAllTrueOnes()
    {
        var data = new SplitData(_context, SharedDataFactAttribute.Folder!, "madelon");
        var log = new MessageLog(_context);
        BinaryModel fitted = _context.BinaryClassification.Trainers.DGating(new DGatingBinaryTrainer.Options
        {
            LabelColumnName = "Positive", MaximumFeatureCount = 20, NumberOfRuns = 3, InputNoise = 1,
        }).Fit(data.Training);
        Assert.Contains(log.Information, message => message.Contains("Ensemble of 3 runs: ", StringComparison.Ordinal));
        Assert.InRange(fitted.Model.FeatureSelection.SelectedIndices.Intersect(TrueColumnsOfMadelon(data)).Count(), 18, 20);
    }

    // 5 informative columns, 15 combinations of them, 480 of noise: the true ones are those that follow from the others.
    private static int[] TrueColumnsOfMadelon(SplitData data)
    {
        double[] determination = InverseMatrix.DeterminationOfColumns([.. data.Training.GetColumn<float[]>("Features")]);
        int[] byDetermination = [.. Enumerable.Range(0, 500).OrderByDescending(column => determination[column])];
        Assert.InRange(determination[byDetermination[19]], 0.9, 1);
        Assert.InRange(determination[byDetermination[20]], 0, 0.6);
        return byDetermination[..20];
    }
}
