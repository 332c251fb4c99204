using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Checkpoints;

/// <summary>Keeps in a file what fits have done so far, so that a later process goes on from there with the same bits.</summary>
/// <remarks>
/// A run's result follows from its description and the rows. So the results of runs that have ended are kept, and of runs that were begun
/// what their networks have answered and the state of the network in training (<see cref="NetworkLog"/>). Everything else is done again.
/// </remarks>
internal sealed class FitCheckpoint
{
    /// <summary>The most of the time that is spent on writing.</summary>
    private const double LargestShare = 0.05;

    // Who asks for less wants every iteration.
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly long _largest;
    private readonly CheckpointContent _past;
    private readonly List<FitFingerprint> _fits = [];
    private readonly EndedRuns _ended;
    private readonly Dictionary<string, LoggedRun> _running = [];
    private long _lastWritten = Stopwatch.GetTimestamp();
    private TimeSpan _pause;
    private Action<string>? _warn;
    private bool _isGoingOn, _isReplaced, _isFull;

    /// <param name="path">The file, which is read if it is there.</param>
    /// <param name="interval">The time between two states that are saved, at least 0.</param>
    /// <param name="isShared">Whether several fits are a part of one work, at the end of which the file is deleted.</param>
    /// <param name="goesOn">Whether the file is gone on from where it is there; else it is replaced.</param>
    /// <param name="largest">The most bytes of results and networks that are kept; what would be more is done again.</param>
    /// <exception cref="InvalidOperationException">The file is damaged.</exception>
    /// <exception cref="ArgumentException">The path is that of a folder or of a device.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public FitCheckpoint(string path, TimeSpan interval, bool isShared = false, bool goesOn = true, long largest = long.MaxValue)
    {
        AtomicFile.Check(path);
        _path = path;
        _largest = largest;
        Interval = _pause = interval;
        IsShared = isShared;
        _isGoingOn = goesOn && File.Exists(path);
        _isReplaced = !_isGoingOn;
        _past = _isGoingOn ? OrRefuse(() => CheckpointContent.Read(path)) : new CheckpointContent();
        _ended = new EndedRuns(ResultsPath, _past.Ended);
    }

    /// <summary>The time between two states of a network that are saved.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Whether several fits are a part of one work, at the end of which the file is deleted.</summary>
    public bool IsShared { get; }

    // The results of runs are beside what is replaced again and again.
    private string ResultsPath => _path + ".runs";

    /// <summary>Begins the next executor of a fit.</summary>
    /// <param name="data">Its rows.</param>
    /// <param name="settings">The settings of the fit.</param>
    /// <param name="execution">Where its runs are carried out.</param>
    /// <param name="options">What tells the options of the fit from others.</param>
    /// <param name="context">Takes messages.</param>
    /// <exception cref="InvalidOperationException">The file is that of another fit.</exception>
    public CheckpointedRuns Begin(
        TrainingSet data, FitSettings settings, ExecutionSettings execution, string options, RunContext context)
    {
        var fit = FitFingerprint.Of(data, settings, execution, options);
        lock (_lock)
        {
            _warn = context.Warn;
            if (_isGoingOn)
            {
                // Later fits of the same work may not have been reached.
                _isGoingOn = false;
                GoOn(fit, context);
            }

            _fits.Add(fit);
            return new CheckpointedRuns(this, $"{_fits.Count}:{PlainData.Hash(fit)}");
        }
    }

    /// <summary>Gives the result of a run that has ended; null for another.</summary>
    public byte[]? ResultOf(string key)
    {
        lock (_lock)
        {
            return OrRefuse(() => _ended.Find(key));
        }
    }

    /// <summary>Begins a run, or goes on with it; null where the same run is carried out at this moment.</summary>
    public LoggedRun? BeginRun(string key)
    {
        lock (_lock)
        {
            var run = new LoggedRun(this, _past.Begun.GetValueOrDefault(key) ?? []);
            return _running.TryAdd(key, run) ? run : null;
        }
    }

