namespace MLNet.DGating.Torch.Data.Streaming;

/// <summary>One reading of rows, from the first to the last.</summary>
internal interface IRowPass : IDisposable
{
    /// <summary>Goes to the next row; false behind the last.</summary>
    bool MoveNext();

    /// <summary>The present row, as the training set has it.</summary>
    void Read(Span<float> features, out float target, out float weight);
}
