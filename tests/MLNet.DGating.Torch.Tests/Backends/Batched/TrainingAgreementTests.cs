using MLNet.DGating.Torch.Network;
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
            using var wide = Engine.Batched(problem, torch.ScalarType.Float64, batchRows);
            var step = new StepSettings(0.05f, momentum, 0.01f, 0.05, depth, 0);
            List<float[]> expected = TrainingWithACut.Run(wide, problem, step, batchRows, seed);
            List<float[]> bySimd = TrainingWithACut.Run(cpu, problem, step, batchRows, seed);
            List<float[]> byTorch = TrainingWithACut.Run(single, problem, step, batchRows, seed);
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
}
