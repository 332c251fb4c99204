namespace MLNet.DGating.Tool.Models;

/// <summary>Two features of which an additive model has a function beside their curves.</summary>
/// <param name="First">The name of the first feature.</param>
/// <param name="Second">The name of the second feature.</param>
/// <param name="Strength">The deviation of what the function adds to the score over the training rows.</param>
internal sealed record ModelPair(string First, string Second, double Strength);
