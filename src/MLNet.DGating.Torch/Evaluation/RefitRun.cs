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
/// out it stops after a round that was not worth it, and the network of the best round is taken.
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
    private const double WorthwhileGain = 0.5;

    private readonly int[] _rounds = settings.Rounds;
    private readonly RowEvaluation _heldOut = new(data, heldOutRows);

    /// <summary>Refits a network and evaluates it on the held-out rows.</summary>
    /// <param name="groups">The selected groups, ascending.</param>
    /// <param name="start">The folded network of these groups, or that after an earlier round.</param>
    /// <param name="scope">Creates the network on its device.</param>
    /// <param name="rounds">The rounds to carry out.</param>
    /// <param name="random">Gives the random stream of a round, which draws the order of rows.</param>
    public RefitResult Run(int[] groups, NetworkState start, RunScope scope, Range rounds, Func<int, RandomStream> random)
    {
        if (groups.Length == 0)
        {
            return NullModel();
        }

        TrainingSet selected = data with { Groups = data.Groups.Select(groups) };
        BatchSchedule Schedule(int round) =>
            new(trainingRows, settings.BatchSize, settings.MaximumStepsPerIteration, random(round), data.Pool);
        using INetwork network = scope.Create(
            new NetworkRequest(selected, features, trainingRows, Schedule(0).BatchRows, settings, random(0))
            {
                Inputs = data.Groups.InputsOf(groups),
            });
        (int first, int count) = rounds.GetOffsetAndLength(_rounds.Length);
        network.Load(start, StepSettings.Ungated);
        RefitResult best = new RefitResult(settings.ShapeFor(data.Task), start, double.NaN, [])
        {
            Rounds = first,
            IsPiecewise = data.IsPiecewise,
        }.EvaluatedBy(_heldOut, network.Score(heldOutRows));
        for (int round = first; round < first + count; round++)
        {
            var descent = new Descent(network, Schedule(round), best.State, data.Task.Loss.NullModelLoss, context);
            network.Load(best.State, StepSettings.Ungated);
            double loss = Train(descent, round, groups.Length);
            RefitResult next = (best with { State = descent.State, TrainingLoss = loss, Rounds = round + 1 })
                .EvaluatedBy(_heldOut, network.Score(heldOutRows));
            RowMean gain = _heldOut.Gain(next.HeldOutBoundedLosses, best.HeldOutBoundedLosses);
            bool isWorthIt = heldOutRows.Length == 0 || gain.Mean > WorthwhileGain * gain.Error;
            best = isWorthIt || gain.Mean > 0 ? next with { IsImproving = isWorthIt } : best with { IsImproving = false };
            // The first round is short, and may not bring anything yet.
            if (!isWorthIt && round > 0)
            {
                break;
            }
        }

        return best;
    }

    private double Train(Descent descent, int round, int features)
    {
        StepSettings step = settings.RefitStep();
        int before = _rounds[..round].Sum();
        double loss = double.NaN;
        for (int iteration = 0; iteration < _rounds[round]; iteration++)
        {
            double done = iteration;
            loss = descent.Iterate(step, part => step.LearningRate * settings.StepShare((done + part) / _rounds[round]));
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
}
