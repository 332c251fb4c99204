using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Columns;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The steps from the columns of a table to one column of features.</summary>
/// <remarks>
/// Columns of a kind share a step, so that the rows are read once for each kind, not for each column. Missing numbers stay NaN, which the
/// trainers read as they are.
/// </remarks>
internal sealed class FeaturePlan
{
    private FeaturePlan(string featureColumn, IReadOnlyList<PipelineStep> steps, IReadOnlyList<FeaturePart> parts)
    {
        FeatureColumn = featureColumn;
        Steps = steps;
        Parts = parts;
    }

    public string FeatureColumn { get; }

    public IReadOnlyList<PipelineStep> Steps { get; }

    /// <summary>The columns that are concatenated, in order.</summary>
    public IReadOnlyList<FeaturePart> Parts { get; }

    /// <summary>Plans the steps for columns.</summary>
    /// <param name="columns">The columns to make features of.</param>
    /// <param name="names">The names of what is made.</param>
    public static FeaturePlan Of(IReadOnlyList<ModelColumn> columns, PipelineNames names)
    {
        FeaturePart[] parts =
            [.. columns.SelectMany(column => PartsOf(column, names).Select(part => new FeaturePart(part, column.Name)))];
        var concatenate = new ConcatenateStep(names.Features, [.. parts.Select(part => part.Name)]);
        return new FeaturePlan(names.Features, [.. EncodingSteps(columns, names), concatenate], parts);
    }

    public IEstimator<ITransformer> Estimator(MLContext mlContext)
    {
        IEstimator<ITransformer> pipeline = new EstimatorChain<ITransformer>();
        foreach (PipelineStep step in Steps)
        {
            pipeline = pipeline.Append(step.Estimator(mlContext.Transforms));
        }

        return pipeline;
    }

    /// <summary>Returns the number of slots that a part has among the features.</summary>
    /// <param name="schema">A schema with the parts.</param>
    /// <param name="part">The part.</param>
    public static int SlotCount(DataViewSchema schema, FeaturePart part) =>
        schema[part.Name].Type is VectorDataViewType vector ? vector.Size : 1;

    /// <summary>Returns the part that each slot of the features belongs to.</summary>
    /// <param name="schema">A schema with the parts.</param>
    public FeaturePart[] PartOfSlot(DataViewSchema schema) =>
        [.. Parts.SelectMany(part => Enumerable.Repeat(part, SlotCount(schema, part)))];

    /// <summary>Returns the part that a slot of the features was made of, by the slot's name; null for the name of none.</summary>
    /// <param name="slot">The name: that of the part, or that and, behind a dot, a category or a word.</param>
    public FeaturePart? PartNamed(string slot) => Parts
        .Where(part => slot == part.Name || slot.StartsWith(part.Name + ".", StringComparison.Ordinal))
        .MaxBy(part => part.Name.Length);

    private static IEnumerable<string> PartsOf(ModelColumn column, PipelineNames names) => column switch
    {
        { Encoding: ColumnEncoding.Date } => new DateParts(names, column.Name).All,
        { HasTargetMean: true } => [column.Name, MeanOf(column, names)],
        _ => [column.Name],
    };

    private static IEnumerable<PipelineStep> EncodingSteps(IReadOnlyList<ModelColumn> columns, PipelineNames names)
    {
        (string Output, string Input)[] means =
            [.. columns.Where(column => column.HasTargetMean).Select(column => (MeanOf(column, names), column.Name))];
        if (means.Length > 0)
        {
            yield return new TargetEncodeStep(means, names.Label);
        }

        DateParts[] dates = [.. Named(ColumnEncoding.Date).Select(name => new DateParts(names, name))];
        foreach (PipelineStep step in dates.SelectMany(date => date.Steps))
        {
            yield return step;
        }

        // A step for each, so that it goes as a whole where its column is not needed.
        foreach (ModelColumn column in columns.Where(column => column.Input.Kind == InputKind.Double))
        {
            yield return new StandardizeDoublesStep([column.Name]);
        }

        string[] oneHot = [.. dates.Select(date => date.Weekday), .. Named(ColumnEncoding.OneHot)];
        if (oneHot.Length > 0)
        {
            yield return new OneHotStep(oneHot);
        }

        string[] hashed = Named(ColumnEncoding.Hash);
        if (hashed.Length > 0)
        {
            yield return new HashStep(hashed);
        }

        foreach (string text in Named(ColumnEncoding.Ngrams))
        {
            yield return new NgramStep(text);
        }

        string[] Named(ColumnEncoding encoding) => [.. columns.Where(column => column.Encoding == encoding).Select(column => column.Name)];
    }

    private static string MeanOf(ModelColumn column, PipelineNames names) => names.Part(column.Name, "mean");
}
