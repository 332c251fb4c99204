using Microsoft.ML;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Data that cannot be trained on: the message says what is wrong, with the value, and what to do.</summary>
public class RowErrorTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory, AllTasks]
    public void Fit_WithoutRows_SaysSo(string task) => AssertError<InvalidOperationException>(
        "No valid training instances found: the training data has no rows.", task, DataRow.View(_context, [], slotCount: 3));

    [Theory, AllTasks]
    public void Fit_WithoutUsableRows_SaysItInMLNetsWords(string task) => AssertError<InvalidOperationException>(
        "No valid training instances found, all instances have missing features. "
        + "A missing label or weight counts as well: replace missing values first.", task,
        DataRow.View(_context, [.. Planted.Linear(5, 3, 2, seed: 1).Select(row => row.With([1, float.PositiveInfinity, 2]))]));

    [Theory, AllTasks]
    public void Fit_WithWeightsOfZeroOnly_SaysSo(string task)
    {
        DataRow[] rows = Planted.Linear(5, 3, 2, seed: 1);
        Array.ForEach(rows, row => row.Weight = 0);
        AssertError<InvalidOperationException>("No valid training instances found: all 5 rows have the weight 0 in column 'Weight'.", task,
            DataRow.View(_context, rows), options => options.ExampleWeightColumnName = "Weight");
    }

    [Theory, AllTasks]
    public void Fit_WithANegativeWeight_NamesRowAndValue(string task)
    {
        DataRow[] rows = Planted.Linear(20, 3, 2, seed: 1);
        rows[7].Weight = -0.5f;
        AssertError<ArgumentException>(
            "Row 7 has the weight -0.5 in column 'Weight'; weights must be at least 0. (Parameter 'ExampleWeightColumnName')", task,
            DataRow.View(_context, rows), options => options.ExampleWeightColumnName = "Weight");
    }

    [Theory]
    [InlineData("binary",
        "Column 'Flag' shows a single class on all 20 training rows: at least two are needed. "
        + "Check the label mapping, or how the rows were split.")]
    [InlineData("multiclass",
        "Column 'Kind' shows a single class on all 20 training rows: at least two are needed. "
        + "Check the label mapping, or how the rows were split.")]
    [InlineData("regression", "Column 'Target' has the value 1.5 on all 20 training rows: there is nothing to predict.")]
    public void Fit_WithOneLabelOnly_SaysSo(string task, string message) => AssertError<ArgumentException>(
        message + " (Parameter 'LabelColumnName')", task,
        DataRow.View(_context, [.. Planted.Linear(20, 3, 2, seed: 1).Select(row => DataRow.Create(row.Values, 1.5))]));

    [Fact]
    public void Fit_WithFewerRowsThanClasses_NamesBoth() => AssertError<ArgumentException>(
        "Column 'Kind' has 3 classes, but there are only 2 training rows. "
        + "Give at least one row a class, or map the label to fewer classes. (Parameter 'LabelColumnName')",
        "multiclass", DataRow.View(_context, [DataRow.Create([1, 2], -1), DataRow.Create([2, 1], 1)]));

    [Theory, AllTasks]
    public void Fit_WithConstantFeaturesOnly_SaysSo(string task) => AssertError<ArgumentException>(
        "Column 'Features': all 3 slots have a single value on the 20 training rows, so there is nothing to learn from. "
        + "Check how the column is made. (Parameter 'FeatureColumnName')", task,
        DataRow.View(_context, [.. Planted.Linear(20, 3, 2, seed: 1).Select(row => row.With([1, 0, 3]))]));

    [Theory, AllTasks]
    public void Fit_WithALabelOfAnotherType_SaysItInMLNetsWords(string task)
    {
        var training = TrainingTask.Get(task);
        (string other, string type) = task == "regression" ? ("Flag", "Boolean") : ("Target", "Single");
        AssertError<ArgumentException>(
            $"Schema mismatch for label column '{other}': expected {training.LabelType}, got {type} (Parameter 'labelCol')", task,
            Data(), options => options.LabelColumnName = other);
    }

    [Theory, AllTasks]
    public void Fit_WithoutTheLabelColumn_NamesIt(string task) => AssertError<ArgumentException>(
        "Could not find label column 'Nothing' (Parameter 'inputSchema')", task, Data(), options => options.LabelColumnName = "Nothing");

    [Theory, AllTasks]
    public void Fit_WithoutTheFeatureColumn_NamesIt(string task) => AssertError<ArgumentException>(
        "Could not find feature column 'Nothing' (Parameter 'inputSchema')", task, Data(),
        options => options.FeatureColumnName = "Nothing");

    [Theory, AllTasks]
    public void Fit_WithoutTheWeightColumn_NamesIt(string task) => AssertError<ArgumentException>(
        "Could not find weight column 'Nothing' (Parameter 'inputSchema')", task, Data(),
        options => options.ExampleWeightColumnName = "Nothing");

    [Theory, AllTasks]
    public void Fit_WithAVectorOfUnknownSize_SaysItInMLNetsWords(string task) => AssertError<ArgumentException>(
        "Schema mismatch for feature column 'Features': expected Vector<Single>, got VarVector<Single> (Parameter 'inputSchema')", task,
        DataRow.View(_context, Planted.Linear(20, 3, 2, seed: 1), slotCount: 0));

    [Theory, AllTasks]
    public void Fit_WithValidationRowsOfAnotherSize_NamesBothSizes(string task)
    {
        IEstimator<ITransformer> trainer = TrainingTask.Get(task).Trainer(_context, 1);
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() =>
            TrainingTask.Get(task).FitWithValidation(trainer, Data(), DataRow.View(_context, Planted.Linear(20, 4, 2, seed: 1))));
        Assert.Equal(
            "The feature column 'Features' of the validation data has 4 slots, but that of the training data has 3. "
            + "(Parameter 'validationData')", error.Message);
    }

    [Theory, AllTasks]
    public void Fit_WithoutUsableValidationRows_SaysSo(string task)
    {
        IEstimator<ITransformer> trainer = TrainingTask.Get(task).Trainer(_context, 1);
        InvalidOperationException error = Assert.ThrowsAny<InvalidOperationException>(() =>
            TrainingTask.Get(task).FitWithValidation(trainer, Data(), DataRow.View(_context, [], slotCount: 3)));
        Assert.Equal("No valid validation instances found: the validation data has no rows.", error.Message);
        Assert.Equal("validationData", Assert.Throws<ArgumentNullException>(() =>
            TrainingTask.Get(task).FitWithValidation(trainer, Data(), null!)).ParamName);
        Assert.Equal("trainData", Assert.Throws<ArgumentNullException>(() =>
            TrainingTask.Get(task).FitWithValidation(trainer, null!, Data())).ParamName);
    }

    private IDataView Data() => DataRow.View(_context, Planted.Linear(20, 3, 2, seed: 1));

    private void AssertError<TException>(string message, string task, IDataView data, Action<DGatingTrainerOptions>? change = null)
        where TException : Exception =>
        Assert.Equal(message, Assert.ThrowsAny<TException>(() => TrainingTask.Get(task).Fit(_context, data, 1, change)).Message);
}
