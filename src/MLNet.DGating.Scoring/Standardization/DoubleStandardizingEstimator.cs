using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Learns the means and deviations with which columns of Double are standardized.</summary>
public sealed class DoubleStandardizingEstimator : IEstimator<DoubleStandardizingTransformer>
{
    private readonly IHost _host;
    private readonly (string Output, string Input)[] _columns;

    internal DoubleStandardizingEstimator(IHostEnvironment env, (string Output, string Input)[] columns)
    {
        _host = env.Register(nameof(DoubleStandardizingEstimator));
        _host.CheckParam(columns.Length > 0, nameof(columns), "At least one column is needed.");
        _columns = columns;
    }

    /// <summary>Reads the rows once.</summary>
    /// <param name="input">The rows. Values that are not finite do not count.</param>
    public DoubleStandardizingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        GetOutputSchema(SchemaShape.Create(input.Schema));
        DataViewSchema.Column[] sources = Array.ConvertAll(_columns, column => input.Schema[column.Input]);
        RunningMoments[] sums = Array.ConvertAll(sources, _ => new RunningMoments());
        using DataViewRowCursor cursor = input.GetRowCursor(sources);
        ValueGetter<double>[] getters = Array.ConvertAll(sources, source => cursor.GetGetter<double>(source));
        double value = 0;
        while (cursor.MoveNext())
        {
            for (int i = 0; i < getters.Length; i++)
            {
                getters[i](ref value);
                sums[i].Add(value);
            }
        }

        return new DoubleStandardizingTransformer(_host, _columns, Array.ConvertAll(sums, sum => sum.Moments));
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        var result = inputSchema.ToDictionary(column => column.Name);
        foreach ((string output, string input) in _columns)
        {
            if (!inputSchema.TryFindColumn(input, out SchemaShape.Column column))
            {
                throw _host.ExceptSchemaMismatch(nameof(inputSchema), "input", input);
            }

            if (column.Kind != SchemaShape.Column.VectorKind.Scalar || column.ItemType != NumberDataViewType.Double)
            {
                throw _host.ExceptSchemaMismatch(nameof(inputSchema), "input", input, "Double", column.GetTypeString());
            }

            result[output] = new SchemaShape.Column(output, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false);
        }

        return new SchemaShape(result.Values);
    }

    // Welford's update: the squares are those of deviations, so that a large mean costs no precision.
    private sealed class RunningMoments
    {
        private long _count;
        private double _mean, _squares;

        public Moments Moments => new(_mean, _squares > 0 ? Math.Sqrt(_squares / _count) : 1);

        public void Add(double value)
        {
            if (double.IsFinite(value))
            {
                double deviation = value - _mean;
                _mean += deviation / ++_count;
                _squares += deviation * (value - _mean);
            }
        }
    }
}
