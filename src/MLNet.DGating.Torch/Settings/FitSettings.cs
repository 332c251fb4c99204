using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Settings;

/// <summary>Holds the settings of a fit.</summary>
internal sealed record FitSettings
{
    /// <summary>The settings of the training of its runs.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>The rule that ends the path.</summary>
    public StopRule Stop { get; init; } = StopRule.Open;

    /// <summary>The deviation of the input noise, at least 0; null to choose it on held-out rows.</summary>
    public double? InputNoise { get; init; }

    /// <summary>How numbers are presented to the network.</summary>
    public DGatingNumericEncoding NumericEncoding { get; init; } = DGatingNumericEncoding.None;

    /// <summary>The number of runs whose rankings are averaged, if that is better on held-out rows; at least 1.</summary>
    /// <remarks>It has an effect only where a count is given or chosen.</remarks>
    public int NumberOfRuns { get; init; } = DGatingDefaults.NumberOfRuns;

    /// <summary>The number of networks of the selected groups whose scores are averaged, at least 1.</summary>
    public int EnsembleSize { get; init; } = DGatingDefaults.EnsembleSize;

    /// <summary>How pairs of features are chosen beside the curves of an additive model; null for none.</summary>
    public PairSettings? Pairs { get; init; }

    /// <summary>Whether the groups that may leave are pairs, which stood out among many on the training rows.</summary>
    /// <remarks>docs/theory.md §32. Folds of these rows say nothing on their number, and without surely better ones none is kept.</remarks>
    public bool ChoosesPairs { get; init; }

    /// <summary>Whether neurons of the hidden layer are selected once the groups are.</summary>
    public bool SelectsNeurons { get; init; }

    /// <summary>Whether the selection is evaluated on held-out rows even where there is nothing to choose.</summary>
    public bool IsEvaluated { get; init; }

    /// <summary>The parameters that paths begin with, of the inputs whose encoding is given; null to draw them at random.</summary>
    public NetworkState? Beginning { get; init; }

    /// <summary>Whether paths record their gates after every iteration.</summary>
    public bool RecordGateDynamics { get; init; }

    /// <summary>The share of the iterations of an ordinary fit, above 0 and at most 1. A search tries settings with less than 1.</summary>
    public double Effort { get; init; } = 1;

    /// <summary>The seed of all random numbers of the fit.</summary>
    public int Seed { get; init; }

    /// <summary>Gives the same settings with a network of embeddings in place of the refit.</summary>
    public FitSettings Embedded(EmbeddingSettings embedding) => this with { Training = Training with { Embedding = embedding } };

    /// <summary>Gives the same settings with the regularization that follows from rows and columns, where none is given.</summary>
    public FitSettings Completed(ColumnsPerRow columnsPerRow) => this with
    {
        Training = Training with { ColumnsPerRow = columnsPerRow },
        InputNoise = InputNoise ?? columnsPerRow.InputNoise,
    };
}
