using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Pruning;

public class PruneTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string> Tasks => ["binary", "multiclass", "regression", "quantiles"];

    [Theory, MemberData(nameof(Tasks))]
    public void AnyChain_PredictsTheSameBits_FromTheColumnsOfItsSelectedFeatures(string task) =>
        Gen.Select(Gen.Int, Gen.Int[1, 4]).Sample(
            (seed, selectedCount) =>
            {
                IDataView rows = MixedRow.View(_context, 40, seed);
                (ITransformer model, string[] sources) = Model(rows, task, seed, selectedCount);
                DGatingPrunedModel pruned = _context.Model.Prune(model, rows.Schema);

                Assert.Equal(sources.Order(), pruned.InputSchema.Select(column => column.Name).Order());
                Assert.Equal(rows.Schema.Select(column => column.Name).Except(sources), pruned.DroppedColumns);
                Assert.Empty(pruned.UnprunedSteps);
                IDataView fewer = _context.Transforms.SelectColumns([.. pruned.InputSchema.Select(column => column.Name)])
                    .Fit(rows).Transform(rows);
                AssertSame(model.Transform(rows), pruned.Model.Transform(fewer));
                AssertSame(model.Transform(rows), Reload(pruned, fewer.Schema.Count).Transform(fewer));
            },
            iter: 60);

    [Fact]
    public void APrunedModel_ThatIsPrunedAgain_StaysAsItIs() =>
        Gen.Int.Sample(
            seed =>
            {
                IDataView rows = MixedRow.View(_context, 20, seed);
                DGatingPrunedModel once = _context.Model.Prune(Model(rows, "binary", seed, 2).Model, rows.Schema);
                DGatingPrunedModel twice = _context.Model.Prune(once.Model, once.InputSchema);
                // A concatenation of one vector of several dimensions is written as two steps, which are then three.
                Assert.InRange(twice.Model.Count(), 1, once.Model.Count() + 1);
                Assert.Empty(twice.DroppedColumns);
                Assert.Equal(
                    once.InputSchema.Select(column => column.Name), twice.InputSchema.Select(column => column.Name));
            },
            iter: 20);

    private (ITransformer Model, string[] Sources) Model(IDataView rows, string task, int seed, int selectedCount)
    {
        var chain = RandomChain.Create(_context, rows, seed);
        ITransformer predictor = PlantedModel.Create(
            _context, chain.Model.GetOutputSchema(rows.Schema), task, new Random(seed), selectedCount);
        IEnumerable<int> slots = PredictionSteps.Selection(predictor)!.SelectedIndices;
        var model = new TransformerChain<ITransformer>(chain.Model, predictor);
        ITransformer withWords = task == "multiclass"
            ? model.Append(_context.Transforms.Conversion.MapKeyToValue("Word", "PredictedLabel").Fit(model.Transform(rows)))
            : model;
        return (withWords, [.. slots.Select(slot => chain.SourceOfSlot[slot]).Distinct()]);
    }

    private ITransformer Reload(DGatingPrunedModel pruned, int columns)
    {
        using var stream = new MemoryStream();
        _context.Model.Save(pruned.Model, pruned.InputSchema, stream);
        stream.Position = 0;
        ITransformer loaded = _context.Model.Load(stream, out DataViewSchema schema);
        Assert.Equal(columns, schema.Count);
        return loaded;
    }

    private static void AssertSame(IDataView expected, IDataView actual)
    {
        Assert.Equal(Predictions.Bits(expected), Predictions.Bits(actual));
        foreach (string column in (string[])["PredictedLabel", "Quantiles", "Word"])
        {
            Assert.Equal(Column(expected, column), Column(actual, column));
        }
    }

    private static string[] Column(IDataView rows, string name) => rows.Schema.GetColumnOrNull(name)?.Type switch
    {
        null => [],
        VectorDataViewType => [.. rows.GetColumn<float[]>(name).Select(values => string.Join(' ', values))],
        BooleanDataViewType => [.. rows.GetColumn<bool>(name).Select(value => $"{value}")],
        KeyDataViewType => [.. rows.GetColumn<uint>(name).Select(value => $"{value}")],
        _ => [.. rows.GetColumn<string>(name)],
    };
}
