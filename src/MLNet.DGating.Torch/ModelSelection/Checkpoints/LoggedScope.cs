using MLNet.DGating.Model;
using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.ModelSelection.Checkpoints;

/// <summary>Creates the networks of a run with a log each. Parts of the run must follow one another.</summary>
/// <param name="scope">Where the run computes.</param>
/// <param name="run">The run.</param>
internal sealed class LoggedScope(RunScope scope, LoggedRun run) : RunScope
{
    public override bool PrefersCopies => scope.PrefersCopies;

    public override INetwork Create(NetworkRequest request) =>
        new LoggedNetwork(scope.Create(request), request.Random, run.NextNetwork(), run);

    public override ITrainedNetwork CreateEmbedded(NetworkRequest request, NetworkShape shape, double embeddingDecay) =>
        new LoggedNetwork(scope.CreateEmbedded(request, shape, embeddingDecay), request.Random, run.NextNetwork(), run);

    public override void ForEach(int count, Action<int, RunScope> part) =>
        scope.ForEach(count, (i, inner) => part(i, new LoggedScope(inner, run)));
}
