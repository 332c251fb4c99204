using Microsoft.ML;

namespace MLNet.DGating.Tests.Options;

/// <summary>An option out of range is refused when the trainer is made.</summary>
/// <remarks>The message names the option, the rule, the value and a cure.</remarks>
public class OptionsCheckTests
{
    private static readonly Dictionary<string, (Action<DGatingTrainerOptions> Change, string Message)> s_cases = new()
    {
        ["label empty"] = (o => o.LabelColumnName = "",
            "LabelColumnName must be the name of a column, but was empty. (Parameter 'LabelColumnName')"),
        ["feature empty"] = (o => o.FeatureColumnName = "",
            "FeatureColumnName must be the name of a column, but was empty. (Parameter 'FeatureColumnName')"),
        ["count 0"] = (o => o.MaximumFeatureCount = 0,
            "MaximumFeatureCount must be at least 1, but was 0. Leave it null to have the count chosen. (Parameter 'MaximumFeatureCount')"),
        ["count -1"] = (o => o.MaximumFeatureCount = -1,
            "MaximumFeatureCount must be at least 1, but was -1. Leave it null to have the count chosen. "
            + "(Parameter 'MaximumFeatureCount')"),
        ["lambda -1"] = (o => o.Lambda = -1,
            "Lambda must be at least 0 and finite, but was -1. Use 0 to keep every feature, or leave it null to have the count chosen. "
            + "(Parameter 'Lambda')"),
        ["lambda NaN"] = (o => o.Lambda = double.NaN,
            "Lambda must be at least 0 and finite, but was NaN. "
            + "Use 0 to keep every feature, or leave it null to have the count chosen. (Parameter 'Lambda')"),
        ["lambda infinite"] = (o => o.Lambda = double.PositiveInfinity,
            "Lambda must be at least 0 and finite, but was Infinity. "
            + "Use 0 to keep every feature, or leave it null to have the count chosen. (Parameter 'Lambda')"),
        ["count and lambda"] = (o => (o.MaximumFeatureCount, o.Lambda) = (3, 0.5),
            "Lambda must be null where MaximumFeatureCount is given, but was 0.5. Either the count or λ decides. (Parameter 'Lambda')"),
        ["certificate without lambda"] = (o => o.ComputeCertificate = true,
            "ComputeCertificate must be false where Lambda is null or 0, but was True. "
            + "A certificate is of the penalised objective at a fixed λ. (Parameter 'ComputeCertificate')"),
        ["certificate of lambda 0"] = (o => (o.ComputeCertificate, o.Lambda) = (true, 0),
            "ComputeCertificate must be false where Lambda is null or 0, but was True. "
            + "A certificate is of the penalised objective at a fixed λ. (Parameter 'ComputeCertificate')"),
        ["certificate with noise"] = (o => (o.ComputeCertificate, o.Lambda, o.InputNoise) = (true, 0.1, 0.5),
            "InputNoise must be null or 0 where ComputeCertificate is set, but was 0.5. "
            + "A certificate is of the objective without noise. (Parameter 'InputNoise')"),
        ["neurons of two layers"] = (o => (o.SelectNeurons, o.HiddenLayers) = (true, [8, 4]),
            "HiddenLayers must be one layer where SelectNeurons is set, but was 2 layers. Neurons are selected in a single hidden layer. "
            + "(Parameter 'HiddenLayers')"),
        ["neurons of no layer"] = (o => (o.SelectNeurons, o.HiddenLayers) = (true, []),
            "HiddenLayers must be one layer where SelectNeurons is set, but was 0 layers. Neurons are selected in a single hidden layer. "
            + "(Parameter 'HiddenLayers')"),
        ["neurons of an additive model"] = (o => (o.SelectNeurons, o.Shape, o.HiddenLayers) =
                (true, DGatingModelShape.Additive, [DGatingDefaults.HiddenNeurons]),
            "Shape must be Interactions where SelectNeurons is set, but was Additive. An additive model has no neurons. "
            + "(Parameter 'Shape')"),
        ["neurons of an additive model with pairs"] = (o => (o.SelectNeurons, o.Shape, o.HiddenLayers) =
                (true, DGatingModelShape.AdditiveWithPairs, [DGatingDefaults.HiddenNeurons]),
            "Shape must be Interactions where SelectNeurons is set, but was AdditiveWithPairs. An additive model has no neurons. "
            + "(Parameter 'Shape')"),
        ["neurons of embeddings"] = (o => (o.SelectNeurons, o.NumericEncoding) = (true, DGatingNumericEncoding.Embedding),
            "NumericEncoding must be Auto, None or PiecewiseLinear where SelectNeurons is set, but was Embedding. "
            + "The neurons of embeddings belong to their features. (Parameter 'NumericEncoding')"),
        ["neurons of several networks"] = (o => (o.SelectNeurons, o.EnsembleSize) = (true, 3),
            "EnsembleSize must be 1 where SelectNeurons is set, but was 3. Several networks would not have the same neurons. "
            + "(Parameter 'EnsembleSize')"),
        ["neurons with a certificate"] = (o => (o.SelectNeurons, o.ComputeCertificate, o.Lambda) = (true, true, 0.1),
            "ComputeCertificate must be false where SelectNeurons is set, but was True. "
            + "A certificate is of the network with all neurons. (Parameter 'ComputeCertificate')"),
        ["additive with layers"] = (o => (o.Shape, o.HiddenLayers) = (DGatingModelShape.Additive, [8, 4]),
            "HiddenLayers must be empty, or as it is by default, where Shape is Additive, but was 8, 4. "
            + "In hidden layers features interact. (Parameter 'HiddenLayers')"),
        ["additive with embeddings"] = (
            o => (o.Shape, o.HiddenLayers, o.NumericEncoding) = (DGatingModelShape.Additive, [], DGatingNumericEncoding.Embedding),
            "NumericEncoding must be Auto, None or PiecewiseLinear where Shape is Additive, but was Embedding. "
            + "Features interact in the layers above embeddings. (Parameter 'NumericEncoding')"),
        ["additive without an additive part"] = (
            o => (o.Shape, o.HiddenLayers, o.AdditivePart) = (DGatingModelShape.Additive, [], false),
            "AdditivePart must be null or true where Shape is Additive, but was False. The additive part is the whole model. "
            + "(Parameter 'AdditivePart')"),
        ["additive with noise"] = (o => (o.Shape, o.HiddenLayers, o.InputNoise) = (DGatingModelShape.Additive, [], 0.5),
            "InputNoise must be null or 0 where Shape is Additive, but was 0.5. Noise would move values to other intervals. "
            + "With NumericEncoding None curves are lines, and may have it. (Parameter 'InputNoise')"),
        ["shape 7"] = (o => o.Shape = (DGatingModelShape)7,
            "Shape must be one of Interactions, Additive, AdditiveWithPairs, but was 7. (Parameter 'Shape')"),
        ["heredity 7"] = (o => o.PairHeredity = (DGatingPairHeredity)7,
            "PairHeredity must be one of Strong, Weak, but was 7. (Parameter 'PairHeredity')"),
        ["pairs -1"] = (o => o.MaximumPairCount = -1,
            "MaximumPairCount must be at least 0, but was -1. Leave it null to have the count chosen. (Parameter 'MaximumPairCount')"),
        ["pairs of a network"] = (o => o.MaximumPairCount = 3,
            "MaximumPairCount must be null where Shape is Interactions, but was 3. Set Shape to AdditiveWithPairs. "
            + "(Parameter 'MaximumPairCount')"),
        ["heredity of curves"] = (
            o => (o.Shape, o.HiddenLayers, o.PairHeredity) = (DGatingModelShape.Additive, [], DGatingPairHeredity.Weak),
            "PairHeredity must be Strong, its default, where Shape is Additive, but was Weak. Set Shape to AdditiveWithPairs. "
            + "(Parameter 'PairHeredity')"),
        ["pairs with layers"] = (o => (o.Shape, o.HiddenLayers) = (DGatingModelShape.AdditiveWithPairs, [8, 4]),
            "HiddenLayers must be empty, or as it is by default, where Shape is AdditiveWithPairs, but was 8, 4. "
            + "In hidden layers features interact. (Parameter 'HiddenLayers')"),
        ["pairs of lines"] = (
            o => (o.Shape, o.HiddenLayers, o.NumericEncoding) = (DGatingModelShape.AdditiveWithPairs, [], DGatingNumericEncoding.None),
            "NumericEncoding must be Auto or PiecewiseLinear where Shape is AdditiveWithPairs, but was None. "
            + "The functions of pairs have the edges of curves. (Parameter 'NumericEncoding')"),
        ["pairs with a certificate"] = (
            o => (o.Shape, o.HiddenLayers, o.Lambda, o.ComputeCertificate) = (DGatingModelShape.AdditiveWithPairs, [], 0.1, true),
            "ComputeCertificate must be false where Shape is AdditiveWithPairs, but was True. Curves and pairs are chosen one after the "
            + "other, so that there is no single objective. Use Additive. (Parameter 'ComputeCertificate')"),
        ["weak pairs of a count"] = (
            o => (o.Shape, o.HiddenLayers, o.MaximumFeatureCount, o.PairHeredity) =
                (DGatingModelShape.AdditiveWithPairs, [], 3, DGatingPairHeredity.Weak),
            "PairHeredity must be Strong where MaximumFeatureCount or MaximumCost is given, but was Weak. "
            + "With Weak a pair may bring further features. (Parameter 'PairHeredity')"),
        ["pairs with a checkpoint"] = (
            o => (o.Shape, o.HiddenLayers, o.CheckpointPath) = (DGatingModelShape.AdditiveWithPairs, [], "fit.checkpoint"),
            "CheckpointPath must be null where Shape is AdditiveWithPairs, but was fit.checkpoint. "
            + "A fit with pairs keeps no checkpoint. (Parameter 'CheckpointPath')"),
        ["depth 1.5"] = (o => o.GateDepth = 1.5,
            "GateDepth must be at least 2 and finite, but was 1.5. For a network without selection set Lambda to 0. "
            + "(Parameter 'GateDepth')"),
        ["depth NaN"] = (o => o.GateDepth = double.NaN,
            "GateDepth must be at least 2 and finite, but was NaN. For a network without selection set Lambda to 0. "
            + "(Parameter 'GateDepth')"),
        ["depth infinite"] = (o => o.GateDepth = double.PositiveInfinity,
            "GateDepth must be at least 2 and finite, but was Infinity. For a network without selection set Lambda to 0. "
            + "(Parameter 'GateDepth')"),
        ["groups null"] = (o => o.Groups = null!, "Groups must be one of FeatureGroups, but was null. (Parameter 'Groups')"),
        ["kept null"] = (o => o.AlwaysKeep = null!,
            "AlwaysKeep must be a list of names, but was null. Use an empty list where no feature has to stay. (Parameter 'AlwaysKeep')"),
        ["kept empty name"] = (o => o.AlwaysKeep = ["a", ""],
            "AlwaysKeep must be names of features, but was an empty name. (Parameter 'AlwaysKeep')"),
        ["weight 0"] = (o => o.GroupWeights = Factor(0),
            "GroupWeights must be between 1e-6 and 1e6, but was 0 for 'a'. Use AlwaysKeep for features that have to stay. "
            + "(Parameter 'GroupWeights')"),
        ["weight -2"] = (o => o.GroupWeights = Factor(-2),
            "GroupWeights must be between 1e-6 and 1e6, but was -2 for 'a'. Use AlwaysKeep for features that have to stay. "
            + "(Parameter 'GroupWeights')"),
        ["weight NaN"] = (o => o.GroupWeights = Factor(double.NaN),
            "GroupWeights must be between 1e-6 and 1e6, but was NaN for 'a'. Use AlwaysKeep for features that have to stay. "
            + "(Parameter 'GroupWeights')"),
        ["weight infinite"] = (o => o.GroupWeights = Factor(double.PositiveInfinity),
            "GroupWeights must be between 1e-6 and 1e6, but was Infinity for 'a'. Use AlwaysKeep for features that have to stay. "
            + "(Parameter 'GroupWeights')"),
        ["cost 0"] = (o => o.GroupCosts = Factor(0),
            "GroupCosts must be between 1e-6 and 1e6, but was 0 for 'a'. "
            + "Give costs in another unit, or leave out features that cost nothing beside the others. (Parameter 'GroupCosts')"),
        ["cost NaN"] = (o => o.GroupCosts = Factor(double.NaN),
            "GroupCosts must be between 1e-6 and 1e6, but was NaN for 'a'. "
            + "Give costs in another unit, or leave out features that cost nothing beside the others. (Parameter 'GroupCosts')"),
        ["budget 0"] = (o => (o.GroupCosts, o.MaximumCost) = (Factor(1), 0),
            "MaximumCost must be above 0 and finite, but was 0. (Parameter 'MaximumCost')"),
        ["budget NaN"] = (o => (o.GroupCosts, o.MaximumCost) = (Factor(1), double.NaN),
            "MaximumCost must be above 0 and finite, but was NaN. (Parameter 'MaximumCost')"),
        ["budget without costs"] = (o => o.MaximumCost = 3,
            "MaximumCost must be null without GroupCosts, but was 3. To bound the number of features use MaximumFeatureCount. "
            + "(Parameter 'MaximumCost')"),
        ["budget and count"] = (o => (o.GroupCosts, o.MaximumCost, o.MaximumFeatureCount) = (Factor(1), 3, 2),
            "MaximumCost must be null where MaximumFeatureCount or Lambda is given, but was 3. The budget, the count or λ decides. "
            + "(Parameter 'MaximumCost')"),
        ["budget and lambda"] = (o => (o.GroupCosts, o.MaximumCost, o.Lambda) = (Factor(1), 3, 0.1),
            "MaximumCost must be null where MaximumFeatureCount or Lambda is given, but was 3. The budget, the count or λ decides. "
            + "(Parameter 'MaximumCost')"),
        ["hidden null"] = (o => o.HiddenLayers = null!,
            "HiddenLayers must be a list of layer sizes, but was null. Use an empty list for a linear model. (Parameter 'HiddenLayers')"),
        ["hidden 0"] = (o => o.HiddenLayers = [16, 0],
            "HiddenLayers must be sizes of at least 1, but was 16, 0. (Parameter 'HiddenLayers')"),
        ["encoding"] = (o => o.NumericEncoding = (DGatingNumericEncoding)9,
            "NumericEncoding must be one of Auto, None, PiecewiseLinear, Embedding, but was 9. (Parameter 'NumericEncoding')"),
        ["noise and intervals"] = (o => (o.InputNoise, o.NumericEncoding) = (0.5, DGatingNumericEncoding.PiecewiseLinear),
            "InputNoise must be null or 0 where NumericEncoding is PiecewiseLinear, but was 0.5. "
            + "Noise would move values to other intervals. (Parameter 'InputNoise')"),
        ["activation"] = (o => o.Activation = (DGatingActivation)7,
            "Activation must be one of Relu, Tanh, but was 7. (Parameter 'Activation')"),
        ["no feature enters"] = (o => o.ScreenedFeatureCount = 0,
            "ScreenedFeatureCount must be at least 1, but was 0. "
            + "Leave it null, or use int.MaxValue to let every feature enter the path. (Parameter 'ScreenedFeatureCount')"),
        ["screening at a λ"] = (o => (o.ScreenedFeatureCount, o.Lambda) = (100, 0.1),
            "ScreenedFeatureCount must be null where Lambda is given, but was 100. "
            + "At a fixed λ every feature enters. (Parameter 'ScreenedFeatureCount')"),
        ["noise -1"] = (o => o.InputNoise = -1,
            "InputNoise must be at least 0 and finite, but was -1. Leave it null to have it chosen. (Parameter 'InputNoise')"),
        ["noise NaN"] = (o => o.InputNoise = double.NaN,
            "InputNoise must be at least 0 and finite, but was NaN. Leave it null to have it chosen. (Parameter 'InputNoise')"),
        ["L2 -1"] = (o => o.L2Regularization = -1,
            "L2Regularization must be at least 0 and finite, but was -1. "
            + "Leave it null to have it follow from rows and columns. (Parameter 'L2Regularization')"),
        ["rate 0"] = (o => o.LearningRate = 0, "LearningRate must be above 0 and finite, but was 0. (Parameter 'LearningRate')"),
        ["rate NaN"] = (o => o.LearningRate = double.NaN,
            "LearningRate must be above 0 and finite, but was NaN. (Parameter 'LearningRate')"),
        ["momentum 1"] = (o => o.Momentum = 1, "Momentum must be at least 0 and below 1, but was 1. (Parameter 'Momentum')"),
        ["momentum -0.1"] = (o => o.Momentum = -0.1, "Momentum must be at least 0 and below 1, but was -0.1. (Parameter 'Momentum')"),
        ["batch 0"] = (o => o.BatchSize = 0, "BatchSize must be at least 1, but was 0. (Parameter 'BatchSize')"),
        ["dense 0"] = (o => o.NumberOfDenseIterations = 0,
            "NumberOfDenseIterations must be at least 1, but was 0. (Parameter 'NumberOfDenseIterations')"),
        ["refit 0"] = (o => o.NumberOfRefitIterations = 0,
            "NumberOfRefitIterations must be at least 1, but was 0. (Parameter 'NumberOfRefitIterations')"),
        ["runs 0"] = (o => o.NumberOfRuns = 0,
            "NumberOfRuns must be at least 1, but was 0. Use 1 for a single run. (Parameter 'NumberOfRuns')"),
        ["runs and lambda"] = (o => (o.NumberOfRuns, o.Lambda) = (5, 0.5),
            "NumberOfRuns must be 1 where Lambda or MaximumCost is given, but was 5. "
            + "Each run leaves another count at λ, and there is none to average at. Use MaximumFeatureCount, or leave both null. "
            + "(Parameter 'NumberOfRuns')"),
        ["ensemble 0"] = (o => o.EnsembleSize = 0,
            "EnsembleSize must be from 1 to 64, but was 0. Use 1 for a single network. (Parameter 'EnsembleSize')"),
        ["ensemble 65"] = (o => o.EnsembleSize = 65,
            "EnsembleSize must be from 1 to 64, but was 65. Use 1 for a single network. (Parameter 'EnsembleSize')"),
        ["ensemble and certificate"] = (o => (o.EnsembleSize, o.Lambda, o.ComputeCertificate) = (2, 0.5, true),
            "EnsembleSize must be 1 where ComputeCertificate is set, but was 2. A certificate is that of a single network. "
            + "(Parameter 'EnsembleSize')"),
        ["initial lambda 0"] = (o => o.InitialLambda = 0,
            "InitialLambda must be above 0 and finite, but was 0. (Parameter 'InitialLambda')"),
        ["growth 1"] = (o => o.LambdaGrowth = 1, "LambdaGrowth must be above 1 and finite, but was 1. (Parameter 'LambdaGrowth')"),
        ["threads 0"] = (o => o.NumberOfThreads = 0, "NumberOfThreads must be at least 1, but was 0. (Parameter 'NumberOfThreads')"),
        ["row memory 0"] = (o => o.MaximumRowMemory = 0,
            "MaximumRowMemory must be above 0, but was 0. Leave it null for half of the memory that the process may use. "
            + "(Parameter 'MaximumRowMemory')"),
        ["row precision"] = (o => o.RowPrecision = (DGatingRowPrecision)3,
            "RowPrecision must be one of Full, Half, but was 3. (Parameter 'RowPrecision')"),
        ["device"] = (o => o.Device = (DGatingDevice)9, "Device must be one of Auto, Cpu, Cuda, but was 9. (Parameter 'Device')"),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory, MemberData(nameof(Cases))]
    public void Ctor_WithAnOptionOutOfRange_SaysWhichAndWhatToDo(string name)
    {
        (Action<DGatingTrainerOptions> change, string message) = s_cases[name];
        Assert.All(["binary", "multiclass", "regression"], task =>
        {
            ArgumentException error =
                Assert.ThrowsAny<ArgumentException>(() => TrainingTask.Get(task).Trainer(new MLContext(), change: change));
            Assert.Equal(message, error.Message);
        });
    }

