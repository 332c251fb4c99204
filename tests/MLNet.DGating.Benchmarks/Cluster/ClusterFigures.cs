namespace MLNet.DGating.Benchmarks;

/// <summary>Holds what a job of some ranks measured.</summary>
/// <param name="Seconds">The time of a stability selection, without reading the rows.</param>
/// <param name="ProcessorSeconds">The processor time of all ranks for it, which other load on the machine hardly changes.</param>
/// <param name="Bits">A hash of everything that its result says.</param>
/// <param name="Messages">The messages that all ranks sent for it.</param>
/// <param name="Bytes">The bytes of their contents.</param>
/// <param name="MicrosecondsOfPiece">The time of a piece of work that does nothing, of many.</param>
/// <param name="MillisecondsOfWork">The time of work of one piece that does nothing.</param>
internal sealed record ClusterFigures(
    double Seconds, double ProcessorSeconds, string Bits, long Messages, long Bytes, double MicrosecondsOfPiece, double MillisecondsOfWork);
