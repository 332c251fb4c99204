using MLNet.DGating.Trees.Forest;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees;

/// <summary>Predicts a number with the few trees of a forest that D-Gating selects.</summary>
/// <remarks>
/// Trainers are created by <see cref="DGatingTreesCatalog"/>. The model is FastTree's own: it is saved, loaded, exported and explained by
/// Microsoft.ML.FastTree alone.
/// </remarks>
public sealed class DGatingTreesRegressionTrainer
    : DGatingTreesTrainerBase<RegressionPredictionTransformer<FastTreeRegressionModelParameters>, FastTreeRegressionModelParameters>
{
    internal DGatingTreesRegressionTrainer(IHostEnvironment env, Options options)
        : base(env, nameof(DGatingTreesRegressionTrainer), options, TrainerUtils.MakeR4ScalarColumn)
    {
    }

    /// <summary>Holds the options of <see cref="DGatingTreesRegressionTrainer"/>.</summary>
    public sealed class Options : DGatingTreesOptions
    {
        /// <summary>The options of FastTree, which grows the forest.</summary>
        /// <remarks>Columns, seed and threads are those of the trainer.</remarks>
        /// <value>
        /// FastTree's defaults, but <see cref="DGatingTreesOptions.DefaultNumberOfTrees"/> trees and steps of
        /// <see cref="DGatingTreesOptions.DefaultLearningRate"/>.
        /// </value>
        public FastTreeRegressionTrainer.Options Forest = new()
        {
            NumberOfTrees = DefaultNumberOfTrees, LearningRate = DefaultLearningRate,
        };

        private protected override BoostedTreeOptions BoostedForest => Forest;

        internal override DGatingTreesOptions Copy()
        {
            var copy = (Options)MemberwiseClone();
            copy.Forest = ForestOptions.Copy(Forest);
            return copy;
        }
    }

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.Regression;

    private protected override LeafLoss Loss => LeafLoss.Squared;

    private protected override TreeEnsembleModelParameters Grow(IDataView rows)
    {
        FastTreeRegressionTrainer.Options forest = ForestOptions.Copy(((Options)Settings).Forest);
        ForestOptions.Set(forest, Settings, Seed);
        return new FastTreeRegressionTrainer(Host, forest).Fit(rows).Model;
    }

    private protected override (DGatingPath Path, Func<int, CollapsedNetwork> Network) Follow(IDataView rows, string treesColumn)
    {
        DGatingRegressionTrainer.Options options = Set(new DGatingRegressionTrainer.Options(), treesColumn);
        DGatingPath<RegressionPredictionTransformer<DGatingRegressionModelParameters>> path =
            new DGatingRegressionTrainer(Host, options).FitPath(rows);
        return (path, count => path.At(count).Model.Network);
    }

    private protected override FastTreeRegressionModelParameters CreateModel(InternalTreeEnsemble trees, int featureCount) =>
        new(Host, trees, featureCount, innerArgs: null);

    /// <inheritdoc/>
    protected override RegressionPredictionTransformer<FastTreeRegressionModelParameters> MakeTransformer(
        FastTreeRegressionModelParameters model, DataViewSchema trainSchema) => new(Host, model, trainSchema, FeatureColumn.Name);

    /// <inheritdoc/>
    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema) =>
        [OutputColumns.Scalar(DefaultColumnNames.Score, NumberDataViewType.Single)];
}
