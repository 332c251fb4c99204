using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Tests.Backends;

/// <summary>All that a path does to a network, in a few steps, and everything that comes of it.</summary>
internal static class TrainingWithACut
{
    /// <summary>Two passes with a padded last batch, a cut, another pass, the columns taken out, another pass.</summary>
    /// <returns>Scores, parameters, measures and losses, part by part.</returns>
    public static List<float[]> Run(Engine engine, Problem problem, StepSettings step, int batchRows, int seed)
    {
        INetwork network = engine.Network;
        network.Load(problem.State(seed), step.GateDepth);
        var random = new Random(seed);
        int last = problem.Groups.Count - 1;
        int[] gone = step.IsGated ? [.. Enumerable.Range(0, last).Where(j => random.Next(2) == 0 && !problem.Groups.IsKept(j))] : [];
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
