using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>A row of three sources: a spectrum, counts of words, and sensors.</summary>
internal sealed class SourceRow
{
    public const int Bands = 40, Words = 30, Probes = 10;

    [VectorType(Bands)]
    public required float[] Spectrum { get; set; }

    [VectorType(Words)]
    public required float[] Counts { get; set; }

    [VectorType(Probes)]
    public required float[] Sensors { get; set; }

    public required float Label { get; set; }

    /// <summary>Whether the label is above 0, for classes.</summary>
    public bool Flag => Label > 0;
}
