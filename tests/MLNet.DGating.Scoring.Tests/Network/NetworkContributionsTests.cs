using CsCheck;
using MLNet.DGating.Model;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Network;

public class NetworkContributionsTests
{
    private static readonly Gen<CollapsedNetwork> s_any = Gen.OneOf(Networks.Any, Networks.OfSeveralColumns);

    [Fact]
    public void Contributions_AddUpToTheScoreLessThatOfTheReference() =>
        Gen.Select(s_any, Gen.Int).Sample((network, seed) =>
        {
            float[] row = Networks.Row(new Random(seed), network.Inputs.SlotCount);
            double[] scores = Networks.ScoreByDefinition(network, row);
            var contributions = new NetworkContributions(network);
            for (int output = 0; output < scores.Length; output++)
            {
                float[] parts = Contribute(contributions, row, output);
                double size = 1 + Math.Abs(scores[output]) + parts.Sum(part => Math.Abs((double)part));
                double sum = parts.Sum(part => (double)part);
                Assert.Equal(scores[output] - contributions.ReferenceScores[output], sum, 1e-6 * size);
            }
        });

    [Fact]
    public void Contributions_OfMissingValues_AddUpAsWell_AndAreThoseOfTheirSlots() =>
        Gen.Select(Networks.WithMissingValues, Gen.Int).Sample((network, seed) =>
        {
            float[] row = Networks.IncompleteRow(new Random(seed), network.Inputs.SlotCount);
            double[] scores = Networks.ScoreByDefinition(network, row);
            var contributions = new NetworkContributions(network);
            float[] parts = Contribute(contributions, row, 0);
            double size = 1 + Math.Abs(scores[0]) + parts.Sum(part => Math.Abs((double)part));
            Assert.Equal(scores[0] - contributions.ReferenceScores[0], parts.Sum(part => (double)part), 1e-6 * size);
            int[] silent =
            [
                .. Enumerable.Range(0, parts.Length)
                    .Where(slot => float.IsNaN(row[network.Inputs.Slots[slot]]) && !network.Inputs.Indicated.Contains(slot)),
            ];
            Assert.All(silent, slot => Assert.Equal(0, parts[slot]));
        });

    [Fact]
    public void Contributions_OfALinearModel_AreWeightTimesDifference()
    {
        var inputs = new SelectedInputs(4, [0, 2, 3], InputEncoding.Standardization([1, 2, 3], [1, 0.5f, 2], bound: 10));
        var network = new CollapsedNetwork(inputs, [], DGatingActivation.Relu, new DenseLayer(3, 2, [1, 2, 3, 4, 5, 6], [7, 8]));
        var contributions = new NetworkContributions(network);
        Assert.Equal([7f, 8f], contributions.ReferenceScores);
        Assert.Equal([2 * 1f, 1 * 3f, -4 * 5f], Contribute(contributions, [3, 99, 4, 1], output: 0));
        Assert.Equal([2 * 2f, 1 * 4f, -4 * 6f], Contribute(contributions, [3, 99, 4, 1], output: 1));
    }

    [Fact]
    public void Contributions_OfOneHiddenLayer_AreIntegratedGradients() =>
        Gen.Select(Gen.Int[0, 1000], Gen.OneOfConst(DGatingActivation.Relu, DGatingActivation.Tanh), Gen.Bool)
            .Sample((seed, activation, skip) =>
            {
                var random = new Random(seed);
                CollapsedNetwork network = Networks.Create(
                    random, 6, hiddenCount: 1, outputCount: 1, skip, activation, selectedCount: 6, width: 5, encode: Unbounded);
                float[] row = Networks.Row(random, 6);
                float[] actual = Contribute(new NetworkContributions(network), row, output: 0);
                for (int slot = 0; slot < 6; slot++)
                {
                    Assert.Equal(IntegratedGradient(network, row, slot), actual[slot], 0.02);
                }
            }, iter: 20);

    [Fact]
    public void Contributions_OfTheReferenceItself_AreZero_AndItsScoreIsTheModels() =>
        Gen.Select(Networks.Any, Gen.Int[0, 1]).Sample((network, _) =>
        {
            float[] mean = new float[network.Inputs.SlotCount];
            foreach ((int i, int slot) in network.Inputs.Slots.ToArray().Index())
            {
                mean[slot] = network.Inputs.Encoding.Offsets[i];
            }

            var contributions = new NetworkContributions(network);
            Assert.All(Contribute(contributions, mean, network.OutputCount - 1), part => Assert.Equal(0, part));
            float[] scores = new float[network.OutputCount];
            network.Score(mean, scores, network.CreateScratch());
            Assert.Equal(scores, contributions.ReferenceScores, (x, y) => Math.Abs(x - y) < 1e-5);
        });

