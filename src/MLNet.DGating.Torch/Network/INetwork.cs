using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Network;

/// <summary>Represents a network in training. The implementations of the backends agree to rounding.</summary>
internal interface INetwork : ITrainedNetwork
{
    NetworkShape Shape { get; }

    /// <summary>The groups whose columns are in the matrices at present.</summary>
    GroupLayout Groups { get; }

    /// <summary>Measures every group after the last step, which had these settings.</summary>
    GroupMeasures Measure(in StepSettings step);

    /// <summary>Computes the weighted sum of losses of one batch, and the gradients of the mean over all its rows.</summary>
    /// <remarks>
    /// Padding counts among the rows of the mean. There is no noise and no penalty, and no parameter changes. The order of the gradients is
    /// that of <see cref="NetworkShape.Blocks"/>.
    /// </remarks>
    /// <param name="rows">The row numbers of the batch, padded with −1.</param>
    (double Loss, double[][] Gradients) Gradient(ReadOnlySpan<int> rows);

    /// <summary>Sets these groups to exactly zero, permanently.</summary>
    void Cut(ReadOnlySpan<int> groups, double gateDepth);

    /// <summary>Removes every other group from the matrices, which makes all later work cheaper.</summary>
    void KeepGroups(ReadOnlySpan<int> kept, double gateDepth);
}