    /// <summary>Ends a run.</summary>
    /// <param name="key">The run.</param>
    /// <param name="result">Its result; null where it was cancelled, so that its networks are still to be saved.</param>
    public void EndRun(string key, byte[]? result)
    {
        lock (_lock)
        {
            if (result is not null)
            {
                _past.Begun.Remove(key);
                if (HasRoom(_ended.Bytes + result.Length))
                {
                    _ended.Add(key, result);
                }
            }
            else
            {
                _past.Begun[key] = _running[key].Saved;
            }

            _running.Remove(key);
        }

        WriteIfDue();
    }

    /// <summary>Writes the file if that is due. Where it cannot be written, the fit goes on and its user is warned.</summary>
    public void WriteIfDue()
    {
        lock (_lock)
        {
            if (Stopwatch.GetElapsedTime(_lastWritten) >= _pause)
            {
                Write();
            }
        }
    }

    /// <summary>Writes the file at the end of a fit that was stopped, if it is there or has become due.</summary>
    public void Keep()
    {
        lock (_lock)
        {
            if (File.Exists(_path) || Stopwatch.GetElapsedTime(_lastWritten) >= _pause)
            {
                Write();
            }
        }
    }

    /// <summary>Deletes the file: what it was for has ended.</summary>
    public void Delete()
    {
        lock (_lock)
        {
            File.Delete(_path);
            File.Delete(ResultsPath);
        }
    }

    /// <summary>Throws the error of a file that cannot be gone on from.</summary>
    [DoesNotReturn]
    public void Refuse(string reason) => throw new InvalidOperationException(
        $"The checkpoint '{_path}' cannot be gone on from: {reason}. Delete it to begin anew.");

    private void GoOn(FitFingerprint fit, RunContext context)
    {
        FitFingerprint? same = _past.Fits.Find(other => fit.DifferenceFrom(other) is null);
        if (same is null)
        {
            Refuse(_past.Fits is [FitFingerprint other, ..] ? fit.DifferenceFrom(other)! : "it has no fit");
        }

        if (same.Processor != fit.Processor)
        {
            context.Warn(
                $"The checkpoint was written on another kind of processor ({same.Processor}) than this one ({fit.Processor}): "
                + "the last digits of results depend on where a run was carried out.");
        }

        context.Inform(
            $"Going on from the checkpoint '{_path}': {_past.Ended.Count} runs had ended, {_past.Begun.Count} had begun.");
    }

    private void Write()
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            if (_isReplaced)
            {
                // Its results are replaced first.
                File.Delete(_path);
            }

            _ended.Write();
            Content().Write(_path);
            _isReplaced = false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException || AtomicFile.IsTooLarge(fault))
        {
            _warn?.Invoke(
                $"The checkpoint '{_path}' cannot be written, so that a fit which is killed now begins anew: {fault.Message}");
            _warn = null;
        }

        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        _pause = Interval >= s_shortest && taken / LargestShare > Interval ? taken / LargestShare : Interval;
        _lastWritten = Stopwatch.GetTimestamp();
    }

    private CheckpointContent Content()
    {
        var all = new CheckpointContent
        {
            Fits = _fits.Count > _past.Fits.Count ? _fits : _past.Fits,
            Ended = new Dictionary<string, EndedRun>(_ended.Index),
        };
        foreach ((string key, SavedNetwork?[] networks) in _past.Begun)
        {
            all.Begun[key] = networks;
        }

        foreach ((string key, LoggedRun run) in _running)
        {
            all.Begun[key] = run.Saved;
        }

        // Results come first: a network is only needed until its run has one.
        long bytes = _ended.Bytes;
        foreach ((string key, SavedNetwork?[] networks) in all.Begun.ToArray())
        {
            long more = networks.Sum(network => network?.Bytes ?? 0);
            if (HasRoom(bytes + more))
            {
                bytes += more;
            }
            else
            {
                all.Begun.Remove(key);
            }
        }

        return all;
    }

    // A run that is not kept begins anew, whatever else is.
    private bool HasRoom(long bytes)
    {
        if (bytes > _largest && !_isFull)
        {
            _isFull = true;
            _warn?.Invoke(
                $"The checkpoint '{_path}' would have more than {_largest >> 20} MB: what is beyond is not kept, and done again by "
                + "a fit that goes on.");
        }

        return bytes <= _largest;
    }

    private T OrRefuse<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is FormatException or IOException)
        {
            Refuse(fault.Message);
            throw;
        }
    }
}
