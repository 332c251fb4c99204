using System.Buffers.Binary;
using System.Text;
using MLNet.DGating.Torch.Optimization;

namespace MLNet.DGating.Distributed.Runs;

/// <summary>Holds what came out of a piece of work: its result, or the error that ended it.</summary>
/// <param name="Piece">The number of the piece.</param>
/// <param name="Kind">Whether there is a result.</param>
/// <param name="Content">The result, or the message of the error.</param>
internal sealed record Outcome(int Piece, OutcomeKind Kind, byte[] Content)
{
    private const int HeaderBytes = sizeof(int) + 1;

    /// <summary>Carries out a piece of work.</summary>
    /// <param name="piece">The number of the piece.</param>
    /// <param name="rank">The rank, by which an error is named.</param>
    /// <param name="work">Gives the result as bytes.</param>
    public static Outcome Of(int piece, string rank, Func<int, byte[]> work)
    {
        try
        {
            return new Outcome(piece, OutcomeKind.Result, work(piece));
        }
        catch (DivergenceException error)
        {
            return new Outcome(piece, OutcomeKind.Divergence, Encoding.UTF8.GetBytes(error.Message));
        }
        catch (Exception error) // It is thrown on every rank.
        {
            return new Outcome(
                piece, OutcomeKind.Error, Encoding.UTF8.GetBytes($"A run on {rank} failed by {error.GetType().Name}: {error.Message}"));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Outcome Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32LittleEndian(bytes), (OutcomeKind)bytes[sizeof(int)], bytes[HeaderBytes..].ToArray());

    /// <summary>Gives the outcome as bytes: the number, the kind, the content.</summary>
    public byte[] Write()
    {
        byte[] bytes = new byte[HeaderBytes + Content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Piece);
        bytes[sizeof(int)] = (byte)Kind;
        Content.CopyTo(bytes, HeaderBytes);
        return bytes;
    }

    /// <summary>Throws the error, if there was one.</summary>
    public void ThrowError()
    {
        if (Kind != OutcomeKind.Result)
        {
            string message = Encoding.UTF8.GetString(Content);
            throw Kind == OutcomeKind.Divergence ? new DivergenceException(message) : new InvalidOperationException(message);
        }
    }
}
