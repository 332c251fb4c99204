namespace MLNet.DGating.Torch.Optimization;

/// <summary>Reports that training diverged at every step size tried.</summary>
/// <remarks>A search counts it as a bad result of the settings; any other error ends the search.</remarks>
internal sealed class DivergenceException(string message) : InvalidOperationException(message);
