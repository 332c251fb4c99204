using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>A way from training rows to a model that reads few features.</summary>
internal interface ISelectionMethod
{
    string Name { get; }

    /// <summary>Whether it can be asked without a count.</summary>
    bool ChoosesCount { get; }

    /// <summary>All that a user waits for. Binary data have the label Positive, others Label.</summary>
    FittedSelection Fit(MLContext context, SplitData data, int? count);
}

/// <param name="Model">Adds the columns that are evaluated.</param>
/// <param name="Kept">Features that it reads.</param>
internal sealed record FittedSelection(ITransformer Model, int Kept);
