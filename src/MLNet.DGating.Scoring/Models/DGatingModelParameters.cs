using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating;

/// <summary>The common part of the D-Gating models of all tasks: selection report, regularization path, scoring and export.</summary>
/// <remarks>
/// Scoring is plain managed SIMD code. A dropped slot has no weight at all and is not read, so a missing value there has no effect;
/// a missing value in a selected slot is scored as <see cref="DGatingMissingValues"/> says that the model was trained.
/// </remarks>
/// <typeparam name="TOutput">The type of a row's prediction: a number, or a vector.</typeparam>
public abstract class DGatingModelParameters<TOutput> :
    ModelParametersBase<TOutput>,
    IValueMapper,
    IPredictorWithFeatureWeights<TOutput>,
    ICanSaveInTextFormat,
    ICanGetSummaryInKeyValuePairs,
    ISingleCanSaveOnnx
{
    private readonly VectorDataViewType _inputType;
    private readonly Lazy<NetworkContributions> _contributions;

    private protected DGatingModelParameters(
        IHostEnvironment env,
        string name,
        CollapsedNetwork network,
        FeatureSelectionReport selection,
        IReadOnlyList<DGatingPathPoint> path)
        : base(env, name)
    {
        Host.CheckValue(network, nameof(network));
        Host.CheckValue(selection, nameof(selection));
        Host.CheckValue(path, nameof(path));
        bool fits = selection.Data.SlotCount == network.Inputs.SlotCount
            && network.Inputs.Slots.SequenceEqual(selection.Data.SelectedSlots);
        Host.CheckParam(fits, nameof(selection), "The report must be on the slots that the network reads.");

        Network = network;
        FeatureSelection = Report(selection.Data);
        Path = Array.AsReadOnly(path.ToArray());
        _inputType = new VectorDataViewType(NumberDataViewType.Single, network.Inputs.SlotCount);
        _contributions = new(Contributions);
    }

    private protected DGatingModelParameters(IHostEnvironment env, string name, ModelLoadContext ctx, out CheckedReader reader)
        : base(env, name, ctx)
    {
        // *** Binary format *** within ModelBody, since WithMissingValues
        // the network: NetworkFormat
        // the selection: SelectionFormat
        // the path: PathFormat
        // what the task adds: the constructor of its model reads it, and checks that it is the end
        reader = ModelBody.Open(Host, ctx, FormatVersion.WithMissingValues);
        Network = NetworkFormat.Read(reader, ctx.Header.ModelVerWritten);
        int slotCount = Network.Inputs.SlotCount;
        uint version = ctx.Header.ModelVerWritten;
        SelectionData selection = SelectionFormat.Read(reader, slotCount, Network.Inputs.Slots.ToArray(), version);
        FeatureSelection = reader.Build(() => Report(selection));
        Path = Array.AsReadOnly(PathFormat.Read(reader, version));
        _inputType = new VectorDataViewType(NumberDataViewType.Single, slotCount);
        _contributions = new(Contributions);
    }

    /// <summary>The features that the model reads, and the evidence for them.</summary>
    public FeatureSelectionReport FeatureSelection { get; }

    /// <summary>The regularization path that the model was chosen from, by growing λ; empty if it was trained at a single λ.</summary>
    public IReadOnlyList<DGatingPathPoint> Path { get; }

    /// <summary>The number of neurons of each hidden layer, from the features to the output; empty for a linear model.</summary>
    public IReadOnlyList<int> HiddenNeurons => [.. Network.Hidden.Select(layer => layer.Outputs)];

    DataViewType IValueMapper.InputType => _inputType;

    DataViewType IValueMapper.OutputType => OutputType;

    internal CollapsedNetwork Network { get; }

    private protected abstract DataViewType OutputType { get; }

    private protected abstract VersionInfo Version { get; }

    internal abstract OnnxHead OnnxHead { get; }

    /// <summary>Writes the model as an ONNX file (opset 13).</summary>
    /// <remarks>
    /// In goes the feature column, rows × slots, under its own name; out come the columns of ML.NET's transformer, under theirs. Any number
    /// of rows can be scored at a time. The metadata tell the task and the selected features. What stands before the trainer in a pipeline
    /// is not part of the file: <see cref="DGatingPrunedModel.SaveAsOnnx(Stream)"/> takes a whole pipeline.
    /// </remarks>
    /// <example>
    /// <code>
    /// var model = mlContext.BinaryClassification.Trainers.DGating().Fit(data);
    /// model.Model.SaveAsOnnx("model.onnx");
    /// </code>
    /// </example>
    /// <param name="stream">The destination. Stays open.</param>
    /// <exception cref="ArgumentException">The stream cannot be written to.</exception>
    /// <exception cref="InvalidOperationException">
    /// The feature column has the name of an output: Score, Probability or PredictedLabel.
    /// </exception>
    public void SaveAsOnnx(Stream stream) => OnnxFile.Save(stream, Network, FeatureSelection, OnnxHead);

    /// <inheritdoc cref="SaveAsOnnx(Stream)"/>
    /// <param name="path">The file. It is written under a temporary name beside it, and replaces an older one when it is complete.</param>
    public void SaveAsOnnx(string path) => OnnxFile.Save(path, Network, FeatureSelection, OnnxHead);

    /// <summary>Explains the scores of a row by what each slot adds, compared with a row at the mean of the training rows.</summary>
    /// <remarks>
    /// Of two classes and for numbers, ML.NET's CalculateFeatureContribution adds the contributions as a column; by default it keeps the
    /// largest ten of each sign and normalizes them. A row whose score is NaN has contributions that are NaN.
    /// </remarks>
    /// <example>
    /// <code>
    /// var model = mlContext.BinaryClassification.Trainers.DGating().Fit(data);
    /// foreach (ScoreExplanation explanation in model.Model.Explain(data))
    /// {
    ///     Console.WriteLine(explanation);
    /// }
    /// </code>
    /// </example>
    /// <param name="features">A row of the feature column.</param>
    /// <exception cref="ArgumentException">The row has another number of slots.</exception>
    public ScoreExplanation Explain(in VBuffer<float> features) =>
        RowExplainer.Explain(_contributions.Value, FeatureSelection, in features);

    /// <summary>Gives what a feature of an additive model adds to a score, for each of its values.</summary>
    /// <example>
    /// <code>
    /// var model = mlContext.BinaryClassification.Trainers.DGating(
    ///     new DGatingBinaryTrainer.Options { Shape = DGatingModelShape.Additive }).Fit(data);
    /// foreach (FeatureGate feature in model.Model.FeatureSelection.Features.Where(feature => feature.IsSelected))
    /// {
    ///     FeatureCurve curve = model.Model.GetCurve(feature.Name);
    ///     Console.WriteLine($"{feature.Name}: {string.Join(" ", curve.Points)} {string.Join(" ", curve.Levels)}");
    /// }
    /// </code>
    /// </example>
    /// <inheritdoc cref="FeatureSelectionReport.GetCurve(string, int)"/>
    public FeatureCurve GetCurve(string feature, int output = 0) => FeatureSelection.GetCurve(feature, output);

    /// <summary>Gives what two features of an additive model with pairs add to a score together, beyond their curves.</summary>
    /// <example>
    /// <code>
    /// var model = mlContext.BinaryClassification.Trainers.DGating(
    ///     new DGatingBinaryTrainer.Options { Shape = DGatingModelShape.AdditiveWithPairs }).Fit(data);
    /// foreach (FeaturePair pair in model.Model.FeatureSelection.Pairs)
    /// {
    ///     FeatureSurface surface = model.Model.GetSurface(pair.First.Name, pair.Second.Name);
    ///     Console.WriteLine($"{pair}: {surface[0, 0]} at {surface.Rows[0].Name} and {surface.Columns[0].Name}");
    /// }
    /// </code>
    /// </example>
    /// <inheritdoc cref="FeatureSelectionReport.GetSurface(string, string, int)"/>
    public FeatureSurface GetSurface(string first, string second, int output = 0) => FeatureSelection.GetSurface(first, second, output);

    private FeatureSelectionReport Report(SelectionData data)
    {
        var pairs = PairBlocks.Of(Network, data.Groups);
        bool hasCurves = Network.Hidden.Count == 0 || pairs is not null;
        return new FeatureSelectionReport(data, ContributionsOf, hasCurves ? new AdditiveCurves(Network) : null, pairs);
    }

    private NetworkContributions Contributions() => new(Network, FeatureSelection.Blocks);

    private float[][] ContributionsOf(VBuffer<float> features)
    {
        ScoreExplanation explanation = Explain(in features);
        return [.. Enumerable.Range(0, explanation.Scores.Count).Select(explanation.BySlot)];
    }

    /// <summary>Explains the scores of every row, one after another as they are asked for.</summary>
    /// <inheritdoc cref="Explain(in VBuffer{float})"/>
    /// <param name="data">Rows with the column of <see cref="FeatureSelectionReport.FeatureColumnName"/>.</param>
    /// <exception cref="ArgumentException">The data have no such column, or it has another number of slots.</exception>
    public IEnumerable<ScoreExplanation> Explain(IDataView data)
    {
        ArgumentNullException.ThrowIfNull(data);
        string column = FeatureSelection.FeatureColumnName;
        return data.Schema.GetColumnOrNull(column) is null
            ? throw new ArgumentException($"The data have no column '{column}', which the model reads.", nameof(data))
            : data.GetColumn<VBuffer<float>>(column).Select(row => Explain(in row));
    }

    ValueMapper<TSrc, TDst> IValueMapper.GetMapper<TSrc, TDst>() =>
        CreateMapper() as ValueMapper<TSrc, TDst>
        ?? throw Host.Except($"The model maps {typeof(VBuffer<float>)} to {typeof(TOutput)}, not {typeof(TSrc)} to {typeof(TDst)}.");

    void IHaveFeatureWeights.GetFeatureWeights(ref VBuffer<float> weights)
    {
        ReadOnlySpan<int> slots = Network.Inputs.Slots;
        var editor = VBufferEditor.Create(ref weights, Network.Inputs.SlotCount, slots.Length);
        for (int i = 0; i < slots.Length; i++)
        {
            editor.Values[i] = FeatureSelection.SlotImportance[slots[i]];
        }

        if (slots.Length < Network.Inputs.SlotCount)
        {
            slots.CopyTo(editor.Indices);
        }

        weights = editor.Commit();
    }

    void ICanSaveInTextFormat.SaveAsText(TextWriter writer, RoleMappedSchema schema)
    {
        Host.CheckValue(writer, nameof(writer));
        IEnumerable<int> layers = Network.Hidden.Append(Network.Output).Select(layer => layer.Outputs);
        string widths = string.Join(" - ", layers.Prepend(Network.Inputs.Slots.Length));
        bool skip = Network.Skip is not null;
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"D-Gating network {widths}, {Network.Activation}, skip: {skip}"));
        writer.Write(FeatureSelection.ToString());
    }

    IList<KeyValuePair<string, object>> ICanGetSummaryInKeyValuePairs.GetSummaryInKeyValuePairs(RoleMappedSchema schema) =>
    [
        .. FeatureSelection.Features.Where(gate => gate.IsSelected).Select(gate => KeyValuePair.Create(gate.Name, (object)gate.Importance)),
    ];

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

    bool ISingleCanSaveOnnx.SaveAsOnnx(OnnxContext ctx, string[] outputNames, string featureColumn)
    {
        ctx.CheckOpSetVersion(NetworkGraph.OldestOpset, "D-Gating");
        OnnxHead.AddTo(new NetworkGraph(new PipelineGraph(ctx), Network, featureColumn), outputNames);
        return true;
    }

    /// <inheritdoc/>
    protected sealed override void SaveCore(ModelSaveContext ctx)
    {
        base.SaveCore(ctx);
        ctx.SetVersionInfo(Version);

        ModelBody.Write(ctx.Writer, writer =>
        {
            NetworkFormat.Write(writer, Network);
            SelectionFormat.Write(writer, FeatureSelection.Data);
            PathFormat.Write(writer, Path);
            SaveTask(writer);
        });
    }

    /// <summary>Returns the network and the report of the same model on a feature column that has some of the slots.</summary>
    /// <param name="slots">The slots that are left, ascending; all selected ones must be among them.</param>
    private protected (CollapsedNetwork Network, FeatureSelectionReport Selection) PartsOfSlots(int[] slots)
    {
        SelectionData selection = FeatureSelection.Data.OfSlots(slots);
        Host.CheckParam(selection.SelectedSlots.Length == Network.Inputs.Slots.Length, nameof(slots), "A selected slot is missing.");
        var inputs = new SelectedInputs(slots.Length, selection.SelectedSlots, Network.Inputs.Encoding, [.. Network.Inputs.Indicated]);
        var network = new CollapsedNetwork(inputs, Network.Hidden, Network.Activation, Network.Output, Network.Skip);
        return (network, new FeatureSelectionReport(selection));
    }

    /// <summary>Writes what only models of the task have.</summary>
    private protected virtual void SaveTask(BinaryWriter writer)
    {
    }

    /// <summary>Makes what ML.NET's CalculateFeatureContribution maps the rows of a model of one output with; for one thread.</summary>
    private protected ValueMapper<TSrc, VBuffer<float>> CreateContributionMapper<TSrc>(int top, int bottom, bool normalize) =>
        _contributions.Value.CreateMapper(top, bottom, normalize) as ValueMapper<TSrc, VBuffer<float>>
        ?? throw Host.Except($"Contributions are of {typeof(VBuffer<float>)}, not of {typeof(TSrc)}.");

    /// <summary>Makes a mapper with buffers of its own, for one thread.</summary>
    private protected abstract ValueMapper<VBuffer<float>, TOutput> CreateMapper();
}
