using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Gives the columns of a quantile model for the rows of a schema: Score and Quantiles.</summary>
internal sealed class QuantileRowMapper : ISchemaBoundRowMapper
{
    private const int ScoreIndex = 0, QuantilesIndex = 1;

    private readonly DGatingQuantileModelParameters _model;

    /// <param name="context">Throws where the feature column does not fit the model.</param>
    /// <param name="schema">The schema of the rows, which names the feature column.</param>
    /// <param name="model">The model.</param>
    public QuantileRowMapper(IExceptionContext context, RoleMappedSchema schema, DGatingQuantileModelParameters model)
    {
        DataViewSchema.Column feature = schema.Feature ?? throw context.ExceptParam(nameof(schema), "There is no feature column.");
        DataViewType expected = ((IValueMapper)model).InputType;
        if (!feature.Type.Equals(expected))
        {
            throw context.ExceptSchemaMismatch(nameof(schema), "feature", feature.Name, expected.ToString(), feature.Type.ToString());
        }

        _model = model;
        InputRoleMappedSchema = schema;
        OutputSchema = Columns(model.QuantileLevels);
    }

    public RoleMappedSchema InputRoleMappedSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public ISchemaBindableMapper Bindable => _model;

    public DataViewSchema InputSchema => InputRoleMappedSchema.Schema;

    private DataViewSchema.Column Feature => InputRoleMappedSchema.Feature!.Value;

    public IEnumerable<KeyValuePair<RoleMappedSchema.ColumnRole, string>> GetInputColumnRoles() =>
        [RoleMappedSchema.ColumnRole.Feature.Bind(Feature.Name)];

    public IEnumerable<DataViewSchema.Column> GetDependenciesForNewColumns(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        dependingColumns.Any() ? [Feature] : [];

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var active = activeColumns.Select(column => column.Index).ToHashSet();
        var getters = new Delegate[OutputSchema.Count];
        if (active.Contains(ScoreIndex))
        {
            getters[ScoreIndex] = Getter(input, ((IValueMapper)_model).GetMapper<VBuffer<float>, float>());
        }

        if (active.Contains(QuantilesIndex))
        {
            getters[QuantilesIndex] = Getter(input, _model.CreateQuantileMapper());
        }

        return new SimpleRow(OutputSchema, input, getters);
    }

    private ValueGetter<T> Getter<T>(DataViewRow input, ValueMapper<VBuffer<float>, T> map)
    {
        ValueGetter<VBuffer<float>> read = input.GetGetter<VBuffer<float>>(Feature);
        VBuffer<float> features = default;
        return (ref T value) =>
        {
            read(ref features);
            map(in features, ref value);
        };
    }

    private static DataViewSchema Columns(QuantileLevels levels)
    {
        DataViewSchema.Column score =
            ScoreSchemaFactory.Create(NumberDataViewType.Single, AnnotationUtils.Const.ScoreColumnKind.Regression)[0];
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddSlotNames(levels.Count, (ref VBuffer<ReadOnlyMemory<char>> names) => names = levels.SlotNames());
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(score.Name, score.Type, score.Annotations);
        builder.AddColumn(
            DGatingQuantileModelParameters.QuantilesColumnName, new VectorDataViewType(NumberDataViewType.Single, levels.Count),
            annotations.ToAnnotations());
        return builder.ToSchema();
    }
}
