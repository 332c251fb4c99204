using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees;

/// <summary>Holds the options that trainers of gated trees have in common.</summary>
public abstract class DGatingTreesOptions : TrainerInputBaseWithWeight
{
    /// <summary>The number of trees that are grown unless another one is given.</summary>
    public const int DefaultNumberOfTrees = 500;

    /// <summary>The step of boosting unless another one is given.</summary>
    /// <remarks>It is half of FastTree's own, since there are five times as many trees.</remarks>
    public const double DefaultLearningRate = 0.1;

    /// <summary>The share of the training rows by which trees are selected unless another one is given.</summary>
    /// <remarks>With half of the rows fewer are left to grow trees; with a tenth the choice of the number is unsure.</remarks>
    public const double DefaultSelectionFraction = 0.25;

    /// <summary>The weight of a leaf's value when it is estimated again, in rows, unless another one is given.</summary>
    public const double DefaultLeafPrior = 50;

    private protected DGatingTreesOptions()
    {
    }

    /// <summary>The number of trees to keep.</summary>
    /// <value>
    /// At least 1; exactly so many are kept, or all where fewer exist. The default, null, chooses the number on held-out rows: the smallest
    /// that predicts as well as the best one, within one standard error; none where nothing predicts better than a constant.
    /// </value>
    public int? MaximumTreeCount;

    /// <summary>The gate depth D: the penalty on the weight w of a tree is |w|^(2/D).</summary>
    /// <value>At least 2, not necessarily an integer. The default is <see cref="DGatingDefaults.GateDepth"/>.</value>
    public double GateDepth = DGatingDefaults.GateDepth;

    /// <summary>The share of the training rows by which trees are selected. On the others they are grown.</summary>
    /// <remarks>On the rows that it was grown on a tree seems to be better than it is, a late tree most of all.</remarks>
    /// <value>Above 0 and below 1. The default is <see cref="DefaultSelectionFraction"/>.</value>
    public double SelectionFraction = DefaultSelectionFraction;

    /// <summary>The weight, in rows, of the values of leaves when they are estimated again on all training rows.</summary>
    /// <value>
    /// Above 0. The default is <see cref="DefaultLeafPrior"/>. With <see cref="double.PositiveInfinity"/> the values stay as they are after
    /// the selection: those of the forest, times the weight of the tree.
    /// </value>
    public double LeafPrior = DefaultLeafPrior;

    /// <summary>The name of a column with sampling keys: rows of one key, such as a patient, stay on one side of every split.</summary>
    /// <value>A scalar column of any type that can be compared. The default is null: all rows are independent.</value>
    public string? SamplingKeyColumnName;

    /// <summary>The seed of all random numbers of the fit.</summary>
    /// <value>The default, null, takes the seed of the MLContext; if it has none, every trainer is different.</value>
    public int? Seed;

    /// <summary>The number of threads.</summary>
    /// <value>At least 1. The default, null, is the number of processors. The result does not depend on it.</value>
    public int? NumberOfThreads;

    /// <summary>Receives the progress of the selection, after the forest was grown.</summary>
    /// <value>The default is null.</value>
    public IProgress<DGatingProgress>? Progress;

    /// <summary>Cancels the selection within one iteration, with an <see cref="OperationCanceledException"/>.</summary>
    /// <value>The default never cancels. FastTree, which grows the trees, cannot be cancelled.</value>
    public CancellationToken CancellationToken;

    private protected abstract BoostedTreeOptions BoostedForest { get; }

    /// <summary>Copies the options, so that they cannot change after they were checked.</summary>
    internal abstract DGatingTreesOptions Copy();

    /// <summary>Throws a user error for the first option that breaks its rule.</summary>
    internal void Check(IExceptionContext context)
    {
        Check(!string.IsNullOrEmpty(LabelColumnName), nameof(LabelColumnName), "the name of a column", "empty");
        Check(!string.IsNullOrEmpty(FeatureColumnName), nameof(FeatureColumnName), "the name of a column", "empty");
        Check(MaximumTreeCount is null or >= 1, nameof(MaximumTreeCount), "at least 1", MaximumTreeCount);
        Check(GateDepth >= 2 && double.IsFinite(GateDepth), nameof(GateDepth), "at least 2 and finite", GateDepth);
        Check(SelectionFraction is > 0 and < 1, nameof(SelectionFraction), "above 0 and below 1", SelectionFraction);
        Check(LeafPrior > 0, nameof(LeafPrior), "above 0", LeafPrior);
        Check(NumberOfThreads is null or >= 1, nameof(NumberOfThreads), "at least 1", NumberOfThreads);
        Check(SamplingKeyColumnName is not "", nameof(SamplingKeyColumnName), "null or the name of a column", "empty");
        Check(BoostedForest is not null, "Forest", "options of FastTree", "null");
        Check(BoostedForest!.NumberOfTrees >= 1, "Forest.NumberOfTrees", "at least 1", BoostedForest.NumberOfTrees);

        void Check(bool condition, string name, string rule, object? value) => context.CheckUserArg(
            condition, name, FormattableString.Invariant($"{name} must be {rule}, but was {value}."));
    }
}
