namespace MLNet.DGating.Torch.Progress;

/// <summary>A piece of work whose length is not known before, and the fraction of it that is done, which never falls.</summary>
/// <remarks>
/// A fit has stages of parts that are carried out at the same time. How many stages there will be is found out on the way, so each is
/// given a share of what is left. Parts have stages of their own in the same way.
/// </remarks>
internal sealed class WorkShare
{
    /// <summary>The share of the rest for a stage that nobody announced; such ones are short.</summary>
    private const double UnannouncedShare = 0.05;

    private readonly WorkShare? _whole;
    private readonly Lock _lock;
    private double _from, _to, _next = UnannouncedShare;
    private WorkShare[] _parts = [];
    private double _own;

    public WorkShare()
        : this(null)
    {
    }

    private WorkShare(WorkShare? whole)
    {
        _whole = whole;
        _lock = whole?._lock ?? new Lock();
    }

    /// <summary>The fraction that is done, 0 to 1.</summary>
    public double Fraction
    {
        get
        {
            lock (_lock)
            {
                return _whole is null ? Present() : Math.Max(_own, Present());
            }
        }
    }

    /// <summary>Announces the share of the rest that the next stage takes, 0 to 1.</summary>
    public void Announce(double shareOfRest)
    {
        lock (_lock)
        {
            _next = shareOfRest;
        }
    }

    /// <summary>Ends the present stage and begins the next one.</summary>
    /// <param name="parts">The number of its parts, of about equal length.</param>
    public WorkShare[] Begin(int parts)
    {
        lock (_lock)
        {
            _from = Math.Max(_to, Present());
            _to = _from + (_next * (1 - _from));
            _next = UnannouncedShare;
            _parts = [.. Enumerable.Range(0, parts).Select(_ => new WorkShare(this))];
            return _parts;
        }
    }

    /// <summary>Says how much of a piece without stages is done; a smaller fraction than before is ignored.</summary>
    public void Reach(double fraction)
    {
        lock (_lock)
        {
            _own = Math.Clamp(Math.Max(_own, fraction), 0, 1);
        }
    }

    private double Present()
    {
        double done = _parts.Length == 0 ? 0 : _parts.Average(part => Math.Max(part._own, part.Present()));
        return Math.Max(_own, _from + ((_to - _from) * done));
    }
}
