using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>One iteration of several members at once.</summary>
/// <remarks>
/// The order of rows and the step sizes go to the device before it, losses, measures and parameters come back after it, in one piece each;
/// in between the host only launches. Members are put side by side for an iteration and taken apart again, which costs a copy on the device
/// of what every step reads several times. So nothing has to be kept in order between iterations: whoever is there takes part, with as many
/// columns as it has at the moment, and one that is gone, has lost columns or was set back leaves no trace. A member's columns are its own,
/// the stack is as wide as the widest: paths that differ in what they keep would have to carry each other's columns if they shared them.
/// </remarks>
internal static class BatchedIteration
{
    /// <summary>
    /// Numbers of features gathered at once: steps are prepared together as far as they fit, and each costs that much fewer calls.
    /// </summary>
    private const int GatheredElements = 1 << 24;

    /// <param name="batch">Of one <see cref="PendingIteration.BatchKey"/>.</param>
    /// <param name="noiseTable">Made when first needed.</param>
    public static void Run(IReadOnlyList<PendingIteration> batch, Func<Tensor> noiseTable)
    {
        // Those with the most steps first: whoever still has one is at the front.
        PendingIteration[] members = [.. batch.OrderByDescending(pending => pending.Iteration.Steps)];
        BatchedNetwork first = members[0].Network;
        StepSettings step = members[0].Iteration.Step;
        using DisposeScope scope = NewDisposeScope();
        var parameters = BatchedParameters.Stack(Array.ConvertAll(members, pending => pending.Network.Parameters));
        var layout = BatchedColumns.Stack(Array.ConvertAll(members, pending => pending.Network.Columns));
        var plan = new IterationPlan(members, first.Rows, first.Type, first.Device);
        Tensor lossSums = zeros(members.Length, ScalarType.Float64, first.Device);
        Tensor? deviations = members.Any(pending => pending.Iteration.Step.InputNoise > 0) ? plan.InputNoises.mul(layout.IsPresent) : null;
        for (int start = 0; start < members[0].Iteration.Steps;)
        {
            int count = members.Count(pending => pending.Iteration.Steps > start);
            int end = members[count - 1].Iteration.Steps;
            Tensor sums = lossSums.narrow(0, 0, count);
            BatchedDescent descent = Descent(parameters.First(count), layout.First(count), plan.Lambdas.narrow(0, 0, count));
            int stepsAtOnce = (int)Math.Max(1, GatheredElements / ((long)count * plan.BatchRows * layout.Count));
            for (; start < end; start += stepsAtOnce)
            {
                using DisposeScope gathered = NewDisposeScope();
                int steps = Math.Min(stepsAtOnce, end - start);
                DeviceBatches batches = first.Rows.Gather(plan.Order(start, steps, count), layout.First(count), plan.WeightScales.narrow(0, 0, count));
                if (deviations is not null)
                {
                    batches.Features.addcmul_(plan.Noise(noiseTable(), layout, start, steps, count), deviations.narrow(0, 0, count), LiveScalar.Of(1));
                }

                for (int i = 0; i < steps; i++)
                {
                    using DisposeScope ofStep = NewDisposeScope();
                    descent.Step(batches.Step(i), plan.Rates(start + i, count), sums);
                }
            }

            start = end;
        }

        IterationResult[] results = IterationReadback.Of(Array.ConvertAll(members, pending => pending.Network), parameters, Descent(parameters, layout, plan.Lambdas), lossSums);
        for (int m = 0; m < members.Length; m++)
        {
            members[m].Network.Accept(parameters.Of(m, members[m].Network.Columns.Count), results[m]);
        }

        BatchedDescent Descent(BatchedParameters moving, BatchedColumns of, Tensor lambdas) => new(
            new BatchedBackpropagation(first.Shape, first.Task.Loss, moving.Ungated), moving, of, first.UngatedDecays, lambdas, step);
    }
}
