namespace MLNet.DGating.Modules.Reports;

/// <summary>Holds the operations of a layer for one input of the network.</summary>
/// <param name="Layer">The name of the layer.</param>
/// <param name="Flops">Floating-point operations, two for a product and a sum.</param>
internal sealed record LayerCost(string Layer, double Flops);
