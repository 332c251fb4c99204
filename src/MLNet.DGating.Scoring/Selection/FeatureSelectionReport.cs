using System.Collections.ObjectModel;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Reports which features a model kept, their importance, and how long each lasted on the regularization path.</summary>
/// <remarks>
/// Features are reported as trained, by slot, and by source column. <see cref="ToString"/> is a table to read, <see cref="ToDataView"/>
/// one to compute with, and <see cref="ToTransformer"/> drops the unused slots in any other pipeline.
/// </remarks>
/// <example>
/// <code>
/// FeatureSelectionReport report = mlContext.BinaryClassification.Trainers.DGating().Fit(data).Model.FeatureSelection;
/// Console.WriteLine(report);
/// IDataView table = report.ToDataView(mlContext);
/// </code>
/// </example>
public sealed class FeatureSelectionReport
{
    private readonly AdditiveCurves? _curves;
    private readonly PairBlocks? _pairs;
    private readonly string[] _names;
    private readonly float[] _importance;
    private readonly bool[] _support;
    private readonly bool[] _constant;
    private readonly double[] _slotLambdaOut;
    private readonly Lazy<IReadOnlyList<FeatureGate>> _features;
    private readonly Lazy<IReadOnlyList<FeatureGate>> _bySlot;
    private readonly Lazy<IReadOnlyList<FeatureGate>> _bySourceColumn;
    private readonly Lazy<IReadOnlyList<FeaturePair>> _pairsByStrength;

    /// <exception cref="ArgumentException">The parts of <paramref name="data"/> do not fit together.</exception>
    internal FeatureSelectionReport(
        SelectionData data, Func<VBuffer<float>, float[][]>? contributions = null, AdditiveCurves? curves = null,
        PairBlocks? pairs = null)
    {
        data.Validate();
        (_curves, _pairs) = (curves, pairs);
        Contributions = contributions;
        Data = data;
        _names = SlotNaming.NameAll(data.Metadata.Names, data.SlotCount);
        _importance = new float[data.SlotCount];
        _support = new bool[data.SlotCount];
        for (int i = 0; i < data.SelectedSlots.Length; i++)
        {
            _support[data.SelectedSlots[i]] = true;
            _importance[data.SelectedSlots[i]] = data.Importance[i];
        }

        _constant = new bool[data.SlotCount];
        foreach (int slot in data.ConstantSlots)
        {
            _constant[slot] = true;
        }

        // A constant slot of a group that was trained was itself never on the path.
        _slotLambdaOut = new double[data.SlotCount];
        for (int group = 0; group < data.Groups.Length; group++)
        {
            foreach (int slot in data.Groups[group])
            {
                _slotLambdaOut[slot] = _constant[slot] ? 0 : data.LambdaOut[group];
            }
        }

        Support = Array.AsReadOnly(_support);
        SelectedIndices = Array.AsReadOnly(data.SelectedSlots);
        SelectedNames = Array.AsReadOnly(Array.ConvertAll(data.SelectedSlots, slot => _names[slot]));
        ConstantIndices = Array.AsReadOnly(data.ConstantSlots);
        Frequency = data.Frequency is null ? null : Array.AsReadOnly(data.Frequency);
        _features = new(() => Gates(data.Groups));
        _bySlot = new(() => Gates(SelectionData.GroupPerSlot(data.SlotCount)));
        _pairsByStrength = new(() => Array.AsReadOnly<FeaturePair>([.. PairsInOrder.OrderByDescending(pair => pair.Strength)]));
        _bySourceColumn = new(() => Gates(SourceColumns.Find(_names, data.Metadata.CategoricalRanges)));
    }

    /// <summary>The column that the model was trained on.</summary>
    public string FeatureColumnName => Data.FeatureColumnName;

    /// <summary>One for each feature as it was trained: a slot, or a group of slots that stay or go together.</summary>
    public IReadOnlyList<FeatureGate> Features => _features.Value;

    /// <summary>One for each slot of the feature column, at the slot's index.</summary>
    public IReadOnlyList<FeatureGate> BySlot => _bySlot.Value;

    /// <summary>One for each column that was concatenated into the feature column.</summary>
    /// <remarks>
    /// Such a column is a one-hot block, or the slots whose names share what is before the first dot. Its importance is the root of the sum
    /// of squares of its slots', its λ their largest; it is selected if any of its slots is.
    /// </remarks>
    public IReadOnlyList<FeatureGate> BySourceColumn => _bySourceColumn.Value;

