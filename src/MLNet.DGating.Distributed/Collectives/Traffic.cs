namespace MLNet.DGating.Distributed.Collectives;

/// <summary>Counts what a rank has sent.</summary>
/// <param name="Messages">The number of messages.</param>
/// <param name="Bytes">The bytes of their contents.</param>
internal readonly record struct Traffic(long Messages, long Bytes);
