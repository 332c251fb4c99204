using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Carries out gradient descent with momentum and coupled decay on several networks (docs/theory.md §2 and §4).</summary>
/// <remarks>
/// <see cref="FusedUpdate.Gated"/> has the equations. A closed gate needs no test here: its whole group is zero, and so are the gradients
/// that could change it.
/// </remarks>
internal sealed class BatchedDescent : IDisposable
{
    private readonly BatchedBackpropagation _networks;
    private readonly BatchedParameters _parameters;
    private readonly BatchedColumns _layout;
    private readonly StepSettings _step;
    private readonly Tensor _gatedDecay;
    private readonly Tensor _ungatedDecay;
    private readonly Tensor? _moves;

    /// <param name="networks">Computes the gradients; it views <paramref name="parameters"/>.</param>
    /// <param name="parameters">The parameters to update.</param>
    /// <param name="layout">The columns of the networks.</param>
    /// <param name="ungatedDecays">1 for the ungated parameters that decay, else 0 [1, 1, all].</param>
    /// <param name="step">The settings that all networks have in common.</param>
    public BatchedDescent(
        BatchedBackpropagation networks, BatchedParameters parameters, BatchedColumns layout, Tensor ungatedDecays,
        in StepSettings step)
    {
        _networks = networks;
        _parameters = parameters;
        _layout = layout;
        _step = step;
        using DisposeScope scope = NewDisposeScope();
        _gatedDecay = zeros_like(layout.GroupWeights).DetachFromDisposeScope();
        _ungatedDecay = ungatedDecays.mul(LiveScalar.Of(step.Decay)).DetachFromDisposeScope();
        _moves = layout.HasKept ? layout.IsKept.eq(LiveScalar.Of(0)).DetachFromDisposeScope() : null;
    }

    /// <summary>Computes what depends on the columns of the networks and on λ, before their steps.</summary>
    /// <param name="lambdas">2λ/D [networks, 1, 1].</param>
    public void Prepare(Tensor lambdas)
    {
        using DisposeScope scope = NewDisposeScope();
        // The same as StepSettings.DecayOf, for every column's group at once.
        _gatedDecay.copy_(_layout.GroupWeights.mul(lambdas).add_(_layout.IsKept, LiveScalar.Of(_step.Decay)));
        _moves?.copy_(_layout.IsKept.eq(LiveScalar.Of(0)));
    }

    /// <summary>Gives −η / (1 − μ), the factor of a velocity that is kept as a mean of gradients.</summary>
    public static double Rate(float learningRate, float momentum) => -(double)learningRate / (1 - (double)momentum);

    /// <summary>Computes w = ω γ^(D−1) [networks, columns, gated width].</summary>
    public static Tensor Effective(BatchedParameters parameters, double gateDepth) =>
        gateDepth > StepSettings.Ungated
            ? parameters.Primary.mul(GateAlgebra.Power(parameters.Gates, gateDepth - 1))
            : parameters.Primary;

    /// <summary>Carries out one step of all networks.</summary>
    /// <param name="batch">One batch of rows for each network.</param>
    /// <param name="numbers">The step sizes of the networks.</param>
    /// <param name="lossSums">The sums to which the losses of the step are added [networks].</param>
    public void Step(in DeviceBatches batch, in StepNumbers numbers, Tensor lossSums)
    {
        using DisposeScope scope = NewDisposeScope();
        if (!_step.IsGated)
        {
            (Tensor ungatedLosses, Tensor byPrimary, Tensor byRest) = _networks.Gradient(batch, _parameters.Primary);
            lossSums.add_(ungatedLosses, LiveScalar.Of(1));
            byPrimary.add_(_parameters.Primary, LiveScalar.Of(_step.Decay));
            Descend(_parameters.Primary, _parameters.PrimaryVelocity, byPrimary, numbers);
            DescendUngated(byRest, numbers);
            return;
        }

        // γ^(D−1) is γ^(D−2) γ, and both are needed.
        Tensor gates = _parameters.Gates, primary = _parameters.Primary;
        (Tensor? lower, Tensor power) = GateAlgebra.Powers(gates, _step.GateDepth);
        (Tensor losses, Tensor gradient, Tensor ungated) = _networks.Gradient(batch, primary.mul(power));
        lossSums.add_(losses, LiveScalar.Of(1));
        DescendUngated(ungated, numbers);

        Tensor slopes = _layout.SumOverGroups(gradient.mul(primary).sum(2, keepdim: true));
        GateAlgebra.ToPrimary(gradient, primary, power, _gatedDecay);
        Descend(primary, _parameters.PrimaryVelocity, gradient, numbers);

        GateAlgebra.ToGates(slopes, gates, lower, _gatedDecay);
        _ = _moves is null ? slopes : slopes.mul_(_moves);
        Tensor floor = GateAlgebra.Floor(gates);
        Descend(gates, _parameters.GateVelocity, slopes, numbers);
        gates.clamp_(min: floor);
    }

    /// <summary>Measures ‖w_j‖ and ‖∇_j L‖ of every column's group [networks, columns, 1]; see <see cref="GroupMeasures"/>.</summary>
    public (Tensor Norms, Tensor GradientNorms) Measure()
    {
        Tensor lossPart = _parameters.PrimaryVelocity.sub(_parameters.Primary.mul(_gatedDecay));
        Tensor power = GateAlgebra.Power(_parameters.Gates, _step.GateDepth - 1);
        return (Norms(Effective(_parameters, _step.GateDepth)), Norms(lossPart).div_(power));
    }

    public void Dispose()
    {
        _gatedDecay.Dispose();
        _ungatedDecay.Dispose();
        _moves?.Dispose();
    }

    private Tensor Norms(Tensor values) => _layout.SumOverGroups(values.mul(values).sum(2, keepdim: true)).sqrt();

    private void DescendUngated(Tensor gradient, in StepNumbers numbers)
    {
        gradient.addcmul_(_parameters.Ungated, _ungatedDecay, LiveScalar.Of(1));
        Descend(_parameters.Ungated, _parameters.UngatedVelocity, gradient, numbers);
    }

    private static void Descend(Tensor value, Tensor velocity, Tensor gradient, in StepNumbers numbers)
    {
        velocity.lerp_(gradient, numbers.Shares);
        value.addcmul_(velocity, numbers.Rates, LiveScalar.Of(1));
    }
}
