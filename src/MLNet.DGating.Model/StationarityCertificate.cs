using System.Globalization;

namespace MLNet.DGating;

/// <summary>Tells how near a fit at a fixed λ ended to a stationary point, before the refit (docs/theory.md §5).</summary>
/// <remarks>
/// The function is L(w) + λ Σ_j s_j ‖w_j‖^(2/D). Its gradient is taken over all training rows and for all features: those that left the
/// path early too. Constant features are never trained on and have no part in it, nor have features that stay whatever happens.
/// <see cref="ToString"/> gives the meaning of the numbers in a sentence. With D = 2 and no hidden layers a stationary point is the global
/// optimum, the group lasso; otherwise it is a local one. Where a network has Relu neurons the gradient jumps from one side of a kink to
/// the other, so that the residual seldom falls below some tenths; with <see cref="DGatingActivation.Tanh"/>, or without hidden layers,
/// it does.
/// </remarks>
public sealed record StationarityCertificate
{
    private const double Tolerance = 1e-3;

    /// <summary>The λ of the fit, above 0.</summary>
    public required double Lambda { get; init; }

    /// <summary>The gate depth D.</summary>
    public required double GateDepth { get; init; }

    /// <summary>The largest residual over the active groups, relative to the penalty's pull; 0 at a stationary point.</summary>
    public required double ActiveResidual { get; init; }

    /// <summary>For D = 2 the largest ‖∇_j L‖ / (λ s_j) over the groups at zero: at most 1 where all of them belong there.</summary>
    /// <value><see cref="double.NaN"/> for other D, for which zero is always locally stationary.</value>
    public required double ZeroGroupRatio { get; init; }

    /// <summary>Groups not at zero.</summary>
    public required int ActiveGroups { get; init; }

    /// <summary>Groups at zero.</summary>
    public required int ZeroGroups { get; init; }

    /// <summary>Whether this is a stationary point, to a thousandth of the penalty's pull.</summary>
    public bool IsStationary => ActiveResidual <= Tolerance && !(ZeroGroupRatio > 1 + Tolerance);

    /// <summary>What the certificate means, in one sentence.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(IsStationary ? "Certified" : "Not certified")} as stationary at λ = {Lambda:g4}, D = {GateDepth:g4}, before the refit: "
        + $"{Active()}{Zero()}.");

    private string Active() => ActiveGroups == 0
        ? "no feature is left"
        : string.Create(CultureInfo.InvariantCulture,
            $"on the {Features(ActiveGroups)} kept, loss and penalty cancel to {ActiveResidual:g2} of the penalty's pull");

    private string Zero() => ZeroGroups == 0 || double.IsNaN(ZeroGroupRatio)
        ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $", and on the {Features(ZeroGroups)} at zero the loss pulls at most {ZeroGroupRatio:g4} times as hard as the penalty")
            + (ZeroGroupRatio > 1 + Tolerance ? ", so that one of them should be in" : ", so that they belong there");

    private static string Features(int count) => count == 1 ? "1 feature" : $"{count} features";
}
