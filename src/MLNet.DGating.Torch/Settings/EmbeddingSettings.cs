using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Settings;

/// <summary>Holds the settings of a network in which each group passes through a small layer of its own (docs/theory.md §20).</summary>
/// <remarks>It is trained from scratch on the selected groups, without gates, by AdamW.</remarks>
internal sealed record EmbeddingSettings
{
    private const int BatchesOfPass = 128, SmallestBatch = 64, LargestBatch = 512;

    /// <summary>The number of rows from which little regularization is tried instead of much.</summary>
    /// <remarks>With fewer rows a network without dropout is ahead in a short trial, and overfits later.</remarks>
    private const int ManyRows = 1 << 15;

    private static readonly EmbeddingSettings s_usual = new() { LearningRate = 0.02, Decay = 0.3, EmbeddingDecay = 0.1, Dropout = 0.1 };

    /// <summary>For noisy labels: much decay.</summary>
    private static readonly EmbeddingSettings s_strong = new() { LearningRate = 0.02, Decay = 1, EmbeddingDecay = 1, Dropout = 0.1 };

    /// <summary>For many rows, and for labels with heavy tails: small steps, little decay and no dropout.</summary>
    private static readonly EmbeddingSettings s_weak = new() { LearningRate = 0.01, Decay = 0.1, EmbeddingDecay = 0.1, Dropout = 0 };

    /// <summary>The number K of outputs of each group's layer, at least 1.</summary>
    public int Width { get; init; } = 16;

    /// <summary>The neurons of each layer above the embeddings.</summary>
    public IReadOnlyList<int> HiddenLayers { get; init; } = [128, 128];

    /// <summary>The largest step size, above 0.</summary>
    public double LearningRate { get; init; } = 0.02;

    /// <summary>The decoupled decay of the weights above the embeddings, at least 0.</summary>
    public double Decay { get; init; }

    /// <summary>The decoupled decay of the embeddings, at least 0.</summary>
    public double EmbeddingDecay { get; init; }

    /// <summary>The probability with which a neuron above the embeddings is left out of a row of a step.</summary>
    public double Dropout { get; init; }

    /// <summary>The number of iterations over the rows, at least 1.</summary>
    public int Iterations { get; init; } = 25;

    /// <summary>The rows of a batch, at least 1; null for a size that grows with the data.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Gives the settings among which held-out rows choose.</summary>
    /// <param name="rows">The number of training rows.</param>
    public static EmbeddingSettings[] Candidates(long rows) => [s_usual, rows < ManyRows ? s_strong : s_weak];

    /// <summary>Gives the rows of a batch: about 128 batches a pass, of 64 to 512 rows.</summary>
    /// <param name="rows">The number of training rows.</param>
    public int BatchOf(long rows) => BatchSize ?? (int)Math.Clamp(rows / BatchesOfPass, SmallestBatch, LargestBatch);

    /// <summary>Gives the settings of a step, which has no gates.</summary>
    public StepSettings Step() =>
        new((float)LearningRate, Momentum: 0, (float)Decay, Lambda: 0, StepSettings.Ungated, InputNoise: 0) { Dropout = (float)Dropout };

    /// <summary>Gives the settings for a part of the iterations, in which the step size falls as fast.</summary>
    /// <param name="share">The share of the iterations, above 0 and at most 1.</param>
    public EmbeddingSettings Shortened(double share) => this with { Iterations = (int)Math.Ceiling(Iterations * share) };

    /// <summary>Gives the step size at a place of the training, from 0 to 1: a short rise, then down to 0 by a half cosine.</summary>
    public double StepSizeAt(double place) =>
        LearningRate * Math.Min(1, place / DGatingDefaults.WarmUp) * 0.5 * (1 + Math.Cos(Math.PI * place));
}