    /// <summary>The support: for each slot, whether the model reads it.</summary>
    public IReadOnlyList<bool> Support { get; }

    /// <summary>The slots that the model reads, ascending.</summary>
    public IReadOnlyList<int> SelectedIndices { get; }

    /// <summary>The names of <see cref="SelectedIndices"/>, in their order; "Slot i" where a slot has none.</summary>
    public IReadOnlyList<string> SelectedNames { get; }

    /// <summary>The slots with a single value on all training rows, ascending. They are never selected.</summary>
    public IReadOnlyList<int> ConstantIndices { get; }

    /// <summary>The share of subsamples of the rows that selected each of <see cref="Features"/>, 0 to 1 (docs/theory.md §14).</summary>
    /// <value>Null where stability selection did not run.</value>
    public IReadOnlyList<double>? Frequency { get; }

    /// <summary>The evidence of how near the fit at a fixed λ ended to a stationary point (docs/theory.md §5).</summary>
    /// <value>Null where it was not asked for.</value>
    public StationarityCertificate? Certificate => Data.Certificate;

    /// <summary>Whether held-out rows show that the features predict the label better than a constant does.</summary>
    /// <remarks>
    /// Their mean bounded loss must be less by more than two standard errors (docs/theory.md §13). Where no rows were held out, the
    /// training rows are asked instead, which a network that memorises satisfies easily.
    /// </remarks>
    /// <value>True for models saved before it was measured.</value>
    public bool IsBetterThanConstant => Data.IsBetterThanConstant;

    /// <summary>How the number of features was chosen, and how sure the choice is.</summary>
    /// <value>Null where the number, λ or a budget was given, and for a model of a path.</value>
    public FeatureCountChoice? Choice => Data.Choice;

    /// <summary>Whether the model is additive: what a feature adds to a score does not depend on the others.</summary>
    /// <remarks>With <see cref="Pairs"/> it is not, but has curves as well.</remarks>
    public bool IsAdditive => _curves is not null && _pairs is null;

    /// <summary>The pairs of features that have a function beside the curves of an additive model, the strongest first.</summary>
    /// <value>Empty but for models of <see cref="DGatingModelShape.AdditiveWithPairs"/>.</value>
    public IReadOnlyList<FeaturePair> Pairs => _pairsByStrength.Value;

    internal SelectionData Data { get; }

    /// <summary>Whether the model has a curve for each feature.</summary>
    internal bool HasCurves => _curves is not null;

    /// <summary>The neurons of each pair; null where the model has none.</summary>
    internal PairBlocks? Blocks => _pairs;

    /// <summary>The pairs in the order of their neurons.</summary>
    internal IEnumerable<FeaturePair> PairsInOrder => _pairs is null
        ? []
        : _pairs.All.Select(block => new FeaturePair(Features[block.First], Features[block.Second], block.Strength));

    /// <summary>What each slot adds to the scores of a row [outputs][slots]; null where the report is not that of a model.</summary>
    internal Func<VBuffer<float>, float[][]>? Contributions { get; }

    /// <summary>The importance of each slot; 0 where the model does not read it.</summary>
    internal ReadOnlySpan<float> SlotImportance => _importance;

    /// <summary>Formats the selected features as a table, the most important first, and counts the dropped ones.</summary>
    /// <remarks>Long lists are cut.</remarks>
    public override string ToString() => SelectionTable.Format(this);

    /// <summary>Gives what a feature of an additive model adds to a score, for each of its values.</summary>
    /// <param name="feature">The name of one of <see cref="Features"/>, or of a slot.</param>
    /// <param name="output">The output: with several classes, the number of the class from 0; else 0.</param>
    /// <exception cref="ArgumentException">There is no such feature or output.</exception>
    /// <exception cref="InvalidOperationException">The model has no curves: it is neither additive nor additive with pairs.</exception>
    public FeatureCurve GetCurve(string feature, int output = 0)
    {
        ArgumentNullException.ThrowIfNull(feature);
        AdditiveCurves curves = CurvesOf(output);
        FeatureGate[] found = [.. Features.Concat(BySlot).Where(gate => gate.Name == feature).Take(1)];
        return found.Length > 0
            ? curves.Of(found[0], _names, output)
            : throw new ArgumentException($"There is no feature '{feature}'. {nameof(Features)} has the names.", nameof(feature));
    }

