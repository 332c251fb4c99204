using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Learns the means of the label by which categories are encoded.</summary>
/// <remarks>It is made by <see cref="TargetEncodingCatalog.TargetEncode"/>, which has more.</remarks>
public sealed class TargetEncodingEstimator : IEstimator<TargetEncodingTransformer>
{
    private const int MaximumFolds = 100;

    private readonly IHost _host;
    private readonly (string Output, string Input)[] _columns;
    private readonly string _label;
    private readonly int _folds;
    private readonly double? _smoothing;

    internal TargetEncodingEstimator(
        IHostEnvironment env, (string Output, string Input)[] columns, string label, int folds, double? smoothing)
    {
        _host = env.Register(nameof(TargetEncodingEstimator));
        _host.CheckParam(columns.Length > 0, nameof(columns), "At least one column is needed.");
        _host.CheckNonWhiteSpace(label, nameof(label));
        _host.CheckParam(folds is >= 2 and <= MaximumFolds, nameof(folds),
            FormattableString.Invariant($"The number of folds must be 2 to {MaximumFolds}, but is {folds}."));
        _host.CheckParam(smoothing is null or >= 0, nameof(smoothing),
            FormattableString.Invariant($"The smoothing must be at least 0, but is {smoothing}: leave it out to have it chosen."));
        (_columns, _label, _folds, _smoothing) = (columns, label, folds, smoothing);
    }

    /// <summary>Reads the rows once. Those without a label do not count.</summary>
    /// <param name="input">The rows to learn from. In the order in which they are, or shuffled, their fold is the same.</param>
    public TargetEncodingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        GetOutputSchema(SchemaShape.Create(input.Schema));
        DataViewSchema.Column label = input.Schema[_label];
        var target = new LabelTargets(_host, label);
        DataViewSchema.Column[] sources = Array.ConvertAll(_columns, column => input.Schema[column.Input]);
        LabelSums[] sums = Array.ConvertAll(sources, _ => new LabelSums(target.Width, _folds));
        using DataViewRowCursor cursor = input.GetRowCursor([.. sources, label]);
        ValueGetter<ReadOnlyMemory<char>>[] getters =
            Array.ConvertAll(sources, source => cursor.GetGetter<ReadOnlyMemory<char>>(source));
        ValueGetter<DataViewRowId> id = cursor.GetIdGetter();
        Func<double[], bool> read = target.Reader(cursor);
        double[] targets = new double[target.Width];
        ReadOnlyMemory<char> word = default;
        DataViewRowId row = default;
        while (cursor.MoveNext())
        {
            if (!read(targets))
            {
                continue;
            }

            id(ref row);
            int fold = LabelSums.FoldOf(row, _folds);
            for (int i = 0; i < getters.Length; i++)
            {
                getters[i](ref word);
                sums[i].Add(word.Span, fold, targets);
            }
        }

        _host.CheckUserArg(sums[0].Rows > 0, nameof(input), $"No row has a label in column '{_label}'.");
        return new TargetEncodingTransformer(_host, _columns, Array.ConvertAll(sums, sum => sum.Means(_smoothing, target.Names)), input);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        var result = inputSchema.ToDictionary(column => column.Name);
        if (!inputSchema.TryFindColumn(_label, out SchemaShape.Column label))
        {
            throw _host.ExceptSchemaMismatch(nameof(inputSchema), "label", _label);
        }

        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || !(label.IsKey || LabelTargets.IsOne(label.ItemType)))
        {
            throw _host.ExceptSchemaMismatch(
                nameof(inputSchema), "label", _label, "Boolean, Single, Double or key", label.GetTypeString());
        }

        SchemaShape.Column.VectorKind kind = label.IsKey
            ? SchemaShape.Column.VectorKind.Vector
            : SchemaShape.Column.VectorKind.Scalar;
        foreach ((string output, string input) in _columns)
        {
            if (!inputSchema.TryFindColumn(input, out SchemaShape.Column column))
            {
                throw _host.ExceptSchemaMismatch(nameof(inputSchema), "input", input);
            }

            if (column.Kind != SchemaShape.Column.VectorKind.Scalar || column.ItemType != TextDataViewType.Instance)
            {
                throw _host.ExceptSchemaMismatch(nameof(inputSchema), "input", input, "Text", column.GetTypeString());
            }

            result[output] = new SchemaShape.Column(output, kind, NumberDataViewType.Single, false);
        }

        return new SchemaShape(result.Values);
    }
}
