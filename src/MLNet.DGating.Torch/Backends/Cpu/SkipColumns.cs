namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Carries values along the skip connection: the last columns of the first layer belong to the scores.</summary>
internal static class SkipColumns
{
    /// <summary>Adds the last columns of the first layer's values to the scores.</summary>
    public static void AddTo(CpuMatrix scores, CpuMatrix firstValues)
    {
        for (int row = 0; row < scores.Rows; row++)
        {
            Span<float> line = scores.Span.Slice(row * scores.Columns, scores.Columns);
            TensorPrimitives.Add(line, Last(firstValues, row, scores.Columns), line);
        }
    }

    /// <summary>Copies the slopes of the scores to the last columns of the first layer's slopes.</summary>
    public static void CopyTo(CpuMatrix firstSlopes, CpuMatrix scoreSlopes)
    {
        for (int row = 0; row < scoreSlopes.Rows; row++)
        {
            scoreSlopes.Span.Slice(row * scoreSlopes.Columns, scoreSlopes.Columns).CopyTo(Last(firstSlopes, row, scoreSlopes.Columns));
        }
    }

    private static Span<float> Last(CpuMatrix matrix, int row, int count) =>
        matrix.Span.Slice((row + 1) * matrix.Columns - count, count);
}
