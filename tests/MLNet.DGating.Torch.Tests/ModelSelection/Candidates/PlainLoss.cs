namespace MLNet.DGating.Torch.Tests.ModelSelection.Candidates;

/// <summary>A loss that is its own bounded loss.</summary>
internal sealed class PlainLoss : DelegatingLoss;
