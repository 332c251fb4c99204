using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>A trainer that is compared on plain tables.</summary>
/// <param name="Name">The name, for --methods.</param>
/// <param name="IsSeeded">Whether its result depends on the seed; others are trained once a split.</param>
/// <param name="Create">Makes the trainer for a task, given the number of features to keep.</param>
internal sealed record TableMethod(string Name, bool IsSeeded, Func<MLContext, TableTask, int, IEstimator<ITransformer>> Create)
{
    /// <summary>Whether the model tells the features that it uses; ML.NET errs in that where trees split categories.</summary>
    public bool TellsFeatures { get; init; } = true;
}
