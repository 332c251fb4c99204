using MLNet.DGating.Trees.Forest;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees;

/// <summary>Predicts a Boolean label with the few trees of a forest that D-Gating selects.</summary>
/// <remarks>
/// Trainers are created by <see cref="DGatingTreesCatalog"/>. The model is FastTree's own: it is saved, loaded, exported and explained by
/// Microsoft.ML.FastTree alone. Its score is the logit, and its calibrator the logistic function.
/// </remarks>
public sealed class DGatingTreesBinaryTrainer : DGatingTreesTrainerBase<
    BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>,
    CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>
{
    internal DGatingTreesBinaryTrainer(IHostEnvironment env, Options options)
        : base(env, nameof(DGatingTreesBinaryTrainer), options, TrainerUtils.MakeBoolScalarLabel)
    {
    }

    /// <summary>Holds the options of <see cref="DGatingTreesBinaryTrainer"/>.</summary>
    public sealed class Options : DGatingTreesOptions
    {
        /// <summary>The options of FastTree, which grows the forest.</summary>
        /// <remarks>Columns, seed and threads are those of the trainer.</remarks>
        /// <value>
        /// FastTree's defaults, but <see cref="DGatingTreesOptions.DefaultNumberOfTrees"/> trees and steps of
        /// <see cref="DGatingTreesOptions.DefaultLearningRate"/>.
        /// </value>
        public FastTreeBinaryTrainer.Options Forest = new()
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
    protected override PredictionKind PredictionKind => PredictionKind.BinaryClassification;

    private protected override LeafLoss Loss => LeafLoss.Logistic;

    private protected override TreeEnsembleModelParameters Grow(IDataView rows)
    {
        FastTreeBinaryTrainer.Options forest = ForestOptions.Copy(((Options)Settings).Forest);
        ForestOptions.Set(forest, Settings, Seed);
        return new FastTreeBinaryTrainer(Host, forest).Fit(rows).Model.SubModel;
    }

    private protected override (DGatingPath Path, Func<int, CollapsedNetwork> Network) Follow(IDataView rows, string treesColumn)
    {
        DGatingBinaryTrainer.Options options = Set(new DGatingBinaryTrainer.Options(), treesColumn);
        DGatingPath<BinaryPredictionTransformer<DGatingBinaryModelParameters>> path = new DGatingBinaryTrainer(Host, options).FitPath(rows);
        return (path, count => path.At(count).Model.Network);
    }

    private protected override CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator> CreateModel(
        InternalTreeEnsemble trees, int featureCount)
    {
        var model = new FastTreeBinaryModelParameters(Host, trees, featureCount, innerArgs: null);
        // The score is a logit: p = 1 / (1 + exp(-score)).
        var logistic = new PlattCalibrator(Host, slope: -1, offset: 0);
        return new FeatureWeightsCalibratedModelParameters<FastTreeBinaryModelParameters, PlattCalibrator>(Host, model, logistic);
    }

    /// <inheritdoc/>
    protected override BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>
        MakeTransformer(
            CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator> model, DataViewSchema trainSchema) =>
        new(Host, model, trainSchema, FeatureColumn.Name);

    /// <inheritdoc/>
    protected override SchemaShape.Column[] GetOutputColumnsCore(SchemaShape inputSchema) =>
    [
        OutputColumns.Scalar(DefaultColumnNames.Score, NumberDataViewType.Single),
        OutputColumns.Scalar(DefaultColumnNames.Probability, NumberDataViewType.Single, isNormalized: true),
        OutputColumns.Scalar(DefaultColumnNames.PredictedLabel, BooleanDataViewType.Instance),
    ];
}
