namespace MLNet.DGating;

/// <summary>The function between two layers of the network. A model without hidden layers uses none.</summary>
public enum DGatingActivation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}
