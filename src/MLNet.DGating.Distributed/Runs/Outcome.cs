using MLNet.DGating.Torch.Optimization;

namespace MLNet.DGating.Distributed.Runs;

/// <summary>Holds what came out of a piece of work: its result, or the error that ended it.</summary>
/// <param name="Piece">The number of the piece.</param>
/// <param name="Result">The result as bytes; null after an error.</param>
/// <param name="Error">The message of the error; null where there was none.</param>
/// <param name="HasDiverged">Whether the error is that training diverged, which a search counts as a bad result.</param>
internal sealed record Outcome(int Piece, byte[]? Result, string? Error = null, bool HasDiverged = false)
{
    /// <summary>Carries out a piece of work.</summary>
    /// <param name="piece">The number of the piece.</param>
    /// <param name="rank">The rank, by which an error is named.</param>
    /// <param name="work">Gives the result as bytes.</param>
    public static Outcome Of(int piece, string rank, Func<int, byte[]> work)
    {
        try
        {
            return new Outcome(piece, work(piece));
        }
        catch (DivergenceException error)
        {
            return new Outcome(piece, null, error.Message, HasDiverged: true);
        }
        catch (Exception error) // It is thrown on every rank.
        {
            return new Outcome(piece, null, $"A run on {rank} failed by {error.GetType().Name}: {error.Message}");
        }
    }

    /// <summary>Throws the error, if there was one.</summary>
    public void ThrowError()
    {
        if (Error is not null)
        {
            throw HasDiverged ? new DivergenceException(Error) : new InvalidOperationException(Error);
        }
    }
}
