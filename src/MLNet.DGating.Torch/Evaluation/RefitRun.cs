using MLNet.DGating.Model;
using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Trains the selected groups without the gate penalty, from the weights of the path (docs/theory.md §8).</summary>
/// <remarks>
/// The refit undoes the shrinkage by the penalty. It is divided into rounds (<see cref="TrainingSettings.Rounds"/>). Where rows are held
/// out it stops after a round that was not worth it, and the network of the best round is taken. Halfway through the first round, for the
/// mean of the parameters at its start and its end, is an end as well: the start is shrunk by the penalty, and a round may already overfit
/// few rows.
/// </remarks>
/// <param name="data">The rows.</param>
/// <param name="features">The features of the same rows, encoded.</param>
/// <param name="trainingRows">The numbers of the rows to train on.</param>
/// <param name="heldOutRows">The numbers of the rows to evaluate on; may be empty.</param>
/// <param name="settings">The settings of the training.</param>
/// <param name="context">Takes messages and progress, and cancels the run.</param>
internal sealed class RefitRun(
    TrainingSet data, FeatureRows features, int[] trainingRows, int[] heldOutRows, TrainingSettings settings, RunContext context)
{
    /// <summary>The standard errors by which a round must make held-out rows better to be worth a further one.</summary>
    /// <remarks>With one, refits on few rows end too early: isolet's log-loss is then 3-13 % larger.</remarks>
    public const double WorthwhileGain = 0.5;

    /// <summary>The standard errors by which the start must be better than the network halfway through the first round.</summary>
    /// <remarks>
    /// The step size of the path has not fallen, so the start has the noise of its last steps, and on other rows another noise.
    /// </remarks>
    private const double SureGain = 2;

    private readonly int[] _rounds = settings.Rounds;
    private readonly RowEvaluation _heldOut = new(data, heldOutRows);

    /// <summary>Refits a network and evaluates it on the held-out rows.</summary>
    /// <param name="groups">The selected groups, ascending.</param>
    /// <param name="start">The folded network of these groups, or that after an earlier round.</param>
    /// <param name="scope">Creates the network on its device.</param>
    /// <param name="first">The first round to carry out.</param>
    /// <param name="end">
    /// The number of rounds at the end; <see cref="RefitRounds.Halfway"/> for half of the way to the end of the first one; null for all.
    /// </param>
    /// <param name="random">Gives the random stream of a round, which draws the order of rows.</param>
    public RefitResult Run(int[] groups, NetworkState start, RunScope scope, int first, double? end, Func<int, RandomStream> random)
    {
        if (groups.Length == 0)
        {
            return NullModel();
        }

        TrainingSet selected = data with { Groups = data.Groups.Select(groups) };
        BatchSchedule Schedule(int round) =>
            new(trainingRows, settings.BatchSize, settings.MaximumStepsPerIteration, random(round), data.Pool, data.Shards);
        using INetwork network = scope.Create(
            new NetworkRequest(selected, features, trainingRows, Schedule(0).BatchRows, settings, random(0))
            {
                Inputs = data.Groups.InputsOf(groups),
            });
        RefitResult best = Evaluated(
            new RefitResult(settings.ShapeFor(data.Task), start, double.NaN, [])
            {
                Rounds = first,
                IsPiecewise = data.IsPiecewise,
            },
            network);
        bool isJudged = heldOutRows.Length > 0, endsHalfway = end < 1;
        for (int round = first; round < Math.Min(end ?? _rounds.Length, _rounds.Length); round++)
        {
            var descent = new Descent(network, Schedule(round), data.Task.Loss.NullModelLoss, context);
            network.Load(best.State, StepSettings.Ungated);
            double loss = Train(descent, round, groups.Length);
            RefitResult next = Evaluated(best with { State = network.Capture(), TrainingLoss = loss, Rounds = round + 1 }, network);
            bool goesHalfway = round == 0 && (isJudged || endsHalfway);
            RefitResult before = goesHalfway ? BetterOf(best, next) : best;
            bool isWorthIt = isJudged ? next.IsBetterThan(before, _heldOut, WorthwhileGain) : !endsHalfway;
            // The second of two rounds is the longest one.
            best = isWorthIt || (round > 1 || data.IsPiecewise) && next.IsBetterThan(before, _heldOut, 0)
                ? next with { IsImproving = isWorthIt }
                : before with { IsImproving = false };
            // The first round is short, and may not bring anything yet.
            if (!isWorthIt && round > 0)
            {
                break;
            }
        }

        return best;

        // Of the start and the network halfway from it to the end of the first round the start is taken only if it is surely better.
        RefitResult BetterOf(RefitResult started, RefitResult next)
        {
            RefitResult half = Evaluated(next with { State = start.MeanWith(next.State), Rounds = RefitRounds.Halfway }, network);
            return isJudged && started.IsBetterThan(half, _heldOut, SureGain) ? started : half;
        }
    }

    private double Train(Descent descent, int round, int features)
    {
        StepSettings step = settings.RefitStep(data.Task);
        int before = _rounds[..round].Sum();
        double loss = double.NaN;
        for (int iteration = 0; iteration < _rounds[round]; iteration++)
        {
            double done = iteration;
            loss = descent.Iterate(step, part => step.LearningRate * settings.StepShare((done + part) / _rounds[round]));
            context.Work.Reach((before + iteration + 1.0) / _rounds.Sum());
            context.Progress(new DGatingProgress(DGatingPhase.Refit, before + iteration + 1, 0, features, loss));
        }

        return loss;
    }

    // Without features the best model is a constant: a linear layer without inputs.
    private RefitResult NullModel()
    {
        float[] scores = data.NullModelScores(trainingRows);
        var shape = new NetworkShape([], data.Task.Loss.Outputs, Skip: false, DGatingActivation.Relu);
        double loss = RowEvaluation.OfNullModel(data, trainingRows);
        return new RefitResult(shape, new NetworkState([], [], scores, []), loss, []) { IsPiecewise = data.IsPiecewise }
            .EvaluatedBy(_heldOut, [.. heldOutRows.SelectMany(_ => scores)]);
    }

    private RefitResult Evaluated(RefitResult refit, INetwork network)
    {
        network.Load(refit.State, StepSettings.Ungated);
        return refit.EvaluatedBy(_heldOut, network.Score(heldOutRows));
    }
}
