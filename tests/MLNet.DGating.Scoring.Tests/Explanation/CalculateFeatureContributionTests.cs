using MLNet.DGating.Scoring.Tests.Contract;
using MLNet.DGating.Scoring.Tests.Network;
using MLNet.DGating.Scoring.Tests.Selection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace MLNet.DGating.Scoring.Tests.Explanation;

/// <summary>Tests that ML.NET's own transform of contributions works with the models of one score.</summary>
public class CalculateFeatureContributionTests
{
    private const string Column = "FeatureContributions";

    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _data;

    public CalculateFeatureContributionTests()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(ContractRow.Create(100, seed: 1));
        _data = ContractRow.Pipeline(_context).Fit(rows).Transform(rows);
    }

    public static TheoryData<string> Tasks => ["binary", "regression"];

    [Theory, MemberData(nameof(Tasks))]
    public void Contributions_AddUpToTheScore_AndDroppedSlotsHaveNone(string task)
    {
        (IDataView explained, _) = Explain(task);
        float[] sums = [.. explained.GetColumn<VBuffer<float>>(Column).Select(row => row.DenseValues().Sum())];
        float[] scores = [.. explained.GetColumn<float>("Score")];
        Assert.All(scores.Zip(sums), row => Assert.Equal(scores[0] - sums[0], row.First - row.Second, 1e-4f));
        Assert.All(explained.GetColumn<VBuffer<float>>(Column), row => Assert.Equal(0, row.GetItemOrDefault(2)));
    }

    [Theory, MemberData(nameof(Tasks))]
    public void Contributions_HaveTheSlotNamesOfTheFeatures(string task)
    {
        DataViewSchema explained = Explain(task).Explained.Schema;
        Assert.Contains("ColorHot.red", Names("Features"));
        Assert.Equal(Names("Features"), Names(Column));

        string[] Names(string column)
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            explained[column].GetSlotNames(ref names);
            return [.. names.DenseValues().Select(name => name.ToString())];
        }
    }

    [Fact]
    public void Contributions_AreCutAndNormalizedAsThoseOfMLNetsTrainers()
    {
        (IDataView all, ISingleFeaturePredictionTransformer<ICalculateFeatureContribution> model) = Explain("regression");
        IDataView cut = _context.Transforms.CalculateFeatureContribution(model, 1, 1, normalize: true).Fit(_data).Transform(_data);
        Assert.All(all.GetColumn<VBuffer<float>>(Column).Zip(cut.GetColumn<VBuffer<float>>(Column)), row =>
        {
            float[] whole = [.. row.First.DenseValues()], kept = [.. row.Second.DenseValues()];
            float most = Math.Max(whole.Max(), 0), least = Math.Min(whole.Min(), 0), size = Math.Max(most, -least);
            Assert.Equal(most / size, Math.Max(kept.Max(), 0), 1e-5f);
            Assert.Equal(least / size, Math.Min(kept.Min(), 0), 1e-5f);
            Assert.InRange(kept.Count(value => value != 0), 1, 2);
        });
    }

    [Theory, MemberData(nameof(Tasks))]
    public void Contributions_OfASavedPipeline_AreTheSameToTheBit(string task)
    {
        (_, ISingleFeaturePredictionTransformer<ICalculateFeatureContribution> model) = Explain(task);
        ITransformer transform = _context.Transforms.CalculateFeatureContribution(model, 9, 9, normalize: false).Fit(_data);
        using var stream = new MemoryStream();
        _context.Model.Save(transform, _data.Schema, stream);
        Assert.Equal(Values(transform), Values(_context.Model.Load(stream, out DataViewSchema _)));

        float[][] Values(ITransformer any) =>
            [.. any.Transform(_data).GetColumn<VBuffer<float>>(Column).Select(row => row.DenseValues().ToArray())];
    }

    [Fact]
    public void Contributions_OfANetworkWithHiddenLayers_AddUpToTheScore()
    {
        CollapsedNetwork network = Networks.Create(new Random(3), 6, hiddenCount: 2, outputCount: 1, skip: true, DGatingActivation.Relu, 4);
        var model = new DGatingBinaryModelParameters(_context, network, Reports.PerSlot(6, network.Inputs.Slots.ToArray()), []);
        var predictor = new BinaryPredictionTransformer<DGatingBinaryModelParameters>(_context, model, _data.Schema, "Features");
        IDataView explained = _context.Transforms.CalculateFeatureContribution(predictor, 9, 9, normalize: false)
            .Fit(_data).Transform(predictor.Transform(_data));
        var reference = new NetworkContributions(network);
        Assert.All(explained.GetColumn<float>("Score").Zip(explained.GetColumn<VBuffer<float>>(Column)), row =>
            Assert.Equal(row.First - reference.ReferenceScores[0], row.Second.DenseValues().Sum(), 1e-4f));
    }

    private (IDataView Explained, ISingleFeaturePredictionTransformer<ICalculateFeatureContribution> Model) Explain(string task)
    {
        ITransformer trained = ContractTask.Get(task).Trainer(_context).Fit(_data);
        var model = (ISingleFeaturePredictionTransformer<ICalculateFeatureContribution>)trained;
        IDataView scored = trained.Transform(_data);
        return (_context.Transforms.CalculateFeatureContribution(model, 9, 9, normalize: false).Fit(scored).Transform(scored), model);
    }
}
