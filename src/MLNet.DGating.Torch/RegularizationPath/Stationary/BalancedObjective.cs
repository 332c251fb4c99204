using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.RegularizationPath.Stationary;

/// <summary>Computes the penalized objective and its gradient for balanced gates (docs/theory.md §3, §10).</summary>
/// <remarks>
/// Gradient flow takes gates to balance, where γ_j = ‖ω_j‖ needs no variable of its own. Then w_j = ω_j ‖ω_j‖^(D−1), and
/// P = L + λ Σ_j s_j ‖w_j‖^(2/D) + ½ L2 ‖v‖² is L + λ Σ_j s_j ‖ω_j‖² + ½ L2 ‖v‖², which is smooth in ω and v at any D, except for the
/// network's activation. As with gates, a group at zero stays there. A group without penalty (s_j = 0) counts among the other weights v.
/// </remarks>
/// <param name="network">The network; its parameters are overwritten.</param>
/// <param name="rows">The numbers of the rows of L.</param>
/// <param name="step">λ, D and L2.</param>
internal sealed class BalancedObjective(INetwork network, int[] rows, StepSettings step)
{
    private readonly FullGradient _loss = new(network, rows);
    private readonly IReadOnlyList<ParameterBlock> _blocks = network.Shape.Blocks(network.Groups.Columns);

    /// <summary>The loss L of the last evaluation.</summary>
    public double Loss { get; private set; }

    /// <summary>The weights w of the last evaluation [columns, width].</summary>
    public double[] Weights { get; private set; } = [];

    /// <summary>The gradient ∂L/∂w of the last evaluation [columns, width].</summary>
    public double[] WeightGradient { get; private set; } = [];

    private GroupLayout Groups => network.Groups;

    private int Width => network.Shape.GatedWidth;

    /// <summary>Gives ω and v of a folded network as one vector.</summary>
    public double[] Coordinates(NetworkState folded)
    {
        double[] x = [.. folded.Ungated().Prepend(folded.Primary).SelectMany(block => block)];
        ScaleGroups(x, depth => 1 / depth - 1);
        return x;
    }

    /// <summary>Gives the folded network of such a vector.</summary>
    public NetworkState State(double[] x)
    {
        float[] ungated = Array.ConvertAll(x[_blocks[0].Size..], value => (float)value);
        return NetworkState.FromUngated(network.Shape, Array.ConvertAll(WeightsOf(x), value => (float)value), Groups.OpenGates(), ungated);
    }

    /// <summary>Computes the objective and its gradient.</summary>
    public (double Value, double[] Gradient) Evaluate(double[] x)
    {
        network.Load(State(x), StepSettings.Ungated);
        (Loss, double[][] gradients) = _loss.Compute();
        (Weights, WeightGradient) = (WeightsOf(x), gradients[0]);
        double value = Loss;
        double[] gradient = [.. gradients.SelectMany(part => part)];
        for (int j = 0; j < Groups.Count; j++)
        {
            // The gradient by ω is ‖ω‖^(D−1) (g + (D − 1) ⟨g, ω⟩ ω / ‖ω‖²).
            ReadOnlySpan<double> primary = Groups.Block(x, Width, j);
            Span<double> slope = Groups.Block(gradient, Width, j);
            double depth = Depth(j), squares = TensorPrimitives.SumOfSquares(primary), product = Math.Pow(squares, (depth - 1) / 2);
            double along = squares > 0 ? (depth - 1) * TensorPrimitives.Dot<double>(slope, primary) / squares : 0;
            TensorPrimitives.MultiplyAdd(primary, along, slope, slope);
            TensorPrimitives.Multiply(slope, product, slope);
            value += AddDecay(primary, slope, depth == 1 ? step.Decay : 2 * step.Lambda * Groups.Weights[j]);
        }

        int at = 0;
        foreach (ParameterBlock block in _blocks)
        {
            if (block.Decays)
            {
                value += AddDecay(x.AsSpan(at, block.Size), gradient.AsSpan(at, block.Size), step.Decay);
            }

            at += block.Size;
        }

        return (value, gradient);
    }

    private double Depth(int group) => Groups.Weights[group] == 0 ? 1 : step.GateDepth;

    private double[] WeightsOf(double[] x)
    {
        double[] weights = x[.._blocks[0].Size];
        ScaleGroups(weights, depth => depth - 1);
        return weights;
    }

    // Multiplies every group by a power of its own norm.
    private void ScaleGroups(double[] matrix, Func<double, double> exponentOfDepth)
    {
        for (int j = 0; j < Groups.Count; j++)
        {
            Span<double> block = Groups.Block(matrix, Width, j);
            double norm = TensorPrimitives.Norm<double>(block);
            TensorPrimitives.Multiply(block, norm > 0 ? Math.Pow(norm, exponentOfDepth(Depth(j))) : 0, block);
        }
    }

    private static double AddDecay(ReadOnlySpan<double> x, Span<double> gradient, double decay)
    {
        TensorPrimitives.MultiplyAdd(x, decay, gradient, gradient);
        return 0.5 * decay * TensorPrimitives.SumOfSquares(x);
    }
}
