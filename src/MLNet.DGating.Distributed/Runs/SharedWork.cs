using System.Buffers.Binary;
using MLNet.DGating.Distributed.Collectives;

namespace MLNet.DGating.Distributed.Runs;

/// <summary>Spreads pieces of work over the ranks, and gives all outcomes to every rank.</summary>
/// <remarks>
/// Rank 0 hands the pieces out as threads become free, and computes as well. All ranks know what the pieces are, so that their numbers
/// alone are sent. Which rank carries out a piece depends on the time that pieces take, but a piece has one outcome, which all ranks get.
/// </remarks>
internal sealed class SharedWork
{
    private readonly ICollective _ranks;
    private readonly WorkIdentity _identity;
    private readonly Outcome?[] _outcomes;
    private readonly Queue<int> _open;
    private readonly Queue<int> _asking = [];
    private readonly Action<Outcome> _ended;
    private readonly HashSet<int> _greeted = [];
    private int _missing;
    private bool _isAsking, _hasEnded;
    private volatile bool _isCancelled;

    /// <param name="ranks">The ranks.</param>
    /// <param name="identity">What the work is; the same on all ranks.</param>
    /// <param name="pieces">The number of pieces.</param>
    /// <param name="ended">Called with every outcome, by the thread that waits for them.</param>
    public SharedWork(ICollective ranks, WorkIdentity identity, int pieces, Action<Outcome> ended)
    {
        _ranks = ranks;
        _identity = identity;
        _outcomes = new Outcome?[pieces];
        _open = new Queue<int>(ranks.Rank == 0 ? Enumerable.Range(0, pieces) : []);
        _missing = pieces;
        _ended = ended;
    }

    /// <summary>Whether what is computed is of no use any more: the user has stopped it, or the ranks do not go on together.</summary>
    public bool IsCancelled => _isCancelled;

    private bool IsFirst => _ranks.Rank == 0;

    // Rank 0 also waits for the first question of every rank, so that one with other work is found out however short the work is, and then
    // ends the work for all.
    private bool IsDone => IsFirst ? _missing == 0 && _greeted.Count == _ranks.Size - 1 : _hasEnded;

    /// <summary>Carries out the work, and gives the outcome of every piece.</summary>
    /// <param name="workers">The threads of this rank.</param>
    /// <param name="isCancelled">Tells rank 0 whether the user has cancelled the work.</param>
    /// <exception cref="RankLeftException">A rank left before the end.</exception>
    /// <exception cref="InvalidOperationException">A rank has other work.</exception>
    public Outcome[] Run(PieceWorkers workers, Func<bool> isCancelled)
    {
        try
        {
            Exchange(workers, isCancelled);
        }
        catch
        {
            _isCancelled = true;
            throw;
        }

        return _outcomes!;
    }

    private void Exchange(PieceWorkers workers, Func<bool> isCancelled)
    {
        var wait = new SpinWait();
        while (!IsDone)
        {
            bool hasMoved = Deal(workers) | Take(workers) | Read(workers);
            if (hasMoved)
            {
                wait.Reset();
                continue;
            }

            _ranks.ThrowIfLeft();
            if (IsFirst && !_isCancelled && isCancelled())
            {
                _isCancelled = true;
                SendToOthers(MessageTag.Cancel, _identity.Before([]), except: 0);
            }

            wait.SpinOnce();
        }

        if (IsFirst)
        {
            SendToOthers(MessageTag.End, _identity.Before([]), except: 0);
        }
    }

    // Gives open pieces to threads that are free, here and on other ranks, or asks rank 0 for one at a time.
    private bool Deal(PieceWorkers workers)
    {
        bool hasMoved = false;
        if (!IsFirst)
        {
            if (workers.IsFree && !_isAsking)
            {
                _ranks.Send(0, MessageTag.Ask, _identity.Before([]));
                _isAsking = hasMoved = true;
            }

            return hasMoved;
        }

        for (; workers.IsFree && _open.TryDequeue(out int piece); hasMoved = true)
        {
            workers.Add(piece);
        }

        for (; _asking.Count > 0 && _open.TryDequeue(out int piece); hasMoved = true)
        {
            byte[] number = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(number, piece);
            _ranks.Send(_asking.Dequeue(), MessageTag.Piece, _identity.Before(number));
        }

        return hasMoved;
    }

    // Takes an outcome of this rank's own threads, which rank 0 passes on to the others.
    private bool Take(PieceWorkers workers)
    {
        if (!workers.TryTake(out Outcome outcome))
        {
            return false;
        }

        byte[] message = _identity.Before(outcome.Write());
        if (IsFirst)
        {
            SendToOthers(MessageTag.Report, message, except: 0);
        }
        else
        {
            _ranks.Send(0, MessageTag.Report, message);
        }

        Add(outcome);
        return true;
    }

    private bool Read(PieceWorkers workers)
    {
        if (!_ranks.TryReceive(out Message message))
        {
            return false;
        }

        var identity = WorkIdentity.Split(message.Bytes, out ReadOnlyMemory<byte> content);
        if (identity.Number < _identity.Number)
        {
            // A rank asked for one more piece when all were given out, of work that is done by now.
            return true;
        }

        if (identity != _identity)
        {
            int other = IsFirst ? message.From : _ranks.Rank;
            throw new InvalidOperationException(
                $"Rank {other} of {_ranks.Size} carries out other runs than rank 0: "
                + "every rank must run the same program on the same data.");
        }

        switch (message.Tag)
        {
            case MessageTag.Ask:
                _greeted.Add(message.From);
                _asking.Enqueue(message.From);
                break;
            case MessageTag.Piece:
                _isAsking = false;
                workers.Add(BinaryPrimitives.ReadInt32LittleEndian(content.Span));
                break;
            case MessageTag.Report:
                if (IsFirst)
                {
                    SendToOthers(MessageTag.Report, message.Bytes, except: message.From);
                }

                Add(Outcome.Read(content.Span));
                break;
            case MessageTag.End:
                _hasEnded = true;
                break;
            case MessageTag.Cancel:
                _isCancelled = true;
                break;
        }

        return true;
    }

    private void Add(Outcome outcome)
    {
        _outcomes[outcome.Piece] = outcome;
        _missing--;
        _ended(outcome);
    }

    private void SendToOthers(MessageTag tag, byte[] message, int except)
    {
        for (int rank = 1; rank < _ranks.Size; rank++)
        {
            if (rank != except)
            {
                _ranks.Send(rank, tag, message);
            }
        }
    }
}
