using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Represents a method that selects features and trains a model on them.</summary>
internal interface ISelectionMethod
{
    string Name { get; }

    /// <summary>Whether the method chooses the number of features if none is given.</summary>
    bool ChoosesCount { get; }

    /// <summary>Selects features and trains a model, which is what is timed.</summary>
    /// <param name="context">The context.</param>
    /// <param name="data">The rows.</param>
    /// <param name="count">The number of features to keep; null to choose it.</param>
    FittedSelection Fit(MLContext context, SplitData data, int? count);
}

/// <summary>Holds a model on selected features.</summary>
/// <param name="Model">The transformer that adds the columns to evaluate.</param>
/// <param name="Kept">The number of features that the model reads.</param>
internal sealed record FittedSelection(ITransformer Model, int Kept)
{
    /// <summary>The slots of the features; empty where they are not recorded.</summary>
    public int[] Selected { get; init; } = [];
}