    [Theory]
    [InlineData(DGatingActivation.Relu, 1e-20f, 1)]
    [InlineData(DGatingActivation.Tanh, 1e-20f, 0.41997434)]
    [InlineData(DGatingActivation.Tanh, 1e-3f, 0.4196546)]
    public void Contributions_OfTinyDifferences_KeepTheDigitsOfTheSlope(DGatingActivation activation, float difference, double slope)
    {
        // At the reference the neuron has 1 before its activation: the derivative of tanh is there 1 − tanh² 1.
        var inputs = new SelectedInputs(1, [0], InputEncoding.Standardization([0], [1], bound: 10));
        var network = new CollapsedNetwork(inputs, [new DenseLayer(1, 1, [1], [1])], activation, new DenseLayer(1, 1, [1], [0]));
        double part = Contribute(new NetworkContributions(network), [difference], output: 0)[0];
        Assert.Equal(slope, part / difference, 1e-6);
    }

    [Fact]
    public void Contributions_OfASparseRow_EqualThoseOfTheDenseOne() =>
        Gen.Select(s_any, Gen.Int).Sample((network, seed) =>
        {
            float[] row = Networks.Row(new Random(seed), network.Inputs.SlotCount);
            int[] indices = [.. Enumerable.Range(0, row.Length).Where(slot => row[slot] != 0)];
            var sparse = new VBuffer<float>(row.Length, indices.Length, Array.ConvertAll(indices, slot => row[slot]), indices);
            var contributions = new NetworkContributions(network);
            Assert.Equal(Contribute(contributions, row, 0), Contribute(contributions, sparse, 0));
        });

    [Fact]
    public void Contributions_WithNaNInASelectedSlot_AreNotNumbers_AndInADroppedOneUnaffected()
    {
        CollapsedNetwork network = Networks.Create(new Random(1), 5, 1, 1, skip: true, DGatingActivation.Tanh, selectedCount: 3);
        var contributions = new NetworkContributions(network);
        float[] row = Networks.Row(new Random(2), 5), expected = Contribute(contributions, row, 0);
        int[] selected = network.Inputs.Slots.ToArray();
        row[Enumerable.Range(0, 5).Except(selected).First()] = float.NaN;
        Assert.Equal(expected, Contribute(contributions, row, 0));
        row[selected[0]] = float.NaN;
        Assert.Contains(float.NaN, Contribute(contributions, row, 0));
    }

    [Fact]
    public void Contributions_AllocateNothingPerRow()
    {
        CollapsedNetwork network = Networks.Create(new Random(1), 30, 2, 3, skip: true, DGatingActivation.Relu, selectedCount: 20);
        var contributions = new NetworkContributions(network);
        NetworkContributions.Scratch scratch = contributions.CreateScratch();
        var row = new VBuffer<float>(30, Networks.Row(new Random(2), 30));
        float[] parts = new float[20];
        Assert.Equal(0, Allocations.OfAThousand(() =>
        {
            contributions.Read(in row, scratch);
            contributions.Contribute(2, parts, scratch);
        }));
    }

    private static InputEncoding Unbounded(Random random, int inputs) =>
        InputEncoding.Standardization(Networks.Floats(random, inputs), [.. Enumerable.Repeat(1f, inputs)], float.PositiveInfinity);

    private static float[] Contribute(NetworkContributions contributions, float[] row, int output) =>
        Contribute(contributions, new VBuffer<float>(row.Length, row), output);

    private static float[] Contribute(NetworkContributions contributions, VBuffer<float> row, int output)
    {
        NetworkContributions.Scratch scratch = contributions.CreateScratch();
        float[] parts = new float[contributions.Network.Inputs.Slots.Length];
        contributions.Read(in row, scratch);
        contributions.Contribute(output, parts, scratch);
        return parts;
    }

    // ∫ ∂f/∂x_slot along the straight line from the mean to the row, times the difference (Sundararajan, Taly and Yan 2017).
    private static double IntegratedGradient(CollapsedNetwork network, float[] row, int slot)
    {
        const int Steps = 2_000;
        const float Small = 1e-2f;
        float[] mean = network.Inputs.Encoding.Offsets;
        double sum = 0;
        for (int step = 0; step < Steps; step++)
        {
            float t = (step + 0.5f) / Steps;
            float[] at = [.. row.Zip(mean, (x, m) => m + (t * (x - m)))];
            at[slot] += Small;
            double above = Networks.ScoreByDefinition(network, at)[0];
            at[slot] -= 2 * Small;
            sum += (above - Networks.ScoreByDefinition(network, at)[0]) / (2 * Small);
        }

        return (row[slot] - mean[slot]) * sum / Steps;
    }
}
