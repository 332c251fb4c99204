using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using MLNet.DGating.Torch;
using MLNet.DGating.Torch.Devices;
using MLNet.DGating.Torch.Native;

namespace MLNet.DGating;

/// <summary>What the D-Gating trainers of all tasks share: rows in, a fitted and saved-as-is model out.</summary>
/// <typeparam name="TTransformer">The fitted transformer.</typeparam>
/// <typeparam name="TModel">Its model parameters, reached as <c>transformer.Model</c>.</typeparam>
public abstract class DGatingTrainerBase<TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly DGatingTrainerOptions _options;

    private protected DGatingTrainerBase(IHostEnvironment env, string name, DGatingTrainerOptions options, Func<string, SchemaShape.Column> makeLabel)
        : base(HostFor(env, name, options),
            TrainerUtils.MakeR4VecFeature(options.FeatureColumnName),
            makeLabel(options.LabelColumnName),
            TrainerUtils.MakeR4ScalarWeightColumn(options.ExampleWeightColumnName))
    {
        _options = options.Copy();
    }

    /// <summary>What the trainer wants of a pipeline: scaled features are welcome but not needed, rows are read once, a validation set is used.</summary>
    public override TrainerInfo Info { get; } = new(normalization: false, calibration: false, caching: false, supportValid: true);

    /// <summary>
    /// Trains on all rows of <paramref name="trainData"/>; what is left open (input noise, feature count) is chosen by
    /// <paramref name="validationData"/> instead of a part of the training rows, and the path reports its loss.
    /// </summary>
    /// <param name="trainData">The rows to train on.</param>
    /// <param name="validationData">The rows to choose by, with the same columns.</param>
    public TTransformer Fit(IDataView trainData, IDataView validationData)
    {
        Host.CheckValue(trainData, nameof(trainData));
        Host.CheckValue(validationData, nameof(validationData));
        return TrainTransformer(trainData, validationData);
    }

    private protected abstract LabelCoding Coding(DataViewType labelType);

    private protected abstract TModel CreateModel(CollapsedNetwork network, FeatureSelectionReport selection, DGatingPathPoint[] path);

    /// <inheritdoc/>
    protected sealed override TModel TrainModelCore(TrainContext trainContext)
    {
        using IChannel channel = Host.Start("Training");
        using IProgressChannel progress = Host.StartProgressChannel("Training model");
        RoleMappedData training = trainContext.TrainingSet;
        DataViewSchema.Column featureColumn = training.Schema.Feature!.Value;
        int slotCount = ((VectorDataViewType)featureColumn.Type).Size;
        SlotMetadata slots = SlotMetadata.Read(featureColumn, training.Schema.Schema);
        int[][] groups = _options.Groups.Resolve(slots, slotCount);

        var reader = new RowReader(Host, channel, groups, slotCount);
        int trainingRows = reader.Read(training, "training", CheckAlive);
        if (trainContext.ValidationSet is { } validation)
        {
            int validationSlots = ((VectorDataViewType)validation.Schema.Feature!.Value.Type).Size;
            Host.CheckUserArg(validationSlots == slotCount, "validationData",
                $"The feature column '{FeatureColumn.Name}' of the validation data has {validationSlots} slots, but that of the training data has {slotCount}.");
            reader.Read(validation, "validation", CheckAlive);
        }

        PreparedRows rows = PreparedRows.Create(Host, reader, trainingRows, groups, Coding(training.Schema.Label!.Value.Type), FeatureColumn.Name, LabelColumn.Name);
        ReportConstants(channel, rows, slotCount);
        TorchRuntime.EnsureLoaded();
        var report = new FitReport(channel, progress, _options.Progress, rows.Labels, CheckAlive);
        FitResult fit = SelectingFit.Run(rows.Data, rows.TrainingRows, rows.ValidationRows, Settings(rows, channel), report.Context);
        channel.Info(string.Create(CultureInfo.InvariantCulture,
            $"Selected {fit.Groups.Length} of {groups.Length} feature groups; input noise {fit.InputNoise}, gate depth {_options.GateDepth}."));
        if (fit.Groups.Length == 0)
        {
            channel.Warning(string.Create(CultureInfo.InvariantCulture,
                $"At λ = {_options.Lambda} no feature survives: the model is a constant. Use a smaller Lambda, or MaximumFeatureCount."));
        }

        var assembly = new ModelAssembly(fit, rows, groups, slots, slotCount, FeatureColumn.Name);
        CollapsedNetwork network = assembly.Network();
        return CreateModel(network, assembly.Report(network), assembly.Path());
    }

    private static IHost HostFor(IHostEnvironment env, string name, DGatingTrainerOptions options)
    {
        Contracts.CheckValue(env, nameof(env));
        IHost host = env.Register(name);
        host.CheckValue(options, nameof(options));
        OptionsCheck.Validate(host, options);
        return host;
    }

    private void CheckAlive()
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        Host.CheckAlive();
    }

    private static void ReportConstants(IChannel channel, PreparedRows rows, int slotCount)
    {
        if (rows.ConstantSlots.Length > 0)
        {
            channel.Info("{0} of {1} feature slots have a single value on all training rows and are left out.", rows.ConstantSlots.Length, slotCount);
        }
    }

    private TrainingSettings Settings(PreparedRows rows, IChannel channel)
    {
        var host = (IHostEnvironmentInternal)Host;
        return new TrainingSettings
        {
            Loss = rows.Labels.Loss,
            Hidden = [.. _options.HiddenLayers],
            Activation = _options.Activation == DGatingActivation.Relu ? NetworkActivation.Relu : NetworkActivation.Tanh,
            Skip = _options.UseSkipConnection,
            Count = _options.MaximumFeatureCount,
            Lambda = _options.Lambda,
            GateDepth = _options.GateDepth,
            LearningRate = _options.LearningRate,
            Momentum = _options.Momentum,
            L2 = _options.L2Regularization,
            InputNoise = _options.InputNoise,
            InitialLambda = _options.InitialLambda,
            LambdaGrowth = _options.LambdaGrowth,
            BatchSize = _options.BatchSize,
            DenseIterations = _options.NumberOfDenseIterations,
            RefitIterations = _options.NumberOfRefitIterations,
            Seed = _options.Seed ?? host.Seed ?? Host.Rand.Next(),
            Threads = _options.NumberOfThreads ?? Environment.ProcessorCount,
            Device = DeviceResolver.Resolve(_options.Device, host.GpuDeviceId, host.FallbackToCpu, message => channel.Warning(message)),
        };
    }
}
