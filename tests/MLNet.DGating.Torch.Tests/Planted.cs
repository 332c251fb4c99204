using System.Numerics.Tensors;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating.Torch.Tests;

/// <summary>Data of which it is known which groups matter.</summary>
internal static class Planted
{
    /// <summary>A label that is linear in the groups that matter, with noise of a tenth of its deviation.</summary>
    public static TrainingSet Linear(int seed, int rows, int[] sizes, int[] relevant, bool weighted = false)
    {
        var random = new Random(seed);
        var groups = GroupLayout.FromSizes(sizes);
        DesignMatrix features = RandomData.NormalMatrix(random, rows, groups.Columns);
        float[] truth = new float[groups.Columns];
        foreach (int column in groups.ColumnsOf(relevant))
        {
            truth[column] = random.Next(2) == 0 ? 1 : -1;
        }

        float noise = 0.1f * TensorPrimitives.Norm<float>(truth);
        float[] targets =
            [.. Enumerable.Range(0, rows).Select(i => TensorPrimitives.Dot(features.Row(i), truth) + noise * random.NextNormal())];
        float[]? weights = weighted ? [.. Enumerable.Range(0, rows).Select(_ => 0.5f + random.NextSingle())] : null;
        return new TrainingSet(features, targets, weights, groups, LearningTask.Regression);
    }

    /// <summary>The same label, of which only the sign is known.</summary>
    public static TrainingSet LinearClasses(int seed, int rows, int[] sizes, int[] relevant)
    {
        TrainingSet data = Linear(seed, rows, sizes, relevant);
        return data with { Targets = Array.ConvertAll(data.Targets, target => target > 0 ? 1f : 0f), Task = LearningTask.Binary };
    }

    /// <summary>Two classes by two of thirty columns; one row in three has a class by chance.</summary>
    public static TrainingSet NoisyClasses(int rows)
    {
        var random = new Random(7);
        TrainingSet data = LinearClasses(3, rows, [.. Enumerable.Repeat(1, 30)], [2, 4]);
        return data with { Targets = Array.ConvertAll(data.Targets, target => random.Next(3) == 0 ? random.Next(2) : target) };
    }

    /// <summary>A class that is the sign of the product of two features: neither tells anything alone.</summary>
    public static TrainingSet Product(int seed, int rows, int columns, int first, int second)
    {
        var random = new Random(seed);
        DesignMatrix features = RandomData.NormalMatrix(random, rows, columns);
        float[] targets = [.. Enumerable.Range(0, rows).Select(i => features.Row(i)[first] * features.Row(i)[second] > 0 ? 1f : 0f)];
        return new TrainingSet(features, targets, null, GroupLayout.PerColumn(columns), LearningTask.Binary);
    }

    /// <summary>A label that goes up and down in steps of one feature, and jumps with another; its noise has the deviation 0.1.</summary>
    public static TrainingSet Steps(int seed, int rows, int columns, int first, int second)
    {
        var random = new Random(seed);
        DesignMatrix features = RandomData.NormalMatrix(random, rows, columns);
        float[] targets = [.. Enumerable.Range(0, rows).Select(i =>
        {
            float x = features.Row(i)[first], steps = x < -0.7f ? -1 : x < 0.2f ? 1.5f : x < 1 ? -0.5f : 0.5f;
            return steps + (features.Row(i)[second] > 0.3f ? 1 : -1) + 0.1f * random.NextNormal();
        })];
        return new TrainingSet(features, targets, null, GroupLayout.PerColumn(columns), LearningTask.Regression);
    }

    /// <summary>The same label, of which it is only known whether it is above 0.25.</summary>
    public static TrainingSet StepClasses(int seed, int rows, int columns, int first, int second)
    {
        TrainingSet data = Steps(seed, rows, columns, first, second);
        return data with { Targets = Array.ConvertAll(data.Targets, target => target > 0.25f ? 1f : 0f), Task = LearningTask.Binary };
    }

    /// <summary>A class that is the colour of one of 4 × 4 fields of a chessboard, by the first two of several uniform features.</summary>
    public static TrainingSet Chessboard(int seed, int rows, int columns)
    {
        var random = new Random(seed);
        DesignMatrix features = RandomData.Matrix(rows, columns, (_, _) => random.NextSingle());
        float[] targets =
            [.. Enumerable.Range(0, rows).Select(i => (float)(((int)(4 * features.Row(i)[0]) + (int)(4 * features.Row(i)[1])) % 2))];
        return new TrainingSet(features, targets, null, GroupLayout.PerColumn(columns), LearningTask.Binary);
    }

    /// <summary>A label that is linear in normal numbers, of which the features are e³ˣ; its noise has the deviation 0.1.</summary>
    public static TrainingSet HeavyTails(int seed, int rows, int columns, int[] relevant)
    {
        var random = new Random(seed);
        DesignMatrix features = RandomData.Matrix(rows, columns, (_, _) => MathF.Exp(3 * random.NextNormal()));
        float[] targets =
        [
            .. Enumerable.Range(0, rows).Select(i =>
                relevant.Index().Sum(column => (column.Index % 2 == 0 ? 1 : -1) * MathF.Log(features.Row(i)[column.Item]) / 3)
                + 0.1f * random.NextNormal()),
        ];
        return new TrainingSet(features, targets, null, GroupLayout.PerColumn(columns), LearningTask.Regression);
    }

    /// <summary>Three classes, each shifted along one of the first three features.</summary>
    public static TrainingSet Classes(int seed, int rows, int columns)
    {
        var random = new Random(seed);
        float[] targets = [.. Enumerable.Range(0, rows).Select(i => (float)(i % 3))];
        DesignMatrix features = RandomData.Matrix(rows, columns, (i, j) => random.NextNormal() + (j == (int)targets[i] ? 2.5f : 0));
        return new TrainingSet(features, targets, null, GroupLayout.PerColumn(columns), LearningTask.Multiclass(3));
    }
}
