using MLNet.DGating.Model;
using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Goes on with a finished network on new rows (docs/theory.md §25).</summary>
/// <remarks>
/// It trains in rounds, as a refit does. After every round the parameters on the straight line from those of the start to those of its end
/// are candidates too. Where rows are held out, those of least loss are taken, which may be the start itself. What was learned from the
/// rows of the start is so given up only as far as held-out rows ask for it.
/// </remarks>
/// <param name="data">The rows.</param>
/// <param name="features">The features of the same rows, encoded.</param>
/// <param name="trainingRows">The numbers of the rows to train on.</param>
/// <param name="heldOutRows">The numbers of the rows to evaluate on; may be empty.</param>
/// <param name="settings">The settings of the training.</param>
/// <param name="context">Takes messages and progress, and cancels the run.</param>
internal sealed class ContinuedRefit(
    TrainingSet data, FeatureRows features, int[] trainingRows, int[] heldOutRows, TrainingSettings settings, RunContext context)
{
    /// <summary>The share of the step size of a refit.</summary>
    /// <remarks>With the whole one embeddings end in another valley than that of the start (docs/defaults.md).</remarks>
    private const double StepShare = 0.5;

    /// <summary>The most rows on which the loss of the start is measured.</summary>
    private const int MaximumMeasuredRows = 10_000;

    /// <summary>The shares of the way from the start to the end of a round that are candidates.</summary>
    private static readonly double[] s_shares = [0.25, 0.5, 0.75, 1];

    private readonly int[] _rounds = settings.Embedding is { } embedding ? RefitRounds.Two(embedding.Iterations) : settings.Rounds;
    private readonly StepSettings _step = settings.Embedding?.Step() ?? settings.RefitStep(data.Task);
    private readonly RowEvaluation _heldOut = new(data, heldOutRows);

    /// <summary>Trains the network and evaluates it on the held-out rows.</summary>
    /// <param name="groups">The groups of the network, ascending, at least one.</param>
    /// <param name="finished">The parameters of the finished network, with a full first layer.</param>
    /// <param name="scope">Creates the network on its device.</param>
    /// <param name="end">
    /// The rounds to carry out: 1.25 is a quarter of the way from the start to the end of the second one; null to follow held-out rows.
    /// </param>
    /// <param name="random">Gives the random stream of a round, which draws the order of rows.</param>
    public RefitResult Run(int[] groups, NetworkState finished, RunScope scope, double? end, Func<int, RandomStream> random)
    {
        TrainingSet selected = data with { Groups = data.Groups.Select(groups) };
        NetworkState start = settings.Embedding is null ? finished : EmbeddedState.Compress(finished, selected.Groups);
        using ITrainedNetwork network = Create(selected, scope, Schedule(0).BatchRows, random(0), out NetworkShape shape);
        RefitResult best = Evaluated(new RefitResult(shape, start, double.NaN, [])
        {
            IsPiecewise = data.IsPiecewise,
            Embedding = settings.Embedding,
        });
        double bound = Math.Max(data.Task.Loss.NullModelLoss, LossOf(network));
        NetworkState state = start;
        int last = end is double given ? (int)Math.Ceiling(given) : _rounds.Length;
        for (int round = 0; round < Math.Min(last, _rounds.Length); round++)
        {
            network.Load(state, StepSettings.Ungated);
            var descent = new Descent(network, Schedule(round), bound, context);
            double loss = Train(descent, round, groups.Length);
            state = network.Capture();
            double[] shares = end is null ? s_shares : round + 1 == last ? [end.Value - round] : [];
            RefitResult[] ends = Array.ConvertAll(shares, share => Evaluated(best with
            {
                State = share == 1 ? state : start.Toward(state, (float)share),
                TrainingLoss = loss,
                Rounds = round + share,
            }));
            if (end is not null)
            {
                best = ends.Length > 0 ? ends[0] : best;
                continue;
            }

            RefitResult next = ends.MinBy(candidate => Mean(candidate.HeldOutBoundedLosses))!;
            bool isWorthIt = next.IsBetterThan(best, _heldOut, RefitRun.WorthwhileGain);
            best = next.IsBetterThan(best, _heldOut, 0) ? next : best;
            // The first round is short, and may not bring anything yet.
            if (!isWorthIt && round > 0)
            {
                break;
            }
        }

        return settings.Embedding is null ? best : best with { State = EmbeddedState.Expand(best.State, selected.Groups) };

        BatchSchedule Schedule(int round) => new(
            trainingRows, settings.Embedding?.BatchOf(data.Pool?.Rows ?? trainingRows.Length) ?? settings.BatchSize,
            settings.MaximumStepsPerIteration, random(round), data.Pool, data.Shards);

        RefitResult Evaluated(RefitResult refit)
        {
            network.Load(refit.State, StepSettings.Ungated);
            return refit.EvaluatedBy(_heldOut, network.Score(heldOutRows));
        }
    }

    private ITrainedNetwork Create(TrainingSet selected, RunScope scope, int batchRows, RandomStream random, out NetworkShape shape)
    {
        var request = new NetworkRequest(selected, features, trainingRows, batchRows, settings, random);
        shape = settings.ShapeFor(data.Task);
        if (settings.Embedding is not { } embedding)
        {
            return scope.Create(request);
        }

        shape = shape with { Hidden = [selected.Groups.Count * embedding.Width, .. embedding.HiddenLayers] };
        return scope.CreateEmbedded(request, shape, embedding.EmbeddingDecay / embedding.Decay);
    }

    private double Train(Descent descent, int round, int groups)
    {
        int before = _rounds[..round].Sum();
        double loss = double.NaN;
        for (int iteration = 0; iteration < _rounds[round]; iteration++)
        {
            double done = iteration;
            loss = descent.Iterate(_step, part => StepSize((done + part) / _rounds[round]));
            context.Work.Reach((before + iteration + 1.0) / _rounds.Sum());
            context.Progress(new DGatingProgress(DGatingPhase.Refit, before + iteration + 1, 0, groups, loss));
        }

        return loss;
    }

    private double StepSize(double place) =>
        StepShare * (settings.Embedding?.StepSizeAt(place) ?? _step.LearningRate * settings.StepShare(place));

    private double Mean(double[] losses) => RowMean.Of(losses, data.WeightsOf(heldOutRows)).Mean;

    // What the rows say may have changed, so that the start is far worse on them than a constant: that is no divergence.
    private double LossOf(ITrainedNetwork network)
    {
        int every = (trainingRows.Length + MaximumMeasuredRows - 1) / MaximumMeasuredRows;
        int[] measured = [.. trainingRows.Where((_, i) => i % every == 0)];
        var evaluation = new RowEvaluation(data, measured);
        return evaluation.Mean(evaluation.Score(network));
    }
}
