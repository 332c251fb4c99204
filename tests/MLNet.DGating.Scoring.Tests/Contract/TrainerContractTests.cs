using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Contract;

/// <summary>Tests what ML.NET must keep doing with a trainer from outside: what a new version breaks, it breaks here first.</summary>
public class TrainerContractTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _train;
    private readonly IDataView _test;

    public TrainerContractTests()
    {
        _train = _context.Data.LoadFromEnumerable(ContractRow.Create(300, seed: 1));
        _test = _context.Data.LoadFromEnumerable(ContractRow.Create(100, seed: 2));
    }

    public static TheoryData<string> Tasks => ["binary", "multiclass", "regression"];

    [Theory, MemberData(nameof(Tasks))]
    public void Load_InFreshProcess_ScoresTheSameBits(string task)
    {
        ITransformer model = ContractTask.Get(task).Pipeline(_context).Fit(_train);
        string path = Path.GetTempFileName();
        try
        {
            _context.Model.Save(model, _train.Schema, path);
            byte[] expected = Predictions.Bits(model.Transform(_test));
            Assert.Equal(100 * sizeof(float) * (task switch { "binary" => 2, "multiclass" => 3, _ => 1 }), expected.Length);
            Assert.Equal(expected, Predictions.Bits(_context.Model.Load(path, out _).Transform(_test)));
            Assert.Equal(expected, LoadProbe.Score(_context, path, _test));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory, MemberData(nameof(Tasks))]
    public void Load_GivesTheModelWithItsReportAndPath(string task)
    {
        var contract = ContractTask.Get(task);
        ITransformer model = contract.Pipeline(_context).Fit(_train);
        using var stream = new MemoryStream();
        _context.Model.Save(model, _train.Schema, stream);
        var loaded = (TransformerChain<ITransformer>)_context.Model.Load(stream, out _);

        object before = ModelOf(((TransformerChain<ITransformer>)model).LastTransformer), after = ModelOf(loaded.LastTransformer);
        Assert.IsType(contract.ModelType, after);
        Assert.Equal(ReportOf(before).ToString(), ReportOf(after).ToString());
        IEnumerable<string> selected = ReportOf(after).SelectedNames.Order(StringComparer.Ordinal);
        Assert.Equal(["ColorHot.blue", "ColorHot.green", "ColorHot.red", "One", "Two"], selected);
        Assert.Equal(PathOf(before), PathOf(after));
        Assert.Equal([6, 5], PathOf(after).Select(point => point.FeatureCount));
    }

    [Theory, MemberData(nameof(Tasks))]
    public void Evaluate_FindsTheColumns(string task)
    {
        var contract = ContractTask.Get(task);
        Assert.InRange(contract.Quality(_context, contract.Pipeline(_context).Fit(_train).Transform(_test)), 0.7, 1);
    }

    [Theory, MemberData(nameof(Tasks))]
    public void GetOutputSchema_PromisesWhatTransformDelivers(string task)
    {
        IEstimator<ITransformer> pipeline = ContractTask.Get(task).Pipeline(_context);
        SchemaShape promised = pipeline.GetOutputSchema(SchemaShape.Create(_train.Schema));
        SchemaContract.AssertDelivered(promised, pipeline.Fit(_train).Transform(_test).Schema);
    }

    [Fact]
    public void Transform_ForBinary_HasTheAnnotationsOfABuiltInTrainer()
    {
        DataViewSchema schema = ContractTask.Get("binary").Pipeline(_context).Fit(_train).Transform(_test).Schema;
        SchemaContract.AssertScores(
            schema, "BinaryClassification", ("PredictedLabel", "PredictedLabel"), ("Score", "Score"), ("Probability", "Probability"));
        Assert.Equal(BooleanDataViewType.Instance, schema["PredictedLabel"].Type);
        Assert.True(schema["Probability"].IsNormalized());
    }

    [Fact]
    public void Transform_ForRegression_HasTheAnnotationsOfABuiltInTrainer()
    {
        DataViewSchema schema = ContractTask.Get("regression").Pipeline(_context).Fit(_train).Transform(_test).Schema;
        SchemaContract.AssertScores(schema, "Regression", ("Score", "Score"));
    }

    [Fact]
    public void Transform_ForMulticlass_HasTheAnnotationsOfABuiltInTrainer()
    {
        IDataView scored = ContractTask.Get("multiclass").Pipeline(_context).Fit(_train).Transform(_test);
        SchemaContract.AssertScores(scored.Schema, "MulticlassClassification", ("PredictedLabel", "PredictedLabel"), ("Score", "Score"));
        SchemaContract.AssertClassNames(scored.Schema, "Kind");
        Assert.All(scored.GetColumn<float[]>("Score"), probabilities => Assert.Equal(1, probabilities.Sum(), 1e-5));
    }

    [Theory, MemberData(nameof(Tasks))]
    public void Fit_WithoutTheFeatureColumn_FailsInMLNetsWords(string task)
    {
        Exception error = Assert.ThrowsAny<Exception>(() => ContractTask.Get(task).Trainer(_context).Fit(_train));
        Assert.Contains("Could not find feature column 'Features'", error.Message, StringComparison.Ordinal);
    }

    private static object ModelOf(ITransformer transformer) => ((IPredictionTransformer<object>)transformer).Model;

    private static FeatureSelectionReport ReportOf(object model) => model switch
    {
        DGatingModelParameters<float> scalar => scalar.FeatureSelection,
        DGatingModelParameters<VBuffer<float>> vector => vector.FeatureSelection,
        _ => throw new ArgumentException(model.GetType().Name),
    };

    private static IReadOnlyList<DGatingPathPoint> PathOf(object model) =>
        (model as DGatingModelParameters<float>)?.Path ?? ((DGatingModelParameters<VBuffer<float>>)model).Path;
}
