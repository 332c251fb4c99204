using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Features;

/// <summary>Groups of all slots of a source: by the names of slots, or by the columns that were concatenated.</summary>
public class SourceGroupsTests
{
    private static readonly MLContext s_context = new(seed: 1);

    [Fact]
    public void ByColumn_IsABlock_TheSlotsThatBearAName_OrASlotByItself() => Assert.Equal(
        [[0, 1, 2], [3], [4, 6], [5]],
        FeatureGroups.ByColumn.Resolve(new(["Rate.a", "Rate.b", "Rate.c", "Miles", "Nir.1", "Age", "Nir.2"], [0, 2]), 7));

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 1)]
    public void ByColumn_WithASlotWithoutName_IsRefused_NamingTheCure(string? second, int slot) => Assert.Equal(
        $"Groups are by column, but slot {slot} has no name that tells its column. " +
        "Name the columns in the order in which they were concatenated: FeatureGroups.OfSources.",
        Assert.Throws<ArgumentException>(
            () => FeatureGroups.ByColumn.Resolve(new(second is null ? null : ["A.x", second], []), 2)).Message);

    [Fact]
    public void OfSources_NamesSlotsThatHaveNone_AndGroupsThem()
    {
        FeatureSlots slots = Read(Concatenated("Nir", "Age", "Words"), "Nir", "Age", "Words");
        Assert.Equal(["Nir.0", "Nir.1", "Nir.2", "Age", "Words.red", "Words.blue"], slots.Metadata.Names!);
        Assert.Equal([[0, 1, 2], [3], [4, 5]], slots.Groups);
        Assert.Equal(["Nir", "Age", "Words"], slots.GroupNames());
    }

    [Fact]
    public void OfSources_OfAnySizes_ArePartsOfThoseSizes() =>
        Gen.Int[1, 9].Array[1, 8].Sample(sizes =>
        {
            var schema = new DataViewSchema.Builder();
            string[] columns = [.. sizes.Select((size, i) => $"c{i}")];
            for (int i = 0; i < sizes.Length; i++)
            {
                schema.AddColumn(columns[i], new VectorDataViewType(NumberDataViewType.Single, sizes[i]));
            }

            SlotMetadata named = FeatureGroups.OfSources(columns).Describe(SlotMetadata.None, sizes.Sum(), schema.ToSchema());
            int[][] groups = FeatureGroups.OfSources(columns).Resolve(named, sizes.Sum());
            Assert.Equal(sizes, groups.Select(group => group.Length));
            Assert.Equal(Enumerable.Range(0, sizes.Sum()), groups.SelectMany(group => group));
        });

    [Fact]
    public void OfSources_InAnotherOrder_IsRefused() => Assert.Equal(
        "Groups: slot 3 of the feature column is 'Age', but would be 'Words.red' by the columns named. " +
        "Name them in the order in which they were concatenated.",
        MessageOf(Concatenated("Nir", "Age", "Words"), "Nir", "Words", "Age"));

    [Fact]
    public void OfSources_WithOneMissing_IsRefused_WithTheSizes() => Assert.Equal(
        "Groups: the columns 'Nir' 3, 'Age' 1 have 4 slots together, but the feature column has 6. " +
        "Name all columns that were concatenated, and no others.",
        MessageOf(Concatenated("Nir", "Age", "Words"), "Nir", "Age"));

    [Fact]
    public void OfSources_OfAnUnknownColumn_IsRefused() => Assert.Equal(
        "Groups names column 'Sound', but there is no such column.", MessageOf(Concatenated("Nir"), "Sound"));

    [Fact]
    public void OfSources_OfVectorsWithoutASize_IsRefused()
    {
        IDataView rows = s_context.Transforms.Text.TokenizeIntoWords("Tokens", "Text").Fit(Rows()).Transform(Concatenated("Nir"));
        Assert.Equal(
            "Groups names column 'Tokens', but its vectors have no fixed size: Vector<String>.", MessageOf(rows, "Tokens"));
    }

    [Theory]
    [InlineData("There is no column. Name all columns that were concatenated. (Parameter 'columns')")]
    [InlineData("A column has an empty name. (Parameter 'columns')", "a", "")]
    [InlineData("Column 'a' is named twice. (Parameter 'columns')", "a", "b", "a")]
    [InlineData("Column 'a.b' has a dot in its name. Copy it to a column without one. (Parameter 'columns')", "a.b")]
    public void OfSources_OfWhatIsWrongByItself_IsRefusedAtOnce(string message, params string[] columns) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => FeatureGroups.OfSources(columns)).Message);

    [Fact]
    public void OfSources_OfNull_NamesTheParameter() =>
        Assert.Equal("columns", Assert.Throws<ArgumentNullException>(() => FeatureGroups.OfSources(null!)).ParamName);

    [Fact]
    public void Fit_KeepsTheSourceWithSignal_AsAWhole_AndItsModelComesBackFromAFile()
    {
        IDataView rows = s_context.Data.LoadFromEnumerable(ThreeSources.Rows(400, seed: 2));
        EstimatorChain<RegressionPredictionTransformer<DGatingRegressionModelParameters>> pipeline = s_context.Transforms
            .Concatenate("Features", "Spectrum", "Counts", "Sensors")
            .Append(s_context.Regression.Trainers.DGating(new DGatingRegressionTrainer.Options
            {
                Groups = FeatureGroups.OfSources("Spectrum", "Counts", "Sensors"), NumberOfThreads = 1,
            }));
        TransformerChain<RegressionPredictionTransformer<DGatingRegressionModelParameters>> model = pipeline.Fit(rows);
        FeatureSelectionReport report = model.LastTransformer.Model.FeatureSelection;
        Assert.Equal(["Spectrum", "Counts", "Sensors"], report.Features.Select(feature => feature.Name));
        Assert.Equal(["Spectrum"], report.SelectedNames.Select(name => name.Split('.')[0]).Distinct());
        Assert.Equal(ThreeSources.SpectrumSlots, report.SelectedIndices.Count);

        using var stream = new MemoryStream();
        s_context.Model.Save(model, rows.Schema, stream);
        ITransformer loaded = s_context.Model.Load(stream, out _);
        Assert.Equal(model.Transform(rows).GetColumn<float>("Score"), loaded.Transform(rows).GetColumn<float>("Score"));
    }

    private static string MessageOf(IDataView rows, params string[] columns) =>
        Assert.Throws<ArgumentException>(() => Read(rows, columns)).Message;

    private static FeatureSlots Read(IDataView rows, params string[] columns) =>
        FeatureSlots.Read(new RoleMappedData(rows, null, "Features"), FeatureGroups.OfSources(columns));

    private static IDataView Concatenated(params string[] columns) =>
        s_context.Transforms.Categorical.OneHotEncoding("Words", "Text")
            .Append(s_context.Transforms.Concatenate("Features", columns)).Fit(Rows()).Transform(Rows());

    private static IDataView Rows() => s_context.Data.LoadFromEnumerable(
        [new Row { Text = "red", Nir = [1, 2, 3], Age = 4 }, new Row { Text = "blue", Nir = [5, 6, 7], Age = 8 }]);

    private sealed class Row
    {
        public required string Text { get; set; }

        [VectorType(3)]
        public required float[] Nir { get; set; }

        public required float Age { get; set; }
    }
}
