using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Ranks groups by what each of them alone says of the label (docs/theory.md §35).</summary>
/// <remarks>
/// Source: Fan and Lv (2008), "Sure independence screening for ultrahigh dimensional feature space", J. R. Statist. Soc. B 70(5).
/// A group's score is ‖∇_j L‖ / s_j at the null model: the λ at which it would enter an L_{2,1} path of a linear model.
/// </remarks>
internal static class MarginalScreening
{
    /// <summary>Gives the groups of least score, the least first, as many as are more than may enter.</summary>
    /// <remarks>Groups that always stay enter. Of equal scores the group of the smaller number enters.</remarks>
    /// <param name="data">The rows, with the groups of the encoded columns.</param>
    /// <param name="features">The encoded columns.</param>
    /// <param name="rows">The numbers of the training rows.</param>
    /// <param name="entering">The number of groups that may enter, at least that of those that always stay.</param>
    public static int[] Weakest(TrainingSet data, FeatureRows features, int[] rows, int entering)
    {
        GroupLayout groups = data.Groups;
        double[] scores = Scores(data, features, rows);
        return
        [
            .. Enumerable.Range(0, groups.Count)
                .OrderBy(groups.IsKept).ThenBy(group => scores[group]).ThenByDescending(group => group)
                .Take(groups.Count - entering),
        ];
    }

    private static double[] Scores(TrainingSet data, FeatureRows features, int[] rows)
    {
        int outputs = data.Task.Loss.Outputs;
        float[] residuals = Residuals(data, rows);
        float[] column = new float[features.Columns];
        float[][] gradients = [.. Enumerable.Range(0, outputs).Select(_ => new float[features.Columns])];
        RowShards? shards = data.Shards;
        FeatureRows own = shards is null ? features : features.Of(((ShardedMatrix)data.Features).Own);
        for (int i = 0; i < rows.Length; i++)
        {
            if (shards is not null && shards.RankOf(rows[i]) != shards.Ranks.Rank)
            {
                continue;
            }

            own.Read(shards?.NumberOf(rows[i]) ?? rows[i], column);
            for (int output = 0; output < outputs; output++)
            {
                TensorPrimitives.MultiplyAdd(column, residuals[i * outputs + output], gradients[output], gradients[output]);
            }
        }

        Array.ForEach(gradients, gradient => shards?.Ranks.AllReduce(gradient));
        GroupLayout groups = data.Groups;
        return
        [
            .. Enumerable.Range(0, groups.Count).Select(group => Math.Sqrt(gradients.Sum(SquaresOf(group))) / groups.Weights[group]),
        ];

        Func<float[], double> SquaresOf(int group) => gradient =>
            TensorPrimitives.SumOfSquares<float>(gradient.AsSpan(groups.Starts[group], groups.Size(group)));
    }

    // The gradient of the loss by the scores of every row, at the constant scores that fit best.
    private static float[] Residuals(TrainingSet data, int[] rows)
    {
        float[] constant = data.NullModelScores(rows);
        float[] scores = [.. Enumerable.Range(0, rows.Length).SelectMany(_ => constant)];
        float[] weights = data.WeightsOf(rows) is { Length: > 0 } given ? given : [.. Enumerable.Repeat(1f, rows.Length)];
        float[] gradient = new float[scores.Length];
        data.Task.Loss.Gradient(scores, data.TargetsOf(rows), weights, 1f / rows.Length, gradient);
        return gradient;
    }
}
