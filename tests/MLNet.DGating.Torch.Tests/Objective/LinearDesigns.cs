using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Tests.Objective;

/// <summary>Linear regressions of which some groups matter.</summary>
internal static class LinearDesigns
{
    private const int Rows = 100;

    public static int[] SizesOf(bool grouped) => grouped ? [2, 3, 1, 2, 4, 3, 1, 2] : [.. Enumerable.Repeat(1, 12)];

    /// <summary>Columns uncorrelated in the sample, of variance 1.</summary>
    public static Problem Orthogonal(bool grouped, int seed) => Create(grouped, seed, raw =>
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor q, _) = linalg.qr(tensor(raw) - tensor(raw).mean([0], keepdim: true));
        double[] columns = q.mul(LiveScalar.Of(Math.Sqrt(Rows))).contiguous().data<double>().ToArray();
        return (i, j) => (float)columns[i * raw.GetLength(1) + j];
    });

    /// <summary>Every two columns correlated at ρ = 0.9.</summary>
    public static Problem Correlated(bool grouped, int seed)
    {
        var random = new Random(seed + 1000);
        float[] common = [.. Enumerable.Range(0, Rows).Select(_ => random.NextNormal())];
        return Create(grouped, seed, raw => (i, j) => (float)(Math.Sqrt(0.9) * common[i] + Math.Sqrt(0.1) * raw[i, j]));
    }

    private static Problem Create(bool grouped, int seed, Func<double[,], Func<int, int, float>> design)
    {
        var random = new Random(seed);
        var groups = GroupLayout.FromSizes(SizesOf(grouped));
        double[,] raw = new double[Rows, groups.Columns];
        for (int i = 0; i < raw.Length; i++)
        {
            raw[i / groups.Columns, i % groups.Columns] = random.NextNormal();
        }

        DesignMatrix features = RandomData.Matrix(Rows, groups.Columns, design(raw));
        float[] truth = new float[groups.Columns];
        for (int j = 0; j < groups.Count; j += 3)
        {
            for (int i = groups.Starts[j]; i < groups.Starts[j + 1]; i++)
            {
                truth[i] = random.Next(2) == 0 ? 1 : -1;
            }
        }

        float[] targets = [.. Enumerable.Range(0, Rows)
            .Select(i => 2 + System.Numerics.Tensors.TensorPrimitives.Dot(features.Row(i), truth) + 0.5f * random.NextNormal())];
        return new Problem(
            new TrainingSet(features, targets, null, groups, LearningTask.Regression), new TrainingSettings { HiddenLayers = [] });
    }
}
