using MLNet.DGating.Model;
using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Randomness;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends.Cpu;

/// <summary>Networks of embeddings, against the same networks with a full first layer (docs/theory.md §20).</summary>
public class EmbeddedNetworkTests
{
    private const float Rate = 0.01f, Decay = 0.25f;
    private const double EmbeddingDecay = 0.5;

    private static readonly Gen<(PiecewiseProblem Problem, int Width, float Dropout, int Seed)> s_case =
        from problem in PiecewiseProblem.Any
        where problem.Encoded.Shape.HasHidden
        from width in Gen.Int[1, 9]
        from dropout in Gen.OneOf(Gen.Const(0f), Gen.Float[0.1f, 0.6f])
        from seed in Gen.Int[0, int.MaxValue]
        select (problem, width, dropout, seed);

    [Fact]
    public void Scores_AreThoseOfTheExpandedNetworkOnTheColumns() => s_case.Sample(each =>
    {
        (PiecewiseProblem problem, int width, _, int seed) = each;
        NetworkShape shape = Shape(problem, width);
        NetworkState state = State(problem, shape, seed);
        using ITrainedNetwork network = Create(problem, shape, problem.Encoded.Data.Rows);
        network.Load(state, StepSettings.Ungated);
        Problem full = Full(problem, shape);
        using var expanded = Engine.Double(full);
        expanded.Network.Load(EmbeddedState.Expand(state, problem.Encoded.Groups), StepSettings.Ungated);
        Near.Rounding(expanded.Network.Score(full.Rows), network.Score(full.Rows), 2e-5);
        // Fewer rows than a batch, in another order.
        int[] some = [.. full.Rows.Reverse().Take(3)];
        Near.Rounding(expanded.Network.Score(some), network.Score(some), 2e-5);
    }, iter: 100);

    [Fact]
    public void Steps_AreThoseOfAdamWOnAutogradsGradient() => s_case.Sample(each =>
    {
        (PiecewiseProblem problem, int width, float dropout, int seed) = each;
        using DisposeScope scope = torch.NewDisposeScope();
        NetworkShape shape = Shape(problem, width);
        NetworkState state = State(problem, shape, seed);
        Problem full = Full(problem, shape);
        GroupLayout groups = full.Groups;
        using ITrainedNetwork network = Create(problem, shape, full.Data.Rows);
        network.Load(state, StepSettings.Ungated);
        DropoutMask mask = MaskOfTheEngine();
        bool[] isDecayed = [.. Parameters(state).SelectMany((block, i) => Enumerable.Repeat(i % 2 == 0, block.Length))];
        double[] m = new double[isDecayed.Length], v = new double[m.Length];
        bool[] isSure = [.. isDecayed.Select(_ => true)];
        StepSettings step = new StepSettings(Rate, 0, Decay, 0, StepSettings.Ungated, 0) with { Dropout = dropout };
        for (int t = 1; t <= 3; t++)
        {
            NetworkState now = network.Capture() with { Gates = groups.OpenGates() };
            network.Train(new Iteration(full.Rows, step, [Rate]));
            using var reference = new AutogradNetwork(full, EmbeddedState.Expand(now, groups))
            {
                Masks = dropout > 0 ? Masks(mask, shape, full.Data.Rows, dropout) : [],
            };
            double[] gradient = Blocks(reference.Gradients(step with { Decay = 0 }), groups, shape, width);
            double[] before = Flat(now), after = Flat(network.Capture());
            for (int i = 0; i < m.Length; i++)
            {
                // Where a gradient is as small as its rounding, Adam makes much of its sign.
                isSure[i] &= Math.Abs(gradient[i]) > 1e-4;
                m[i] = 0.9 * m[i] + 0.1 * gradient[i];
                v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
                double direction = m[i] / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
                double decay = isDecayed[i] ? Decay * (i < state.Primary.Length ? EmbeddingDecay : 1) : 0;
                double expected = before[i] - Rate * (direction + decay * before[i]);
                Assert.True(!isSure[i] || Math.Abs(expected - after[i]) < 0.02 * Rate, $"Step {t}, {i}: {expected} {after[i]}");
            }
        }
    }, iter: 150);

