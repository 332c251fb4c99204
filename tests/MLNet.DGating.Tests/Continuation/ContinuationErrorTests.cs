using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Continuation;

/// <summary>A model that does not fit the data or the options is refused before training, with what to do.</summary>
public class ContinuationErrorTests
{
    private const int Slots = 4;

    private readonly MLContext _context = new(seed: 1);
    private readonly TrainingTask _task = TrainingTask.Get("regression");
    private readonly DataRow[] _rows = Planted.Linear(100, Slots, 2, seed: 1);

    [Fact]
    public void WithoutAModel_TheArgumentIsNamed() => Assert.Equal(
        "previousModel",
        Assert.Throws<ArgumentNullException>(() =>
            ((DGatingBinaryTrainer)TrainingTask.Get("binary").Trainer(_context)).Fit(
                DataRow.View(_context, _rows), (DGatingBinaryModelParameters)null!)).ParamName);

    [Theory, AllTasks]
    public void AnotherNumberOfSlots_IsRefused(string task)
    {
        var training = TrainingTask.Get(task);
        Fitted first = training.Fit(_context, Planted.Linear(100, 5, 2, seed: 1), 2);
        Assert.StartsWith(
            "The feature column 'Features' has 4 slots, but that of the previous model had 5. " +
            "Make the features with the transforms that were fitted for that model.",
            MessageOf(() => training.Continue(_context, _rows, first)), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherNameOfASelectedSlot_IsRefused_AndOfAnotherAccepted()
    {
        IDataView Named(string[] names) => DataRow.View(_context, _rows, names);
        Fitted first = _task.Fit(_context, Named(["a", "b", "c", "d"]), 2);
        Assert.StartsWith(
            "Slot 1 of the feature column 'Features' is 'x', but the previous model reads 'b' there.",
            MessageOf(() => Continuing.Fit(_task.Trainer(_context), Named(["a", "x", "c", "d"]), first)), StringComparison.Ordinal);
        Assert.Equal([0, 1], Continuing.Fit(_task.Trainer(_context), Named(["a", "b", "c", "x"]), first).Selected);
        Assert.Equal([0, 1], _task.Continue(_context, _rows, first).Selected);
    }

    [Fact]
    public void OtherGroups_AreRefused() => Assert.StartsWith(
        "The slots of column 'Features' are 3 features, but in the previous model they were 4 others. Set Groups as for that model.",
        MessageOf(() => Continue(First(), options => options.Groups = FeatureGroups.OfSlots([0, 1]))), StringComparison.Ordinal);

    [Fact]
    public void AnotherNumberOfClasses_IsRefused()
    {
        var training = TrainingTask.Get("multiclass");
        Fitted first = training.Fit(_context, _rows, 2);
        Assert.StartsWith(
            "Column 'Kind' has 4 classes, but the previous model has 3. Map the label with the transform that was fitted for that model, " +
            "or train anew without it.",
            MessageOf(() => Continuing.Fit(training.Trainer(_context), OfFourClasses(), first)), StringComparison.Ordinal);
    }

    [Fact]
    public void AConstant_IsRefused()
    {
        Fitted constant = _task.Fit(_context, _rows, null, options => options.Lambda = 1e3);
        Assert.Empty(constant.Selected);
        Assert.StartsWith(
            "The previous model has no features: it is a constant, with which nothing can go on.",
            MessageOf(() => Continue(constant, _ => { })), StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsThatAKeptSelectionContradicts_AreRefused()
    {
        Fitted first = First();
        const string cure = " Select anew with Continuation = WidenSelection, or change the option.";
        Assert.StartsWith(
            "MaximumFeatureCount is 1, but the previous model has 2 features." + cure,
            MessageOf(() => Continue(first, options => options.MaximumFeatureCount = 1)), StringComparison.Ordinal);
        Assert.StartsWith(
            "AlwaysKeep names 'Slot 3', which the previous model does not have." + cure,
            MessageOf(() => Continue(first, options => options.AlwaysKeep = ["Slot 3"])), StringComparison.Ordinal);
        Assert.StartsWith(
            "MaximumCost is 3, but the features of the previous model cost 6." + cure,
            MessageOf(() => Continue(first, options =>
            {
                options.GroupCosts = new Dictionary<string, double> { ["Slot 0"] = 3, ["Slot 1"] = 3 };
                options.MaximumCost = 3;
            })), StringComparison.Ordinal);
        Assert.StartsWith(
            "ComputeCertificate must be false where a selection is kept, but was True: a certificate is of a path's end.",
            MessageOf(() => Continue(first, options => (options.Lambda, options.ComputeCertificate) = (0.1, true))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AWidenedSelection_OfEmbeddings_IsRefused()
    {
        Fitted first = _task.Fit(_context, _rows, 2, options => options.NumericEncoding = DGatingNumericEncoding.Embedding);
        Assert.StartsWith(
            "Continuation must be KeepSelection where the previous model has embeddings, but was WidenSelection: the network that " +
            "selected its features is not part of it. To select anew train without the previous model.",
            MessageOf(() => Continue(first, options => options.Continuation = DGatingContinuation.WidenSelection)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherLoss_IsRefused_WhereTheScoreMeansSomethingElse()
    {
        Fitted plain = First(), quantiles = First(options => options.Loss = DGatingRegressionLoss.Quantile);
        DataRow[] positive = _rows.WithTargets(row => Math.Exp(row.Target));
        Fitted logarithm = new(Trainer(options => options.TargetTransform = DGatingTargetTransform.Log)
            .Fit(DataRow.View(_context, positive)));
        Assert.StartsWith(
            "The trainer predicts the quantiles 0.1, 0.9, but the previous model one number. Set Loss and Quantiles as for that model.",
            MessageOf(() => Continue(plain, options =>
            {
                ((DGatingRegressionTrainer.Options)options).Loss = DGatingRegressionLoss.Quantile;
                ((DGatingRegressionTrainer.Options)options).Quantiles = [0.1, 0.9];
            })), StringComparison.Ordinal);
        Assert.StartsWith(
            "The trainer predicts one number, but the previous model the quantiles 0.05, 0.5, 0.95.",
            MessageOf(() => Continue(quantiles, _ => { })), StringComparison.Ordinal);
        Assert.StartsWith(
            "The previous model learned logarithms of the label, but Loss is Squared and TargetTransform None.",
            MessageOf(() => Continue(logarithm, _ => { })), StringComparison.Ordinal);
        Assert.StartsWith(
            "The previous model learned the label itself, but Loss Poisson with TargetTransform None learns logarithms.",
            MessageOf(() => Continue(plain, options => ((DGatingRegressionTrainer.Options)options).Loss = DGatingRegressionLoss.Poisson)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void LogarithmsWithoutAnOffset_OfALabelOf0_AreRefused()
    {
        DataRow[] positive = _rows.WithTargets(row => Math.Exp(row.Target));
        static void Auto(DGatingRegressionTrainer.Options options) => options.TargetTransform = DGatingTargetTransform.Log;
        Fitted first = new(Trainer(Auto).Fit(DataRow.View(_context, positive)));
        positive[3].Target = 0;
        Assert.Contains(
            "Row 3 of the training data has the label 0 in column 'Target', but labels must be above 0 where logarithms are learned.",
            MessageOf(() => Continuing.Fit(Trainer(Auto), DataRow.View(_context, positive), first)), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnnamedContinuation_IsRefused() => Assert.StartsWith(
        "Continuation must be one of KeepSelection, WidenSelection, but was 7.",
        MessageOf(() => Continue(First(), options => options.Continuation = (DGatingContinuation)7)), StringComparison.Ordinal);

    private static string MessageOf(Func<object> fit) => Assert.ThrowsAny<ArgumentException>(() => fit()).Message;

    private IDataView OfFourClasses()
    {
        var schema = SchemaDefinition.Create(typeof(DataRow));
        schema.Remove(schema.Single(column => column.MemberName == nameof(DataRow.Values)));
        schema[nameof(DataRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Slots);
        schema[nameof(DataRow.Kind)].ColumnType = new KeyDataViewType(typeof(uint), 4);
        return _context.Data.LoadFromEnumerable(_rows, schema);
    }

    private Fitted First(Action<DGatingRegressionTrainer.Options>? change = null) =>
        new(Trainer(change ?? (_ => { })).Fit(DataRow.View(_context, _rows)));

    private IEstimator<ITransformer> Trainer(Action<DGatingRegressionTrainer.Options> change) =>
        _task.Trainer(_context, 2, options => change((DGatingRegressionTrainer.Options)options));

    private Fitted Continue(Fitted previous, Action<DGatingTrainerOptions> change) =>
        _task.Continue(_context, _rows, previous, null, change);
}
