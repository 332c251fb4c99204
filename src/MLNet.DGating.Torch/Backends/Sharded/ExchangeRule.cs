using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Backends.Sharded;

/// <summary>Decides what ranks exchange, and how often: gradients in every step, or parameters after several.</summary>
/// <remarks>
/// Summed gradients are those of a single process, so that they are preferred where they cost little, and always where shards are not
/// alike. Else each rank steps on its own part of the batches, and parameters are averaged as often as messages may take a share of the
/// work. The decision depends on sizes alone, which all ranks know, and not on the time that anything takes.
/// </remarks>
internal static class ExchangeRule
{
    /// <summary>The largest share of a rank's own work that messages may take.</summary>
    private const double LargestShare = 0.2;

    /// <summary>The microseconds that a message to rank 0 and back takes, and each number of it (docs/cluster.md).</summary>
    private const double OfMessage = 15, OfNumber = 0.006;

    /// <summary>The microseconds of a step beside its products, and the products that a core does in a microsecond.</summary>
    private const double OfStep = 50, Products = 10_000;

    /// <summary>The passes over the weights of a step: forward, and backward to the weights and below.</summary>
    private const int Passes = 3;

    /// <summary>The numbers of a weight in a mean: itself, and what steps remember of earlier ones.</summary>
    private const int NumbersOfWeight = 3;

    /// <summary>Gives what ranks do between their steps.</summary>
    /// <param name="request">Describes the network on the rows of all ranks.</param>
    /// <param name="ownRows">The number of training rows of this rank.</param>
    /// <param name="width">The neurons that an input is connected to.</param>
    public static StepExchange Of(NetworkRequest request, int ownRows, int width)
    {
        RowShards shards = request.Data.Shards!;
        int others = shards.Ranks.Size - 1, columns = request.Data.Groups.Columns;
        // Of the many columns of a piecewise-linear encoding a row reads two an input.
        int read = request.Features.Encoding?.IsPiecewise == true ? Math.Min(columns, 2 * request.Data.Groups.Inputs) : columns;
        double ofMessages = LargestShare * (OfStep + Passes * (double)request.BatchRows / (others + 1) * read * width / Products);
        return !shards.AreAlike || MessageOf(columns * width) <= ofMessages
            ? new GradientSum(shards.Ranks, request.BatchRows)
            : new ParameterMean(
                shards.Ranks, (float)ownRows / request.TrainingRows.Length,
                (int)Math.Ceiling(MessageOf(NumbersOfWeight * columns * width) / ofMessages));

        double MessageOf(int numbers) => others * (OfMessage + OfNumber * numbers);
    }
}
