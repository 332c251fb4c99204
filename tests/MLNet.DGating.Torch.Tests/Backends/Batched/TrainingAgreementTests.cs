using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends.Batched;

/// <summary>Training on the CPU's backend and on the batched one in float32, and on that in float64.</summary>
public class TrainingAgreementTests
{
    private static readonly Gen<double> s_depth =
        Gen.OneOf(Gen.Const(StepSettings.Ungated), Gen.Int[2, 4].Select(depth => (double)depth), Gen.Double[2, 4]);

    [Fact]
    public void SeveralSteps_WithPaddingCutsAndColumnsTakenOut_Agree() =>
        Gen.Select(Problem.Any, s_depth, Gen.Float[0, 0.9f], Gen.Int[0, int.MaxValue]).Sample((any, depth, momentum, seed) =>
        {
            Problem problem = any.With(GroupTermsOf.Random(any.Groups.Count, new Random(seed)));
            using DisposeScope scope = torch.NewDisposeScope();
            int batchRows = Math.Max(1, (problem.Data.Rows + 1) / 2);
            using Engine cpu = Engine.OnCpu(problem, batchRows), single = Engine.Batched(problem, torch.ScalarType.Float32, batchRows);
            using Engine wide = Engine.Batched(problem, torch.ScalarType.Float64, batchRows);
            var step = new StepSettings(0.05f, momentum, 0.01f, 0.05, depth, 0);
            List<float[]> expected = Train(wide, problem, step, batchRows, seed);
            List<float[]> bySimd = Train(cpu, problem, step, batchRows, seed), byTorch = Train(single, problem, step, batchRows, seed);
            for (int i = 0; i < expected.Count; i++)
            {
                Near.Rounding(expected[i], bySimd[i], 2e-5);
                Near.Rounding(expected[i], byTorch[i], 2e-5);
            }
        }, iter: 150);

    [Fact]
    public void Scores_DoNotDependOnTheBatchSize() =>
        Gen.Select(Problem.Any, Gen.Int[1, 30], Gen.Int[0, int.MaxValue]).Sample((problem, batchRows, seed) =>
        {
            using DisposeScope scope = torch.NewDisposeScope();
            NetworkState state = problem.State(seed);
            using Engine whole = Engine.OnCpu(problem, problem.Data.Rows), parts = Engine.OnCpu(problem, batchRows);
            whole.Network.Load(state, 3);
            parts.Network.Load(state, 3);
            Near.Rounding(whole.Network.Score(problem.Rows), parts.Network.Score(problem.Rows), 2e-6);
        }, iter: 100);

    [Fact]
    public void PaddedRows_WeighNothing() =>
        Gen.Select(Problem.Any, Gen.Int[0, int.MaxValue]).Sample((problem, seed) =>
        {
            using DisposeScope scope = torch.NewDisposeScope();
            NetworkState state = problem.State(seed);
            int rows = problem.Data.Rows;
            using Engine whole = Engine.OnCpu(problem, rows), padded = Engine.OnCpu(problem, 2 * rows);
            whole.Network.Load(state, 3);
            padded.Network.Load(state, 3);
            (double loss, double[][] gradients) = whole.Network.Gradient(problem.Rows);
            (double lossPadded, double[][] gradientsPadded) = padded.Network.Gradient([.. problem.Rows, .. Enumerable.Repeat(-1, rows)]);
            // The mean is over the batch's rows, padding included.
            Near.Rounding([.. gradients[0].Select(value => (float)value)], [.. gradientsPadded[0].Select(value => 2 * (float)value)], 5e-6);
            Assert.Equal(loss, lossPadded, 1e-4);
        }, iter: 100);

    // Two passes with a padded last batch, a cut, another pass, the columns taken out, another pass.
    private static List<float[]> Train(Engine engine, Problem problem, StepSettings step, int batchRows, int seed)
    {
        INetwork network = engine.Network;
        network.Load(problem.State(seed), step.GateDepth);
        var random = new Random(seed);
        int[] gone = step.IsGated ? [.. Enumerable.Range(0, problem.Groups.Count - 1).Where(j => random.Next(2) == 0 && !problem.Groups.IsKept(j))] : [];
        int[] kept = [.. Enumerable.Range(0, problem.Groups.Count).Except(gone)];
        Pass();
        Pass();
        network.Cut(gone, step.GateDepth);
        Pass();
        float[] scores = network.Score(problem.Rows);
        network.KeepGroups(kept, step.GateDepth);
        List<float[]> results = [scores, network.Score(problem.Rows)];
        Pass();
        GroupMeasures measures = network.Measure(step);
        NetworkState state = network.Capture();
        results.AddRange([state.Primary, state.Gates, state.GatedBias, measures.Norms, measures.GradientNorms, [(float)engine.TakeLoss()]]);
        results.AddRange(state.Dense.SelectMany(layer => (float[][])[layer.Weights, layer.Bias]));
        Assert.Equal(kept.Length, network.Groups.Count);
        return results;

        void Pass()
        {
            for (int start = 0; start < problem.Data.Rows; start += batchRows)
            {
                int[] batch = [.. Enumerable.Range(start, batchRows).Select(row => row < problem.Data.Rows ? row : -1)];
                engine.Step(batch, step);
            }
        }
    }
}
