namespace MLNet.DGating.Torch.Resumption;

/// <summary>Represents what goes on with the same bits once its saved state is restored.</summary>
internal interface IResumable
{
    /// <summary>Writes the state, or sets it to what was written.</summary>
    void Exchange(StateExchange state);
}
