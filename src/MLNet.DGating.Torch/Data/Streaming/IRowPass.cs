namespace MLNet.DGating.Torch.Data.Streaming;

/// <summary>Reads rows once, from the first to the last.</summary>
internal interface IRowPass : IDisposable
{
    /// <summary>The block of the present row; null where all rows are independent, or none of the block is in the sample.</summary>
    int? Block { get; }

    /// <summary>Goes to the next row; gives false behind the last.</summary>
    bool MoveNext();

    /// <summary>Reads the present row.</summary>
    /// <param name="features">Receives the raw features in the order of the training set's inputs.</param>
    /// <param name="target">Receives the target.</param>
    /// <param name="weight">Receives the example weight, above 0.</param>
    void Read(Span<float> features, out float target, out float weight);
}
