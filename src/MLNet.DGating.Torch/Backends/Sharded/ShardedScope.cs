using MLNet.DGating.Model;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Backends.Sharded;

/// <summary>Creates the networks of a run that all ranks carry out together, on one thread of the CPU each.</summary>
/// <param name="isCancelled">Tells whether this rank is to stop; then all ranks do.</param>
internal sealed class ShardedScope(Func<bool> isCancelled) : RunScope
{
    public override bool PrefersCopies => false;

    public override INetwork Create(NetworkRequest request)
    {
        NetworkRequest own = OwnOf(request);
        StepExchange exchange =
            ExchangeRule.Of(request, own.TrainingRows.Length, request.Settings.ShapeFor(request.Data.Task).GatedWidth);
        var network = (CpuNetwork)new CpuScope(exchange: exchange).Create(own);
        return new ShardedNetwork(network, request, request.Data.Shards!, exchange.RowsOfMean(own.BatchRows), isCancelled);
    }

    public override ITrainedNetwork CreateEmbedded(NetworkRequest request, NetworkShape shape, double embeddingDecay)
    {
        NetworkRequest own = OwnOf(request);
        StepExchange exchange = ExchangeRule.Of(request, own.TrainingRows.Length, shape.Hidden[0] / request.Data.Groups.Count);
        ITrainedNetwork network = new CpuScope(exchange: exchange).CreateEmbedded(own, shape, embeddingDecay);
        return new ShardedTraining(network, request, request.Data.Shards!, isCancelled);
    }

    public override void ForEach(int count, Action<int, RunScope> part)
    {
        for (int i = 0; i < count; i++)
        {
            part(i, this);
        }
    }

    // Every rank draws noise of its own. The stream of the run goes on alike on all of them.
    private static NetworkRequest OwnOf(NetworkRequest request)
    {
        var matrix = (ShardedMatrix)request.Data.Features;
        int[] rows = matrix.Shards.OwnOf(request.TrainingRows);
        // At least the rows of a batch that a schedule gives this rank.
        long batch = ((long)rows.Length * request.BatchRows + request.TrainingRows.Length - 1) / request.TrainingRows.Length;
        return request with
        {
            Data = request.Data.OwnRows(),
            Features = request.Features.Of(matrix.Own),
            TrainingRows = rows,
            BatchRows = (int)Math.Max(1, batch),
            Random = new RandomStream((int)request.Random.NextUInt64(), matrix.Shards.Ranks.Rank),
            WeightScale = request.WeightScale,
        };
    }
}
