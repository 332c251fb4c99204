namespace MLNet.DGating.Torch.Objective;

/// <summary>Holds the norms of the weights and gradients of every group, by which groups are cut (docs/theory.md §6).</summary>
/// <remarks>
/// The gradient norm follows from the velocity: v = Σ μ^i (Γ g + c ω), so (1 − μ) v − c ω = Γ ĝ, where ĝ is the mean of about the last
/// 1/(1 − μ) batch gradients. It needs no pass over the data. Sampling noise makes it larger on average, so that a group tends to stay
/// longer, not shorter.
/// </remarks>
/// <param name="Norms">‖w_j‖ of each group.</param>
/// <param name="GradientNorms">‖∇_j L‖ of each group.</param>
internal readonly record struct GroupMeasures(float[] Norms, float[] GradientNorms);
