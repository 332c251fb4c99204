using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Benchmarks;

/// <summary>The methods of the paper's figure 4: gates on the engine's own network, and what they are compared with.</summary>
/// <remarks>
/// All but the oracle have 1,500 full-batch iterations; descents have momentum 0.9 and a step that falls from 0.05 along a cosine.
/// </remarks>
internal static class GroupLassoMethods
{
    private const int Iterations = 1500;
    private const double Step = 0.05, Momentum = 0.9;

    /// <summary>Gradient descent on F of gate depth D.</summary>
    /// <param name="problem">The rows.</param>
    /// <param name="depth">D, at least 2.</param>
    /// <param name="lambda">λ, of ½ mean squared error.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="watch">Is told the norms of the groups after every hundredth iteration; null for nobody.</param>
    public static double[] Gated(GroupLassoProblem problem, double depth, double lambda, int seed, Action<int, double[]>? watch = null)
    {
        (TrainingSet data, FeatureRows features) = problem.ForEngine();
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        var random = new RandomStream(seed, purpose: 9);
        var settings = new TrainingSettings { HiddenLayers = [], GateDepth = depth };
        using INetwork network = CpuScope.Instance.Create(new NetworkRequest(data, features, rows, rows.Length, settings, random));
        network.Load(NetworkState.Initial(settings.ShapeFor(data.Task), data.Groups, new float[1], random), depth);
        const int part = 100;
        var step = new StepSettings((float)Step, (float)Momentum, 0, lambda, depth, 0);
        int[] batches = [.. Enumerable.Repeat(rows, part).SelectMany(batch => batch)];
        for (int done = 0; done < Iterations; done += part)
        {
            network.Train(new Iteration(batches, step, [.. Enumerable.Range(done, part).Select(i => (float)StepAt(i))]));
            watch?.Invoke(done + part, GroupLassoProblem.Norms(Weights(network, data, depth)));
        }

        return Weights(network, data, depth);
    }

    /// <summary>Subgradient descent on the group lasso itself.</summary>
    public static double[] Direct(GroupLassoProblem problem, double lambda)
    {
        double[] weights = new double[GroupLassoProblem.Groups * GroupLassoProblem.GroupSize], velocity = new double[weights.Length];
        for (int i = 0; i < Iterations; i++)
        {
            double[] gradient = problem.Gradient(weights), norms = GroupLassoProblem.Norms(weights);
            for (int j = 0; j < weights.Length; j++)
            {
                double norm = norms[j / GroupLassoProblem.GroupSize];
                velocity[j] = Momentum * velocity[j] + gradient[j] + (norm > 0 ? lambda * weights[j] / norm : 0);
                weights[j] -= StepAt(i) * velocity[j];
            }
        }

        return weights;
    }

    /// <summary>Accelerated proximal gradient descent on the group lasso, restarted where momentum points uphill.</summary>
    public static double[] Proximal(GroupLassoProblem problem, double lambda)
    {
        double length = 1 / LargestEigenvalue(problem), t = 1;
        double[] weights = new double[GroupLassoProblem.Groups * GroupLassoProblem.GroupSize], ahead = weights;
        for (int i = 0; i < Iterations; i++)
        {
            double[] gradient = problem.Gradient(ahead);
            double[] next = [.. ahead.Zip(gradient, (w, g) => w - length * g)], norms = GroupLassoProblem.Norms(next);
            for (int j = 0; j < next.Length; j++)
            {
                double norm = norms[j / GroupLassoProblem.GroupSize];
                next[j] *= norm > 0 ? Math.Max(0, 1 - length * lambda / norm) : 0;
            }

            bool isUphill = ahead.Zip(next).Zip(weights, (pair, old) => (pair.First - pair.Second) * (pair.Second - old)).Sum() > 0;
            double after = isUphill ? 1 : (1 + Math.Sqrt(1 + 4 * t * t)) / 2, momentum = isUphill ? 0 : (t - 1) / after;
            ahead = [.. next.Zip(weights, (now, old) => now + momentum * (now - old))];
            (weights, t) = (next, after);
        }

        return weights;
    }

    /// <summary>Least squares on the informative groups alone, which a method cannot know.</summary>
    public static double[] Oracle(GroupLassoProblem problem)
    {
        double[] weights = new double[GroupLassoProblem.Groups * GroupLassoProblem.GroupSize];
        int known = GroupLassoProblem.Informative * GroupLassoProblem.GroupSize;
        double length = 1 / LargestEigenvalue(problem);
        for (int i = 0; i < 20 * Iterations; i++)
        {
            double[] gradient = problem.Gradient(weights);
            for (int j = 0; j < known; j++)
            {
                weights[j] -= length * gradient[j];
            }
        }

        return weights;
    }

    private static double StepAt(int iteration) => Step * 0.5 * (1 + Math.Cos(Math.PI * iteration / Iterations));

    private static double[] Weights(INetwork network, TrainingSet data, double depth) =>
        Array.ConvertAll(network.Capture().Fold(data.Groups, depth).Primary, weight => (double)weight);

    private static double LargestEigenvalue(GroupLassoProblem problem)
    {
        double[] zero = new double[GroupLassoProblem.Groups * GroupLassoProblem.GroupSize], vector = Array.ConvertAll(zero, _ => 1.0);
        double[] offset = problem.Gradient(zero);
        double norm = 1;
        for (int i = 0; i < 100; i++)
        {
            double[] product = [.. problem.Gradient(vector).Zip(offset, (a, b) => a - b)];
            norm = Math.Sqrt(product.Sum(value => value * value));
            vector = Array.ConvertAll(product, value => value / norm);
        }

        return norm;
    }
}
