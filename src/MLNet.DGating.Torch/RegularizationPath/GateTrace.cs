using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Gates and primary norms of every group after every iteration; 0 once a group has left.</summary>
internal sealed record GateTrace
{
    public List<GateIteration> Iterations { get; init; } = [];

    /// <summary>γ_j of each iteration.</summary>
    public List<float[]> Gates { get; init; } = [];

    /// <summary>‖ω_j‖ of each iteration.</summary>
    public List<float[]> PrimaryNorms { get; init; } = [];

    /// <summary>Adds an iteration.</summary>
    /// <param name="iteration">Which one.</param>
    /// <param name="state">The parameters after it.</param>
    /// <param name="layout">The present layout.</param>
    /// <param name="active">The groups still in, and their numbers among all.</param>
    /// <param name="groups">All groups there were at first.</param>
    public void Add(GateIteration iteration, NetworkState state, GroupLayout layout, ActiveSet active, int groups)
    {
        float[] gates = new float[groups], norms = new float[groups];
        int width = state.GatedBias.Length;
        foreach (int position in active.Positions())
        {
            gates[active.Number(position)] = state.Gates[position];
            norms[active.Number(position)] =
                TensorPrimitives.Norm<float>(state.Primary.AsSpan(layout.Starts[position] * width, layout.Size(position) * width));
        }

        Iterations.Add(iteration);
        Gates.Add(gates);
        PrimaryNorms.Add(norms);
    }
}
