namespace MLNet.DGating.Torch.Devices;

/// <summary>Represents recorded operations, on the memory that they were recorded on.</summary>
internal interface IRecordedStep : IDisposable
{
    /// <summary>Carries out the operations once more.</summary>
    void Replay();
}
