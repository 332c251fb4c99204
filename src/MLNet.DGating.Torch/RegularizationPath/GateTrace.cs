using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Gates and primary norms of every group after every iteration; 0 once a group has left.</summary>
internal sealed class GateTrace(int groups)
{
    private readonly List<(DGatingPhase Phase, int Iteration, double Lambda)> _iterations = [];
    private readonly List<float[]> _gates = [];
    private readonly List<float[]> _primaryNorms = [];

    public IReadOnlyList<(DGatingPhase Phase, int Iteration, double Lambda)> Iterations => _iterations;

    /// <summary>γ_j of each iteration.</summary>
    public IReadOnlyList<float[]> Gates => _gates;

    /// <summary>‖ω_j‖ of each iteration.</summary>
    public IReadOnlyList<float[]> PrimaryNorms => _primaryNorms;

    public void Add(DGatingPhase phase, int iteration, double lambda, NetworkState state, GroupLayout layout, ActiveSet survivors)
    {
        float[] gates = new float[groups], norms = new float[groups];
        int width = state.GatedBias.Length;
        foreach (int position in survivors.Positions())
        {
            gates[survivors.Number(position)] = state.Gates[position];
            norms[survivors.Number(position)] = TensorPrimitives.Norm<float>(state.Primary.AsSpan(layout.Starts[position] * width, layout.Size(position) * width));
        }

        _iterations.Add((phase, iteration, lambda));
        _gates.Add(gates);
        _primaryNorms.Add(norms);
    }
}
