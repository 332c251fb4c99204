using System.Globalization;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Devices;
using MLNet.DGating.Torch.ModelSelection.Checkpoints;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Native;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Sharding;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Prepares one fit of a trainer or transform: reads rows, finds the device, and starts the engine.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly IHost _host;
    private readonly DGatingTrainerOptions _options;
    private readonly IHostEnvironmentInternal _environment;
    private readonly CancellationToken _cancellationToken;
    private TrainingPlan? _plan;
    private FitCheckpoint? _checkpoint;

    /// <param name="host">Logs messages, and has the seed and the device of the MLContext.</param>
    /// <param name="options">The options of the trainer, which have been checked.</param>
    /// <param name="cancellationToken">The user's token, which cancels the fit.</param>
    public TrainingSession(IHost host, DGatingTrainerOptions options, CancellationToken cancellationToken)
    {
        _host = host;
        _options = options;
        _environment = RootEnvironment.Of(host);
        Seed = options.Seed ?? _environment.Seed ?? host.Rand.Next();
        _cancellationToken = cancellationToken;
        Monitor = new FitMonitor(host, options.Progress, cancellationToken);
    }

    /// <summary>Takes messages and progress of the fit, and cancels it.</summary>
    public FitMonitor Monitor { get; }

    /// <summary>The seed of all random numbers of the fit.</summary>
    public int Seed { get; }

    private int Threads => _options.NumberOfThreads ?? _options.Executor?.NumberOfThreads ?? Environment.ProcessorCount;

    /// <summary>Reads rows, checks them, and prepares them for the engine.</summary>
    /// <param name="data">The data to read.</param>
    /// <param name="task">The task to learn from a label; null to rebuild the rows themselves.</param>
    public PreparedRows Read(TrainingData data, LearningTask? task)
    {
        RoleMappedData training = data.Training;
        var slots = FeatureSlots.Read(training, _options.Groups);
        var terms = FeatureTerms.Resolve(_host, slots, _options);
        data.Previous?.CheckSlots(_host, slots, terms);
        SlotUse use = data.Previous?.UseOf(slots) ?? SlotUse.All(slots);
        RowMemory memory = RowMemory.Of(_options.MaximumRowMemory, _options.RowPrecision, Seed) with
        {
            ShareOfSample = 1 / (1 + data.PoolOfRun * Threads),
        };
        bool hasPairs = _options.Shape == DGatingModelShape.AdditiveWithPairs;
        IRanks? ranks = _options.Executor?.RanksOfRows;
        bool mayBeSparse = data.MayBeSparse && task is not null && _options.InputNoise is null or 0 && !hasPairs && ranks is null;
        var reader = new RowReader(_host, Monitor.Channel, slots.Count, use, memory, mayBeSparse)
        {
            LabelRule = task?.LabelRule,
            KeepsMissing = task is not null && _options.MissingValues == DGatingMissingValues.Encode,
            MayBeEmpty = ranks is not null,
        };
        SamplingKeys? keys = data.Keys ?? (_options.SamplingKeyColumnName is { } name
            ? new SamplingKeys(_host, training.Schema.Schema, name)
            : null);
        ReadRows read = ranks is null
            ? Read(reader, data, slots, keys)
            : new JoinedShards(
                _host, ranks,
                ShardHead.Of(training.Schema, slots, _options, Seed, data.Validation is not null, hasKeys: keys is not null), keys)
                .Read(() => Read(reader, data, slots, keys));
        var preparation = new RowPreparation(_host, slots, use, terms, data.Budget);
        PreparedRows rows = task is null
            ? preparation.ForReconstruction(read)
            : preparation.ForLabels(read, task, training.Schema.Label!.Value.Name, data.BalancesClasses,
                mergesCopies: data.Previous is null && _options.Lambda is not 0);
        _host.CheckUserArg(!hasPairs || rows.Data.Stream is null, nameof(_options.MaximumRowMemory),
            "The rows do not fit in memory, but pairs of features are chosen on rows in memory. " +
            $"Allow more by {nameof(_options.MaximumRowMemory)}, train on a sample of the rows, or set Shape to Additive.");
        rows = _options.HasCurves ? rows with { Data = rows.Data with { IsAdditive = true } } : rows;
        rows = keys is null ? rows : rows with { Data = rows.Data with { Blocks = keys.BlocksOf(rows.Data.Rows) } };
        Monitor.Task = rows.Task;
        Report(rows, memory, data.ChoosesOnSample);
        if (task is { Classes: null })
        {
            ReportLabels(rows, training.Schema.Label!.Value.Name);
        }

        if (use.Read.Length == slots.Count)
        {
            IEnumerable<int> copies = Enumerable.Range(0, slots.Groups.Length).Where(rows.IsCopy);
            terms.Explain([.. rows.GroupNumbers, .. copies], rows.IsConstant, Monitor.Warn, Monitor.Inform);
        }

        return rows;
    }

    /// <summary>Gives the settings of the fit and its device. The native libraries are loaded for it.</summary>
    /// <exception cref="InvalidOperationException">The requested device cannot be used.</exception>
    public TrainingPlan Plan(PreparedRows rows) =>
        _plan ??= WithCheckpoint(NewPlan(rows)).On(_options.Executor, _options.NumberOfThreads);

    /// <summary>Starts the engine on some rows. The caller disposes it.</summary>
    public FitWorkflow Start(PreparedRows rows, TrainingPlan plan)
    {
        Monitor.Task = rows.Task;
        IRunExecutor executor = plan.Start(rows.Data, Monitor.Context);
        var workflow = new FitWorkflow(rows.Data, plan.Settings, executor, Monitor.Context, rows.TrainingRows.Length);
        if (workflow.IsScreened)
        {
            Monitor.Inform(
                $"Of {rows.Data.Groups.Count} features the {workflow.EnteringCount} that say most of the label alone enter the path " +
                $"({nameof(_options.ScreenedFeatureCount)} = {nameof(Int32)}.{nameof(int.MaxValue)} for all).");
        }

        return workflow;
    }

    /// <summary>Ends a fit that has its result: its progress is complete, and its checkpoint is no longer needed.</summary>
    public void Finish()
    {
        Monitor.Finish();
        if (!_cancellationToken.IsCancellationRequested)
        {
            _checkpoint?.Delete();
            _checkpoint = null;
        }
    }

    public void Dispose()
    {
        _checkpoint?.Keep();
        Monitor.Dispose();
    }

    private TrainingPlan WithCheckpoint(TrainingPlan plan)
    {
        if (_options.SharedCheckpoint is null && _options.CheckpointPath is null)
        {
            return plan;
        }

        if (plan.Execution.IsBatched)
        {
            Monitor.Warn("There is no checkpoint: one is kept by fits on the CPU, and this one trains on a device.");
            return plan;
        }

        FitCheckpoint checkpoint = _options.SharedCheckpoint
            ?? (_checkpoint = new FitCheckpoint(_options.CheckpointPath!, _options.CheckpointInterval));
        return plan with { Checkpoint = checkpoint, Options = OptionsIdentity.Of(_options) };
    }

    private ReadRows Read(RowReader reader, TrainingData data, FeatureSlots slots, SamplingKeys? keys)
    {
        double trainingShare = data.Validation is null ? 1 : 1 - DGatingDefaults.HeldOutFraction;
        reader.Read(data.Training, "training", Monitor.CheckAlive, trainingShare, keys);
        if (data.Validation is { } validation)
        {
            CheckSlots(validation, slots);
            reader.Read(validation, "validation", Monitor.CheckAlive, DGatingDefaults.HeldOutFraction);
        }

        return reader.Rows();
    }

    private void CheckSlots(RoleMappedData validation, FeatureSlots slots)
    {
        int count = ((VectorDataViewType)validation.Schema.Feature!.Value.Type).Size;
        _host.CheckUserArg(count == slots.Count, "validationData",
            $"The feature column '{slots.ColumnName}' of the validation data has {count} slots, " +
            $"but that of the training data has {slots.Count}.");
    }

    private void ReportLabels(PreparedRows rows, string column)
    {
        if (LabelPrecision.Describe(rows.Labels.AsSpan(0, rows.TrainingRows.Length), column) is { } warning)
        {
            Monitor.Warn(warning);
        }
    }

    private void Report(PreparedRows rows, RowMemory memory, bool choosesOnSample)
    {
        if (rows.Data.Features is SparseMatrix sparse)
        {
            Monitor.Inform(string.Create(CultureInfo.InvariantCulture,
                $"Rows are kept sparse: {sparse.Density:p2} of the feature values are stored. " +
                $"They are not centred, and no input noise is tried."));
        }

        if (rows.Data.Stream is { } stream)
        {
            Report(stream, memory, rows.Slots.Count, choosesOnSample);
        }

        int indicators = rows.Inputs.IsIndicator.Count(isIndicator => isIndicator);
        if (indicators > 0)
        {
            Monitor.Inform($"{indicators} of {rows.Slots.Count} feature slots have missing values, which are columns of their features.");
        }

        if (rows.RoundedSlots.Count > 0)
        {
            Monitor.Warn(RoundedSlots.Describe(rows.RoundedSlots, rows.Slots));
        }

        if (rows.CopiedSlots.Count > 0)
        {
            Monitor.Inform(CopiedSlots.Describe(rows.CopiedSlots, rows.Slots));
        }

        if (rows.ConstantSlots.Length > 0)
        {
            Monitor.Inform(
                $"{rows.ConstantSlots.Length} of {rows.Slots.Count} feature slots have a single value on all training rows " +
                "and are left out.");
        }
    }

    private void Report(RowStream stream, RowMemory memory, int slots, bool choosesOnSample)
    {
        const double megabyte = 1 << 20;
        int kept = stream.Positions.Length;
        string size =
            string.Create(CultureInfo.InvariantCulture,
                $"{stream.Rows} training rows of {slots} slots take {memory.BytesOfRow(slots) * stream.Rows / megabyte:f1} MB, " +
                $"but rows may take {memory.Bytes / megabyte:f1} MB ({nameof(DGatingTrainerOptions.MaximumRowMemory)})");
        Monitor.Inform(choosesOnSample
            ? $"{size}: choices are made on a uniform sample of {kept} rows, " +
                "which is then the pool through which all rows are streamed while the model is trained."
            : $"{size}: rows are held out of a uniform sample of {kept} rows, " +
                "and every run streams all others through a pool that begins with its part of the sample.");
        if (_options.ComputeCertificate)
        {
            Monitor.Warn($"{size}: the certificate is of the objective over the {kept} rows that are in memory at the end.");
        }
    }

    private TrainingPlan NewPlan(PreparedRows rows)
    {
        // This loads the native libraries, so it must come before any use of TorchSharp.
        if (TorchRuntime.Warning is { } warning)
        {
            Monitor.Warn(warning);
        }

        // A device requires dense rows, and holds all rows that it trains on.
        bool isStreamed = rows.Data.Stream is not null;
        bool isPiecewise = rows.Data.Given is { Encoding.IsPiecewise: true };
        bool hasCurves = rows.Data is { IsAdditive: true, IsSparse: false } && _options.NumericEncoding != DGatingNumericEncoding.None;
        bool isForCpu = isStreamed || isPiecewise || hasCurves
            || rows.Data.Shards is not null
            || rows.Data.IsSparse && _options.Device == DGatingDevice.Auto && _environment.GpuDeviceId is null;
        if (isStreamed && _options.Device == DGatingDevice.Cuda)
        {
            Monitor.Warn(
                "Training runs on the CPU: rows that do not fit in memory are streamed, and a device trains on rows that it holds.");
        }

        if (rows.Data.Shards is not null && _options.Device == DGatingDevice.Cuda)
        {
            Monitor.Warn("Training runs on the CPU: rows of which each rank holds a shard are trained on there.");
        }

        if (hasCurves && _options.Device == DGatingDevice.Cuda)
        {
            Monitor.Warn("Training runs on the CPU: the curves of an additive model are trained there.");
        }

        if (isPiecewise && _options.Device == DGatingDevice.Cuda)
        {
            Monitor.Warn("Training runs on the CPU: the previous model reads numbers by intervals, and its network is trained there.");
        }

        DGatingDevice device = isForCpu ? DGatingDevice.Cpu : _options.Device;
        FitSettings settings = EngineSettings.Of(_options, Seed, rows.Task);
        var work = new StepWork(
            BatchSchedule.SizeFor(rows.TrainingRows.Length, settings.Training.BatchSize), rows.Data.Groups.Columns,
            settings.Training.ShapeFor(rows.Task).GatedWidth);
        return new TrainingPlan(settings, new ExecutionSettings
        {
            NumberOfThreads = Threads,
            Device = DeviceResolver.Resolve(
                device, _environment.GpuDeviceId, _environment.FallbackToCpu, work, Monitor.Inform, Monitor.Warn),
        });
    }
}
