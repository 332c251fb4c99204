namespace MLNet.DGating.Torch.Backends.Sharded;

/// <summary>Decides what ranks exchange: gradients in every step, or parameters after every iteration.</summary>
/// <remarks>
/// Summed gradients are those of a single process, so that they are preferred where they cost little. Where a step is too short to pay for
/// a message, and shards are alike, each rank takes the steps of an iteration on its own part of the batches, and parameters are averaged
/// after it. The decision depends on sizes alone, which all ranks know, and not on the time that anything takes.
/// </remarks>
internal static class StepExchange
{
    /// <summary>The largest share of a rank's own work that messages may take.</summary>
    private const double LargestShare = 0.2;

    /// <summary>The microseconds that a message to rank 0 and back takes, and each number of it (docs/cluster.md).</summary>
    private const double OfMessage = 15, OfNumber = 0.006;

    /// <summary>The products of a float with a float, with their additions, that a core does in a microsecond.</summary>
    private const double Products = 10_000;

    /// <summary>The passes over the weights of a step: forward, and backward to the weights and below.</summary>
    private const int Passes = 3;

    /// <summary>Tells whether gradients are summed in every step; else parameters are averaged after every iteration.</summary>
    /// <param name="request">Describes the network on the rows of all ranks.</param>
    /// <param name="width">The neurons that an input is connected to.</param>
    public static bool SumsGradients(NetworkRequest request, int width)
    {
        int others = request.Data.Shards!.Ranks.Size - 1, columns = request.Data.Groups.Columns;
        // Of the many columns of a piecewise-linear encoding a row reads two an input.
        int read = request.Features.Encoding?.IsPiecewise == true ? Math.Min(columns, 2 * request.Data.Groups.Inputs) : columns;
        double ownStep = Passes * (double)request.BatchRows / (others + 1) * read * width / Products;
        double message = others * (OfMessage + OfNumber * columns * width);
        return !request.Data.Shards.AreAlike || message <= LargestShare * ownStep;
    }
}
