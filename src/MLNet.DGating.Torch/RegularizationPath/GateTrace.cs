using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Records the gates and primary norms of every group after every iteration.</summary>
internal sealed record GateTrace
{
    public List<GateIteration> Iterations { get; init; } = [];

    /// <summary>γ of all groups after each iteration; 0 for groups that have left.</summary>
    public List<float[]> Gates { get; init; } = [];

    /// <summary>‖ω‖ of all groups after each iteration; 0 for groups that have left.</summary>
    public List<float[]> PrimaryNorms { get; init; } = [];

    /// <summary>Adds an iteration.</summary>
    /// <param name="iteration">The iteration.</param>
    /// <param name="state">The parameters after it.</param>
    /// <param name="layout">The present layout.</param>
    /// <param name="active">The active groups, and their numbers among all.</param>
    /// <param name="groups">The number of all groups.</param>
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
