using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests;

/// <summary>A small random learning problem: data, network and loss.</summary>
internal sealed record Problem(TrainingSet Data, NetworkShape Shape, Loss Loss)
{
    /// <summary>All rows, in order.</summary>
    public int[] Rows => [.. Enumerable.Range(0, Data.Rows)];

    public GroupLayout Groups => Data.Groups;

    /// <summary>The same problem with these terms on its groups.</summary>
    public Problem With(GroupTerms[] terms) =>
        this with { Data = Data with { Groups = GroupLayout.Create([.. Enumerable.Range(0, Groups.Count).Select(Groups.Size)], terms) } };

    /// <summary>Over the training rows the mean weight is 1.</summary>
    public float WeightScale => Data.Weights is null ? 1 : Data.Rows / Data.Weights.Sum();

    /// <summary>Every loss, with and without hidden layers, skip, weights, and groups of several columns.</summary>
    public static Gen<Problem> Any { get; } =
        from sizes in Gen.Int[1, 4].Array[1, 6]
        from hidden in Gen.Int[1, 11].Array[0, 2]
        from classes in Gen.Int[0, 4]
        from skip in Gen.Bool
        from tanh in Gen.Bool
        from weighted in Gen.Bool
        from rows in Gen.Int[1, 24]
        from seed in Gen.Int
        select Create(new Random(seed), rows, sizes, hidden, LossOf(classes), skip, tanh ? NetworkActivation.Tanh : NetworkActivation.Relu, weighted);

    public static Problem Create(
        Random random, int rows, int[] sizes, int[] hidden, Loss loss,
        bool skip = false, NetworkActivation activation = NetworkActivation.Relu, bool weighted = false)
    {
        GroupLayout groups = GroupLayout.FromSizes(sizes);
        float[] targets = loss switch
        {
            SquaredLoss => [.. Enumerable.Range(0, rows).Select(_ => random.NextNormal())],
            LogisticLoss => [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(2))],
            _ => [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(loss.Outputs))],
        };
        float[]? weights = weighted ? [.. Enumerable.Range(0, rows).Select(_ => 0.25f + random.NextSingle())] : null;
        var data = new TrainingSet(RandomData.NormalMatrix(random, rows, groups.Columns), targets, weights, groups);
        return new Problem(data, new NetworkShape(hidden, loss.Outputs, skip, activation), loss);
    }

    /// <summary>Random parameters, with gates anywhere between 0.5 and 1.5, but 1 where a group always stays, and biases that are not zero.</summary>
    public NetworkState State(int seed)
    {
        var random = new Random(seed);
        NetworkState state = NetworkState.Initial(Shape, Groups, new float[Shape.Outputs], new RandomStream(seed, 0));
        return state with
        {
            Gates = [.. state.Gates.Select((_, j) => (Gate: 0.5f + random.NextSingle(), Group: j)).Select(each => Groups.IsKept(each.Group) ? 1 : each.Gate)],
            GatedBias = [.. state.GatedBias.Select(_ => 0.3f * random.NextNormal())],
            Dense = [.. state.Dense.Select(layer => (layer.Weights, layer.Bias.Select(_ => 0.3f * random.NextNormal()).ToArray()))],
        };
    }

    // 0: regression, 1: two classes by one score, otherwise that many classes.
    private static Loss LossOf(int classes) => classes switch
    {
        0 => new SquaredLoss(),
        1 => new LogisticLoss(),
        _ => new SoftmaxLoss(classes),
    };
}
