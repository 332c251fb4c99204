using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>
/// The steps from the columns of a table to one column of features. Columns of a kind share a step, so that the rows are read once for
/// each kind, not for each column.
/// </summary>
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

    /// <summary>What is concatenated, in order.</summary>
    public IReadOnlyList<FeaturePart> Parts { get; }

    /// <param name="columns">The columns to make features of.</param>
    /// <param name="kept">Columns that the pipeline must not overwrite: label and weight.</param>
    public static FeaturePlan Of(IReadOnlyList<ModelColumn> columns, params string?[] kept)
    {
        var parts = new List<FeaturePart>();
        var steps = new List<PipelineStep>();
        var numbers = new List<string>();
        var oneHot = new List<string>();
        var indicated = new List<(string Output, string Input)>();
        foreach (ModelColumn column in columns)
        {
            switch (column.Encoding)
            {
                case Encoding.Date:
                    var date = new DateParts(column.Name);
                    steps.AddRange(date.Steps);
                    numbers.AddRange(date.Numbers);
                    oneHot.Add(date.Weekday);
                    parts.AddRange(date.Numbers.Append(date.Weekday).Select(part => new FeaturePart(part, column.Name)));
                    break;
                case Encoding.Number:
                    numbers.Add(column.Name);
                    parts.Add(new(column.Name, column.Name));
                    break;
                default:
                    parts.Add(new(column.Name, column.Name));
                    break;
            }

            if (column is { Missing: > 0, Encoding: Encoding.Number or Encoding.Date })
            {
                string missing = column.Name + ".missing";
                indicated.Add((missing, column.Encoding == Encoding.Date ? new DateParts(column.Name).Years : column.Name));
                parts.Add(new(missing, column.Name));
            }
        }

        oneHot.AddRange(Names(Encoding.OneHot));
        if (indicated.Count > 0)
        {
            steps.Add(new IndicateMissingStep([.. indicated]));
            steps.Add(new ConvertStep([.. indicated.Select(pair => (pair.Output, pair.Output))], DataKind.Single));
        }

        if (numbers.Count > 0)
        {
            steps.Add(new ReplaceMissingStep([.. numbers]));
        }

        if (oneHot.Count > 0)
        {
            steps.Add(new OneHotStep([.. oneHot]));
        }

        if (Names(Encoding.Hash) is { Length: > 0 } hashed)
        {
            steps.Add(new HashStep(hashed));
        }

        steps.AddRange(Names(Encoding.Ngrams).Select(name => new NgramStep(name)));
        string features = kept.Contains("Features") ? "DGatingFeatures" : "Features";
        steps.Add(new ConcatenateStep(features, [.. parts.Select(part => part.Name)]));
        return new FeaturePlan(features, steps, parts);

        string[] Names(Encoding encoding) => [.. columns.Where(column => column.Encoding == encoding).Select(column => column.Name)];
    }

    public IEstimator<ITransformer> Estimator(MLContext mlContext)
    {
        IEstimator<ITransformer> pipeline = Steps[0].Estimator(mlContext.Transforms);
        foreach (PipelineStep step in Steps.Skip(1))
        {
            pipeline = pipeline.Append(step.Estimator(mlContext.Transforms));
        }

        return pipeline;
    }
}

/// <summary>A column that is concatenated into the features.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Column">The column of the table it was made of.</param>
internal sealed record FeaturePart(string Name, string Column);
