using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Checks the options of a trainer.</summary>
/// <remarks>Every option is checked when the trainer is made, before any row is read.</remarks>
internal static class OptionsCheck
{
    // With a larger factor a feature would leave at once or never, and λ would have to grow for thousands of iterations.
    private const double LargestFactor = 1e6;

    // More networks gain nothing measurable, and a layer between hidden ones grows with the square of their number.
    private const int MostMembers = 64;

    /// <summary>Throws a user error for the first option that breaks its rule.</summary>
    public static void Validate(IExceptionContext context, DGatingTrainerOptions options)
    {
        CheckColumns(context, options);
        CheckSelection(context, options);
        CheckCosts(context, options);
        CheckTraining(context, options);
        CheckExecution(context, options);
        options.CheckTask(context);
    }

    private static void CheckColumns(IExceptionContext context, DGatingTrainerOptions options)
    {
        Check(context, !string.IsNullOrEmpty(options.LabelColumnName), nameof(options.LabelColumnName), "the name of a column", "empty");
        Check(
            context, !string.IsNullOrEmpty(options.FeatureColumnName), nameof(options.FeatureColumnName), "the name of a column", "empty");
    }

    private static void CheckSelection(IExceptionContext context, DGatingTrainerOptions options)
    {
        Check(
            context, options.MaximumFeatureCount is null or >= 1, nameof(options.MaximumFeatureCount),
            "at least 1", options.MaximumFeatureCount, "Leave it null to have the count chosen.");
        Check(
            context, IsAtLeast(options.Lambda, 0), nameof(options.Lambda),
            "at least 0 and finite", options.Lambda, "Use 0 to keep every feature, or leave it null to have the count chosen.");
        Check(
            context, options.Lambda is null || options.MaximumFeatureCount is null, nameof(options.Lambda),
            $"null where {nameof(options.MaximumFeatureCount)} is given", options.Lambda, "Either the count or λ decides.");
        Check(
            context, !options.ComputeCertificate || options.Lambda > 0, nameof(options.ComputeCertificate),
            $"false where {nameof(options.Lambda)} is null or 0", options.ComputeCertificate,
            "A certificate is of the penalised objective at a fixed λ.");
        Check(
            context, !options.ComputeCertificate || options.InputNoise is null or 0, nameof(options.InputNoise),
            $"null or 0 where {nameof(options.ComputeCertificate)} is set", options.InputNoise,
            "A certificate is of the objective without noise.");
        Check(
            context, options.ScreenedFeatureCount is null or >= 1, nameof(options.ScreenedFeatureCount),
            "at least 1", options.ScreenedFeatureCount, "Leave it null, or use int.MaxValue to let every feature enter the path.");
        Check(
            context, options.ScreenedFeatureCount is null || options.Lambda is null, nameof(options.ScreenedFeatureCount),
            $"null where {nameof(options.Lambda)} is given", options.ScreenedFeatureCount, "At a fixed λ every feature enters.");
        CheckName(context, options.Continuation, nameof(options.Continuation));
        Check(
            context, IsAtLeast(options.GateDepth, 2), nameof(options.GateDepth),
            "at least 2 and finite", options.GateDepth, $"For a network without selection set {nameof(options.Lambda)} to 0.");
        Check(context, options.Groups is not null, nameof(options.Groups), $"one of {nameof(FeatureGroups)}", "null");
        Check(
            context, options.AlwaysKeep is not null, nameof(options.AlwaysKeep),
            "a list of names", "null", "Use an empty list where no feature has to stay.");
        Check(
            context, Array.TrueForAll(options.AlwaysKeep!, name => !string.IsNullOrEmpty(name)), nameof(options.AlwaysKeep),
            "names of features", "an empty name");
    }

    private static void CheckCosts(IExceptionContext context, DGatingTrainerOptions options)
    {
        CheckFactors(
            context, options.GroupWeights, nameof(options.GroupWeights),
            $"Use {nameof(options.AlwaysKeep)} for features that have to stay.");
        CheckFactors(
            context, options.GroupCosts, nameof(options.GroupCosts),
            "Give costs in another unit, or leave out features that cost nothing beside the others.");
        Check(context, IsAbove(options.MaximumCost, 0), nameof(options.MaximumCost), "above 0 and finite", options.MaximumCost);
        Check(
            context, options.MaximumCost is null || options.GroupCosts is not null, nameof(options.MaximumCost),
            $"null without {nameof(options.GroupCosts)}", options.MaximumCost,
            $"To bound the number of features use {nameof(options.MaximumFeatureCount)}.");
        Check(
            context, options.MaximumCost is null || options is { MaximumFeatureCount: null, Lambda: null }, nameof(options.MaximumCost),
            $"null where {nameof(options.MaximumFeatureCount)} or {nameof(options.Lambda)} is given", options.MaximumCost,
            "The budget, the count or λ decides.");
    }

