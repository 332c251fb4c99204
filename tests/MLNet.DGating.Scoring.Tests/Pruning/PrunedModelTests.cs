using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;

namespace MLNet.DGating.Scoring.Tests.Pruning;

public class PrunedModelTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _rows;

    public PrunedModelTests() => _rows = MixedRow.View(_context, 30, seed: 2);

    [Fact]
    public void TheSteps_AreThoseOfMLNet_WithTheColumnsThatAreNeeded()
    {
        TransformerChain<ITransformer> model = Model(Encoded(), "C1.hot");
        DGatingPrunedModel pruned = _context.Model.Prune(model, _rows.Schema);
        Assert.Equal(
            ["ValueToKeyMapping", "KeyToVectorMapping", "ColumnConcatenating", "BinaryPrediction"],
            pruned.Model.Select(step => step.GetType().Name.Split("Transformer")[0]));
        Assert.Equal(["C1"], pruned.InputSchema.Select(column => column.Name));
    }

    [Fact]
    public void TheReport_NamesTheFeaturesThatAreLeft_AndTheirSlotsAnew()
    {
        TransformerChain<ITransformer> model = Model(Encoded(), "C1.hot");
        FeatureSelectionReport before = PredictionSteps.Selection(model.LastTransformer)!;
        FeatureSelectionReport after = PredictionSteps.Selection(_context.Model.Prune(model, _rows.Schema).Model.Last())!;
        Assert.Equal(before.SelectedNames, after.SelectedNames);
        Assert.Equal([0, 1, 2], after.SelectedIndices);
        Assert.Equal(3, after.Support.Count);
        Assert.Equal(
            before.Features.Where(gate => gate.IsSelected).Select(gate => gate.Importance),
            after.Features.Select(gate => gate.Importance));
    }

    [Fact]
    public void AKeptColumn_IsStillThere_WithWhatItNeeds()
    {
        TransformerChain<ITransformer> model = Model(Encoded(), "C1.hot");
        DGatingPrunedModel pruned = _context.Model.Prune(model, _rows.Schema, nameof(MixedRow.Kind));
        Assert.Equal(["C1", "Kind"], pruned.InputSchema.Select(column => column.Name));
        Assert.IsType<KeyDataViewType>(pruned.Model.GetOutputSchema(pruned.InputSchema)[nameof(MixedRow.Kind)].Type);
    }

    [Fact]
    public void AColumnThatIsNotThere_IsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("keptColumns",
            () => _context.Model.Prune(Model(Encoded(), "C1.hot"), _rows.Schema, "Kindd"));
        Assert.Contains("The model's output has no column 'Kindd'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APipelineThatPredictsNothing_IsRefused_UnlessItsColumnsAreNamed()
    {
        TransformerChain<ColumnConcatenatingTransformer> encoder = Encoded().Fit(_rows);
        ArgumentException error =
            Assert.Throws<ArgumentException>("keptColumns", () => _context.Model.Prune(encoder, _rows.Schema));
        Assert.Contains("no step that predicts", error.Message, StringComparison.Ordinal);
        Assert.Equal(["C0"], _context.Model.Prune(encoder, _rows.Schema, "C0.hot").InputSchema.Select(column => column.Name));
    }

    [Fact]
    public void AStepThatCannotBeTakenApart_Stays_AndIsNamed()
    {
        var warnings = new List<string>();
        _context.Log += (_, message) => warnings.Add(message.Message);
        IEstimator<ITransformer> pipeline = _context.Transforms
            .CustomMapping<Pair, Sums>((row, sums) => (sums.Sum, sums.Difference) = (row.N0 + row.N1, row.N0 - row.N1), contractName: null)
            .Append(_context.Transforms.Concatenate("Features", "Sum", "Difference"));
        TransformerChain<ITransformer> model = Model(pipeline, "Sum");
        DGatingPrunedModel pruned = _context.Model.Prune(model, _rows.Schema);

        DGatingUnprunedStep step = Assert.Single(pruned.UnprunedSteps);
        Assert.Equal((0, "CustomMappingTransformer", "it also makes columns that are not needed"), (step.Index, step.Name, step.Reason));
        Assert.Equal("Step 0, CustomMappingTransformer, stayed as it was: it also makes columns that are not needed.", step.ToString());
        Assert.Contains(warnings, message => message.EndsWith(step.ToString(), StringComparison.Ordinal));
        Assert.Equal(["N0", "N1"], pruned.InputSchema.Select(column => column.Name));
        Assert.Equal(Predictions.Bits(model.Transform(_rows)), Predictions.Bits(pruned.Model.Transform(_rows)));
    }

    [Fact]
    public void AnUnknownStepThatNothingNeeds_Goes()
    {
        IEstimator<ITransformer> pipeline = _context.Transforms
            .CustomMapping<Pair, Sums>((row, sums) => sums.Sum = row.N0, contractName: null)
            .Append(_context.Transforms.Concatenate("Features", "Sum", "Difference", "N3"));
        DGatingPrunedModel pruned = _context.Model.Prune(Model(pipeline, "N3"), _rows.Schema);
        Assert.Empty(pruned.UnprunedSteps);
        Assert.Equal(["N3"], pruned.InputSchema.Select(column => column.Name));
    }

    [Fact]
    public void Contributions_OfAllSlots_KeepTheFeatureColumnAsItIs()
    {
        TransformerChain<ITransformer> model = Model(Encoded(), "C1.hot");
        var predictor = (BinaryPredictionTransformer<DGatingBinaryModelParameters>)model.LastTransformer;
        ITransformer contributions =
            _context.Transforms.CalculateFeatureContribution((ISingleFeaturePredictionTransformer<ICalculateFeatureContribution>)predictor)
                .Fit(model.Transform(_rows));
        DGatingPrunedModel pruned = _context.Model.Prune(new TransformerChain<ITransformer>(model, contributions), _rows.Schema);
        Assert.Equal("its model counts all slots of the feature column", Assert.Single(pruned.UnprunedSteps).Reason);
        Assert.Equal(["N0", "N1", "C0", "C1"], pruned.InputSchema.Select(column => column.Name));
    }

    [Fact]
    public void AStepWithoutAFormInOnnx_IsNamed()
    {
        TransformerChain<NgramExtractingTransformer> encoder = _context.Transforms.Text
            .TokenizeIntoCharactersAsKeys("Characters", nameof(MixedRow.Sentence))
            .Append(_context.Transforms.Text.ProduceNgrams("Features", "Characters")).Fit(_rows);
        DataViewSchema schema = encoder.GetOutputSchema(_rows.Schema);
        var model = new TransformerChain<ITransformer>(encoder, PlantedModel.Reading(_context, schema, [0, 1]));
        NotSupportedException error = Assert.Throws<NotSupportedException>(
            () => _context.Model.Prune(model, _rows.Schema).SaveAsOnnx(Stream.Null));
        Assert.Contains("The step ", error.Message, StringComparison.Ordinal);
        Assert.Contains(" has no form in ONNX.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelWithoutFeatures_ReadsOneColumn_SinceAFeatureColumnHasASlot()
    {
        TransformerChain<ColumnConcatenatingTransformer> encoder = Encoded().Fit(_rows);
        ITransformer predictor = PlantedModel.Create(_context, encoder.GetOutputSchema(_rows.Schema), "regression", new Random(1), 0);
        var model = new TransformerChain<ITransformer>(encoder, predictor);
        DGatingPrunedModel pruned = _context.Model.Prune(model, _rows.Schema);
        Assert.Single(pruned.InputSchema);
        Assert.Equal(Predictions.Bits(model.Transform(_rows)), Predictions.Bits(pruned.Model.Transform(_rows)));
    }

    [Fact]
    public void ColumnsThatASelectionBehindTheModelNames_AreStillRead()
    {
        TransformerChain<ITransformer> model = Model(Encoded(), "C1.hot");
        ITransformer selecting = _context.Transforms.SelectColumns("Score", "N3").Fit(model.Transform(_rows));
        DGatingPrunedModel pruned = _context.Model.Prune(new TransformerChain<ITransformer>(model, selecting), _rows.Schema);
        Assert.Equal(["N3", "C1"], pruned.InputSchema.Select(column => column.Name));
        Assert.Equal(["Score", "N3"], pruned.Model.GetOutputSchema(pruned.InputSchema).Select(column => column.Name));
    }

    [Fact]
    public void AColumn_IsSpelledOnce_ThoughAStepMakesItOfItself()
    {
        IEstimator<ITransformer> pipeline = _context.Transforms.ReplaceMissingValues("N0")
            .Append(_context.Transforms.CopyColumns("N1", "N0")).Append(_context.Transforms.Concatenate("Features", "N0", "N1"));
        Assert.Equal(["N0"], _context.Model.Prune(Model(pipeline, "N1"), _rows.Schema).InputSchema.Select(column => column.Name));
    }

    private EstimatorChain<ColumnConcatenatingTransformer> Encoded() => _context.Transforms.Conversion.MapValueToKey(nameof(MixedRow.Kind))
        .Append(_context.Transforms.ReplaceMissingValues([new("N0"), new("N1")], MissingValueReplacingEstimator.ReplacementMode.Mean))
        .Append(_context.Transforms.Categorical.OneHotEncoding([new("C0.hot", "C0"), new("C1.hot", "C1")]))
        .Append(_context.Transforms.Concatenate("Features", "N0", "C0.hot", "N1", "C1.hot"));

    // A model that reads all slots of one of the concatenated columns.
    private TransformerChain<ITransformer> Model(IEstimator<ITransformer> pipeline, string column)
    {
        ITransformer encoder = pipeline.Fit(_rows);
        DataViewSchema schema = encoder.GetOutputSchema(_rows.Schema);
        var metadata = SlotMetadata.Read(schema["Features"], schema);
        int[] slots = [.. metadata.Names!.Index()
            .Where(slot => slot.Item == column || slot.Item.StartsWith(column + ".", StringComparison.Ordinal)).Select(slot => slot.Index)];
        return new TransformerChain<ITransformer>(encoder, PlantedModel.Reading(_context, schema, slots));
    }

    private sealed class Pair
    {
        public float N0 { get; set; }

        public float N1 { get; set; }
    }

    private sealed class Sums
    {
        public float Sum { get; set; }

        public float Difference { get; set; }
    }
}
