using System.Diagnostics;
using System.Runtime.InteropServices;
using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.ModelSelection.Checkpoints;

/// <summary>Writes down what a network in training answers, and gives the answers of an earlier process again.</summary>
/// <remarks>
/// An answer is a byte for its kind and its numbers. All that a run decides follows from such answers, so that it takes the same course
/// when it gets them again, without the work.
/// </remarks>
internal sealed class NetworkLog
{
    /// <summary>The most bytes of answers and state that are kept; a network of more begins anew.</summary>
    private const long LargestBytes = 256 << 20;

    private readonly SavedNetwork? _past;
    private readonly MemoryStream _answers;
    private readonly BinaryWriter _writer;
    private readonly BinaryReader? _reader;
    private readonly Action<string> _refuse;
    private long _lastSaved = Stopwatch.GetTimestamp();
    private bool _isRestored, _isGivenUp, _hasEnded;

    private NetworkLog(SavedNetwork? past, Action<string> refuse, MemoryStream answers, BinaryWriter writer, BinaryReader? reader)
    {
        (Saved, _past, _refuse, _answers, _writer, _reader) = (past, past, refuse, answers, writer, reader);
        _isRestored = past is null;
        answers.Write(past?.Answers ?? []);
    }

    /// <summary>What is to be saved; null for nothing. It is replaced as a whole, for a thread that saves meanwhile.</summary>
    public SavedNetwork? Saved { get; private set; }

    /// <summary>Whether the network itself is in the state that the run has reached.</summary>
    public bool IsLive => _isRestored;

    // Whether answers of an earlier process are left.
    private bool IsReplaying => _reader is not null && _reader.BaseStream.Position < _reader.BaseStream.Length;

    /// <summary>Creates the log of a network.</summary>
    /// <param name="past">What an earlier process has left; null for nothing.</param>
    /// <param name="refuse">Throws the error of answers that do not fit the run, with the reason.</param>
    public static NetworkLog After(SavedNetwork? past, Action<string> refuse)
    {
        var answers = new MemoryStream();
        return new NetworkLog(
            past, refuse, answers, new BinaryWriter(answers), past is null ? null : new BinaryReader(new MemoryStream(past.Answers)));
    }

    /// <summary>Gives an answer: the next one of the past, or that of the network.</summary>
    /// <param name="kind">What is asked.</param>
    /// <param name="restore">Restores a state of the network.</param>
    /// <param name="ask">Asks the network.</param>
    /// <param name="write">Writes the answer.</param>
    /// <param name="read">Reads what <paramref name="write"/> has written.</param>
    public T Answer<T>(AnswerKind kind, Action<byte[]> restore, Func<T> ask, Action<BinaryWriter, T> write, Func<BinaryReader, T> read)
    {
        if (IsReplaying)
        {
            byte found = _reader!.ReadByte();
            if (found != (byte)kind)
            {
                _refuse($"the run asks for {kind}, but the file has {(AnswerKind)found}");
            }

            return read(_reader);
        }

        Restore(restore);
        T answer = ask();
        if (!_isGivenUp)
        {
            _writer.Write((byte)kind);
            write(_writer, answer);
        }

        return answer;
    }

    /// <summary>Saves the state of the network if that is due, and tells whether it was.</summary>
    /// <remarks>It is called before an iteration, when nothing is left of the one before.</remarks>
    public bool SaveIfDue(TimeSpan interval, Action<byte[]> restore, Func<byte[]> state)
    {
        if (IsReplaying || _isGivenUp)
        {
            return false;
        }

        Restore(restore);
        if (Stopwatch.GetElapsedTime(_lastSaved) < interval)
        {
            return false;
        }

        var saved = new SavedNetwork(_answers.ToArray(), state());
        _lastSaved = Stopwatch.GetTimestamp();
        if (saved.Bytes > LargestBytes)
        {
            GiveUp();
            return false;
        }

        Saved = saved;
        return true;
    }

    /// <summary>Notes that the run no longer needs the network, or that it was ended by an exception.</summary>
    public void End() => _hasEnded = true;

    /// <summary>Notes that the run goes on. The answers of a network that has ended are then complete.</summary>
    public void GoOn()
    {
        if (_hasEnded && !_isGivenUp && Saved is not { State.Length: 0 } && _answers.Length < LargestBytes)
        {
            Saved = new SavedNetwork(_answers.ToArray(), []);
        }
    }

    /// <summary>Keeps nothing of the network, which begins anew in a later process.</summary>
    public void GiveUp()
    {
        _isGivenUp = true;
        Saved = null;
        _answers.SetLength(0);
    }

    public static void Write<T>(BinaryWriter writer, T[] values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes<T>(values.AsSpan()));
    }

    public static T[] Read<T>(BinaryReader reader)
        where T : unmanaged
    {
        int count = reader.ReadInt32();
        long left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (count < 0 || count * (long)Marshal.SizeOf<T>() > left)
        {
            throw new EndOfStreamException();
        }

        var values = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes<T>(values.AsSpan()));
        return values;
    }

    public static void Write(BinaryWriter writer, NetworkState state)
    {
        Write(writer, state.Primary);
        Write(writer, state.Gates);
        Write(writer, state.GatedBias);
        writer.Write(state.Dense.Length);
        foreach (DenseLayer layer in state.Dense)
        {
            writer.Write(layer.Inputs);
            writer.Write(layer.Outputs);
            Write(writer, layer.Weights);
            Write(writer, layer.Bias);
        }
    }

    public static NetworkState ReadState(BinaryReader reader)
    {
        float[] primary = Read<float>(reader), gates = Read<float>(reader), bias = Read<float>(reader);
        var dense = new List<DenseLayer>();
        for (int layers = reader.ReadInt32(); layers > 0; layers--)
        {
            (int inputs, int outputs) = (reader.ReadInt32(), reader.ReadInt32());
            dense.Add(new DenseLayer(inputs, outputs, Read<float>(reader), Read<float>(reader)));
        }

        return new NetworkState(primary, gates, bias, [.. dense]);
    }

    private void Restore(Action<byte[]> restore)
    {
        if (_isRestored)
        {
            return;
        }

        if (_past!.State.Length == 0)
        {
            _refuse("the run goes on with a network that the file says has ended");
        }

        restore(_past.State);
        _isRestored = true;
    }
}
