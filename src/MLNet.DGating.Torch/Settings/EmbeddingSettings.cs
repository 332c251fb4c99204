namespace MLNet.DGating.Torch.Settings;

/// <summary>Holds the settings of a network in which each group passes through a small layer of its own (docs/theory.md §20).</summary>
/// <remarks>It is trained from scratch on the selected groups, without gates, by AdamW.</remarks>
internal sealed record EmbeddingSettings
{
    /// <summary>The settings among which held-out rows choose: little and much decay.</summary>
    /// <remarks>Noisy labels need the second: steps' error is 8 % smaller with it, taxi's 30 % larger (docs/defaults.md).</remarks>
    public static EmbeddingSettings[] Candidates { get; } =
    [
        new() { Decay = 0.3, EmbeddingDecay = 0.1, Dropout = 0.2 },
        new() { Decay = 1, EmbeddingDecay = 1, Dropout = 0.1 },
    ];

    /// <summary>The number K of outputs of each group's layer, at least 1.</summary>
    public int Width { get; init; } = 16;

    /// <summary>The neurons of each layer above the embeddings.</summary>
    public IReadOnlyList<int> HiddenLayers { get; init; } = [128, 128];

    /// <summary>The largest step size, above 0.</summary>
    public double LearningRate { get; init; } = 0.03;

    /// <summary>The decoupled decay of the weights above the embeddings, at least 0.</summary>
    public double Decay { get; init; }

    /// <summary>The decoupled decay of the embeddings, at least 0.</summary>
    public double EmbeddingDecay { get; init; }

    /// <summary>The probability with which a neuron above the embeddings is left out of a row of a step.</summary>
    public double Dropout { get; init; }

    /// <summary>The number of iterations over the rows, at least 1.</summary>
    public int Iterations { get; init; } = 30;

    /// <summary>The rows of a batch, at least 1.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Gives the step size at a place of the training, from 0 to 1: a short rise, then down to 0 by a half cosine.</summary>
    public double StepSizeAt(double place) =>
        LearningRate * Math.Min(1, place / DGatingDefaults.WarmUp) * 0.5 * (1 + Math.Cos(Math.PI * place));
}
