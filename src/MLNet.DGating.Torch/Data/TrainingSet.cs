using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Data;

/// <summary>Rows to learn from: features in group order, what to predict of a row, and optional example weights.</summary>
/// <param name="Features">[rows, columns], raw; columns stand group by group.</param>
/// <param name="Targets">A row's regression target, 0/1 label, or 0-based class; empty where <see cref="TargetRows"/> are given.</param>
/// <param name="Weights">Example weights, null when all are 1. Only their ratios matter.</param>
/// <param name="Groups">Which columns form which group.</param>
internal sealed record TrainingSet(FeatureMatrix Features, float[] Targets, float[]? Weights, GroupLayout Groups)
{
    public int Rows => Features.Rows;

    /// <summary>Whether the features are kept sparse: they are then not centred, and noise would fill them.</summary>
    public bool IsSparse => Features is SparseMatrix;

    /// <summary>What to predict where it is more than one number a row: rows beside those of the features.</summary>
    public FeatureRows? TargetRows { get; init; }

    /// <summary>Where the training rows, which are then the first ones, are a sample of more rows: all of them. Only the run that becomes the model reads them.</summary>
    public RowStream? Stream { get; init; }

    /// <summary>Replaces training rows by others of the stream while a run goes on; null where they stay.</summary>
    public RowPool? Pool { get; init; }

    /// <summary>Numbers to predict of a row.</summary>
    public int TargetWidth => TargetRows?.Columns ?? 1;

    public void ReadTargets(int row, Span<float> targets)
    {
        if (TargetRows is null)
        {
            targets[0] = Targets[row];
        }
        else
        {
            TargetRows.Read(row, targets);
        }
    }

    /// <summary>The targets of these rows, [rows, target width].</summary>
    public float[] TargetsOf(int[] rows)
    {
        var targets = new float[rows.Length * TargetWidth];
        for (int i = 0; i < rows.Length; i++)
        {
            ReadTargets(rows[i], targets.AsSpan(i * TargetWidth, TargetWidth));
        }

        return targets;
    }

    /// <summary>These rows alone, copied, in this order; of a set with one target a row.</summary>
    public TrainingSet Take(int[] rows) => this with
    {
        Features = Features.Take(rows),
        Targets = Array.ConvertAll(rows, row => Targets[row]),
        Weights = Weights is null ? null : Array.ConvertAll(rows, row => Weights[row]),
    };
}
