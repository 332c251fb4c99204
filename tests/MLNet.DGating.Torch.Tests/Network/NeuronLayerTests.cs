using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Network;

/// <summary>The neurons of a hidden layer, read and removed (docs/theory.md §34).</summary>
public class NeuronLayerTests
{
    private const int Neurons = 6;

    private static readonly TrainingSet s_data = Planted.Classes(1, 40, 4);

    [Fact]
    public void Outputs_AndTheirWeights_GiveTheScores() => Any.Sample((skip, activation, seed) =>
    {
        FitSettings settings = Settings(Neurons, skip, activation);
        NetworkShape shape = settings.Training.ShapeFor(s_data.Task);
        NetworkState state = Random(shape, seed);
        float[] scores = Scores(settings, state), columns = new float[s_data.Groups.Columns];
        var layer = new NeuronLayer(shape, state, []);
        using FeatureRows rows = s_data.EncodedBy(TestRuns.All(s_data));
        float[] values = new float[layer.Width];
        for (int row = 0; row < s_data.Rows; row++)
        {
            rows.Read(row, columns);
            layer.Compute(columns, values);
            for (int output = 0; output < shape.Outputs; output++)
            {
                double score = state.Dense[0].Bias[output] + (skip ? values[Neurons + output] : 0)
                    + Enumerable.Range(0, Neurons).Sum(neuron => values[neuron] * state.Dense[0].Weights[neuron * shape.Outputs + output]);
                Assert.Equal(scores[row * shape.Outputs + output], score, 1e-4);
            }
        }
    }, iter: 30);

    [Fact]
    public void WithoutANeuronThatIsConstant_TheScoresAreTheSame() => Any.Sample((skip, activation, seed) =>
    {
        FitSettings settings = Settings(Neurons, skip, activation);
        NetworkShape shape = settings.Training.ShapeFor(s_data.Task);
        NetworkState state = Random(shape, seed);
        int constant = seed % Neurons;
        for (int column = 0; column < s_data.Groups.Columns; column++)
        {
            state.Primary[column * shape.GatedWidth + constant] = 0;
        }

        var layer = new NeuronLayer(shape, state, []);
        float[] values = new float[layer.Width];
        layer.Compute(new float[s_data.Groups.Columns], values);
        double[] means = new double[Neurons];
        means[constant] = values[constant];
        NetworkState smaller = layer.Keep([.. Enumerable.Range(0, Neurons).Where(neuron => neuron != constant)], means);
        Assert.Equal(Neurons - 1, smaller.Dense[0].Inputs);
        float[] before = Scores(settings, state), after = Scores(Settings(Neurons - 1, skip, activation), smaller);
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }, iter: 30);

    [Fact]
    public void FactorsOfTheSkipConnection_MultiplyItsColumnsAlone()
    {
        var shape = new NetworkShape([1], 1, Skip: true, DGatingActivation.Relu);
        var state = new NetworkState([2, 10, 3, 100], [1, 1], [0.5f, 0], [new DenseLayer(1, 1, [1], [0])]);
        float[] values = new float[2];
        new NeuronLayer(shape, state, [4, 5]).Compute([1, 2], values);
        Assert.Equal([0.5f + 2 * 1 + 3 * 2, 10 * 1 * 4 + 100 * 2 * 5], values);
    }

    private static Gen<(bool Skip, DGatingActivation Activation, int Seed)> Any => Gen.Select(
        Gen.Bool, Gen.OneOfConst(DGatingActivation.Relu, DGatingActivation.Tanh), Gen.Int[0, 1000]);

    private static FitSettings Settings(int neurons, bool skip, DGatingActivation activation) => TestRuns.Small.With(
        training => training with { HiddenLayers = [neurons], AdditivePart = skip, Activation = activation });

    private static NetworkState Random(NetworkShape shape, int seed)
    {
        var state = NetworkState.Initial(shape, s_data.Groups, [0.1f, 0.2f, 0.3f], new(seed, 1));
        return state with { GatedBias = [.. state.GatedBias.Select((_, i) => i < Neurons ? MathF.Sin(seed + i) : 0)] };
    }

    private static float[] Scores(FitSettings settings, NetworkState state)
    {
        int[] rows = TestRuns.All(s_data);
        RunDescription run = settings.Evaluation(rows, rows, new PathSnapshot([0, 1, 2, 3], state));
        return TestRuns.Carry(s_data, run).Refits[0].Result.HeldOutScores;
    }
}
