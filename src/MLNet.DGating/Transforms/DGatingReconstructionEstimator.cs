using System.Globalization;
using MLNet.DGating.Torch.Devices;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Native;
using MLNet.DGating.Torch.Settings;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating;

/// <summary>
/// Selects the slots of a vector column from which all its slots can be rebuilt, by training a D-gated autoencoder on the column. There is
/// no label: what is kept says as much as so few slots can about the whole row, whatever it will be used for.
/// </summary>
/// <remarks>
/// All slots are standardized, and count the same. Every slot is judged by itself. A slot with a single value on all rows is dropped: it is
/// rebuilt by that value. Rows with a missing or infinite slot are skipped, with a warning.
/// </remarks>
public sealed class DGatingReconstructionEstimator : IEstimator<DGatingFeatureSelectingTransformer>
{
    private readonly IHost _host;
    private readonly SlotSelectingColumn _column;
    private readonly int? _slotsInOutput;

    internal DGatingReconstructionEstimator(IHostEnvironment env, string outputColumnName, string? inputColumnName, int? slotsInOutput)
    {
        Contracts.CheckValue(env, nameof(env));
        _host = env.Register(nameof(DGatingReconstructionEstimator));
        _column = new SlotSelectingColumn(_host, outputColumnName, inputColumnName, slotsInOutput);
        _slotsInOutput = slotsInOutput;
    }

    /// <summary>Trains an autoencoder on the column and keeps the slots it selects.</summary>
    /// <param name="input">The rows to select by.</param>
    public DGatingFeatureSelectingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var data = new RoleMappedData(input, null, _column.Input);
        FeatureSlots slots = FeatureSlots.Read(data, FeatureGroups.PerSlot);
        using var report = new FitMonitor(_host);
        PreparedRows rows = Read(data, slots, report);
        FitResult fit = AutomaticFit.Run(rows.Data, rows.TrainingRows, rows.ValidationRows, Settings(rows, report), report.Context);
        report.Channel.Info(string.Create(CultureInfo.InvariantCulture,
            $"Selected {fit.Groups.Length} of {slots.Count} slots; R² of all slots rebuilt from them, on held-out rows: {fit.HeldOutMetric:f3}."));
        var assembly = new ModelBuilder(fit, rows, slots);
        return _column.Transformer(assembly.Report(assembly.Network(), frequency: null), double.IsNaN(fit.HeldOutMetric) ? null : fit.HeldOutMetric);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        SchemaShape.Column expected = TrainerUtils.MakeR4VecFeature(_column.Input);
        if (!inputSchema.TryFindColumn(_column.Input, out SchemaShape.Column column))
        {
            throw _host.ExceptSchemaMismatch(nameof(inputSchema), "input", _column.Input);
        }

        if (!expected.IsCompatibleWith(column))
        {
            throw _host.ExceptSchemaMismatch(nameof(inputSchema), "input", _column.Input, expected.GetTypeString(), column.GetTypeString());
        }

        return _column.OutputSchema(inputSchema, column);
    }

    private PreparedRows Read(RoleMappedData data, FeatureSlots slots, FitMonitor report)
    {
        var memory = RowMemory.Of(null, DGatingRowPrecision.Full, RootEnvironment.Of(_host).Seed ?? _host.Rand.Next());
        var reader = new RowReader(_host, report.Channel, slots.Groups, slots.Count, memory, mayBeSparse: false);
        reader.Read(data, "training", report.CheckAlive);
        PreparedRows rows = PreparedRows.CreateForReconstruction(_host, reader, slots.Groups, slots.ColumnName);
        report.Labels = rows.Labels;
        if (rows.ConstantSlots.Length > 0)
        {
            report.Inform($"{rows.ConstantSlots.Length} of {slots.Count} slots have a single value on all rows and are dropped: that value rebuilds them.");
        }

        if (_slotsInOutput > rows.Data.Groups.Count)
        {
            report.Inform($"{_slotsInOutput} slots were asked for, but only {rows.Data.Groups.Count} vary: all of those are kept.");
        }

        return rows;
    }

    private TrainingSettings Settings(PreparedRows rows, FitMonitor report)
    {
        // Asked before anything of TorchSharp is touched: it is what loads the native libraries.
        if (TorchRuntime.Warning is { } warning)
        {
            report.Warn(warning);
        }

        IHostEnvironmentInternal host = RootEnvironment.Of(_host);
        return new TrainingSettings
        {
            Loss = rows.Labels.Loss,
            Count = _slotsInOutput,
            InputNoise = DGatingDefaults.ReconstructionInputNoise,
            IsJudged = true,
            Seed = host.Seed ?? _host.Rand.Next(),
            Threads = Environment.ProcessorCount,
            Device = DeviceResolver.Resolve(rows.Data.Stream is null ? DGatingDevice.Auto : DGatingDevice.Cpu, host.GpuDeviceId, host.FallbackToCpu, report.Warn),
        };
    }
}
