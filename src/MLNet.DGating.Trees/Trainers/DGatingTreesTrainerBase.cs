using System.Globalization;
using MLNet.DGating.Trees.Forest;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees;

/// <summary>Provides what trainers of gated trees share: a forest is grown, trees are selected, and their leaves estimated again.</summary>
/// <typeparam name="TTransformer">The type of the fitted transformers, which is FastTree's.</typeparam>
/// <typeparam name="TModel">The type of their model parameters, which is FastTree's.</typeparam>
public abstract class DGatingTreesTrainerBase<TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected DGatingTreesTrainerBase(
        IHostEnvironment env, string name, DGatingTreesOptions options, Func<string, SchemaShape.Column> makeLabel)
        : base(HostFor(env, name, options),
            TrainerUtils.MakeR4VecFeature(options.FeatureColumnName),
            makeLabel(options.LabelColumnName),
            TrainerUtils.MakeR4ScalarWeightColumn(options.ExampleWeightColumnName))
    {
        Settings = options.Copy();
        Seed = Settings.Seed ?? RootEnvironment.Of(Host).Seed ?? Host.Rand.Next();
    }

    /// <summary>The requirements of the trainer: no normalization, and rows that are cached where they are slow to read.</summary>
    public override TrainerInfo Info { get; } = new(normalization: false, calibration: false, caching: true);

    private protected DGatingTreesOptions Settings { get; }

    private protected int Seed { get; }

    /// <summary>Grows a forest, follows the path of its trees, and makes models of any number of them.</summary>
    /// <example>
    /// <code>
    /// var selection = mlContext.BinaryClassification.Trainers.DGatingTrees().FitSelection(data);
    /// Console.WriteLine(selection);
    /// var five = selection.At(5);
    /// </code>
    /// </example>
    /// <param name="data">The rows to train on. Those by which trees are selected are in memory as long as the result is.</param>
    /// <exception cref="OperationCanceledException">The selection was cancelled.</exception>
    public TreeSelection<TTransformer> FitSelection(IDataView data)
    {
        Host.CheckValue(data, nameof(data));
        GetOutputSchema(SchemaShape.Create(data.Schema));
        TreeModels<TModel> models = Select(MakeRoles(data));
        return new TreeSelection<TTransformer>(
            models.Path, models.Forest, models.ChosenCount, models.FeatureNames,
            count => (MakeTransformer(models.At(count).Model, data.Schema), models.At(count).Trees));
    }

    /// <summary>Grows the forest.</summary>
    private protected abstract TreeEnsembleModelParameters Grow(IDataView rows);

    /// <summary>Follows the path of the columns that hold the trees' outputs.</summary>
    private protected abstract (DGatingPath Path, Func<int, CollapsedNetwork> Network) Follow(IDataView rows, string treesColumn);

    private protected abstract TModel CreateModel(InternalTreeEnsemble trees, int featureCount);

    /// <summary>The loss by which leaves are estimated again.</summary>
    private protected abstract LeafLoss Loss { get; }

    /// <inheritdoc/>
    protected sealed override TModel TrainModelCore(TrainContext trainContext)
    {
        TreeModels<TModel> models = Select(trainContext.TrainingSet);
        return models.At(models.ChosenCount).Model;
    }

    /// <summary>Sets the options of the gates' trainer that follow from those of the trees.</summary>
    private protected TOptions Set<TOptions>(TOptions options, string treesColumn)
        where TOptions : DGatingTrainerOptions
    {
        options.LabelColumnName = Settings.LabelColumnName;
        options.FeatureColumnName = treesColumn;
        options.ExampleWeightColumnName = Settings.ExampleWeightColumnName;
        options.SamplingKeyColumnName = Settings.SamplingKeyColumnName;
        options.MaximumFeatureCount = Settings.MaximumTreeCount;
        options.GateDepth = Settings.GateDepth;
        options.Groups = FeatureGroups.PerSlot;
        options.HiddenLayers = [];
        options.NumericEncoding = DGatingNumericEncoding.None;
        options.InputNoise = 0;
        options.Seed = Seed;
        options.NumberOfThreads = Settings.NumberOfThreads;
        options.Progress = Settings.Progress;
        options.CancellationToken = Settings.CancellationToken;
        return options;
    }

    private TreeModels<TModel> Select(RoleMappedData roles)
    {
        IDataView rows = roles.Data;
        DataOperationsCatalog.TrainTestData parts = new MLContext(Seed).Data.TrainTestSplit(
            rows, Settings.SelectionFraction, Settings.SamplingKeyColumnName, Seed);
        var forest = new TreeForest(Host, Grow(parts.TrainSet), Settings.FeatureColumnName);
        IDataView outputs = forest.WithOutputs(parts.TestSet, out string treesColumn);
        (DGatingPath path, Func<int, CollapsedNetwork> network) = Follow(outputs, treesColumn);
        int count = Settings.MaximumTreeCount ?? path.SparsestFeatureCount;
        using (IChannel channel = Host.Start("Selection"))
        {
            channel.Info(string.Create(CultureInfo.InvariantCulture, $"Selected {count} of {forest.Count} trees."));
        }

        var labelled = new Lazy<LabelledRows>(() => new LabelledRows(roles));
        return new TreeModels<TModel>(path, forest, count, FeatureNamesOf(roles), chosen =>
        {
            var weights = TreeWeights.Of(network(chosen));
            KeptTrees kept = forest.Keep(weights);
            if (double.IsFinite(Settings.LeafPrior))
            {
                LeafRefit.Run(kept, labelled.Value, Loss, Settings.LeafPrior);
            }

            return (CreateModel(kept.ToEnsemble(), labelled.Value.FeatureCount), kept.Trees);
        });
    }

    private static string[] FeatureNamesOf(RoleMappedData roles)
    {
        DataViewSchema.Column column = roles.Schema.Feature!.Value;
        var metadata = SlotMetadata.Read(column, roles.Schema.Schema);
        return SlotNaming.NameAll(metadata.Names, ((VectorDataViewType)column.Type).Size);
    }

    private static IHost HostFor(IHostEnvironment env, string name, DGatingTreesOptions options)
    {
        Contracts.CheckValue(env, nameof(env));
        IHost host = env.Register(name);
        host.CheckValue(options, nameof(options));
        options.Check(host);
        return host;
    }
}
