using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Network;

/// <summary>Several networks as one (docs/theory.md §24).</summary>
public class JoinedNetworkTests
{
    private static readonly Gen<int[]> s_layers = Gen.OneOfConst<int[]>([], [6], [6, 4], [4, 3, 2]);

    private static readonly TrainingSet s_data = Planted.Classes(1, 40, 4);

    [Fact]
    public void Scores_AreTheMeanOfTheMembers_WhateverTheLayers() =>
        Gen.Select(s_layers, Gen.Bool, Gen.Int[1, 5], Gen.Bool).Sample((hidden, skip, count, inBlocks) =>
        {
            FitSettings settings = Settings(hidden, skip);
            NetworkShape shape = settings.Training.ShapeFor(s_data.Task);
            NetworkState[] members = [.. Enumerable.Range(1, count).Select(seed => Random(shape, seed))];
            NetworkShape joined = JoinedNetwork.ShapeOf(shape, count);
            NetworkState state = JoinedNetwork.Of(shape, members, inBlocks ? 2 : 1);
            Assert.Equal(hidden.Select(neurons => neurons * count), joined.Hidden);

            float[][] scores = [.. members.Select(member => Scores(settings, member))];
            float[] actual = Scores(Settings([.. joined.Hidden], skip), state);
            Assert.All(actual.Index(), score => Assert.Equal(scores.Average(member => member[score.Index]), score.Item, 1e-5));
        }, iter: 40);

    [Fact]
    public void TheNeuronsOfAGroup_StayTogether()
    {
        // Two groups with an embedding of two neurons each: a network that has the neurons 1, 2 | 3, 4, and one that has 5, 6 | 7, 8.
        var shape = new NetworkShape([4], 1, Skip: false, DGatingActivation.Relu);
        NetworkState[] members = [.. new float[][] { [1, 2, 3, 4], [5, 6, 7, 8] }.Select(bias =>
            new NetworkState(new float[8], [1, 1], bias, [new DenseLayer(4, 1, bias, [2])]))];
        NetworkState joined = JoinedNetwork.Of(shape, members, blocks: 2);
        Assert.Equal([1, 2, 5, 6, 3, 4, 7, 8], joined.GatedBias);
        Assert.Equal([0.5f, 1, 2.5f, 3, 1.5f, 2, 3.5f, 4], joined.Dense[0].Weights);
        Assert.Equal([2], joined.Dense[0].Bias);
    }

    private static FitSettings Settings(int[] hidden, bool skip) =>
        TestRuns.Small.With(training => training with { HiddenLayers = hidden, AdditivePart = skip });

    private static NetworkState Random(NetworkShape shape, int seed)
    {
        var state = NetworkState.Initial(shape, s_data.Groups, [0.1f, 0.2f, 0.3f], new(seed, 1));
        // Biases begin at zero: here they are those of a trained network.
        float[] bias = [.. state.GatedBias.Select((_, i) => MathF.Sin(seed + i))];
        return state with { GatedBias = bias };
    }

    private static float[] Scores(FitSettings settings, NetworkState state)
    {
        int[] rows = TestRuns.All(s_data);
        RunDescription run = settings.Evaluation(rows, rows, new PathSnapshot([0, 1, 2, 3], state));
        RefitResult result = TestRuns.Carry(s_data, run).Refits[0].Result;
        return result.HeldOutScores;
    }
}
