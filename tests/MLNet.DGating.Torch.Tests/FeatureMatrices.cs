using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests;

internal static class FeatureMatrices
{
    public static ReadOnlySpan<float> Row(this FeatureMatrix matrix, int row)
    {
        float[] values = new float[matrix.Columns];
        matrix.Read(row, values);
        return values;
    }
}
