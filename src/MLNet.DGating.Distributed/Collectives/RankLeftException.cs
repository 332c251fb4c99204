namespace MLNet.DGating.Distributed.Collectives;

/// <summary>Reports that a rank has left which others wait for.</summary>
internal sealed class RankLeftException(string message) : InvalidOperationException(message);