    /// <summary>Gives what two features of an additive model with pairs add to a score together, beyond their curves.</summary>
    /// <param name="first">The name of a feature of one of <see cref="Pairs"/>.</param>
    /// <param name="second">The name of the other feature of the same pair.</param>
    /// <param name="output">The output: with several classes, the number of the class from 0; else 0.</param>
    /// <exception cref="ArgumentException">There is no such pair or output.</exception>
    /// <exception cref="InvalidOperationException">The model has no curves and pairs.</exception>
    public FeatureSurface GetSurface(string first, string second, int output = 0)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        CurvesOf(output);
        foreach ((FeaturePair pair, PairBlock block) in PairsInOrder.Zip(_pairs?.All ?? []))
        {
            if ((pair.First.Name, pair.Second.Name) == (first, second))
            {
                return new SurfaceReader(_pairs!, block).Read(pair, _names, output);
            }

            if ((pair.First.Name, pair.Second.Name) == (second, first))
            {
                return new SurfaceReader(_pairs!, block).Read(pair with { First = pair.Second, Second = pair.First }, _names, output);
            }
        }

        string pairs = Pairs.Count == 0 ? "The model has no pairs." : $"{nameof(Pairs)} has those that were selected.";
        throw new ArgumentException($"There is no pair of '{first}' and '{second}'. {pairs}", nameof(second));
    }

    private AdditiveCurves CurvesOf(int output)
    {
        if (_curves is null)
        {
            throw new InvalidOperationException(
                "The model is not additive: what a feature adds depends on the others. " +
                "Train it with the option Shape = Additive or AdditiveWithPairs, or use Explain, which tells what features add to a row.");
        }

        return output >= 0 && output < _curves.Outputs
            ? _curves
            : throw new ArgumentOutOfRangeException(nameof(output), output, $"Must be an output of the model: 0 to {_curves.Outputs - 1}.");
    }

    /// <summary>Makes a data view with one row for each of <see cref="Features"/>.</summary>
    /// <remarks>
    /// The columns are Index (Int32), Name (Text), Slots (VarVector of Int32), Importance (Single), LambdaOut (Double),
    /// IsSelected (Boolean) and IsConstant (Boolean).
    /// </remarks>
    /// <param name="mlContext">The context to create the data view with.</param>
    public IDataView ToDataView(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return mlContext.Data.LoadFromEnumerable(Features.Select(gate => new SelectionRow(gate, IsConstant(gate))));
    }

    /// <summary>Makes a transformer that keeps the selected slots of a feature column and drops the others.</summary>
    /// <remarks>
    /// It is ML.NET's own, so that a pipeline saved with it loads without this library. If no slot is selected, one slot that is always 0
    /// remains, as with ML.NET's own feature selection.
    /// </remarks>
    /// <example>
    /// <code>
    /// FeatureSelectionReport selection = mlContext.BinaryClassification.Trainers.DGating().Fit(data).Model.FeatureSelection;
    /// IDataView shorter = selection.ToTransformer(mlContext).Transform(data);
    /// </code>
    /// </example>
    /// <param name="mlContext">The context to create the transformer with.</param>
    /// <param name="outputColumnName">The shorter column. Null: replaces the input.</param>
    /// <param name="inputColumnName">The column to shorten, with the slots of <see cref="FeatureColumnName"/>. Null: that column.</param>
    public ITransformer ToTransformer(MLContext mlContext, string? outputColumnName = null, string? inputColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        string input = inputColumnName ?? FeatureColumnName;
        return SlotSelection.Create(mlContext, outputColumnName ?? input, input, _support);
    }

    /// <summary>Whether all slots of a feature are constant.</summary>
    internal bool IsConstant(FeatureGate gate) => gate.Slots.All(slot => _constant[slot]);

    private ReadOnlyCollection<FeatureGate> Gates(int[][] groups)
    {
        var gates = new FeatureGate[groups.Length];
        for (int index = 0; index < groups.Length; index++)
        {
            int[] slots = groups[index];
            double squares = 0, lambdaOut = 0;
            bool selected = false;
            foreach (int slot in slots)
            {
                squares += (double)_importance[slot] * _importance[slot];
                lambdaOut = Math.Max(lambdaOut, _slotLambdaOut[slot]);
                selected |= _support[slot];
            }

            float importance = slots.Length == 1 ? _importance[slots[0]] : (float)Math.Sqrt(squares);
            string name = SlotNaming.NameSet(_names, slots);
            gates[index] = new FeatureGate(index, name, Array.AsReadOnly(slots), importance, lambdaOut, selected);
        }

        return Array.AsReadOnly(gates);
    }
}
