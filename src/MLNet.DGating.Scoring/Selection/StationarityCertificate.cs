namespace MLNet.DGating;

/// <summary>How near a fit at a fixed λ ended to a stationary point of L(w) + λ Σ_j s_j ‖w_j‖^(2/D) (dgating.md §5), before the refit.</summary>
/// <param name="Lambda">The λ of the fit, above 0.</param>
/// <param name="GateDepth">The gate depth D.</param>
/// <param name="ActiveResidual">The largest residual of the stationarity condition over the active groups, relative to the penalty's pull; 0 at a stationary point.</param>
/// <param name="ZeroGroupRatio">For D = 2 the largest ‖∇_j L‖ / (λ s_j) over the groups at zero: at most 1 where all of them belong there. <see cref="double.NaN"/> for other D, for which zero is always locally stationary.</param>
/// <param name="ActiveGroups">Groups not at zero.</param>
/// <param name="ZeroGroups">Groups at zero.</param>
public sealed record StationarityCertificate(double Lambda, double GateDepth, double ActiveResidual, double ZeroGroupRatio, int ActiveGroups, int ZeroGroups);
