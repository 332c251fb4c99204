using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Benchmarks;

namespace MLNet.DGating.Tests.Quality;

/// <summary>What default settings reach on known data, with a margin below what was measured (the benchmarks measure; here is only the alarm).</summary>
public class SharedDataTests
{
    private readonly MLContext _context = new(seed: 0);

    [SharedDataFact]
    public void Fit_OfMice_With20OfIts77Features_ClassifiesNearlyAll()
    {
        var data = new SplitData(_context, SharedDataFactAttribute.Folder!, "mice");
        var log = new MessageLog(_context);
        var fitted = _context.MulticlassClassification.Trainers.DGating(maximumFeatureCount: 20).Fit(data.Training);
        Assert.Empty(log.Warnings);
        Assert.Equal(20, fitted.Model.FeatureSelection.SelectedIndices.Count);
        Assert.InRange(_context.MulticlassClassification.Evaluate(fitted.Transform(data.Test)).MicroAccuracy, 0.98, 1);
    }

    [SharedDataFact]
    public void Fit_OfMadelon_With20OfIts500Features_FindsTheTrueOnes()
    {
        var data = new SplitData(_context, SharedDataFactAttribute.Folder!, "madelon");
        int[] truth = TrueColumnsOfMadelon(data);
        var fitted = _context.BinaryClassification.Trainers.DGating("Positive", maximumFeatureCount: 20).Fit(data.Training);
        Assert.InRange(fitted.Model.FeatureSelection.SelectedIndices.Intersect(truth).Count(), 16, 20);
    }

    [SharedDataFact]
    public void Fit_OfMadelon_WithSeveralRunsAndNoise_FindsNearlyAllTrueOnes()
    {
        var data = new SplitData(_context, SharedDataFactAttribute.Folder!, "madelon");
        var log = new MessageLog(_context);
        var fitted = _context.BinaryClassification.Trainers.DGating(new DGatingBinaryTrainer.Options
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
        Assert.True(determination[byDetermination[19]] > 0.9 && determination[byDetermination[20]] < 0.6, "The truth of madelon should stand out clearly.");
        return byDetermination[..20];
    }
}
