namespace MLNet.DGating.Tool.Models;

/// <summary>The rows and settings of a training.</summary>
/// <param name="Rows">The number of rows that the model was trained on.</param>
/// <param name="TestRows">The number of rows that it was tested on.</param>
/// <param name="RowsWithoutLabel">The number of rows that were left out because they had no label.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="FeaturesAskedFor">The number of features that the user asked for; null: chosen.</param>
/// <param name="IsComplete">Whether the path was followed to its end; false after Ctrl+C.</param>
internal sealed record TrainingDescription(
    long Rows, long TestRows, long RowsWithoutLabel, int Seed, int? FeaturesAskedFor, bool IsComplete)
{
    /// <summary>How numbers were to be presented to the network.</summary>
    public DGatingNumericEncoding Encoding { get; init; }

    /// <summary>Whether features might interact.</summary>
    public DGatingModelShape Shape { get; init; }

    /// <summary>The number of networks whose mean the model is.</summary>
    public int Networks { get; init; } = 1;

    /// <summary>The file of the model that this one went on from; null where training began anew.</summary>
    public string? ContinuedFrom { get; init; }

    /// <summary>How the test rows were chosen; null where there were none, and in models of older versions.</summary>
    public TestDescription? Test { get; init; }

    /// <summary>When the training ended; null in models of older versions.</summary>
    public DateTimeOffset? Ended { get; init; }
}