    [Theory, AllTasks]
    public void Ctor_WithoutOptions_NamesThem(string task)
    {
        ArgumentNullException error = Assert.Throws<ArgumentNullException>(() => TrainingTask.Get(task).Create(new MLContext(), null));
        Assert.Equal("options", error.ParamName);
    }

    [Theory, AllTasks]
    public void Ctor_OfTheShortForm_ChecksAsWell(string task)
    {
        var training = TrainingTask.Get(task);
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(
            () => training.CreateSimply(new MLContext(), training.Label, "Features", null, 2, 0.1, 3));
        Assert.StartsWith("Lambda must be null where MaximumFeatureCount is given, but was 0.1.", error.Message, StringComparison.Ordinal);
    }

    [Theory, AllTasks]
    public void Ctor_EnsureDefaultValues(string task)
    {
        DGatingTrainerOptions options = TrainingTask.Get(task).NewOptions();
        Assert.Equal(("Label", "Features", null), (options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName));
        Assert.Null(options.MaximumFeatureCount);
        Assert.Null(options.Lambda);
        Assert.Null(options.GroupWeights);
        Assert.Null(options.GroupCosts);
        Assert.Null(options.MaximumCost);
        Assert.Empty(options.AlwaysKeep);
        Assert.Null(options.InputNoise);
        Assert.Null(options.BatchSize);
        Assert.Null(options.Seed);
        Assert.Null(options.NumberOfThreads);
        Assert.Null(options.Progress);
        Assert.False(options.UseSkipConnection);
        Assert.False(options.SelectNeurons);
        Assert.False(options.ComputeCertificate);
        Assert.False(options.RecordGateDynamics);
        Assert.Equal(1, options.NumberOfRuns);
        Assert.Equal(1, options.EnsembleSize);
        Assert.Equal(DGatingDefaults.GateDepth, options.GateDepth);
        Assert.Equal([DGatingDefaults.HiddenNeurons], options.HiddenLayers);
        Assert.Null(options.AdditivePart);
        Assert.Equal(DGatingNumericEncoding.Auto, options.NumericEncoding);
        Assert.Equal(DGatingModelShape.Interactions, options.Shape);
        Assert.Same(FeatureGroups.BySourceColumn, options.Groups);
        Assert.Equal(DGatingDevice.Auto, options.Device);
    }

    [Theory, AllTasks]
    public void Options_ChangedAfterTheTrainerIsMade_DoNotReachIt(string task)
    {
        DataRow[] rows = Planted.Linear(60, 4, 2, seed: 1);
        var context = new MLContext(seed: 1);
        var costs = new Dictionary<string, double> { ["Slot 0"] = 1 };
        DGatingTrainerOptions options = TrainingTask.Get(task).Quick(2);
        (options.AlwaysKeep, options.GroupCosts) = (["Slot 3"], costs);
        IEstimator<ITransformer> trainer = TrainingTask.Get(task).Create(context, options);
        options.MaximumFeatureCount = -5;
        options.HiddenLayers[0] = -1;
        options.AlwaysKeep[0] = "Nothing";
        costs["Slot 0"] = -1;
        Fitted fitted = new(trainer.Fit(DataRow.View(context, rows)));
        Assert.Equal(2, fitted.Selected.Length);
        Assert.Contains(3, fitted.Selected);
    }

    private static Dictionary<string, double> Factor(double value) => new() { ["b"] = 1, ["a"] = value };
}