    [Fact]
    public void TheSameSeed_GivesTheSameBits() => s_case.Sample(each =>
    {
        Assert.Equal(Train(), Train());

        double[] Train()
        {
            (PiecewiseProblem problem, int width, float dropout, int seed) = each;
            NetworkShape shape = Shape(problem, width);
            using ITrainedNetwork network = Create(problem, shape, problem.Encoded.Data.Rows);
            network.Load(State(problem, shape, seed), StepSettings.Ungated);
            StepSettings step = new StepSettings(Rate, 0, Decay, 0, StepSettings.Ungated, 0) with { Dropout = dropout };
            double loss = network.Train(new Iteration([.. problem.Encoded.Rows, .. problem.Encoded.Rows], step, [Rate, Rate]));
            return [loss, .. Flat(network.Capture())];
        }
    }, iter: 30);

    [Fact]
    public void InitialWeights_KeepTheVarianceOfValues()
    {
        var groups = GroupLayout.FromSizes([3, 1]);
        var shape = new NetworkShape([2 * 500, 400, 300], 2, Skip: false, DGatingActivation.Relu) { ScoreUnit = 0.5f };
        NetworkState state = EmbeddedState.Initial(shape, groups, [7, 8], new RandomStream(1, 0));
        Assert.Equal(4 * 500, state.Primary.Length);
        Assert.Equal(1, Deviation(state.Primary), 0.1);
        Assert.Equal(Math.Sqrt(2.0 / 1000), Deviation(state.Dense[0].Weights), 1e-3);
        Assert.Equal(Math.Sqrt(2.0 / 400), Deviation(state.Dense[1].Weights), 1e-3);
        Assert.Equal(0.5 * Math.Sqrt(1.0 / 300), Deviation(state.Dense[2].Weights), 5e-3);
        Assert.Equal([7, 8], state.Dense[2].Bias);
    }

    [Fact]
    public void TheExpandedLayer_IsZeroOutsideTheBlocks()
    {
        var groups = GroupLayout.FromSizes([2, 1]);
        var state = new NetworkState([1, 2, 3, 4, 5, 6], [1, 1], [7, 8, 9, 10], []);
        Assert.Equal([1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 5, 6], EmbeddedState.Expand(state, groups).Primary);
    }

    private static NetworkShape Shape(PiecewiseProblem problem, int width) => problem.Encoded.Shape with
    {
        Hidden = [problem.Encoded.Groups.Count * width, .. problem.Encoded.Shape.Hidden],
        Skip = false,
    };

    private static Problem Full(PiecewiseProblem problem, NetworkShape shape) => problem.Columns with
    {
        Settings = problem.Encoded.Settings with { HiddenLayers = shape.Hidden, AdditivePart = false },
    };

    private static ITrainedNetwork Create(PiecewiseProblem problem, NetworkShape shape, int batchRows) =>
        CpuScope.Instance.CreateEmbedded(
            new NetworkRequest(
                problem.Encoded.Data, problem.Rows(), problem.Encoded.Rows, batchRows, problem.Encoded.Settings, new RandomStream(1, 0)),
            shape, EmbeddingDecay);

    private static NetworkState State(PiecewiseProblem problem, NetworkShape shape, int seed) =>
        EmbeddedState.Initial(shape, problem.Encoded.Groups, new float[shape.Outputs], new RandomStream(seed, 0));

    private static DropoutMask MaskOfTheEngine()
    {
        var random = new RandomStream(1, 0);
        _ = new NormalNoise(random);
        return new DropoutMask(random);
    }

    // The embeddings themselves are not left out.
    private static float[][] Masks(DropoutMask mask, NetworkShape shape, int rows, float dropout)
    {
        float[][] masks = [.. shape.Hidden.Select(neurons => new float[rows * neurons])];
        Array.Fill(masks[0], 1);
        foreach (float[] factors in masks[1..])
        {
            mask.Fill(factors, dropout);
        }

        return masks;
    }

    private static IEnumerable<float[]> Parameters(NetworkState state) =>
        [state.Primary, state.GatedBias, .. state.Dense.SelectMany(layer => (float[][])[layer.Weights, layer.Bias])];

    private static double[] Flat(NetworkState state) => [.. Parameters(state).SelectMany(block => block).Select(value => (double)value)];

    // The gradient of the expanded network at the places of the blocks, without that of the gates.
    private static double[] Blocks(double[] gradient, GroupLayout groups, NetworkShape shape, int width)
    {
        int full = shape.GatedWidth;
        var blocks = new List<double>();
        for (int group = 0; group < groups.Count; group++)
        {
            for (int column = groups.Starts[group]; column < groups.Starts[group + 1]; column++)
            {
                blocks.AddRange(gradient.AsSpan(column * full + group * width, width));
            }
        }

        return [.. blocks, .. gradient[(groups.Columns * full + groups.Count)..]];
    }

    private static double Deviation(float[] values) => Math.Sqrt(values.Average(value => (double)value * value));
}
