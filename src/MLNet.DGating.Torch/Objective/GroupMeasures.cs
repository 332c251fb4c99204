namespace MLNet.DGating.Torch.Objective;

/// <summary>Where every group stands.</summary>
/// <param name="Norms">‖w_j‖.</param>
/// <param name="GradientNorms">
/// ‖∇_j L‖, from the velocity: v = Σ μ^i (Γ g + c ω), so (1 − μ) v − c ω = Γ ĝ with ĝ the mean of the last 1/(1 − μ) batch gradients.
/// It costs no pass over the data, and its sampling noise can only make it larger: a group judged by it lives longer, never shorter.
/// </param>
internal readonly record struct GroupMeasures(float[] Norms, float[] GradientNorms);
