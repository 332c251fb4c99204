using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating.Torch.Data;

/// <summary>Rows to learn from: features in the order of the groups, what to predict of a row, and optional example weights.</summary>
/// <param name="Features">[rows, inputs], raw; inputs stand group by group.</param>
/// <param name="Targets">
/// [rows, target width], row by row: a number, 0 or 1, or a class from 0; empty where <see cref="TargetRows"/> are given.
/// </param>
/// <param name="Weights">Example weights, null when all are 1. Only their ratios matter.</param>
/// <param name="Groups">Which inputs form which group.</param>
/// <param name="Task">What is learned.</param>
internal sealed record TrainingSet(FeatureMatrix Features, float[] Targets, float[]? Weights, GroupLayout Groups, LearningTask Task)
{
    private EncodingCache _encodings = new(Features, Weights);

    public int Rows => Features.Rows;

    /// <summary>Whether the features are kept sparse: they are then not centred, and noise would fill them.</summary>
    public bool IsSparse => Features is SparseMatrix;

    /// <summary>What to predict where it is read from rows beside those of the features.</summary>
    public FeatureRows? TargetRows { get; init; }

    /// <summary>All rows, where the training rows, which are then the first ones, are a sample of them; else null.</summary>
    /// <remarks>Only the run that becomes the model reads them.</remarks>
    public RowStream? Stream { get; init; }

    /// <summary>Replaces training rows by others of the stream while a run goes on; null where they stay.</summary>
    public RowPool? Pool { get; init; }

    /// <summary>Numbers to predict of a row.</summary>
    public int TargetWidth => Task.Loss.TargetWidth;

    /// <summary>The statistics of rows that have been measured; a copy of the set with other features or weights has its own.</summary>
    public EncodingCache Encodings => _encodings.IsOf(Features, Weights) ? _encodings : _encodings = new EncodingCache(Features, Weights);

    /// <summary>The rows, encoded by the statistics of the training rows.</summary>
    public FeatureRows EncodedBy(int[] trainingRows) => new(Features, Encodings.Of(trainingRows), change: Pool is not null);

    /// <summary>Reads the targets of a row [target width].</summary>
    public void ReadTargets(int row, Span<float> targets)
    {
        if (TargetRows is null)
        {
            Targets.AsSpan(row * targets.Length, targets.Length).CopyTo(targets);
        }
        else
        {
            TargetRows.Read(row, targets);
        }
    }

    /// <summary>The targets of these rows, [rows, target width].</summary>
    public float[] TargetsOf(ReadOnlySpan<int> rows)
    {
        int width = TargetWidth;
        var targets = new float[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
        {
            ReadTargets(rows[i], targets.AsSpan(i * width, width));
        }

        return targets;
    }

    /// <summary>The weights of these rows; empty where all are 1.</summary>
    public float[] WeightsOf(int[] rows) => Weights is null ? [] : Array.ConvertAll(rows, row => Weights[row]);

    /// <summary>The class of each row, to split rows class by class; null where numbers are predicted.</summary>
    public Func<int, int>? ClassOf => Task.Classes is null ? null : row => (int)Targets[row];

    /// <summary>The constant scores that fit these rows best.</summary>
    public float[] NullModelScores(int[] rows) => Task.Loss.NullModelScores(TargetRows is null ? TargetsOf(rows) : [], WeightsOf(rows));

    /// <summary>These rows alone, copied, in this order.</summary>
    public TrainingSet Take(int[] rows) => new(Features.Take(rows), TargetRows is null ? TargetsOf(rows) : [], Weights is null ? null : WeightsOf(rows), Groups, Task);
}
