using System.Runtime.ExceptionServices;
using Microsoft.ML.Runtime;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating;

/// <summary>Joins the rows that ranks have read, of which each keeps the features of its own shard.</summary>
/// <remarks>Labels, weights and sampling keys of all rows are on every rank, in the order of the ranks.</remarks>
/// <param name="context">Throws user errors.</param>
/// <param name="ranks">The ranks.</param>
/// <param name="head">What this rank has, without its rows.</param>
/// <param name="keys">The sampling keys of this rank's rows, which become those of all; null where there are none.</param>
internal sealed class JoinedShards(IExceptionContext context, IRanks ranks, ShardHead head, SamplingKeys? keys)
{
    /// <summary>Reads the rows of this rank, and joins them to those of the others.</summary>
    /// <remarks>An error on one rank ends the fit on all of them.</remarks>
    /// <param name="read">Reads the rows of this rank, of which there may be none.</param>
    /// <exception cref="InvalidOperationException">A rank could not read its rows, or has other columns; the message names it.</exception>
    public ReadRows Read(Func<ReadRows> read)
    {
        ReadRows? own = null;
        ExceptionDispatchInfo? error = null;
        try
        {
            own = InMemory(read());
        }
        catch (Exception thrown) // The other ranks wait; it is thrown again below.
        {
            error = ExceptionDispatchInfo.Capture(thrown);
        }

        ShardHead[] heads = Agree(own, error);
        RowShards shards = new(
            ranks, Array.ConvertAll(heads, each => each.TrainingRows), Array.ConvertAll(heads, each => each.ValidationRows));
        keys?.Join(ranks);
        return own! with
        {
            Features = new ShardedMatrix(own.Features, shards),
            Labels = shards.Join<float>(own.Labels),
            Weights = own.Weights is null ? null : shards.Join<float>(own.Weights),
            TrainingRows = heads.Sum(each => each.TrainingRows),
            HasMissing = heads.Any(each => each.HasMissing),
        };
    }

    private static ReadRows InMemory(ReadRows rows) => !rows.IsSample ? rows : throw new InvalidOperationException(
        "They do not fit in the memory that rows may take, and rows that ranks share are not streamed: start more ranks, " +
        $"allow more by {nameof(DGatingTrainerOptions.MaximumRowMemory)}, or keep rows in half precision " +
        $"({nameof(DGatingTrainerOptions.RowPrecision)}).");

    private ShardHead[] Agree(ReadRows? own, ExceptionDispatchInfo? error)
    {
        ShardHead filled = own is null ? head with { Error = error!.SourceException.Message } : head with
        {
            TrainingRows = own.TrainingRows,
            ValidationRows = own.Labels.Length - own.TrainingRows,
            HasMissing = own.HasMissing,
        };
        ShardHead[] heads = Array.ConvertAll(
            ranks.AllGather(PlainData.Write(filled)), bytes => PlainData.Read<ShardHead>(bytes));
        error?.Throw();
        string? difference = heads.Select((each, rank) => each.Difference($"Rank {rank} of {heads.Length}", heads[0]))
            .FirstOrDefault(text => text is not null);
        if (difference is not null)
        {
            throw new InvalidOperationException(difference);
        }

        return heads.Any(each => each.TrainingRows > 0)
            ? heads
            : throw context.Except($"No valid training instances found on any of {heads.Length} ranks.");
    }
}
