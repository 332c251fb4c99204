using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Carries out one iteration of several networks at once.</summary>
/// <remarks>
/// The order of rows and the step sizes go to the device before the iteration; losses, measures and parameters come back after it, each in
/// one transfer. In between the host only launches operations. The parameters of the networks are copied into one stack for an iteration
/// and taken apart again. So no state has to be kept in order between iterations: a network may have ended, have lost columns or have been
/// set back in the meantime. Every network has columns of its own, and the stack is as wide as the widest network: paths that keep
/// different groups would otherwise have to hold each other's columns.
/// </remarks>
internal static class BatchedIteration
{
    /// <summary>The most feature values that are gathered at once; steps that fit are gathered together, with fewer calls.</summary>
    private const int GatheredElements = 1 << 24;

    /// <summary>Trains the networks of a batch for one iteration.</summary>
    /// <param name="batch">Iterations of one <see cref="PendingIteration.BatchKey"/>, at least one.</param>
    /// <param name="noiseTable">Gives the noise table, which is created when it is first needed.</param>
    public static void Run(IReadOnlyList<PendingIteration> batch, Func<Tensor> noiseTable)
    {
        // Networks with more steps come first, so that those that still have a step are at the front.
        PendingIteration[] ordered = [.. batch.OrderByDescending(pending => pending.Iteration.Steps)];
        BatchedNetwork[] networks = Array.ConvertAll(ordered, pending => pending.Network);
        BatchedNetwork first = networks[0];
        StepSettings step = ordered[0].Iteration.Step;
        using DisposeScope scope = NewDisposeScope();
        var parameters = BatchedParameters.Stack(Array.ConvertAll(networks, network => network.Parameters));
        var layout = BatchedColumns.Stack(Array.ConvertAll(networks, network => network.Columns));
        var plan = new IterationPlan(ordered, first.Rows, first.Type, first.Device);
        Tensor lossSums = zeros(networks.Length, ScalarType.Float64, first.Device);
        bool isNoisy = ordered.Any(pending => pending.Iteration.Step.InputNoise > 0);
        Tensor? deviations = isNoisy ? plan.InputNoises.mul(layout.IsPresent) : null;
        for (int start = 0; start < ordered[0].Iteration.Steps;)
        {
            int count = ordered.Count(pending => pending.Iteration.Steps > start);
            int end = ordered[count - 1].Iteration.Steps;
            Tensor sums = lossSums.narrow(0, 0, count);
            BatchedDescent descent = Descent(parameters.First(count), layout.First(count), plan.Lambdas.narrow(0, 0, count));
            int stepsAtOnce = (int)Math.Max(1, GatheredElements / ((long)count * plan.BatchRows * layout.Count));
            for (; start < end; start += stepsAtOnce)
            {
                using DisposeScope gathered = NewDisposeScope();
                int steps = Math.Min(stepsAtOnce, end - start);
                DeviceBatches batches = first.Rows.Gather(
                    plan.Order(start, steps, count), layout.First(count), plan.WeightScales.narrow(0, 0, count));
                if (deviations is not null)
                {
                    Tensor noise = plan.Noise(noiseTable(), layout, start, steps, count);
                    batches.Features.addcmul_(noise, deviations.narrow(0, 0, count), LiveScalar.Of(1));
                }

                for (int i = 0; i < steps; i++)
                {
                    using DisposeScope ofStep = NewDisposeScope();
                    descent.Step(batches.Step(i), plan.Rates(start + i, count), sums);
                }
            }

            start = end;
        }

        BatchedDescent all = Descent(parameters, layout, plan.Lambdas);
        IterationResult[] results = IterationReadback.Of(networks, parameters, all, lossSums);
        for (int i = 0; i < networks.Length; i++)
        {
            networks[i].Accept(parameters.Of(i, networks[i].Columns.Count), results[i]);
        }

        BatchedDescent Descent(BatchedParameters trained, BatchedColumns columns, Tensor lambdas) => new(
            new BatchedBackpropagation(first.Shape, first.Task.Loss, trained.Ungated, columns.SkipFactors), trained, columns,
            first.UngatedDecays, lambdas, step);
    }
}
