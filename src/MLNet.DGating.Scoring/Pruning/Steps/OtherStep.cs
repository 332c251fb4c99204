using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;

namespace MLNet.DGating;

/// <summary>A step that stays as it is if any column that it makes is needed; it goes if none is.</summary>
/// <remarks>What it reads is asked of ML.NET's mapper of rows; a step that has none may read everything.</remarks>
internal sealed class OtherStep(ITransformer transformer, DataViewSchema input) : PrunableStep
{
    private string[] _made = [];
    private bool _isNeeded;
    private string? _obstacle;

    public override string? Obstacle => _obstacle;

    public override void Trace(ColumnNeeds needs)
    {
        if (!transformer.IsRowToRowMapper)
        {
            (_isNeeded, _obstacle) = (true, "it does not map rows one by one, so it may read every column");
            foreach (DataViewSchema.Column column in input.Where(column => !column.IsHidden))
            {
                needs.Add(column.Name, SlotSet.Whole);
            }

            return;
        }

        IRowToRowMapper mapper = transformer.GetRowToRowMapper(input);
        DataViewSchema.Column[] made = [.. StepColumns.Made(mapper.OutputSchema, input)];
        DataViewSchema.Column[] needed = [.. made.Where(column => needs.Take(column.Name) is not null)];
        _made = [.. needed.Select(column => column.Name)];
        if (needed.Length == 0)
        {
            return;
        }

        _isNeeded = true;
        _obstacle = transformer is FeatureContributionCalculatingTransformer ? "its model counts all slots of the feature column"
            : made.Length > needed.Length ? "it also makes columns that are not needed"
            : IsAsSmallAsCanBe ? null
            : "what it reads is known by whole columns alone";
        foreach (DataViewSchema.Column column in mapper.GetDependencies(needed))
        {
            needs.Add(column.Name, SlotSet.Whole);
        }
    }

    public override IEnumerable<ITransformer> Rebuild(ColumnLayouts layouts)
    {
        foreach (string column in _made)
        {
            layouts.Set(column, null);
        }

        return _isNeeded ? [transformer] : [];
    }

    private bool IsAsSmallAsCanBe => transformer is ExpressionTransformer or NgramHashingTransformer
        or OneToOneTransformerBase { ColumnPairs.Length: 1 } || PredictionSteps.IsPrediction(transformer);
}
