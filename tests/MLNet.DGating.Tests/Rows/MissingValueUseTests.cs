using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Everything that can be done with rows can be done with rows that have missing values.</summary>
public class MissingValueUseTests
{
    private static readonly DataRow[] s_rows = Incomplete.Rows(400, seed: 1);

    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _data;

    public MissingValueUseTests() => _data = DataRow.View(_context, s_rows);

    [Theory, AllTasks(DGatingNumericEncoding.None, DGatingNumericEncoding.Embedding)]
    public void Explanations_AddUp_AndAValuesLackIsPartOfItsSlot(string task, DGatingNumericEncoding encoding)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, _data, 2, options => options.NumericEncoding = encoding);
        IEnumerable<ScoreExplanation> explanations = fitted.Model is DGatingModelParameters<float> scalar
            ? scalar.Explain(_data)
            : ((DGatingModelParameters<VBuffer<float>>)fitted.Model).Explain(_data);
        Assert.All(explanations.Zip(s_rows), row => Assert.All(row.First.Scores.Index(), score =>
        {
            float[] slots = row.First.BySlot(score.Index);
            Assert.Equal(score.Item - row.First.ReferenceScores[score.Index], slots.Sum(), 1e-3f * (1 + slots.Sum(Math.Abs)));
            Assert.All(slots[2..], slot => Assert.Equal(0, slot));
            Assert.True(!float.IsNaN(row.Second.Values[1]) || slots[1] != 0);
        }));
    }

    [Fact]
    public void Paths_AlsoCrossValidated_GiveModelsOfEveryCount()
    {
        DGatingRegressionTrainer trainer = Regression();
        foreach (RegressionPath path in (RegressionPath[])[trainer.FitPath(_data), trainer.FitPathCrossValidated(_data, 2)])
        {
            var fitted = new Fitted(path.At(2));
            Assert.Equal([0, 1], fitted.Selected);
            Assert.All(fitted.Scores(_context, s_rows), score => Assert.True(float.IsFinite(score)));
        }
    }

    [Fact]
    public void Stability_FindsTheSameFeatures()
    {
        RegressionStability stability = Regression(2).FitStability(_data, pairs: 5);
        Assert.Equal([0, 1], stability.StableFeatures(2).Select(feature => feature.Index).Order());
    }

    [Fact]
    public void Knockoffs_FindTheSameFeatures_AndNoneOfWhatIsMissingByChance()
    {
        // Ten slots tell; every other one by being missing.
        var random = new Random(5);
        DataRow[] rows = [.. Planted.Linear(1500, 20, 10, seed: 5).Select(row =>
        {
            float[] values = row.Values;
            double target = row.Target;
            for (int slot = 0; slot < values.Length; slot++)
            {
                bool isMissing = random.Next(4) == 0;
                target += isMissing && slot < 10 ? 2 - values[slot] * (slot % 2 == 0 ? 1 : -1) : 0;
                values[slot] = isMissing ? float.NaN : values[slot];
            }

            return DataRow.Create(values, target);
        })];
        RegressionKnockoffs knockoffs = Regression().FitKnockoffs(DataRow.View(_context, rows), 0.2);
        int[] selected = [.. knockoffs.SelectedFeatures.Select(feature => feature.Index).Order()];
        Assert.Superset(Enumerable.Range(0, 10).ToHashSet(), selected.ToHashSet());
        Assert.InRange(selected.Length, 10, 13);
        Assert.All(
            new Fitted(knockoffs.ModelOf()).Scores(_context, rows[..50]), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void ASearch_TriesItsSettingsOnTheRows()
    {
        RegressionSearch search = Regression(2).FitBest(_data, trials: 3);
        Assert.Equal([0, 1], new Fitted(search.Transformer).Selected);
    }

    [Fact]
    public void ASelection_ReadsThem_AndPassesThemOn()
    {
        ITransformer selecting = _context.Transforms.FeatureSelection.SelectFeaturesBasedOnDGating(
            "Kept", "Features", slotsInOutput: 2, labelColumnName: "Target").Fit(_data);
        float[] kept = [.. selecting.Transform(_data).GetColumn<VBuffer<float>>("Kept").Select(row => row.GetItemOrDefault(1))];
        Assert.Equal(s_rows.Select(row => float.IsNaN(row.Values[1])), kept.Select(float.IsNaN));
    }

    [Fact]
    public void AReconstruction_SkipsThem_SinceWhatIsMissingCannotBeRebuilt()
    {
        var log = new MessageLog(_context);
        _context.Transforms.FeatureSelection.SelectFeaturesBasedOnReconstruction("Kept", "Features", 2).Fit(_data);
        int skipped = s_rows.Count(row => row.Values.Any(float.IsNaN));
        Assert.Equal([$"Skipped {skipped} instances with missing features/label/weight during training"], log.Warnings);
    }

    private DGatingRegressionTrainer Regression(int? count = null) =>
        (DGatingRegressionTrainer)TrainingTask.Get("regression").Trainer(_context, count);
}
