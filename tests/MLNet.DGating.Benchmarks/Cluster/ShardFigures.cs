namespace MLNet.DGating.Benchmarks;

/// <summary>Holds what a job of some ranks measured, each of which holds a shard of the rows.</summary>
/// <param name="Metric">The accuracy, or R², on test rows.</param>
/// <param name="Bits">A hash of the scores of the test rows, by each fit.</param>
/// <param name="Seconds">The time of a fit.</param>
/// <param name="ProcessorSeconds">The processor time of all ranks for it, which other load on the machine hardly changes.</param>
/// <param name="Iterations">The iterations of all its runs.</param>
/// <param name="Messages">The messages that all ranks sent for it.</param>
/// <param name="Bytes">The bytes of their contents.</param>
/// <param name="MicrosecondsOfSums">The time of a sum of <see cref="ShardRank.SumSizes"/> numbers over all ranks.</param>
internal sealed record ShardFigures(
    double Metric, string[] Bits, double Seconds, double ProcessorSeconds, long Iterations, long Messages, long Bytes,
    double[] MicrosecondsOfSums);
