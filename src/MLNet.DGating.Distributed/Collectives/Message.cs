namespace MLNet.DGating.Distributed.Collectives;

/// <summary>Holds a message from another rank.</summary>
/// <param name="From">The rank that sent it.</param>
/// <param name="Tag">What it is about.</param>
/// <param name="Bytes">Its content.</param>
internal readonly record struct Message(int From, MessageTag Tag, byte[] Bytes);
