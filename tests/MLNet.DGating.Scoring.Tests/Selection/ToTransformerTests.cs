using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Selection;

public class ToTransformerTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void ToTransformer_KeepsExactlyTheSelectedSlots() =>
        Gen.Int[1, 20].SelectMany(count => Gen.Bool.Array[count]).Sample(support =>
        {
            int[] selected = [.. Enumerable.Range(0, support.Length).Where(slot => support[slot])];
            float[] kept = Transform(Reports.PerSlot(support.Length, selected).ToTransformer(_context), support.Length);
            Assert.Equal(selected.Length == 0 ? [0f] : selected.Select(slot => slot + 1f), kept);
        });

    [Fact]
    public void ToTransformer_CanNameAnotherOutput()
    {
        IDataView data = Rows(3);
        IDataView result = Reports.PerSlot(3, [1]).ToTransformer(_context, outputColumnName: "Kept").Transform(data);
        Assert.Equal([2f], result.GetColumn<float[]>("Kept").Single());
        Assert.Equal([1f, 2f, 3f], result.GetColumn<float[]>("Features").Single());
    }

    [Fact]
    public void ToTransformer_KeepsNamesAndCategories()
    {
        IDataView data = _context.Data.LoadFromEnumerable(ContractRow.Create(50, seed: 1));
        IDataView features = ContractRow.Pipeline(_context).Fit(data).Transform(data);
        var metadata = SlotMetadata.Read(features.Schema["Features"], features.Schema);
        Assert.Equal([3, 5], metadata.CategoricalRanges);

        FeatureSelectionReport report = Reports.PerSlot(6, [0, 3, 4], metadata.Names, metadata.CategoricalRanges);
        IDataView kept = report.ToTransformer(_context).Transform(features);
        var after = SlotMetadata.Read(kept.Schema["Features"], kept.Schema);
        Assert.Equal(report.SelectedNames, after.Names);
        Assert.Equal([1, 2], after.CategoricalRanges);
    }

    [Theory]
    [InlineData(new[] { 0, 2 })]
    [InlineData(new[] { 0, 1, 2 })]
    public void ToTransformer_Saved_NeedsNothingOfTheLibrary(int[] selected)
    {
        ITransformer transformer = Reports.PerSlot(3, selected).ToTransformer(_context);
        Assert.Equal("Microsoft.ML.Data", transformer.GetType().Assembly.GetName().Name);
        using var stream = new MemoryStream();
        _context.Model.Save(transformer, Rows(3).Schema, stream);
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        Assert.Equal(selected.Select(slot => slot + 1f), Transform(loaded, 3));
    }

    private float[] Transform(ITransformer transformer, int slotCount) =>
        transformer.Transform(Rows(slotCount)).GetColumn<float[]>("Features").Single();

    private IDataView Rows(int slotCount)
    {
        var schema = SchemaDefinition.Create(typeof(FeatureRow));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slotCount);
        var row = new FeatureRow { Features = [.. Enumerable.Range(1, slotCount).Select(slot => (float)slot)] };
        return _context.Data.LoadFromEnumerable([row], schema);
    }

    private sealed class FeatureRow
    {
        public float[] Features { get; set; } = [];
    }
}
