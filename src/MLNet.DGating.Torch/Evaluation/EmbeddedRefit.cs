using MLNet.DGating.Model;
using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Trains a network of the selected groups from scratch, in which each group has an embedding (docs/theory.md §20).</summary>
/// <remarks>No gates are left once the groups are selected, so that the network may be another one than that of the path.</remarks>
internal sealed class EmbeddedRefit
{
    private readonly TrainingSet _data;
    private readonly FeatureRows _features;
    private readonly int[] _trainingRows;
    private readonly int[] _heldOutRows;
    private readonly TrainingSettings _settings;
    private readonly EmbeddingSettings _embedding;
    private readonly RunContext _context;

    /// <param name="data">The rows, before any encoding.</param>
    /// <param name="trainingRows">The numbers of the rows to train on.</param>
    /// <param name="heldOutRows">The numbers of the rows to evaluate on; may be empty.</param>
    /// <param name="settings">The settings of the path.</param>
    /// <param name="embedding">The settings of the network.</param>
    /// <param name="context">Takes messages and progress, and cancels the run.</param>
    public EmbeddedRefit(
        TrainingSet data, int[] trainingRows, int[] heldOutRows, TrainingSettings settings, EmbeddingSettings embedding, RunContext context)
    {
        TrainingSet piecewise = data with { IsPiecewise = true };
        _features = piecewise.EncodedBy(trainingRows);
        _data = piecewise with { Groups = data.Groups.Encoded(_features.Encoding!) };
        (_trainingRows, _heldOutRows, _settings, _embedding, _context) = (trainingRows, heldOutRows, settings, embedding, context);
    }

    /// <summary>Trains the network and evaluates it on the held-out rows.</summary>
    /// <param name="groups">The selected groups, ascending, at least one.</param>
    /// <param name="scope">Creates the network.</param>
    /// <param name="random">Draws the initial weights and the order of rows.</param>
    public RefitResult Run(int[] groups, RunScope scope, RandomStream random)
    {
        TrainingSet selected = _data with { Groups = _data.Groups.Select(groups) };
        NetworkShape shape = new(
            [groups.Length * _embedding.Width, .. _embedding.HiddenLayers], _data.Task.Loss.Outputs, Skip: false, _settings.Activation)
        {
            ScoreUnit = _data.Task.Loss.ScoreUnit,
        };
        NetworkState start = EmbeddedState.Initial(shape, selected.Groups, _data.NullModelScores(_trainingRows), random);
        int batchSize = _embedding.BatchOf(_data.Pool?.Rows ?? _trainingRows.Length);
        var schedule = new BatchSchedule(_trainingRows, batchSize, _settings.MaximumStepsPerIteration, random, _data.Pool, _data.Shards);
        using ITrainedNetwork network = scope.CreateEmbedded(
            new NetworkRequest(selected, _features, _trainingRows, schedule.BatchRows, _settings, random)
            {
                Inputs = _data.Groups.InputsOf(groups),
            },
            shape,
            _embedding.EmbeddingDecay / _embedding.Decay);
        network.Load(start, StepSettings.Ungated);
        var descent = new Descent(network, schedule, _data.Task.Loss.NullModelLoss, _context);
        double loss = Train(descent, groups.Length);
        float[] scores = network.Score(_heldOutRows);
        return new RefitResult(shape, EmbeddedState.Expand(network.Capture(), selected.Groups), loss, [])
        {
            IsPiecewise = true,
            Embedding = _embedding,
            Rounds = 1,
        }
            .EvaluatedBy(new RowEvaluation(_data, _heldOutRows), scores);
    }

    private double Train(Descent descent, int features)
    {
        StepSettings step = _embedding.Step();
        double loss = double.NaN;
        for (int iteration = 0; iteration < _embedding.Iterations; iteration++)
        {
            double done = iteration;
            loss = descent.Iterate(step, part => _embedding.StepSizeAt((done + part) / _embedding.Iterations));
            _context.Work.Reach((iteration + 1.0) / _embedding.Iterations);
            _context.Progress(new DGatingProgress(DGatingPhase.Refit, iteration + 1, 0, features, loss));
        }

        return loss;
    }
}
