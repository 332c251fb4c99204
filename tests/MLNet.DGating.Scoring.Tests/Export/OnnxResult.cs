using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNet.DGating.Scoring.Tests.Export;

/// <summary>The columns of a prediction, rows one after another; those that the task does not have are empty.</summary>
/// <param name="Score">The scores.</param>
/// <param name="Probability">The probabilities of a binary model.</param>
/// <param name="PredictedLabel">0 and 1 of a binary model, or the key of a multiclass one.</param>
internal sealed record OnnxResult(float[] Score, float[] Probability, uint[] PredictedLabel)
{
    /// <summary>Runs a model file with ONNX Runtime, without threads of its own: rows are few, and tests run beside each other.</summary>
    public static OnnxResult Run(byte[] model, float[][] rows, string input = "Features")
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(model, options);
        int width = session.InputMetadata[input].Dimensions[1];
        var features = new DenseTensor<float>(rows.SelectMany(row => row).ToArray(), [rows.Length, width]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs =
            session.Run([NamedOnnxValue.CreateFromTensor(input, features)]);
        return new(
            [.. outputs.Single(output => output.Name == "Score").AsTensor<float>()],
            outputs.SingleOrDefault(output => output.Name == "Probability")?.AsTensor<float>().ToArray() ?? [],
            Labels(outputs.SingleOrDefault(output => output.Name == "PredictedLabel")?.Value));

        static uint[] Labels(object? value) => value switch
        {
            Tensor<bool> flags => [.. flags.Select(flag => flag ? 1u : 0u)],
            Tensor<uint> keys => [.. keys],
            _ => [],
        };
    }

    /// <summary>Reads what a transformer made: scalars, or the vectors that <c>ApplyOnnxModel</c> gives for each.</summary>
    public static OnnxResult Of(IDataView scored)
    {
        bool flags = scored.Schema.GetColumnOrNull("PredictedLabel")?.Type.GetItemType() is BooleanDataViewType;
        return new(
            Column<float>(scored, "Score"),
            Column<float>(scored, "Probability"),
            flags ? [.. Column<bool>(scored, "PredictedLabel").Select(flag => flag ? 1u : 0u)] : Column<uint>(scored, "PredictedLabel"));
    }

    /// <summary>Asserts numbers equal to a relative 1e-5, NaN where NaN is, and equal labels.</summary>
    /// <remarks>A score that nearly cancels out is held to 1e-5 itself.</remarks>
    public void AssertAgrees(OnnxResult expected)
    {
        AssertNear(expected.Score, Score);
        AssertNear(expected.Probability, Probability);
        Assert.Equal(expected.PredictedLabel.Length, PredictedLabel.Length);

        // Two classes that are equally likely to the last bits may change places.
        int classes = expected.PredictedLabel.Length == 0 ? 1 : expected.Score.Length / expected.PredictedLabel.Length;
        for (int row = 0; row < PredictedLabel.Length; row++)
        {
            bool agrees = PredictedLabel[row] == expected.PredictedLabel[row]
                || IsUndecided(expected.Score.AsSpan(row * classes, classes));
            Assert.True(agrees, $"Row {row} is {PredictedLabel[row]}, not {expected.PredictedLabel[row]}.");
        }
    }

    private static bool IsUndecided(ReadOnlySpan<float> scores)
    {
        float[] sorted = scores.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 1 ? Math.Abs(sorted[0]) < 1e-5 : sorted[^1] - sorted[^2] < 1e-5;
    }

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool near = expected[i].Equals(actual[i])
                || Math.Abs(expected[i] - actual[i]) <= 1e-5 * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(near, $"Number {i} is {actual[i]}, not {expected[i]}.");
        }
    }

    private static T[] Column<T>(IDataView scored, string name) => scored.Schema.GetColumnOrNull(name) switch
    {
        null => [],
        { Type: VectorDataViewType } => [.. scored.GetColumn<T[]>(name).SelectMany(values => values)],
        _ => [.. scored.GetColumn<T>(name)],
    };
}
