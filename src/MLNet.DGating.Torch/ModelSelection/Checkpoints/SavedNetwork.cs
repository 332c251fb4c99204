namespace MLNet.DGating.Torch.ModelSelection.Checkpoints;

/// <summary>Holds what a network has answered so far, and its state behind the last answer.</summary>
/// <param name="Answers">The answers, in the form of <see cref="NetworkLog"/>.</param>
/// <param name="State">The state; empty for a network that was no longer needed.</param>
internal sealed record SavedNetwork(byte[] Answers, byte[] State)
{
    /// <summary>The bytes of both.</summary>
    public long Bytes => Answers.LongLength + State.LongLength;
}
