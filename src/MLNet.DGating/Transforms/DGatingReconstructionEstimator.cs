using System.Globalization;
using MLNet.DGating.Torch.ModelSelection.Fits;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating;

/// <summary>Selects the slots of a vector column from which all its slots can be rebuilt, by a D-gated autoencoder.</summary>
/// <remarks>
/// There is no label: the selected slots have as much information on the whole row as so few slots can have, whatever it is used for. All
/// slots are standardized and count equally, and every slot is a feature of its own. A slot with a single value on all rows is dropped,
/// since it is known. Rows with a missing or infinite slot are skipped, with a warning.
/// </remarks>
public sealed class DGatingReconstructionEstimator : IEstimator<DGatingFeatureSelectingTransformer>
{
    private readonly IHost _host;
    private readonly SlotSelectingColumn _column;
    private readonly Options _options;

    internal DGatingReconstructionEstimator(IHostEnvironment env, string outputColumnName, string? inputColumnName, int? slotsInOutput)
    {
        Contracts.CheckValue(env, nameof(env));
        _host = env.Register(nameof(DGatingReconstructionEstimator));
        _column = new SlotSelectingColumn(_host, outputColumnName, inputColumnName, slotsInOutput);
        _options = new Options
        {
            FeatureColumnName = _column.Input,
            Groups = FeatureGroups.PerSlot,
            MaximumFeatureCount = slotsInOutput,
            InputNoise = DGatingDefaults.ReconstructionInputNoise,
        };
    }

    /// <summary>Trains an autoencoder on the column and keeps the slots it selects.</summary>
    /// <param name="input">The rows to select by.</param>
    public DGatingFeatureSelectingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        GetOutputSchema(SchemaShape.Create(input.Schema));
        using var session = new TrainingSession(_host, _options, CancellationToken.None);
        var training = new TrainingData(new RoleMappedData(input, null, _column.Input)) { ChoosesOnSample = true, PoolOfRun = 0 };
        PreparedRows rows = session.Read(training, task: null);
        if (_options.MaximumFeatureCount > rows.Data.Groups.Count)
        {
            session.Monitor.Inform(
                $"{_options.MaximumFeatureCount} slots were asked for, but only {rows.Data.Groups.Count} vary: all of those are kept.");
        }

        TrainingPlan plan = session.Plan(rows);
        using FitWorkflow workflow = session.Start(rows, plan with { Settings = plan.Settings with { IsEvaluated = true } });
        FitResult fit = AutomaticFit.Run(workflow, rows.TrainingRows, rows.ValidationRows);
        session.Finish();
        session.Monitor.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Selected {fit.Groups.Length} of {rows.Slots.Count} slots; " +
            $"R² of all slots rebuilt from them, on held-out rows: {fit.HeldOutMetric:f3}."));
        var model = new ModelBuilder(fit, rows);
        FeatureSelectionReport selection = model.Report(model.Network(), frequency: null);
        return _column.Transformer(selection, double.IsNaN(fit.HeldOutMetric) ? null : fit.HeldOutMetric);
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

    private sealed class Options : DGatingTrainerOptions;
}
