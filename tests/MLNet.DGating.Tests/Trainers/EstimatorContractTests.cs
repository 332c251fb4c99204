using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>ML.NET's contract for an estimator and its transformer, in a pipeline as users build them.</summary>
public class EstimatorContractTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _train;
    private readonly IDataView _test;

    public EstimatorContractTests()
    {
        _train = _context.Data.LoadFromEnumerable(ContractRow.Create(300, seed: 1));
        _test = _context.Data.LoadFromEnumerable(ContractRow.Create(100, seed: 2));
    }

    [Theory, AllTasks]
    public void GetOutputSchema_PromisesWhatTransformDelivers(string task)
    {
        IEstimator<ITransformer> pipeline = Pipeline(task);
        SchemaShape promised = pipeline.GetOutputSchema(SchemaShape.Create(_train.Schema));
        ITransformer model = pipeline.Fit(_train);
        SchemaContract.AssertDelivered(promised, model.Transform(_test).Schema);
        SchemaContract.AssertDelivered(promised, model.GetOutputSchema(_test.Schema));
    }

    [Theory, AllTasks]
    public void GetOutputSchema_OfColumnsThatFitCannotUse_FailsAsFitDoes(string task)
    {
        IEstimator<ITransformer> trainer = TrainingTask.Get(task).Trainer(_context);
        string promised = Assert.ThrowsAny<Exception>(() => trainer.GetOutputSchema(SchemaShape.Create(_train.Schema))).Message;
        Assert.Equal(promised, Assert.ThrowsAny<Exception>(() => trainer.Fit(_train)).Message);
    }

    [Theory, AllTasks]
    public void Transform_HasTheAnnotationsOfABuiltInTrainer(string task)
    {
        DataViewSchema schema = Pipeline(task).Fit(_train).Transform(_test).Schema;
        if (task == "binary")
        {
            SchemaContract.AssertScores(
                schema, "BinaryClassification", ("PredictedLabel", "PredictedLabel"), ("Score", "Score"), ("Probability", "Probability"));
            Assert.True(schema["Probability"].IsNormalized());
            Assert.False(schema["Score"].IsNormalized());
        }
        else if (task == "multiclass")
        {
            SchemaContract.AssertScores(schema, "MulticlassClassification", ("PredictedLabel", "PredictedLabel"), ("Score", "Score"));
            SchemaContract.AssertClassNames(schema, "Kind");
        }
        else
        {
            SchemaContract.AssertScores(schema, "Regression", ("Score", "Score"));
        }
    }

    [Theory, AllTasks]
    public void Model_OfTheTransformer_IsTheModelParameters(string task) =>
        Assert.IsType(TrainingTask.Get(task).Model, new Fitted(Pipeline(task).Fit(_train)).Model);

    [Fact]
    public void Fit_GivesATransformerWhoseModelNeedsNoCast()
    {
        IDataView train = ContractRow.Pipeline(_context).Fit(_train).Transform(_train);
        var options = (DGatingMulticlassTrainer.Options)TrainingTask.Get("multiclass").Quick(3);
        MulticlassPredictionTransformer<DGatingMulticlassModelParameters> multiclass =
            _context.MulticlassClassification.Trainers.DGating(options).Fit(train);
        BinaryPredictionTransformer<DGatingBinaryModelParameters> binary =
            _context.BinaryClassification.Trainers.DGating((DGatingBinaryTrainer.Options)TrainingTask.Get("binary").Quick(3)).Fit(train);
        RegressionPredictionTransformer<DGatingRegressionModelParameters> regression =
            _context.Regression.Trainers.DGating((DGatingRegressionTrainer.Options)TrainingTask.Get("regression").Quick(3)).Fit(train);
        Assert.Equal(5, binary.Model.FeatureSelection.SelectedIndices.Count);
        Assert.Equal(5, multiclass.Model.FeatureSelection.SelectedIndices.Count);
        Assert.Equal(5, regression.Model.FeatureSelection.SelectedIndices.Count);
    }

    [Theory, AllTasks]
    public void Load_GivesTheSameBitsReportAndPath(string task)
    {
        var model = new Fitted(Pipeline(task).Fit(_train));
        Fitted loaded = model.SaveAndLoad(_context, _train.Schema);
        Assert.Equal(Predictions.Bits(model.Transformer.Transform(_test)), Predictions.Bits(loaded.Transformer.Transform(_test)));
        Assert.Equal(model.Report.ToString(), loaded.Report.ToString());
        Assert.Equal(WithoutSlots(model), WithoutSlots(loaded));
        Assert.Equal(model.Report.Features.Select(gate => gate.Slots), loaded.Report.Features.Select(gate => gate.Slots));
        Assert.Equal(0, model.Path[0].Lambda);
        Assert.Equal(model.Path, loaded.Path);

        // Slots are lists, which are equal only to themselves.
        static IEnumerable<FeatureGate> WithoutSlots(Fitted fitted) => fitted.Report.Features.Select(gate => gate with { Slots = [] });
    }

    [Theory, AllTasks]
    public void Load_InAProcessWithoutTorch_ScoresTheSameBits(string task)
    {
        ITransformer model = Pipeline(task).Fit(_train);
        string path = Path.GetTempFileName();
        try
        {
            _context.Model.Save(model, _train.Schema, path);
            byte[] expected = Predictions.Bits(model.Transform(_test));
            Assert.NotEmpty(expected);
            Assert.Equal(expected, LoadProbe.Score(_context, path, _test));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory, AllTasks]
    public void GetRowToRowMapper_ScoresRowsAsTransformDoes(string task)
    {
        ITransformer model = Pipeline(task).Fit(_train);
        Assert.True(model.IsRowToRowMapper);
        IRowToRowMapper mapper = model.GetRowToRowMapper(_test.Schema);
        using DataViewRowCursor cursor = _test.GetRowCursor(_test.Schema);
        DataViewRow row = mapper.GetRow(cursor, mapper.OutputSchema);
        var scores = new List<float>();
        if (task == "multiclass")
        {
            ValueGetter<VBuffer<float>> getter = row.GetGetter<VBuffer<float>>(row.Schema["Score"]);
            VBuffer<float> values = default;
            while (cursor.MoveNext())
            {
                getter(ref values);
                scores.AddRange(values.DenseValues());
            }

            Assert.Equal(model.Transform(_test).GetColumn<float[]>("Score").SelectMany(score => score), scores);
        }
        else
        {
            ValueGetter<float> getter = row.GetGetter<float>(row.Schema["Score"]);
            float value = 0;
            while (cursor.MoveNext())
            {
                getter(ref value);
                scores.Add(value);
            }

            Assert.Equal(model.Transform(_test).GetColumn<float>("Score"), scores);
        }

        Assert.NotEmpty(scores);
    }

    private IEstimator<ITransformer> Pipeline(string task) =>
        ContractRow.Pipeline(_context).Append(TrainingTask.Get(task).Trainer(_context, count: 3));
}
