using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace MLNet.DGating.Tests.Results;

/// <summary>Explanations of trained models.</summary>
public class ExplanationTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _data;

    public ExplanationTests()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(ContractRow.Create(300, seed: 1));
        _data = ContractRow.Pipeline(_context).Fit(rows).Transform(rows);
    }

    [Theory, AllTasks("one hidden layer", "two", "none", "skip")]
    public void Explain_GivesContributionsThatAddUp_AndNoneForWhatWasDropped(string task, string network)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, _data, 2, options =>
        {
            options.HiddenLayers = network switch { "none" => [], "two" => [8, 6], _ => [8] };
            options.UseSkipConnection = network == "skip";
        });
        Assert.All(Explain(fitted), one => Assert.All(one.Scores.Index(), score =>
        {
            float[] slots = one.BySlot(score.Index);
            Assert.Equal(score.Item - one.ReferenceScores[score.Index], slots.Sum(), 1e-4f * (1 + slots.Sum(Math.Abs)));
            Assert.All(slots.Index().Where(slot => !fitted.Report.Support[slot.Index]), slot => Assert.Equal(0, slot.Item));
        }));
    }

    [Theory, AllTasks]
    public void TheReference_IsARowAtTheMeanOfTheTrainingRows(string task)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, _data, 2);
        float[][] rows = [.. _data.GetColumn<VBuffer<float>>("Features").Select(row => row.DenseValues().ToArray())];
        float[] mean = [.. Enumerable.Range(0, rows[0].Length).Select(slot => (float)rows.Average(row => (double)row[slot]))];
        ScoreExplanation explanation = Explain(fitted, new VBuffer<float>(mean.Length, mean));
        Assert.Equal(explanation.ReferenceScores, explanation.Scores, (x, y) => Math.Abs(x - y) < 1e-3);
        Assert.All(explanation.BySlot(), part => Assert.Equal(0, part, 1e-3f));
    }

    [Theory, InlineData("binary"), InlineData("regression")]
    public void CalculateFeatureContribution_GivesTheSameAsExplain(string task)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, _data, 2);
        var predictor = (ISingleFeaturePredictionTransformer<ICalculateFeatureContribution>)fitted.Transformer;
        IDataView explained = _context.Transforms.CalculateFeatureContribution(predictor, 99, 99, normalize: false)
            .Fit(_data).Transform(_data);
        Assert.Equal(
            Explain(fitted).Select(one => one.BySlot()),
            explained.GetColumn<VBuffer<float>>("FeatureContributions").Select(row => row.DenseValues().ToArray()));
    }

    [Fact]
    public void CalculateFeatureContribution_OfAConstantModel_IsZeroEverywhere()
    {
        // Labels that nothing explains: no feature is kept.
        var random = new Random(5);
        ContractRow[] rows = ContractRow.Create(400, seed: 3);
        Array.ForEach(rows, row => row.Flag = random.Next(2) == 0);
        IDataView view = _context.Data.LoadFromEnumerable(rows);
        IDataView data = ContractRow.Pipeline(_context).Fit(view).Transform(view);
        Fitted fitted = TrainingTask.Get("binary").Fit(_context, data, count: null);
        Assert.Empty(fitted.Selected);
        var predictor = (ISingleFeaturePredictionTransformer<ICalculateFeatureContribution>)fitted.Transformer;
        IDataView explained = _context.Transforms.CalculateFeatureContribution(predictor).Fit(data).Transform(data);
        Assert.All(
            explained.GetColumn<VBuffer<float>>("FeatureContributions"), row => Assert.All(row.DenseValues(), x => Assert.Equal(0, x)));
        Assert.All(Explain(fitted), one => Assert.Equal(one.ReferenceScores, one.Scores));
    }

    private IEnumerable<ScoreExplanation> Explain(Fitted fitted) => fitted.Model is DGatingModelParameters<float> scalar
        ? scalar.Explain(_data)
        : ((DGatingModelParameters<VBuffer<float>>)fitted.Model).Explain(_data);

    private static ScoreExplanation Explain(Fitted fitted, VBuffer<float> row) => fitted.Model is DGatingModelParameters<float> scalar
        ? scalar.Explain(in row)
        : ((DGatingModelParameters<VBuffer<float>>)fitted.Model).Explain(in row);
}
