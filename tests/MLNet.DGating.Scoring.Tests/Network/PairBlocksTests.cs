using MLNet.DGating.Model;

namespace MLNet.DGating.Scoring.Tests.Network;

/// <summary>Pairs are seen in the weights of a network, and only of a network that has nothing but them and curves.</summary>
public class PairBlocksTests
{
    [Fact]
    public void BlocksEndAtNeuronsThatAreOne_AndHaveTheirPairsAndStrengths()
    {
        PairBlocks pairs = PairBlocks.Of(Network(Blocks), Features)!;
        Assert.Equal([(0, 1, 0, 3, 5f), (1, 2, 3, 2, 2f)], pairs.All.Select(block =>
            (block.First, block.Second, block.Start, block.Count, block.Strength)));
        Assert.Equal([0, 1], pairs.All[0].FirstPlaces);
        Assert.Equal([2], pairs.All[0].SecondPlaces);
        // 3 · 2 + 4 · 0 + 1, the second neuron being below 0.
        Assert.Equal(7, pairs.Value(pairs.All[0], [2, -1, 1, 0, 0], output: 0));
    }

    [Theory]
    [InlineData("an ordinary neuron at the end"), InlineData("a bias of 0.9"), InlineData("three features"), InlineData("one feature"),
        InlineData("no curves"), InlineData("tanh"), InlineData("no hidden layer")]
    public void AnythingElse_IsNoNetworkOfPairs(string difference)
    {
        (float[][] Weights, float[] Bias) blocks = Blocks;
        switch (difference)
        {
            case "an ordinary neuron at the end":
                blocks.Weights[4][0] = 0.1f;
                break;
            case "a bias of 0.9":
                blocks.Bias[4] = 0.9f;
                break;
            case "three features":
                blocks.Weights[0][3] = 1;
                break;
            case "one feature":
                blocks.Weights[3][2] = 0;
                break;
        }

        CollapsedNetwork network = Network(blocks);
        network = difference switch
        {
            "no curves" => new CollapsedNetwork(network.Inputs, network.Hidden, network.Activation, network.Output),
            "tanh" => new CollapsedNetwork(network.Inputs, network.Hidden, DGatingActivation.Tanh, network.Output, network.Skip),
            "no hidden layer" => new CollapsedNetwork(
                network.Inputs, [], network.Activation, new DenseLayer(4, 1, [1, 1, 1, 1], [0]), network.Skip),
            _ => network,
        };
        Assert.Null(PairBlocks.Of(network, Features));
    }

    [Fact]
    public void ANetworkOfAnyKind_HasNoPairs() => Networks.Any.Sample(network =>
        Assert.Null(PairBlocks.Of(network, SelectionData.GroupPerSlot(network.Inputs.SlotCount))));

    // The first feature has two slots.
    private static int[][] Features => [[0, 1], [2], [3]];

    private static (float[][] Weights, float[] Bias) Blocks =>
        ([[1, 2, 3, 0], [0, 1, 1, 0], [0, 0, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]], [0.5f, 0, 1, 0, 1]);

    private static CollapsedNetwork Network((float[][] Weights, float[] Bias) blocks)
    {
        var encoding = InputEncoding.Standardization([0, 0, 0, 0], [1, 1, 1, 1], bound: 10);
        float[] weights = [.. Enumerable.Range(0, 4).SelectMany(column => blocks.Weights.Select(neuron => neuron[column]))];
        return new CollapsedNetwork(
            new SelectedInputs(4, [0, 1, 2, 3], encoding), [new DenseLayer(4, 5, weights, blocks.Bias)], DGatingActivation.Relu,
            new DenseLayer(5, 1, [3, 4, 1, 2, -1], [0.5f]), [1, 1, 1, 1]);
    }
}
