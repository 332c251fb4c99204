namespace MLNet.DGating.Torch.Devices;

/// <summary>Records operations of a device.</summary>
internal interface IStepCapture
{
    /// <summary>Begins a turn: the operations of this thread can be recorded until it is disposed.</summary>
    /// <remarks>The device has finished everything before the turn begins, and after it has ended.</remarks>
    IDisposable Enter();

    /// <summary>Records the operations of a step instead of carrying them out.</summary>
    /// <exception cref="InvalidOperationException">The device refuses the recording, which leaves nothing behind.</exception>
    IRecordedStep Capture(Action step);
}
