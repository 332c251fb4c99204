namespace MLNet.DGating.Torch.Objective;

/// <summary>γ^e for γ ≥ 0 and real e ≥ 0: by multiplication where e is a small integer, as it is for integer D.</summary>
internal static class GatePower
{
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
