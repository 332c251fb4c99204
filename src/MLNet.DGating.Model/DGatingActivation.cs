namespace MLNet.DGating;

/// <summary>Names the function of the hidden neurons. A model without hidden layers uses none.</summary>
public enum DGatingActivation
{
    /// <summary>The rectified linear unit, max(0, x).</summary>
    Relu,

    /// <summary>The hyperbolic tangent, tanh(x).</summary>
    Tanh,
}