    private static void CheckTraining(IExceptionContext context, DGatingTrainerOptions options)
    {
        const string atLeastOne = "at least 1", atLeastZero = "at least 0 and finite", aboveZero = "above 0 and finite";
        Check(
            context, options.HiddenLayers is not null, nameof(options.HiddenLayers),
            "a list of layer sizes", "null", "Use an empty list for a linear model.");
        Check(
            context, Array.TrueForAll(options.HiddenLayers!, size => size >= 1), nameof(options.HiddenLayers),
            "sizes of at least 1", string.Join(", ", options.HiddenLayers!));
        CheckName(context, options.NumericEncoding, nameof(options.NumericEncoding));
        CheckShape(context, options);
        CheckNeurons(context, options);
        CheckName(context, options.MissingValues, nameof(options.MissingValues));
        Check(
            context, options.NumericEncoding != DGatingNumericEncoding.PiecewiseLinear || options.InputNoise is null or 0,
            nameof(options.InputNoise), $"null or 0 where {nameof(options.NumericEncoding)} is PiecewiseLinear", options.InputNoise,
            "Noise would move values to other intervals.");
        CheckName(context, options.Activation, nameof(options.Activation));
        Check(
            context, IsAtLeast(options.InputNoise, 0), nameof(options.InputNoise),
            atLeastZero, options.InputNoise, "Leave it null to have it chosen.");
        Check(
            context, IsAtLeast(options.L2Regularization, 0), nameof(options.L2Regularization),
            atLeastZero, options.L2Regularization, "Leave it null to have it follow from rows and columns.");
        Check(context, IsAbove(options.LearningRate, 0), nameof(options.LearningRate), aboveZero, options.LearningRate);
        Check(context, options.Momentum is >= 0 and < 1, nameof(options.Momentum), "at least 0 and below 1", options.Momentum);
        Check(context, options.BatchSize is null or >= 1, nameof(options.BatchSize), atLeastOne, options.BatchSize);
        Check(
            context, options.NumberOfDenseIterations >= 1, nameof(options.NumberOfDenseIterations),
            atLeastOne, options.NumberOfDenseIterations);
        Check(
            context, options.NumberOfRefitIterations >= 1, nameof(options.NumberOfRefitIterations),
            atLeastOne, options.NumberOfRefitIterations);
        Check(
            context, options.NumberOfRuns >= 1, nameof(options.NumberOfRuns),
            atLeastOne, options.NumberOfRuns, "Use 1 for a single run.");
        Check(
            context, options.EnsembleSize is >= 1 and <= MostMembers, nameof(options.EnsembleSize),
            $"from 1 to {MostMembers}", options.EnsembleSize, "Use 1 for a single network.");
        Check(
            context, options.EnsembleSize == 1 || !options.ComputeCertificate, nameof(options.EnsembleSize),
            $"1 where {nameof(options.ComputeCertificate)} is set", options.EnsembleSize,
            "A certificate is that of a single network.");
        Check(
            context, options.NumberOfRuns == 1 || options is { Lambda: null, MaximumCost: null }, nameof(options.NumberOfRuns),
            $"1 where {nameof(options.Lambda)} or {nameof(options.MaximumCost)} is given", options.NumberOfRuns,
            "Each run leaves another count at λ, and there is none to average at. " +
            $"Use {nameof(options.MaximumFeatureCount)}, or leave both null.");
        Check(context, IsAbove(options.InitialLambda, 0), nameof(options.InitialLambda), aboveZero, options.InitialLambda);
        Check(context, IsAbove(options.LambdaGrowth, 1), nameof(options.LambdaGrowth), "above 1 and finite", options.LambdaGrowth);
    }

    private static void CheckShape(IExceptionContext context, DGatingTrainerOptions options)
    {
        CheckName(context, options.Shape, nameof(options.Shape));
        PairOptionsCheck.Validate(context, options);
        if (!options.HasCurves)
        {
            return;
        }

        string where = $"where {nameof(options.Shape)} is {options.Shape}";
        Check(
            context, options.HiddenLayers is [] or [DGatingDefaults.HiddenNeurons], nameof(options.HiddenLayers),
            $"empty, or as it is by default, {where}", string.Join(", ", options.HiddenLayers), "In hidden layers features interact.");
        Check(
            context, options.NumericEncoding != DGatingNumericEncoding.Embedding, nameof(options.NumericEncoding),
            $"Auto, None or PiecewiseLinear {where}", options.NumericEncoding, "Features interact in the layers above embeddings.");
        Check(
            context, options.AdditivePart is not false, nameof(options.AdditivePart), $"null or true {where}", options.AdditivePart,
            "The additive part is the whole model.");
        Check(
            context, options.NumericEncoding == DGatingNumericEncoding.None || options.InputNoise is null or 0, nameof(options.InputNoise),
            $"null or 0 {where}", options.InputNoise,
            $"Noise would move values to other intervals. With {nameof(options.NumericEncoding)} None curves are lines, and may have it.");
    }

