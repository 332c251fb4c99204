using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests;

/// <summary>A small random learning problem: data, and the layers of a network.</summary>
internal sealed record Problem(TrainingSet Data, TrainingSettings Settings)
{
    /// <summary>Every task, with and without hidden layers, skip, weights, and groups of several columns.</summary>
    public static Gen<Problem> Any { get; } =
        from sizes in Gen.Int[1, 4].Array[1, 6]
        from hidden in Gen.Int[1, 11].Array[0, 2]
        from classes in Gen.Int[0, 4]
        from skip in Gen.Bool
        from tanh in Gen.Bool
        from weighted in Gen.Bool
        from rows in Gen.Int[1, 24]
        from seed in Gen.Int
        select Create(
            new Random(seed), rows, sizes, hidden, TaskOf(classes), skip, tanh ? DGatingActivation.Tanh : DGatingActivation.Relu, weighted);

    /// <summary>All rows, in order.</summary>
    public int[] Rows => [.. Enumerable.Range(0, Data.Rows)];

    public GroupLayout Groups => Data.Groups;

    public Loss Loss => Data.Task.Loss;

    public NetworkShape Shape => Settings.ShapeFor(Data.Task);

    /// <summary>What makes the mean weight of the rows 1.</summary>
    public float WeightScale => Data.Weights is null ? 1 : (float)(Data.Rows / Data.Weights.Sum(weight => (double)weight));

    /// <summary>The task of a number of classes: regression for 0, two classes by one score for 1.</summary>
    public static LearningTask TaskOf(int classes) => classes switch
    {
        0 => LearningTask.Regression,
        1 => LearningTask.Binary,
        _ => LearningTask.Multiclass(classes),
    };

    public static Problem Create(
        Random random, int rows, int[] sizes, int[] hidden, LearningTask task,
        bool skip = false, DGatingActivation activation = DGatingActivation.Relu, bool weighted = false)
    {
        var groups = GroupLayout.FromSizes(sizes);
        float[] targets =
            [.. Enumerable.Range(0, rows).Select(_ => task.Classes is int classes ? random.Next(classes) : random.NextNormal())];
        float[]? weights = weighted ? [.. Enumerable.Range(0, rows).Select(_ => 0.25f + random.NextSingle())] : null;
        var data = new TrainingSet(RandomData.NormalMatrix(random, rows, groups.Columns), targets, weights, groups, task);
        return new Problem(data, new TrainingSettings { HiddenLayers = hidden, AdditivePart = skip, Activation = activation });
    }

    /// <summary>The same problem with these terms on its groups.</summary>
    public Problem With(GroupTerms[] terms) =>
        this with { Data = Data with { Groups = GroupLayout.Create([.. Enumerable.Range(0, Groups.Count).Select(Groups.Size)], terms) } };

    /// <summary>Random parameters, with biases that are not zero and gates between 0.5 and 1.5, or 1 where a group always stays.</summary>
    public NetworkState State(int seed)
    {
        var random = new Random(seed);
        var state = NetworkState.Initial(Shape, Groups, new float[Shape.Outputs], new RandomStream(seed, 0));
        float[] gates = [.. state.Gates.Select(_ => 0.5f + random.NextSingle())];
        return state with
        {
            Gates = [.. gates.Select((gate, group) => Groups.IsKept(group) ? 1 : gate)],
            GatedBias = Biases(state.GatedBias.Length),
            Dense = [.. state.Dense.Select(layer => layer with { Bias = Biases(layer.Outputs) })],
        };

        float[] Biases(int count) => [.. Enumerable.Range(0, count).Select(_ => 0.3f * random.NextNormal())];
    }
}
