using System.Globalization;

namespace MLNet.DGating;

/// <summary>Measures how near a fit at a fixed λ is to a stationary point of the penalized loss, before the refit.</summary>
/// <remarks>
/// The penalized loss is L(w) + λ Σ_j s_j ‖w_j‖^(2/D) (docs/theory.md §5). Its gradient is computed over all training rows and for all
/// features, including those that left the path early. Constant features and features that always stay have no part in it.
/// <see cref="ToString"/> explains the numbers in a sentence. With D = 2 and no hidden layers a stationary point is the global optimum, the
/// group lasso; otherwise it is a local one. In a network with ReLU neurons the gradient is discontinuous, and the residual seldom falls
/// below some tenths. It does with <see cref="DGatingActivation.Tanh"/>, or without hidden layers.
/// </remarks>
public sealed record StationarityCertificate
{
    private const double Tolerance = 1e-3;

    /// <summary>The λ of the fit, above 0.</summary>
    public required double Lambda { get; init; }

    /// <summary>The gate depth D.</summary>
    public required double GateDepth { get; init; }

    /// <summary>The largest gradient norm over the active groups, relative to the penalty's pull; 0 at a stationary point.</summary>
    public required double ActiveResidual { get; init; }

    /// <summary>The largest ‖∇_j L‖ / (λ s_j) over the groups at zero; at a stationary point it is at most 1.</summary>
    /// <value><see cref="double.NaN"/> for D other than 2, where zero is always locally stationary.</value>
    public required double ZeroGroupRatio { get; init; }

    /// <summary>The number of groups that are not at zero.</summary>
    public required int ActiveGroups { get; init; }

    /// <summary>The number of groups at zero.</summary>
    public required int ZeroGroups { get; init; }

    /// <summary>Whether this is a stationary point, to a thousandth of the penalty's pull.</summary>
    public bool IsStationary => ActiveResidual <= Tolerance && !(ZeroGroupRatio > 1 + Tolerance);

    /// <summary>Explains the certificate in one sentence.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(IsStationary ? "Certified" : "Not certified")} as stationary at λ = {Lambda:g4}, D = {GateDepth:g4}, " +
        $"before the refit: {Active()}{Zero()}.");

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
