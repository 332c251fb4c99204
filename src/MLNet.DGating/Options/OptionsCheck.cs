using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Every option is checked when the trainer is made, before any row is read.</summary>
internal static class OptionsCheck
{
    // Beyond it a feature would leave at once or never, and λ would have to grow for thousands of iterations to tell.
    private const double LargestFactor = 1e6;

    public static void Validate(IExceptionContext context, DGatingTrainerOptions options)
    {
        void Check(bool condition, string name, string rule, object? value, string cure = "") =>
            context.CheckUserArg(condition, name, FormattableString.Invariant($"{name} must be {rule}, but was {value}.{(cure.Length > 0 ? " " : "")}{cure}"));

        void CheckFactors(IReadOnlyDictionary<string, double>? factors, string name, string cure)
        {
            foreach ((string feature, double factor) in factors ?? new Dictionary<string, double>())
            {
                Check(factor is >= 1 / LargestFactor and <= LargestFactor, name, "between 1e-6 and 1e6", FormattableString.Invariant($"{factor} for '{feature}'"), cure);
            }
        }

        Check(!string.IsNullOrEmpty(options.LabelColumnName), nameof(options.LabelColumnName), "the name of a column", "empty");
        Check(!string.IsNullOrEmpty(options.FeatureColumnName), nameof(options.FeatureColumnName), "the name of a column", "empty");
        Check(options.MaximumFeatureCount is null or >= 1, nameof(options.MaximumFeatureCount), "at least 1", options.MaximumFeatureCount, "Leave it null to have the count chosen.");
        Check(options.Lambda is null || options.Lambda >= 0 && double.IsFinite(options.Lambda.Value), nameof(options.Lambda), "at least 0 and finite", options.Lambda,
            "Use 0 to keep every feature, or leave it null to have the count chosen.");
        Check(options.Lambda is null || options.MaximumFeatureCount is null, nameof(options.Lambda), $"null where {nameof(options.MaximumFeatureCount)} is given", options.Lambda,
            "Either the count or λ decides.");
        Check(!options.ComputeCertificate || options.Lambda > 0, nameof(options.ComputeCertificate), $"false where {nameof(options.Lambda)} is null or 0", options.ComputeCertificate,
            "A certificate is of the penalised objective at a fixed λ.");
        Check(!options.ComputeCertificate || options.InputNoise is null or 0, nameof(options.InputNoise), $"null or 0 where {nameof(options.ComputeCertificate)} is set", options.InputNoise,
            "A certificate is of the objective without noise.");
        Check(options.GateDepth >= 2 && double.IsFinite(options.GateDepth), nameof(options.GateDepth), "at least 2 and finite", options.GateDepth,
            $"For a network without selection set {nameof(options.Lambda)} to 0.");
        Check(options.Groups is not null, nameof(options.Groups), $"one of {nameof(FeatureGroups)}", "null");
        Check(options.AlwaysKeep is not null, nameof(options.AlwaysKeep), "a list of names", "null", "Use an empty list where no feature has to stay.");
        Check(Array.TrueForAll(options.AlwaysKeep!, name => !string.IsNullOrEmpty(name)), nameof(options.AlwaysKeep), "names of features", "an empty name");
        CheckFactors(options.GroupWeights, nameof(options.GroupWeights), $"Use {nameof(options.AlwaysKeep)} for features that have to stay.");
        CheckFactors(options.GroupCosts, nameof(options.GroupCosts), "Give costs in another unit, or leave out features that cost nothing beside the others.");
        Check(options.MaximumCost is null || options.MaximumCost > 0 && double.IsFinite(options.MaximumCost.Value), nameof(options.MaximumCost), "above 0 and finite", options.MaximumCost);
        Check(options.MaximumCost is null || options.GroupCosts is not null, nameof(options.MaximumCost), $"null without {nameof(options.GroupCosts)}", options.MaximumCost,
            $"To bound the number of features use {nameof(options.MaximumFeatureCount)}.");
        Check(options.MaximumCost is null || options is { MaximumFeatureCount: null, Lambda: null }, nameof(options.MaximumCost),
            $"null where {nameof(options.MaximumFeatureCount)} or {nameof(options.Lambda)} is given", options.MaximumCost, "The budget, the count or λ decides.");
        Check(options.HiddenLayers is not null, nameof(options.HiddenLayers), "a list of layer sizes", "null", "Use an empty list for a linear model.");
        Check(Array.TrueForAll(options.HiddenLayers!, size => size >= 1), nameof(options.HiddenLayers), "sizes of at least 1", string.Join(", ", options.HiddenLayers!));
        Check(Enum.IsDefined(options.Activation), nameof(options.Activation), $"one of {string.Join(", ", Enum.GetNames<DGatingActivation>())}", options.Activation);
        Check(options.InputNoise is null || options.InputNoise >= 0 && double.IsFinite(options.InputNoise.Value), nameof(options.InputNoise), "at least 0 and finite", options.InputNoise,
            "Leave it null to have it chosen.");
        Check(options.L2Regularization >= 0 && double.IsFinite(options.L2Regularization), nameof(options.L2Regularization), "at least 0 and finite", options.L2Regularization);
        Check(options.LearningRate > 0 && double.IsFinite(options.LearningRate), nameof(options.LearningRate), "above 0 and finite", options.LearningRate);
        Check(options.Momentum is >= 0 and < 1, nameof(options.Momentum), "at least 0 and below 1", options.Momentum);
        Check(options.BatchSize is null or >= 1, nameof(options.BatchSize), "at least 1", options.BatchSize);
        Check(options.NumberOfDenseIterations >= 1, nameof(options.NumberOfDenseIterations), "at least 1", options.NumberOfDenseIterations);
        Check(options.NumberOfRefitIterations >= 1, nameof(options.NumberOfRefitIterations), "at least 1", options.NumberOfRefitIterations);
        Check(options.NumberOfRuns >= 1, nameof(options.NumberOfRuns), "at least 1", options.NumberOfRuns, "Use 1 for a single run.");
        Check(options.NumberOfRuns == 1 || options is { Lambda: null, MaximumCost: null }, nameof(options.NumberOfRuns),
            $"1 where {nameof(options.Lambda)} or {nameof(options.MaximumCost)} is given", options.NumberOfRuns,
            $"Each run leaves another count at λ, and there is none to average at. Use {nameof(options.MaximumFeatureCount)}, or leave both null.");
        Check(options.InitialLambda > 0 && double.IsFinite(options.InitialLambda), nameof(options.InitialLambda), "above 0 and finite", options.InitialLambda);
        Check(options.LambdaGrowth > 1 && double.IsFinite(options.LambdaGrowth), nameof(options.LambdaGrowth), "above 1 and finite", options.LambdaGrowth);
        Check(options.NumberOfThreads is null or >= 1, nameof(options.NumberOfThreads), "at least 1", options.NumberOfThreads);
        Check(Enum.IsDefined(options.RowPrecision), nameof(options.RowPrecision), $"one of {string.Join(", ", Enum.GetNames<DGatingRowPrecision>())}", options.RowPrecision);
        Check(options.MaximumRowMemory is null or > 0, nameof(options.MaximumRowMemory), "above 0", options.MaximumRowMemory, "Leave it null for half of the memory that the process may use.");
        Check(Enum.IsDefined(options.Device), nameof(options.Device), $"one of {string.Join(", ", Enum.GetNames<DGatingDevice>())}", options.Device);
    }
}
