using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Devices;

/// <summary>Records steps on a device, and gives that up with one message after the first fault.</summary>
/// <param name="device">Records operations.</param>
/// <param name="warn">Receives the message.</param>
internal sealed class StepRecorder(IStepCapture device, Action<string> warn)
{
    /// <summary>Whether a recording has failed, after which none is tried again.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Begins a turn of operations on the device that may be recorded; disposing it waits for them.</summary>
    public IDisposable Enter() => device.Enter();

    /// <summary>Records a step without carrying it out; gives null where that fails.</summary>
    public IRecordedStep? Record(Action step)
    {
        try
        {
            return device.Capture(step);
        }
        catch (Exception error) when (error is ExternalException or InvalidOperationException)
        {
            HasFailed = true;
            warn($"Steps could not be recorded on the device and are launched one by one, which is slower: {error.Message}");
            return null;
        }
    }
}
