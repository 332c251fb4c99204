namespace MLNet.DGating.Torch.Objective;

/// <summary>Computes powers of gates.</summary>
internal static class GatePower
{
    /// <summary>Computes γ^e, by multiplication where e is a small integer, as it is for an integer D.</summary>
    /// <param name="gate">γ, at least 0.</param>
    /// <param name="exponent">e, at least 0.</param>
    public static float Of(float gate, double exponent)
    {
        switch (exponent)
        {
            case 0: return 1;
            case 1: return gate;
            case 2: return gate * gate;
            case 3: return gate * gate * gate;
            default: return (float)Math.Pow(gate, exponent);
        }
    }
}
