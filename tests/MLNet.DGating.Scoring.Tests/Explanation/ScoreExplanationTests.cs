using MLNet.DGating.Scoring.Tests.Contract;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Explanation;

public class ScoreExplanationTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _data;
    private readonly DGatingMulticlassModelParameters _model;

    public ScoreExplanationTests()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(ContractRow.Create(100, seed: 1));
        IDataView data = ContractRow.Pipeline(_context).Fit(rows).Transform(rows);
        var trained = (MulticlassPredictionTransformer<DGatingMulticlassModelParameters>)
            ContractTask.Get("multiclass").Trainer(_context).Fit(data);
        (_data, _model) = (trained.Transform(data), trained.Model);
    }

    private ScoreExplanation[] All => [.. _data.GetColumn<VBuffer<float>>("Features").Select(row => _model.Explain(in row))];

    [Fact]
    public void BySlot_AddsUpToTheScoreOfEveryClass() =>
        Assert.All(All, one => Assert.All(Enumerable.Range(0, 3), output =>
            Assert.Equal(one.Scores[output] - one.ReferenceScores[output], one.BySlot(output).Sum(), 2e-5f)));

    [Fact]
    public void Scores_BecomeTheModelsProbabilities_BySoftmax() =>
        Assert.All(All.Zip(_data.GetColumn<VBuffer<float>>("Score")), row =>
        {
            double[] odds = [.. row.First.Scores.Select(score => Math.Exp(score))];
            Assert.All(odds.Zip(row.Second.DenseValues()), one => Assert.Equal(one.First / odds.Sum(), one.Second, 1e-5));
        });

    [Fact]
    public void BySlot_OfASlotThatIsNotSelected_IsExactlyZero() => Assert.All(All, one => Assert.Equal(0, one.BySlot(1)[2]));

    [Fact]
    public void ByFeature_AndBySourceColumn_SumTheSlotsUnderTheReportsNames()
    {
        ScoreExplanation one = All[0];
        float[] slots = one.BySlot(2);
        Assert.Equal(_model.FeatureSelection.Features.Select(gate => gate.Name), one.ByFeature(2).Select(feature => feature.Name));
        Assert.Equal(slots, one.ByFeature(2).Select(feature => feature.Contribution));
        IReadOnlyList<FeatureContribution> columns = one.BySourceColumn(2);
        Assert.Equal(["One", "Two", "Three", "ColorHot"], columns.Select(column => column.Name));
        Assert.Equal(slots[3..].Sum(), columns[3].Contribution, 1e-6f);
        Assert.Equal([0, 1, 2, 3], columns.Select(column => column.Index));
    }

    [Fact]
    public void Explain_OfAView_ExplainsEveryRow_AndNamesAColumnThatIsNotThere()
    {
        Assert.Equal(All.Select(one => one.BySlot(1)), _model.Explain(_data).Select(one => one.BySlot(1)));
        IDataView without = _context.Transforms.DropColumns("Features").Fit(_data).Transform(_data);
        Assert.Contains("The data have no column 'Features'",
            Assert.Throws<ArgumentException>(() => _model.Explain(without).First()).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(-1), InlineData(3)]
    public void BySlot_OfAnOutputThatIsNotThere_NamesTheOnesThatAre(int output) =>
        Assert.Contains("Must be an output of the model: 0 to 2.",
            Assert.Throws<ArgumentOutOfRangeException>(() => All[0].BySlot(output)).Message, StringComparison.Ordinal);

    [Fact]
    public void Explain_ARowOfAnotherLength_NamesBothLengths()
    {
        var row = new VBuffer<float>(2, [1, 2]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => _model.Explain(in row));
        Assert.Equal("Incorrect number of features: expected 6, got 2.", error.Message);
    }

    [Fact]
    public void Explain_AfterSaveAndLoad_IsTheSameToTheBit()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(ContractRow.Create(20, seed: 2));
        ITransformer model = ContractTask.Get("multiclass").Pipeline(_context).Fit(rows);
        using var stream = new MemoryStream();
        _context.Model.Save(model, rows.Schema, stream);
        ITransformer loaded = _context.Model.Load(stream, out _);
        Assert.Equal(Parts(model), Parts(loaded));

        float[][] Parts(ITransformer pipeline)
        {
            var last = (MulticlassPredictionTransformer<DGatingMulticlassModelParameters>)((IEnumerable<ITransformer>)pipeline).Last();
            return [.. pipeline.Transform(rows).GetColumn<VBuffer<float>>("Features").Select(row => last.Model.Explain(in row).BySlot(1))];
        }
    }
}
