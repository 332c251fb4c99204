using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests;

/// <summary>Random numbers from a generator that is not the library's.</summary>
internal static class RandomData
{
    public static float NextNormal(this Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    public static DesignMatrix NormalMatrix(Random random, int rows, int columns) => Matrix(rows, columns, (_, _) => random.NextNormal());

    public static DesignMatrix Matrix(int rows, int columns, Func<int, int, float> value)
    {
        var matrix = new DesignMatrix(columns);
        for (int i = 0; i < rows; i++)
        {
            Span<float> row = matrix.AddRow();
            for (int j = 0; j < columns; j++)
            {
                row[j] = value(i, j);
            }
        }

        return matrix;
    }

    /// <summary>The columns that rows are encoded to.</summary>
    public static DesignMatrix Encoded(FeatureRows features)
    {
        var matrix = new DesignMatrix(features.Columns);
        for (int row = 0; row < features.Rows; row++)
        {
            features.Read(row, matrix.AddRow());
        }

        return matrix;
    }
}
