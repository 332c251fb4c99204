namespace MLNet.DGating.Modules.Layers;

/// <summary>Names an axis of a parameter or buffer of a layer, along which channels lie.</summary>
/// <param name="Layer">The name of the layer in the module.</param>
/// <param name="Tensor">The name of the parameter or buffer in the layer.</param>
/// <param name="Axis">The axis.</param>
internal sealed record Slices(string Layer, string Tensor, int Axis);
