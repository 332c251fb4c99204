namespace MLNet.DGating.Torch.Optimization;

/// <summary>
/// Training went astray at every step size tried: of all that can go wrong in a fit, the one that says something about the settings.
/// </summary>
internal sealed class DivergenceException(string message) : InvalidOperationException(message);
