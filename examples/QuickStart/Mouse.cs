using Microsoft.ML.Data;

namespace QuickStart;

/// <summary>A row of mice.csv. The header's names become the slots' names.</summary>
internal sealed class Mouse
{
    public const int Proteins = 77;

    [LoadColumn(0)] public float Class { get; set; }

    [LoadColumn(1, Proteins), VectorType(Proteins)] public float[] Features { get; set; } = [];
}
