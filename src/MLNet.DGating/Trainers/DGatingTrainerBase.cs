using System.Globalization;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Devices;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Native;
using MLNet.DGating.Torch.Settings;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

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

    /// <summary>What the trainer wants of a pipeline: scaled features are welcome but not needed, rows are read once unless they do not fit in memory, a validation set is used.</summary>
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

    /// <summary>
    /// Follows the whole regularization path, from all features to none, and makes models of any count on demand. The options
    /// <see cref="DGatingTrainerOptions.MaximumFeatureCount"/>, <see cref="DGatingTrainerOptions.Lambda"/> and <see cref="DGatingTrainerOptions.MaximumCost"/> play no part;
    /// the path ends at the features of <see cref="DGatingTrainerOptions.AlwaysKeep"/>.
    /// Where <see cref="DGatingTrainerOptions.CancellationToken"/> stops it on the way, the path so far is the result, marked by
    /// <see cref="DGatingPath.IsComplete"/>; an <see cref="OperationCanceledException"/> is thrown only before its first point.
    /// </summary>
    /// <param name="trainData">The rows to train on. They stay in memory as long as the path; of more than <see cref="DGatingTrainerOptions.MaximumRowMemory"/> takes a uniform sample.</param>
    /// <param name="validationData">The rows to judge counts by; null holds out a part of the training rows for it.</param>
    public DGatingPath<TTransformer> FitPath(IDataView trainData, IDataView? validationData = null)
    {
        using var report = new FitMonitor(Host, _options, _options.CancellationToken);
        (PreparedRows rows, FeatureSlots slots) = Read(Roles(trainData, nameof(trainData)), validationData is null ? null : Roles(validationData, nameof(validationData)), report, streams: false);
        PathFit path = PathFit.Run(rows.Data, rows.TrainingRows, rows.ValidationRows, Settings(rows, report), report.Context);
        return Path(path, rows, slots, trainData.Schema);
    }

    /// <summary>
    /// The same, with counts judged by cross-validation: every row is held out once, and <see cref="DGatingPath.Candidates"/> are means over the folds with their standard errors. Folds have
    /// the classes in the same proportions. The path itself, and every model made of it, is trained on all rows. An open <see cref="DGatingTrainerOptions.InputNoise"/> is chosen on the same
    /// held-out rows.
    /// </summary>
    /// <param name="data">The rows. They stay in memory as long as the path; of more than <see cref="DGatingTrainerOptions.MaximumRowMemory"/> takes a uniform sample.</param>
    /// <param name="folds">At least 2, and no more than there are rows, or keys. Every fold costs as much as <see cref="FitPath"/>; they run in parallel.</param>
    /// <param name="samplingKeyColumnName">
    /// A column that says which rows belong together, such as a patient: rows of one key are never on both sides of a split, and count as one where candidates are compared. Any scalar type; rows where it is
    /// missing belong together as well. Null: every row stands for itself.
    /// </param>
    /// <exception cref="OperationCanceledException">The fit was cancelled; nothing of it is left.</exception>
    public DGatingPath<TTransformer> FitPathCrossValidated(IDataView data, int folds = 5, string? samplingKeyColumnName = null)
    {
        Host.CheckUserArg(folds >= 2, nameof(folds), FormattableString.Invariant($"There must be at least 2 folds, but folds was {folds}. {nameof(FitPath)} judges counts on a single part of the rows."));
        RoleMappedData roles = Roles(data, nameof(data));
        SamplingKeys? keys = samplingKeyColumnName is null ? null : new SamplingKeys(Host, data.Schema, samplingKeyColumnName);
        using var report = new FitMonitor(Host, _options, _options.CancellationToken);
        (PreparedRows rows, FeatureSlots slots) = Read(roles, null, report, streams: false, keys: keys);
        TrainingSettings settings = Settings(rows, report);
        int[][] dealt = CrossValidationFolds.Deal(Host, rows, keys, folds, new TrialRuns(rows.Data, settings, report.Context));
        CrossValidationFolds.WarnOfMissingClasses(rows, dealt, keys, roles.Schema.Label!.Value, report.Warn);
        return Path(PathFit.RunCrossValidated(rows.Data, dealt, keys?.OfRows, settings, report.Context), rows, slots, data.Schema);
    }

    /// <summary>
    /// Stability selection: which features are selected again and again when the rows are halved (complementary pairs, Shah and Samworth 2013), and a model of those that are. The options
    /// <see cref="DGatingTrainerOptions.MaximumFeatureCount"/>, <see cref="DGatingTrainerOptions.Lambda"/> and <see cref="DGatingTrainerOptions.MaximumCost"/> play no part; an open <see cref="DGatingTrainerOptions.InputNoise"/> is chosen once, before.
    /// </summary>
    /// <param name="data">The rows, at least 4. They stay in memory as long as the result; of more than <see cref="DGatingTrainerOptions.MaximumRowMemory"/> takes a uniform sample.</param>
    /// <param name="pairs">How often the rows are halved, at least 1; a path is followed on each half. With fewer than 20 the frequencies are coarse.</param>
    /// <exception cref="OperationCanceledException">The fit was cancelled; nothing of it is left.</exception>
    public DGatingStability<TTransformer> FitStability(IDataView data, int pairs = 50)
    {
        Host.CheckUserArg(pairs >= 1, nameof(pairs), FormattableString.Invariant($"The rows must be halved at least once, but pairs was {pairs}."));
        using var report = new FitMonitor(Host, _options, _options.CancellationToken);
        (PreparedRows rows, FeatureSlots slots) = Read(Roles(data, nameof(data)), null, report, streams: false);
        Host.CheckUserArg(rows.Data.Rows >= StabilityFit.SmallestRows, nameof(data),
            $"Stability selection halves the rows and needs at least {StabilityFit.SmallestRows}, but there are {rows.Data.Rows}.");
        StabilityFit fit = StabilityFit.Run(rows.Data, rows.TrainingRows, pairs, Settings(rows, report), report.Context);
        return StabilityBuilder.Create(fit, rows, slots, cancellationToken => new FitMonitor(Host, _options, cancellationToken) { Labels = rows.Labels },
            (model, frequencies) => MakeTransformer(Model(model, rows, slots, frequencies), data.Schema));
    }

    /// <summary>
    /// Searches for better options than the trainer's own, by successive halving: many settings are tried with little effort, the better half of them with twice that, and so on. The best is
    /// taken over the trainer's own options only where it predicts rows that had no part in the search better, by more than one standard error, and is then trained on all rows.
    /// Takes about as long as <paramref name="trials"/> ordinary fits, spread over <see cref="DGatingTrainerOptions.NumberOfThreads"/>; the result does not depend on how many there are.
    /// </summary>
    /// <remarks>
    /// Where <see cref="DGatingTrainerOptions.CancellationToken"/> stops the search, what is finished is the result: the model is then that of the trial taken. After <paramref name="timeout"/> it is
    /// trained on all rows as ever. Everything that is not searched is as the trainer's options say.
    /// </remarks>
    /// <param name="data">The rows, at least 50. A fifth is kept for the comparison in the end, a fifth of the others ranks settings, the rest trains them.</param>
    /// <param name="trials">Settings to try, the trainer's own among them: at least 2. Fewer are tried where <paramref name="space"/> has no more.</param>
    /// <param name="timeout">How long to search; above 0. The fit of the setting taken comes on top. Null: until all trials are done.</param>
    /// <param name="space">What to search. Null: a new <see cref="DGatingSearchSpace"/>.</param>
    /// <param name="progress">Told of every trial that has finished.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled, or ran out of time, before anything was finished.</exception>
    /// <exception cref="InvalidOperationException">Training diverged with every setting.</exception>
    public DGatingSearchResult<TTransformer> FitBest(
        IDataView data, int trials = DGatingDefaults.NumberOfTrials, TimeSpan? timeout = null, DGatingSearchSpace? space = null, IProgress<DGatingSearchProgress>? progress = null)
    {
        Host.CheckUserArg(timeout is null || timeout > TimeSpan.Zero, nameof(timeout), $"The timeout must be above 0, but was {timeout}. Leave it null to search until all trials are done.");
        int seed = RootEnvironment.Of(Host).Seed ?? Host.Rand.Next();
        SearchCandidates candidates = SearchCandidates.Draw(Host, _options, space ?? new DGatingSearchSpace(), trials, seed);
        RoleMappedData roles = Roles(data, nameof(data));
        using var report = new FitMonitor(Host, _options, _options.CancellationToken);
        bool asksForNoise = space is not null && space.InputNoise.Any(noise => noise > 0);
        (PreparedRows rows, FeatureSlots slots) = Read(roles, null, report, streams: true, _options.MaximumCost, mayBeSparse: !asksForNoise);
        if (rows.Data.IsSparse && space is null)
        {
            // There is no noise then, and candidates that differ in it alone would be the same.
            candidates = SearchCandidates.Draw(Host, _options, new DGatingSearchSpace { InputNoise = [] }, trials, seed);
        }

        var search = new OptionSearch(Host, rows, candidates, Settings(rows, report), report);
        return search.Run(timeout, progress, fit => MakeTransformer(Model(fit, rows, slots), data.Schema));
    }

    /// <inheritdoc/>
    protected sealed override TModel TrainModelCore(TrainContext trainContext)
    {
        using var report = new FitMonitor(Host, _options, _options.CancellationToken);
        (PreparedRows rows, FeatureSlots slots) = Read(trainContext.TrainingSet, trainContext.ValidationSet, report, streams: true, _options.MaximumCost);
        FitResult fit = AutomaticFit.Run(rows.Data, rows.TrainingRows, rows.ValidationRows, Settings(rows, report), report.Context);
        report.Channel.Info(string.Create(CultureInfo.InvariantCulture,
            $"Selected {fit.Groups.Length} of {slots.Groups.Length} feature groups; input noise {fit.InputNoise}, gate depth {_options.GateDepth}."));
        if (_options.MaximumCost is double maximumCost)
        {
            report.Channel.Info(string.Create(CultureInfo.InvariantCulture, $"They cost {fit.Groups.Sum(group => rows.Data.Groups.Costs[group]):g6} of at most {maximumCost:g6}."));
        }

        if (fit.Groups.Length == 0)
        {
            report.Warn(string.Create(CultureInfo.InvariantCulture,
                $"At λ = {_options.Lambda} no feature survives: the model is a constant. Use a smaller Lambda, or MaximumFeatureCount."));
        }

        return Model(fit, rows, slots);
    }

    private DGatingPath<TTransformer> Path(PathFit path, PreparedRows rows, FeatureSlots slots, DataViewSchema schema) => PathBuilder.Create(path, rows, slots, (counts, cancellationToken) =>
    {
        using var refit = new FitMonitor(Host, _options, cancellationToken) { Labels = rows.Labels };
        return Array.ConvertAll(path.At(counts, refit.Context), fit => MakeTransformer(Model(fit, rows, slots), schema));
    });

    private TModel Model(FitResult fit, PreparedRows rows, FeatureSlots slots, double[]? frequency = null)
    {
        var assembly = new ModelBuilder(fit, rows, slots);
        CollapsedNetwork network = assembly.Network();
        return CreateModel(network, assembly.Report(network, frequency), ModelBuilder.Path(fit.Points, rows.Labels));
    }

    private (PreparedRows Rows, FeatureSlots Slots) Read(
        RoleMappedData training, RoleMappedData? validation, FitMonitor report, bool streams, double? budget = null, SamplingKeys? keys = null, bool mayBeSparse = true)
    {
        FeatureSlots slots = FeatureSlots.Read(training, _options.Groups);
        FeatureTerms terms = FeatureTerms.Resolve(Host, slots, _options);
        var memory = RowMemory.Of(_options.MaximumRowMemory, _options.RowPrecision, Seed());
        var reader = new RowReader(Host, report.Channel, slots.Groups, slots.Count, memory, mayBeSparse && _options.InputNoise is null or 0);
        int trainingRows = reader.Read(training, "training", report.CheckAlive, validation is null ? 1 : 1 - DGatingDefaults.HeldOutFraction, keys);
        if (validation is not null)
        {
            int validationSlots = ((VectorDataViewType)validation.Schema.Feature!.Value.Type).Size;
            Host.CheckUserArg(validationSlots == slots.Count, "validationData",
                $"The feature column '{FeatureColumn.Name}' of the validation data has {validationSlots} slots, but that of the training data has {slots.Count}.");
            reader.Read(validation, "validation", report.CheckAlive, DGatingDefaults.HeldOutFraction);
        }

        PreparedRows rows = PreparedRows.Create(Host, reader, trainingRows, slots.Groups, terms, budget, Coding(training.Schema.Label!.Value.Type), FeatureColumn.Name, LabelColumn.Name);
        report.Labels = rows.Labels;
        if (rows.Data.Features is SparseMatrix sparse)
        {
            report.Inform(string.Create(CultureInfo.InvariantCulture, $"Rows are kept sparse: {sparse.Density:p2} of the feature values are stored. They are not centred, and no input noise is tried."));
        }

        if (rows.Data.Stream is { } stream)
        {
            ReportStream(stream, memory, slots.Count, streams, report);
        }

        if (rows.ConstantSlots.Length > 0)
        {
            report.Channel.Info("{0} of {1} feature slots have a single value on all training rows and are left out.", rows.ConstantSlots.Length, slots.Count);
        }

        terms.Explain(rows.GroupNumbers, feature => Array.TrueForAll(slots.Groups[feature], slot => Array.BinarySearch(rows.ConstantSlots, slot) >= 0), report);
        return (rows, slots);
    }

    private void ReportStream(RowStream stream, RowMemory memory, int slots, bool streams, FitMonitor report)
    {
        const double megabyte = 1 << 20;
        int kept = stream.Positions.Length;
        string size = string.Create(CultureInfo.InvariantCulture,
            $"{stream.Rows} training rows of {slots} slots take {memory.BytesOfRow(slots) * stream.Rows / megabyte:f1} MB, but rows may take {memory.Bytes / megabyte:f1} MB ({nameof(DGatingTrainerOptions.MaximumRowMemory)})");
        if (!streams)
        {
            report.Warn($"{size}: everything here is done on a uniform sample of {kept} rows. Only Fit and FitBest train on all of them.");
            return;
        }

        report.Inform($"{size}: choices are made on a uniform sample of {kept} rows, which is then the pool through which all rows are streamed while the model is trained.");
        if (_options.ComputeCertificate)
        {
            report.Warn($"{size}: the certificate is of the objective over the {kept} rows that are in memory at the end.");
        }
    }

    private int Seed() => _options.Seed ?? RootEnvironment.Of(Host).Seed ?? Host.Rand.Next();

    // The base checks the columns of what it is given to fit, and only there.
    private RoleMappedData Roles(IDataView data, string name)
    {
        Host.CheckValue(data, name);
        GetOutputSchema(SchemaShape.Create(data.Schema));
        return MakeRoles(data);
    }

    private static IHost HostFor(IHostEnvironment env, string name, DGatingTrainerOptions options)
    {
        Contracts.CheckValue(env, nameof(env));
        IHost host = env.Register(name);
        host.CheckValue(options, nameof(options));
        OptionsCheck.Validate(host, options);
        return host;
    }

    private TrainingSettings Settings(PreparedRows rows, FitMonitor report)
    {
        if (TorchRuntime.Warning is { } warning)
        {
            report.Warn(warning);
        }

        IHostEnvironmentInternal host = RootEnvironment.Of(Host);
        // A device takes dense rows only, and holds all that it trains on.
        bool isForCpu = rows.Data.Stream is not null || rows.Data.IsSparse && _options.Device == DGatingDevice.Auto && host.GpuDeviceId is null;
        if (rows.Data.Stream is not null && _options.Device == DGatingDevice.Cuda)
        {
            report.Warn("Training runs on the CPU: rows that do not fit in memory are streamed, and a device trains on rows that it holds.");
        }

        return EngineSettings.Of(_options, rows.Labels) with
        {
            Seed = Seed(),
            Device = DeviceResolver.Resolve(isForCpu ? DGatingDevice.Cpu : _options.Device, host.GpuDeviceId, host.FallbackToCpu, report.Warn),
        };
    }
}
