using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends.Cpu;

/// <summary>Training on sparse rows is training on the same rows dense.</summary>
public class SparseStepTests
{
    private static readonly Gen<double> s_depth =
        Gen.OneOf(Gen.Const(StepSettings.Ungated), Gen.Int[2, 4].Select(depth => (double)depth), Gen.Double[2, 4]);

    [Fact]
    public void ManySteps_Agree_WithEveryLossPaddingGroupsWeightsAndCuts_AlsoOnceTheRowsTurnDense() =>
        Gen.Select(Problem.Any, s_depth, Gen.Float[0, 0.9f], Gen.Double[0, 1], Gen.Int[0, int.MaxValue]).Sample(
            (any, depth, momentum, density, seed) =>
            {
                Problem problem = Sparse(any.With(GroupTermsOf.Random(any.Groups.Count, new Random(seed))), density, seed);
                Agree(problem, new StepSettings(0.05f, momentum, 0.01f, 0.05, depth, 0), Math.Max(1, (problem.Data.Rows + 1) / 2), seed);
            }, iter: 100);

    [Fact]
    public void ManySteps_Agree_WhileTheRowsStaySparse() =>
        Gen.Select(Gen.Int[0, 40], Gen.Bool, Gen.Int[0, int.MaxValue]).Sample((hidden, skip, seed) =>
        {
            var random = new Random(seed);
            int[] sizes = [.. Enumerable.Range(0, 400).Select(_ => 1 + random.Next(3))];
            var wide = Problem.Create(random, 37, sizes, hidden == 0 ? [] : [hidden], LearningTask.Multiclass(3), skip);
            Problem problem = Sparse(wide.With(GroupTermsOf.Random(sizes.Length, random)), 0.01, seed);
            using Engine engine = Agree(problem, new StepSettings(0.05f, 0.9f, 0.01f, 0.02, 3, 0), 8, seed);
            Assert.True(((CpuNetwork)engine.Network).IsSparse);
        }, iter: 10);

    [Fact]
    public void ARowWithoutValues_ScoresWhatTheBiasesSay()
    {
        Problem problem = Sparse(Problem.Create(new Random(1), 4, [1, 1], [], LearningTask.Regression), density: 0, seed: 1);
        using var engine = Engine.OnCpu(problem, 3);
        engine.Network.Load(problem.State(1), 3);
        Assert.All(engine.Network.Score(problem.Rows), score => Assert.Equal(problem.State(1).GatedBias[0], score));
    }

    [Fact]
    public void TheSameSteps_GiveTheSameBits()
    {
        float[] Train()
        {
            Problem problem =
                Sparse(Problem.Create(new Random(2), 50, [.. Enumerable.Repeat(1, 300)], [33], LearningTask.Multiclass(3)), 0.03, 2);
            using var engine = Engine.OnCpu(problem, 7);
            Run(engine, problem, new StepSettings(0.05f, 0.9f, 0.01f, 0.05, 3, 0), 7, 2);
            return TestRuns.Values(engine.Network.Capture());
        }

        Assert.Equal(Train(), Train());
    }

    [Fact]
    public void TheGradientOfAllRows_Agrees()
    {
        Problem problem =
            Sparse(Problem.Create(new Random(3), 40, [.. Enumerable.Repeat(2, 20)], [6], LearningTask.Binary, weighted: true), 0.1, 3);
        using Engine sparse = Engine.OnCpu(problem, 7), dense = Engine.Batched(problem, torch.ScalarType.Float64, 7);
        sparse.Network.Load(problem.State(1), 3);
        dense.Network.Load(problem.State(1), 3);
        (double expected, double[][] gradients) = new FullGradient(dense.Network, problem.Rows).Compute();
        (double actual, double[][] sums) = new FullGradient(sparse.Network, problem.Rows).Compute();
        Assert.Equal(expected, actual, 1e-5);
        for (int i = 0; i < gradients.Length; i++)
        {
            Near.Rounding(Array.ConvertAll(gradients[i], value => (float)value), Array.ConvertAll(sums[i], value => (float)value), 1e-6);
        }
    }

    private static Problem Sparse(Problem problem, double density, int seed)
    {
        DesignMatrix features = SparseData.NormalMatrix(new Random(seed), problem.Data.Rows, problem.Groups.Columns, density);
        return problem with { Data = problem.Data with { Features = features.AsSparse() } };
    }

    private static Engine Agree(Problem problem, StepSettings step, int batchRows, int seed)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var sparse = Engine.OnCpu(problem, batchRows);
        Assert.True(((CpuNetwork)sparse.Network).IsSparse);
        using var dense = Engine.Batched(problem, torch.ScalarType.Float64, batchRows);
        List<float[]> expected = Run(dense, problem, step, batchRows, seed), actual = Run(sparse, problem, step, batchRows, seed);
        for (int i = 0; i < expected.Count; i++)
        {
            Near.Rounding(expected[i], actual[i], 3e-5);
        }

        return sparse;
    }

    // Passes with a padded last batch; λ and the step size change from one to the next. Then a cut, and the columns taken out.
    private static List<float[]> Run(Engine engine, Problem problem, StepSettings first, int batchRows, int seed)
    {
        INetwork network = engine.Network;
        network.Load(problem.State(seed), first.GateDepth);
        var random = new Random(seed);
        int[] gone = first.IsGated
            ? [.. Enumerable.Range(0, problem.Groups.Count - 1).Where(j => random.Next(3) == 0 && !problem.Groups.IsKept(j))] : [];
        int[] kept = [.. Enumerable.Range(0, problem.Groups.Count).Except(gone)];
        List<float[]> results = [];
        Pass(first);
        results.Add(network.Score(problem.Rows));
        StepSettings second = first with { Lambda = 1.1 * first.Lambda, LearningRate = 0.7f * first.LearningRate };
        Pass(second);
        Measure(second);
        Pass(first);
        network.Cut(gone, first.GateDepth);
        Pass(first);
        results.Add(network.Score(problem.Rows));
        network.KeepGroups(kept, first.GateDepth);
        results.Add(network.Score(problem.Rows));
        Pass(first);
        Measure(first);
        NetworkState state = network.Capture();
        results.AddRange([state.Primary, state.Gates, state.GatedBias, [(float)engine.TakeLoss()]]);
        results.AddRange(state.Dense.SelectMany(layer => (float[][])[layer.Weights, layer.Bias]));
        return results;

        void Pass(StepSettings step)
        {
            for (int start = 0; start < problem.Data.Rows; start += batchRows)
            {
                engine.Step([.. Enumerable.Range(start, batchRows).Select(row => row < problem.Data.Rows ? row : -1)], step);
            }
        }

        void Measure(StepSettings step)
        {
            GroupMeasures measures = network.Measure(step);
            results.AddRange([measures.Norms, measures.GradientNorms]);
        }
    }
}
