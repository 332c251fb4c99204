namespace MLNet.DGating.Torch.Network;

/// <summary>Represents a network whose parameters are trained, with or without gates.</summary>
internal interface ITrainedNetwork : IDisposable
{
    /// <summary>The number of rows of a batch.</summary>
    int BatchRows { get; }

    /// <summary>Replaces the parameters and sets the velocities to zero.</summary>
    /// <param name="state">The parameters of the present groups.</param>
    /// <param name="gateDepth">D, or <see cref="StepSettings.Ungated"/>.</param>
    void Load(NetworkState state, double gateDepth);

    /// <summary>Copies the present parameters to the host.</summary>
    NetworkState Capture();

    /// <summary>Carries out steps of gradient descent on F (docs/theory.md §1), and gives the weighted sum of their losses.</summary>
    /// <remarks>The network keeps the parameters from before, on its own device, until groups are taken out of it.</remarks>
    double Train(Iteration iteration);

    /// <summary>Whether all parameters are finite.</summary>
    bool IsFinite { get; }

    /// <summary>Copies the parameters from before the last iteration to the host.</summary>
    NetworkState CaptureBefore();

    /// <summary>Sets the parameters to those from before the last iteration, and the velocities to zero.</summary>
    /// <param name="gateDepth">D, or <see cref="StepSettings.Ungated"/>.</param>
    void Revert(double gateDepth);

    /// <summary>Computes the scores of rows without noise [rows, outputs].</summary>
    float[] Score(ReadOnlySpan<int> rows);
}
