using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Network;

/// <summary>One network in training. The backends' implementations agree to float rounding.</summary>
internal interface INetwork : IDisposable
{
    NetworkShape Shape { get; }

    /// <summary>The groups whose columns are in the matrices now.</summary>
    GroupLayout Groups { get; }

    /// <summary>Rows of a batch.</summary>
    int BatchRows { get; }

    /// <summary>Takes these parameters; velocities start at zero.</summary>
    void Load(NetworkState state, double gateDepth);

    /// <summary>The present parameters.</summary>
    NetworkState Capture();

    /// <summary>Steps of gradient descent on F (docs/theory.md §1); gives the weighted sum of their losses.</summary>
    double Train(Iteration iteration);

    /// <summary>Where every group stands after the last step.</summary>
    GroupMeasures Measure(in StepSettings step);

    /// <summary>The weighted sum of losses of one batch, and the gradients of the mean over all its rows, padding included.</summary>
    /// <remarks>
    /// Without noise and penalties, by the parameters in the order of <see cref="NetworkShape.Blocks"/>. Nothing moves. The batch is padded
    /// with −1.
    /// </remarks>
    (double Loss, double[][] Gradients) Gradient(ReadOnlySpan<int> rows);

    /// <summary>Scores [rows, outputs] of these rows, without noise.</summary>
    float[] Score(ReadOnlySpan<int> rows);

    /// <summary>Sets these groups to exact zero, which is for ever.</summary>
    void Cut(ReadOnlySpan<int> groups, double gateDepth);

    /// <summary>Takes every other group out of the design matrix; all later work costs that much less.</summary>
    void KeepGroups(ReadOnlySpan<int> kept, double gateDepth);
}
