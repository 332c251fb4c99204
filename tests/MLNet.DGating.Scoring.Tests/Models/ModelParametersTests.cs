using MLNet.DGating.Scoring.Tests.Network;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model;

namespace MLNet.DGating.Scoring.Tests.Models;

public class ModelParametersTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void GetFeatureWeights_IsZeroExactlyWhereASlotIsDropped()
    {
        DGatingRegressionModelParameters model = CreateRegression(slotCount: 9, selectedCount: 4);
        VBuffer<float> weights = default;
        ((IHaveFeatureWeights)model).GetFeatureWeights(ref weights);
        Assert.Equal(model.FeatureSelection.BySlot.Select(gate => gate.Importance), weights.DenseValues());
        Assert.Equal(model.FeatureSelection.Support, weights.DenseValues().Select(weight => weight != 0));
    }

    [Fact]
    public void Mapper_AllocatesNothingPerRow_InAnyTask()
    {
        var random = new Random(1);
        Measure<float>(CreateRegression(slotCount: 9, selectedCount: 4));
        (CollapsedNetwork network, FeatureSelectionReport report) = Create(9, 4, outputCount: 3);
        Measure<VBuffer<float>>(new DGatingMulticlassModelParameters(_context, network, report, []));

        void Measure<T>(IValueMapper model)
        {
            ValueMapper<VBuffer<float>, T> map = model.GetMapper<VBuffer<float>, T>();
            var row = new VBuffer<float>(9, Networks.Row(random, 9));
            T score = default!;
            Assert.Equal(0, Allocations.OfAThousand(() => map(in row, ref score)));
        }
    }

    [Fact]
    public void Probability_IsTheSigmoidOfTheScore()
    {
        (CollapsedNetwork network, FeatureSelectionReport report) = Create(9, 4, outputCount: 1);
        IValueMapperDist model = new DGatingBinaryModelParameters(_context, network, report, []);
        ValueMapper<VBuffer<float>, float, float> map = model.GetMapper<VBuffer<float>, float, float>();
        var row = new VBuffer<float>(9, Networks.Row(new Random(2), 9));
        float score = 0, probability = 0;
        map(in row, ref score, ref probability);
        Assert.Equal(1 / (1 + Math.Exp(-score)), probability, 1e-6);
    }

    [Fact]
    public void Ctor_WithAReportOnOtherSlots_Throws()
    {
        (CollapsedNetwork network, _) = Create(9, 4, outputCount: 1);
        (_, FeatureSelectionReport other) = Create(9, 3, outputCount: 1);
        Rejects(
            "The report must be on the slots that the network reads.",
            () => new DGatingRegressionModelParameters(_context, network, other, []));
    }

    [Fact]
    public void Ctor_OfAModelOfOneNumberWithTwoOutputs_Throws()
    {
        (CollapsedNetwork network, FeatureSelectionReport report) = Create(9, 4, outputCount: 2);
        Rejects("A binary model must have one output.", () => new DGatingBinaryModelParameters(_context, network, report, []));
        Rejects("A regression model must have one output.", () => new DGatingRegressionModelParameters(_context, network, report, []));
    }

    [Fact]
    public void SaveAsText_NamesTheNetworkAndItsFeatures()
    {
        using var writer = new StringWriter();
        ((ICanSaveInTextFormat)CreateRegression(9, 4)).SaveAsText(writer, null!);
        Assert.StartsWith("D-Gating network 4 - 16 - 1, Relu", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("4 of 9 features selected", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void GetSummaryInKeyValuePairs_HoldsTheSelectedFeatures()
    {
        DGatingRegressionModelParameters model = CreateRegression(9, 4);
        IList<KeyValuePair<string, object>> summary = ((ICanGetSummaryInKeyValuePairs)model).GetSummaryInKeyValuePairs(null!);
        Assert.Equal(model.FeatureSelection.SelectedNames, summary.Select(pair => pair.Key));
    }

    private static void Rejects(string message, Func<object> create) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(create).Message, StringComparison.Ordinal);

    private DGatingRegressionModelParameters CreateRegression(int slotCount, int selectedCount)
    {
        (CollapsedNetwork network, FeatureSelectionReport report) = Create(slotCount, selectedCount, outputCount: 1);
        return new DGatingRegressionModelParameters(_context, network, report, []);
    }

    private static (CollapsedNetwork, FeatureSelectionReport) Create(int slotCount, int selectedCount, int outputCount)
    {
        CollapsedNetwork network = Networks.Create(
            new Random(1), slotCount, hiddenCount: 1, outputCount, skip: false, DGatingActivation.Relu, selectedCount, width: 16);
        return (network, new FeatureSelectionReport(new SelectionData
        {
            FeatureColumnName = "Features",
            SlotCount = slotCount,
            Groups = SelectionData.GroupPerSlot(slotCount),
            LambdaOut = new double[slotCount],
            SelectedSlots = network.Inputs.Slots.ToArray(),
            Importance = network.InputNorms(),
        }));
    }
}
