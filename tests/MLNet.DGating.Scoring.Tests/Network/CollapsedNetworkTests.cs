using CsCheck;
using MLNet.DGating.Model;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Network;

public class CollapsedNetworkTests
{
    private static readonly SelectedInputs s_inputs = new(3, [0, 2], InputEncoding.Standardization([0, 0], [1, 1], 10));

    private static readonly Gen<CollapsedNetwork> s_any = Networks.OfAnyEncoding;

    [Fact]
    public void Score_OfAnyNetwork_EqualsTheDefinitionInDoublePrecision() =>
        Gen.Select(s_any, Gen.Int).Sample((network, seed) =>
        {
            float[] row = Networks.Row(new Random(seed), network.Inputs.SlotCount);
            double[] expected = Networks.ScoreByDefinition(network, row);
            float[] actual = Score(network, row);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 2e-5);
            }
        });

    [Fact]
    public void Score_OfMissingValues_EqualsTheDefinitionInDoublePrecision_DenseOrSparse() =>
        Gen.Select(Networks.WithMissingValues, Gen.Int).Sample((network, seed) =>
        {
            float[] row = Networks.IncompleteRow(new Random(seed), network.Inputs.SlotCount);
            double[] expected = Networks.ScoreByDefinition(network, row);
            float[] actual = Score(network, row);
            Assert.Equal(actual, Score(network, Sparse(row)));
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 2e-5);
            }
        });

    [Fact]
    public void Score_OfACompleteRow_HasTheSameBits_WhateverAMissingValueMeans() =>
        Gen.Select(s_any, Gen.Int).Sample((network, seed) =>
        {
            float[] row = Networks.Row(new Random(seed), network.Inputs.SlotCount);
            SelectedInputs inputs = network.Inputs;
            var other = new CollapsedNetwork(
                new SelectedInputs(inputs.SlotCount, [.. inputs.Slots], inputs.Encoding.WithZeroWhereMissing()),
                network.Hidden, network.Activation, network.Output, network.Skip);
            Assert.Equal(Score(network, row), Score(other, row));
        });

    [Fact]
    public void InputNorms_OfASlot_AreThoseOfItsValueAndItsIndicatorTogether()
    {
        var inputs = new SelectedInputs(
            5, [1, 3], InputEncoding.Standardization([0, 0, 0], [1, 1, 1], 10).WithZeroWhereMissing(), indicated: [1]);
        var network = new CollapsedNetwork(inputs, [], DGatingActivation.Relu, new DenseLayer(3, 1, [2, 3, 4], [0]));
        Assert.Equal([2f, 5f], network.InputNorms());
    }

    [Fact]
    public void Score_OfASparseRow_EqualsThatOfTheDenseOneToTheBit() =>
        Gen.Select(s_any, Gen.Int).Sample((network, seed) =>
        {
            float[] row = Networks.Row(new Random(seed), network.Inputs.SlotCount);
            Assert.Equal(Score(network, row), Score(network, Sparse(row)));
        });

    [Fact]
    public void Score_OfALongSparseRow_FindsTheFewSelectedSlots()
    {
        var random = new Random(3);
        CollapsedNetwork network = Networks.Create(random, 5_000, 1, 2, skip: false, DGatingActivation.Relu, selectedCount: 7);
        float[] row = Networks.Row(random, 5_000);
        Assert.Equal(Score(network, row), Score(network, Sparse(row)));
    }

    [Fact]
    public void Score_WithNaNInADroppedSlot_IsUnaffected_AndInASelectedOne_IsNaN() =>
        Gen.Select(s_any, Gen.Int).Sample((network, seed) =>
        {
            var random = new Random(seed);
            float[] row = Networks.Row(random, network.Inputs.SlotCount);
            float[] expected = Score(network, row);
            int slot = random.Next(row.Length);
            bool selected = network.Inputs.Slots.Contains(slot);
            row[slot] = float.NaN;
            Assert.Equal(selected ? [.. expected.Select(_ => float.NaN)] : expected, Score(network, row));
        });

    [Fact]
    public void Score_WithoutSelectedSlots_IsTheDefinitionsConstant_WhateverIsInTheRow()
    {
        CollapsedNetwork network = Networks.Create(new Random(1), 5, 2, 3, skip: true, DGatingActivation.Relu, selectedCount: 0);
        float[] scores = Score(network, [1, 2, 3, float.NaN, 5]);
        double[] expected = Networks.ScoreByDefinition(network, new float[5]);
        Assert.Equal(expected, scores.Select(score => (double)score), (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal(scores, Score(network, new float[5]));
    }

    [Fact]
    public void Score_OfARowOfAnotherLength_NamesBothLengths()
    {
        CollapsedNetwork network = Networks.Create(new Random(1), 5, 1, 1, skip: false, DGatingActivation.Relu);
        Assert.Equal("Incorrect number of features: expected 5, got 4.", MessageOf(() => Score(network, new float[4])));
        Assert.Equal("Incorrect number of features: expected 5, got 6.", MessageOf(() => Score(network, Sparse(new float[6]))));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Score_AllocatesNothingPerRow(bool severalColumns)
    {
        CollapsedNetwork network = Networks.Create(
            new Random(1), 60, hiddenCount: 2, outputCount: 10, skip: true, DGatingActivation.Tanh, selectedCount: 50,
            encode: severalColumns ? Encodings.OfSeveralColumns : Encodings.Standardization);
        CollapsedNetwork.Scratch scratch = network.CreateScratch();
        float[] row = Networks.Row(new Random(2), 60), scores = new float[10];
        Assert.Equal(0, Allocations.OfAThousand(() => network.Score(row, scores, scratch)));
    }

    [Fact]
    public void Score_FromManyThreads_GivesTheSameBits()
    {
        CollapsedNetwork network = Networks.Create(new Random(1), 60, 2, 4, skip: true, DGatingActivation.Relu);
        float[][] rows = [.. Enumerable.Range(0, 2_000).Select(seed => Networks.Row(new Random(seed), 60))];
        float[][] expected = [.. rows.Select(row => Score(network, row))];
        float[][] actual = new float[rows.Length][];
        Parallel.For(0, rows.Length, i => actual[i] = Score(network, rows[i]));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void InputNorms_AreTheNormsOfAllThatLeavesASlot()
    {
        var hidden = new DenseLayer(2, 2, [3, 0, 0, 1], [0, 0]);
        var output = new DenseLayer(2, 1, [1, 1], [0]);
        Assert.Equal([5f, 1f], new CollapsedNetwork(s_inputs, [hidden], DGatingActivation.Relu, output, skip: [4, 0]).InputNorms());
        Assert.Equal([3f, 1f], new CollapsedNetwork(s_inputs, [hidden], DGatingActivation.Relu, output).InputNorms());
    }

    [Fact]
    public void InputNorms_AreTheRootsOfTheSumsOfSquaresOverColumns() =>
        s_any.Sample(network =>
        {
            DenseLayer first = network.Hidden.Count > 0 ? network.Hidden[0] : network.Output;
            InputEncoding encoding = network.Inputs.Encoding;
            IEnumerable<double> expected = Enumerable.Range(0, encoding.Inputs).Select(input => Math.Sqrt(
                Enumerable.Range(encoding.FirstColumn(input), encoding.ColumnCount(input)).Sum(
                    column => Squares(first.Weights, column, first.Outputs) + Squares(network.Skip, column, network.OutputCount))));
            Assert.Equal(expected, network.InputNorms().Select(norm => (double)norm), (x, y) => Math.Abs(x - y) < 1e-5);

            static double Squares(float[]? weights, int row, int width) =>
                weights is null ? 0 : Enumerable.Range(row * width, width).Sum(i => (double)weights[i] * weights[i]);
        });

    [Fact]
    public void Ctor_WithPartsThatDoNotFit_NamesThem()
    {
        var output = new DenseLayer(2, 1, new float[2], [0]);
        Rejects("A layer reads 3 inputs, but what is before it gives 2.", () => Create([], new(3, 1, new float[3], [0])));
        Rejects("A layer reads 2 inputs, but what is before it gives 4.", () => Create([new(2, 4, new float[8], new float[4])], output));
        Rejects("must be greater than or equal to '1'", () => Create([], new DenseLayer(2, 0, [], [])));
        Rejects("Must hold 2 numbers, but holds 3. (Parameter 'weights')", () => Create([], output with { Weights = [1, 2, 3] }));
        Rejects("Must hold finite numbers only, but holds NaN or infinity. (Parameter 'weights')",
            () => Create([], output with { Weights = [1, float.NaN] }));
        Rejects("Must hold finite numbers only, but holds NaN or infinity. (Parameter 'bias')",
            () => Create([], output with { Bias = [float.PositiveInfinity] }));
        Rejects("Must hold 2 numbers, but holds 1. (Parameter 'skip')", () => Create([], output, skip: [1]));
        Rejects("Must be Relu or Tanh. (Parameter 'activation')", () => Create([], output, (DGatingActivation)7));

        static void Rejects(string message, Action create) => Assert.Contains(message, MessageOf(create), StringComparison.Ordinal);

        static CollapsedNetwork Create(
            DenseLayer[] hidden, DenseLayer output, DGatingActivation activation = DGatingActivation.Relu, float[]? skip = null) =>
            new(s_inputs, hidden, activation, output, skip);
    }

    [Fact]
    public void Ctor_CountsTheColumnsOfTheInputs_NotTheSlots()
    {
        var inputs = new SelectedInputs(3, [1], new InputEncoding([0, 2], [0, 1], [1, 1], [0, 0], [1, 1]));
        var output = new DenseLayer(2, 1, [10, 100], [0.5f]);
        var network = new CollapsedNetwork(inputs, [], DGatingActivation.Relu, output, skip: [1, 1]);
        Assert.Equal([0.5f + 10 + 1 + 50 + 0.5f], Score(network, [7, 1.5f, 7]));
    }

    private static float[] Score(CollapsedNetwork network, float[] row)
    {
        float[] scores = new float[network.OutputCount];
        network.Score(row, scores, network.CreateScratch());
        return scores;
    }

    private static float[] Score(CollapsedNetwork network, in VBuffer<float> row)
    {
        float[] scores = new float[network.OutputCount];
        network.Score(in row, scores, network.CreateScratch());
        return scores;
    }

    private static VBuffer<float> Sparse(float[] row)
    {
        int[] indices = [.. Enumerable.Range(0, row.Length).Where(slot => row[slot] != 0)];
        return new VBuffer<float>(row.Length, indices.Length, [.. indices.Select(slot => row[slot])], indices);
    }

    private static string MessageOf(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
