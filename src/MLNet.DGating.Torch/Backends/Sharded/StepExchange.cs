namespace MLNet.DGating.Torch.Backends.Sharded;

/// <summary>Decides what ranks exchange: gradients in every step, or parameters after every iteration.</summary>
internal static class StepExchange
{
    /// <summary>Tells whether gradients are summed in every step; else parameters are averaged after every iteration.</summary>
    /// <remarks>It depends on sizes alone, which all ranks know, and not on the time that anything takes.</remarks>
    public static bool SumsGradients(NetworkRequest request) => request.BatchRows > 0;
}