    private static void CheckNeurons(IExceptionContext context, DGatingTrainerOptions options)
    {
        if (!options.SelectNeurons)
        {
            return;
        }

        const string where = $"where {nameof(options.SelectNeurons)} is set";
        Check(
            context, options.HiddenLayers.Length == 1, nameof(options.HiddenLayers),
            $"one layer {where}", $"{options.HiddenLayers.Length} layers", "Neurons are selected in a single hidden layer.");
        Check(
            context, options.Shape == DGatingModelShape.Interactions, nameof(options.Shape),
            $"{nameof(DGatingModelShape.Interactions)} {where}", options.Shape, "An additive model has no neurons.");
        Check(
            context, options.NumericEncoding != DGatingNumericEncoding.Embedding, nameof(options.NumericEncoding),
            $"Auto, None or PiecewiseLinear {where}", options.NumericEncoding, "The neurons of embeddings belong to their features.");
        Check(
            context, options.EnsembleSize == 1, nameof(options.EnsembleSize), $"1 {where}", options.EnsembleSize,
            "Several networks would not have the same neurons.");
        Check(
            context, !options.ComputeCertificate, nameof(options.ComputeCertificate), $"false {where}", options.ComputeCertificate,
            "A certificate is of the network with all neurons.");
    }

    /// <summary>Throws a user error where neurons are to be selected by a fit that does not.</summary>
    /// <param name="context">Throws the error.</param>
    /// <param name="options">The options.</param>
    /// <param name="fit">The name of the fit.</param>
    public static void RefuseNeurons(IExceptionContext context, DGatingTrainerOptions options, string fit) => Check(
        context, !options.SelectNeurons, nameof(options.SelectNeurons), $"false for {fit}", options.SelectNeurons,
        "Fit selects neurons.");

    private static void CheckExecution(IExceptionContext context, DGatingTrainerOptions options)
    {
        Check(context, options.NumberOfThreads is null or >= 1, nameof(options.NumberOfThreads), "at least 1", options.NumberOfThreads);
        CheckName(context, options.RowPrecision, nameof(options.RowPrecision));
        Check(
            context, options.MaximumRowMemory is null or > 0, nameof(options.MaximumRowMemory),
            "above 0", options.MaximumRowMemory, "Leave it null for half of the memory that the process may use.");
        CheckName(context, options.Device, nameof(options.Device));
        Check(
            context, options.CheckpointPath is not "", nameof(options.CheckpointPath), "the name of a file", "empty",
            "Leave it null to keep no checkpoint.");
        Check(
            context, options.CheckpointInterval > TimeSpan.Zero, nameof(options.CheckpointInterval), "above 0", options.CheckpointInterval);
        Check(
            context, options.CheckpointPath is null || options.Executor is null, nameof(options.CheckpointPath),
            $"null where {nameof(options.Executor)} is given", options.CheckpointPath, "A checkpoint is of a fit in one process.");
    }

    private static void CheckFactors(IExceptionContext context, IReadOnlyDictionary<string, double>? factors, string name, string cure)
    {
        foreach ((string feature, double factor) in factors ?? new Dictionary<string, double>())
        {
            bool isInRange = factor is >= 1 / LargestFactor and <= LargestFactor;
            Check(context, isInRange, name, "between 1e-6 and 1e6", FormattableString.Invariant($"{factor} for '{feature}'"), cure);
        }
    }

    /// <summary>Checks that a value of an enumeration has a name.</summary>
    public static void CheckName<TEnum>(IExceptionContext context, TEnum value, string name)
        where TEnum : struct, Enum =>
        Check(context, Enum.IsDefined(value), name, $"one of {string.Join(", ", Enum.GetNames<TEnum>())}", value);

    private static bool IsAtLeast(double? value, double least) => value is null || value >= least && double.IsFinite(value.Value);

    /// <summary>Tells whether a value is null, or above a bound and finite.</summary>
    public static bool IsAbove(double? value, double bound) => value is null || value > bound && double.IsFinite(value.Value);

    /// <summary>Throws a user error that names the option, the rule, the value and the cure.</summary>
    public static void Check(IExceptionContext context, bool condition, string name, string rule, object? value, string cure = "") =>
        context.CheckUserArg(
            condition, name, FormattableString.Invariant($"{name} must be {rule}, but was {value}.{(cure.Length > 0 ? " " : "")}{cure}"));
}
