using System.Diagnostics.CodeAnalysis;

namespace MLNet.DGating.Torch.ModelSelection.Checkpoints;

/// <summary>Holds the logs of a run's networks, in the order in which the run makes them.</summary>
/// <param name="checkpoint">Saves the logs.</param>
/// <param name="past">What an earlier process has left of the run's networks.</param>
internal sealed class LoggedRun(FitCheckpoint checkpoint, IReadOnlyList<SavedNetwork?> past)
{
    private readonly Lock _lock = new();
    private readonly List<NetworkLog> _networks = [];

    /// <summary>The time between two saved states of a network.</summary>
    public TimeSpan Interval => checkpoint.Interval;

    /// <summary>What is to be saved of the networks: at least what an earlier process has left.</summary>
    public SavedNetwork?[] Saved
    {
        get
        {
            lock (_lock)
            {
                return [.. _networks.Select(network => network.Saved), .. past.Skip(_networks.Count)];
            }
        }
    }

    /// <summary>Creates the log of the next network.</summary>
    public NetworkLog NextNetwork()
    {
        GoOn();
        lock (_lock)
        {
            _networks.Add(NetworkLog.After(past.ElementAtOrDefault(_networks.Count), reason => Refuse(reason)));
            return _networks[^1];
        }
    }

    /// <summary>Notes that the run goes on, so that a network which has ended was not ended by an exception.</summary>
    public void GoOn()
    {
        lock (_lock)
        {
            _networks.ForEach(network => network.GoOn());
        }
    }

    /// <summary>Writes the checkpoint if that is due.</summary>
    public void Write() => checkpoint.WriteIfDue();

    /// <summary>Throws the error of a checkpoint that does not fit the run.</summary>
    [DoesNotReturn]
    public void Refuse(string reason) => checkpoint.Refuse(reason);
}
