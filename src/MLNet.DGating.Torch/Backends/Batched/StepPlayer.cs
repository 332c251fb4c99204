using MLNet.DGating.Torch.Devices;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Carries out the steps of a stack one after the other, as a recording where there is one.</summary>
/// <remarks>
/// A recording costs a few steps, so it is made when a shape comes for the second time. The step before it makes the device's libraries
/// ready, which must not happen while operations are recorded.
/// </remarks>
/// <param name="step">Carries out the next step.</param>
/// <param name="recorder">Records the step; null where the device has no recordings.</param>
internal sealed class StepPlayer(Action step, StepRecorder? recorder) : IDisposable
{
    private IRecordedStep? _recording;
    private bool _hasPlayed;

    /// <summary>Carries out so many steps.</summary>
    public void Play(int steps)
    {
        using IDisposable? turn = recorder?.Enter();
        int done = 0;
        if (_hasPlayed && _recording is null && recorder is { HasFailed: false } && steps > 1)
        {
            step();
            done = 1;
            _recording = recorder.Record(step);
        }

        Action next = _recording is null ? step : _recording.Replay;
        for (; done < steps; done++)
        {
            next();
        }

        _hasPlayed = true;
    }

    public void Dispose() => _recording?.Dispose();
}
