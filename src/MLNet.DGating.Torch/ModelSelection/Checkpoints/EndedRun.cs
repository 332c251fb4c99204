namespace MLNet.DGating.Torch.ModelSelection.Checkpoints;

/// <summary>Says where the result of a run that has ended is, in the file of results.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Hash">Their SHA-256.</param>
internal sealed record EndedRun(long Offset, int Length, byte[] Hash);
