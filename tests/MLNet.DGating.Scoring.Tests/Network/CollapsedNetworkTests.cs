using CsCheck;
using MLNet.DGating.Model;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests;

public class CollapsedNetworkTests
{
    [Fact]
    public void Score_OfAnyNetwork_EqualsTheDefinitionInDoublePrecision() =>
        Gen.Select(Networks.Any, Gen.Int).Sample((network, seed) =>
        {
            float[] row = Networks.Row(new Random(seed), network.Inputs.SlotCount);
            double[] expected = Networks.ScoreByDefinition(network, row);
            float[] actual = Score(network, row);
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 2e-5);
        });

    [Fact]
    public void Score_OfASparseRow_EqualsThatOfTheDenseOneToTheBit() =>
        Gen.Select(Networks.Any, Gen.Int).Sample((network, seed) =>
        {
            float[] row = Networks.Row(new Random(seed), network.Inputs.SlotCount);
            int[] indices = [.. Enumerable.Range(0, row.Length).Where(slot => row[slot] != 0)];
            var sparse = new VBuffer<float>(row.Length, indices.Length, [.. indices.Select(slot => row[slot])], indices);
            Assert.Equal(Score(network, row), Score(network, sparse));
        });

    [Fact]
    public void Score_OfALongSparseRow_FindsTheFewSelectedSlots()
    {
        var random = new Random(3);
        CollapsedNetwork network = Networks.Create(random, 5_000, hiddenCount: 1, outputCount: 2, skip: false, DGatingActivation.Relu, selectedCount: 7);
        float[] row = Networks.Row(random, 5_000);
        int[] indices = [.. Enumerable.Range(0, row.Length).Where(slot => row[slot] != 0)];
        var sparse = new VBuffer<float>(row.Length, indices.Length, [.. indices.Select(slot => row[slot])], indices);
        Assert.Equal(Score(network, row), Score(network, sparse));
    }

    [Fact]
    public void Score_WithNaNInADroppedSlot_IsUnaffected_AndInASelectedOne_IsNaN() =>
        Gen.Select(Networks.Any, Gen.Int).Sample((network, seed) =>
        {
            var random = new Random(seed);
            float[] row = Networks.Row(random, network.Inputs.SlotCount);
            float[] expected = Score(network, row);
            int slot = random.Next(row.Length);
            bool selected = network.Inputs.Slots.Contains(slot);
            row[slot] = float.NaN;
            float[] actual = Score(network, row);
            if (selected)
                Assert.All(actual, score => Assert.True(float.IsNaN(score)));
            else
                Assert.Equal(expected, actual);
        });

    [Fact]
    public void Score_WithoutSelectedSlots_IsConstant()
    {
        CollapsedNetwork network = Networks.Create(new Random(1), 5, hiddenCount: 2, outputCount: 3, skip: true, DGatingActivation.Relu, selectedCount: 0);
        Assert.Equal(Score(network, new float[5]), Score(network, [1, 2, 3, float.NaN, 5]));
    }

    [Fact]
    public void Score_OfARowOfAnotherLength_SaysWhatWasExpected()
    {
        CollapsedNetwork network = Networks.Create(new Random(1), 5, 1, 1, skip: false, DGatingActivation.Relu);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Score(network, new float[4]));
        Assert.Contains("expected 5, got 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_AllocatesNothingPerRow()
    {
        CollapsedNetwork network = Networks.Create(new Random(1), 60, hiddenCount: 2, outputCount: 10, skip: true, DGatingActivation.Tanh, selectedCount: 50);
        CollapsedNetwork.Scratch scratch = network.CreateScratch();
        float[] row = Networks.Row(new Random(2), 60), scores = new float[10];
        network.Score(row, scores, scratch);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
            network.Score(row, scores, scratch);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Score_FromManyThreads_GivesTheSameBits()
    {
        CollapsedNetwork network = Networks.Create(new Random(1), 60, 2, 4, skip: true, DGatingActivation.Relu);
        float[][] rows = [.. Enumerable.Range(0, 2_000).Select(seed => Networks.Row(new Random(seed), 60))];
        float[][] expected = [.. rows.Select(row => Score(network, row))];
        var actual = new float[rows.Length][];
        Parallel.For(0, rows.Length, i => actual[i] = Score(network, rows[i]));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void InputNorms_AreTheNormsOfAllThatLeavesASlot()
    {
        var inputs = new SelectedInputs(3, [0, 2], [0, 0], [1, 1], 10);
        var hidden = new DenseLayer(2, 2, [3, 0, 0, 1], [0, 0]);
        var output = new DenseLayer(2, 1, [1, 1], [0]);
        Assert.Equal([5f, 1f], new CollapsedNetwork(inputs, [hidden], DGatingActivation.Relu, output, skip: [4, 0]).InputNorms());
        Assert.Equal([3f, 1f], new CollapsedNetwork(inputs, [hidden], DGatingActivation.Relu, output).InputNorms());
    }

    [Fact]
    public void Ctor_WithPartsThatDoNotFit_SaysWhich()
    {
        var inputs = new SelectedInputs(3, [0, 2], [0, 0], [1, 1], 10);
        Assert.Throws<ArgumentException>(() => new SelectedInputs(3, [2, 0], [0, 0], [1, 1], 10));
        Assert.Throws<ArgumentException>(() => new SelectedInputs(3, [0, 3], [0, 0], [1, 1], 10));
        Assert.Throws<ArgumentException>(() => new SelectedInputs(3, [0, 2], [0], [1, 1], 10));
        Assert.Throws<ArgumentException>(() => new SelectedInputs(3, [0, 2], [0, 0], [1, 0], 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SelectedInputs(3, [0, 2], [0, 0], [1, 1], float.NaN));
        Assert.Throws<ArgumentException>(() => new DenseLayer(2, 1, [1, float.NaN], [0]));
        Assert.Throws<ArgumentException>(() => new DenseLayer(2, 1, [1, 2, 3], [0]));
        Assert.Throws<ArgumentException>(() => new CollapsedNetwork(inputs, [], DGatingActivation.Relu, new DenseLayer(3, 1, new float[3], [0])));
        Assert.Throws<ArgumentException>(() => new CollapsedNetwork(inputs, [], DGatingActivation.Relu, new DenseLayer(2, 1, new float[2], [0]), skip: [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CollapsedNetwork(inputs, [], (DGatingActivation)7, new DenseLayer(2, 1, new float[2], [0])));
    }

    private static float[] Score(CollapsedNetwork network, float[] row)
    {
        var scores = new float[network.OutputCount];
        network.Score(row, scores, network.CreateScratch());
        return scores;
    }

    private static float[] Score(CollapsedNetwork network, in VBuffer<float> row)
    {
        var scores = new float[network.OutputCount];
        network.Score(in row, scores, network.CreateScratch());
        return scores;
    }
}
