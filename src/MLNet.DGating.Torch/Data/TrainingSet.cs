using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Data;

/// <summary>Holds the rows to learn from: features in the order of the groups, targets, and optional example weights.</summary>
/// <param name="Features">The raw features [rows, inputs]; the inputs of a group stand together.</param>
/// <param name="Targets">
/// The targets [rows, target width], row by row: a number, 0 or 1, or a class from 0; empty where <see cref="TargetRows"/> are given.
/// </param>
/// <param name="Weights">The example weights, above 0; null where all are 1. Only their ratios matter.</param>
/// <param name="Groups">The groups of the inputs.</param>
/// <param name="Task">The task to learn.</param>
internal sealed record TrainingSet(FeatureMatrix Features, float[] Targets, float[]? Weights, GroupLayout Groups, LearningTask Task)
{
    private EncodingCache _encodings = new(Features, Weights);

    public int Rows => Features.Rows;

    /// <summary>Whether the features are sparse. They are then not centred, and input noise would make them dense.</summary>
    public bool IsSparse => Features is SparseMatrix;

    /// <summary>Tells which rank holds the features of each row; null where this process holds all.</summary>
    /// <remarks>Every rank has the targets, weights and blocks of all rows, so that splits and scores see all of them.</remarks>
    public RowShards? Shards => (Features as ShardedMatrix)?.Shards;

    /// <summary>The rows that targets are read from, such as the features themselves; null where <see cref="Targets"/> has them.</summary>
    public FeatureRows? TargetRows { get; init; }

    /// <summary>The stream of all rows, where the training rows (the first ones) are a sample of it; else null.</summary>
    public RowStream? Stream { get; init; }

    /// <summary>Replaces training rows by others of the stream during a run; null where no rows are replaced.</summary>
    public RowPool? Pool { get; init; }

    /// <summary>The block of each row, 0, 1, …; null where all rows are independent. Rows of one block stay together.</summary>
    public int[]? Blocks { get; init; }

    /// <summary>Whether numbers are encoded as piecewise linear; else each input has one standardized column.</summary>
    public bool IsPiecewise { get; init; }

    /// <summary>Whether the model is a sum of curves, so that a piecewise-linear encoding is read without hidden layers.</summary>
    public bool IsAdditive { get; init; }

    /// <summary>The encoding of inputs that a model is continued with; null where every encoding follows from the training rows.</summary>
    public GivenEncoding? Given { get; init; }

    /// <summary>The rows that these are copied from, whose encoding they have; null where they are no copy.</summary>
    private TrainingSet? Origin { get; init; }

    /// <summary>The numbers of the training rows among those of the origin.</summary>
    private int[] TrainingRowsOfOrigin { get; init; } = [];

    /// <summary>The count of numbers that are predicted for a row.</summary>
    public int TargetWidth => Task.Loss.TargetWidth;

    /// <summary>The encodings by rows that have been measured; a copy of the set with other features or weights has its own.</summary>
    public EncodingCache Encodings =>
        _encodings.IsOf(this) ? _encodings : _encodings = new EncodingCache(Features, Weights);

    /// <summary>The rows, encoded by the statistics of the training rows.</summary>
    public FeatureRows EncodedBy(int[] trainingRows) =>
        new(Features, EncodingBy(trainingRows, IsPiecewise), areReplaced: Pool is not null);

    /// <summary>Gives the encoding of the inputs that these rows show, and the given one where there is one.</summary>
    public InputEncoding EncodingBy(int[] rows, bool isPiecewise)
    {
        if (Origin is not null)
        {
            return Origin.EncodingBy(TrainingRowsOfOrigin, isPiecewise);
        }

        InputEncoding encoding = Given is null ? Measured() : Given.Complete(Measured);
        return Features.HasMissing ? encoding.WithZeroWhereMissing() : encoding;

        InputEncoding Measured() => Encodings.Of(this, rows, isPiecewise);
    }

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

    /// <summary>Copies the targets of these rows [rows, target width].</summary>
    public float[] TargetsOf(ReadOnlySpan<int> rows)
    {
        int width = TargetWidth;
        float[] targets = new float[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
        {
            ReadTargets(rows[i], targets.AsSpan(i * width, width));
        }

        return targets;
    }

    /// <summary>Copies the weights of these rows; the result is empty where all are 1.</summary>
    public float[] WeightsOf(int[] rows) => Weights is null ? [] : Array.ConvertAll(rows, row => Weights[row]);

    /// <summary>The blocks of these rows; null where all rows are independent.</summary>
    public int[]? BlocksOf(int[] rows) => Blocks is null ? null : Array.ConvertAll(rows, row => Blocks[row]);

    /// <summary>Gives the number of rows that so many rows in memory stand for, where those are a sample of a stream.</summary>
    public long RowsBehind(int rows) => Stream is null ? rows : (long)((double)rows / Stream.Positions.Length * Stream.Rows);

    /// <summary>Gives the block of a row; null where all rows are independent.</summary>
    public Func<int, int>? BlockOf => Blocks is null ? null : row => Blocks[row];

    /// <summary>Gives the class of a row, by which rows are split; null where numbers are predicted.</summary>
    public Func<int, int>? ClassOf => Task.Classes is null ? null : row => (int)Targets[row];

    /// <summary>Computes the constant scores that fit these rows best [outputs].</summary>
    public float[] NullModelScores(int[] rows) =>
        Task.Loss.NullModelScores(TargetRows is null ? TargetsOf(rows) : [], WeightsOf(rows));

    /// <summary>Copies these rows, in this order.</summary>
    public TrainingSet Take(int[] rows)
    {
        FeatureMatrix features = Features.Take(rows);
        float[] targets = TargetRows is null ? TargetsOf(rows) : [];
        return new TrainingSet(features, targets, Weights is null ? null : WeightsOf(rows), Groups, Task)
        {
            TargetRows = TargetRows?.Of(features),
            IsPiecewise = IsPiecewise,
            IsAdditive = IsAdditive,
            Given = Given,
            Blocks = BlocksOf(rows),
        };
    }

    /// <summary>Copies the rows of a run, which releases them: the training rows first, in this order.</summary>
    /// <remarks>Whatever becomes of the copy, its encoding is that of the rows it was made from.</remarks>
    /// <param name="trainingRows">The numbers of the rows to train on.</param>
    /// <param name="heldOutRows">The numbers of further rows.</param>
    public TrainingSet TakeForRun(int[] trainingRows, int[] heldOutRows) => Take([.. trainingRows, .. heldOutRows]) with
    {
        Stream = Stream,
        Origin = this,
        TrainingRowsOfOrigin = trainingRows,
    };

    /// <summary>Gives the rows that this rank holds, where ranks hold a part each.</summary>
    public TrainingSet OwnRows() => Features is not ShardedMatrix { Shards: { } shards } sharded ? this : this with
    {
        Features = sharded.Own,
        Targets = shards.OwnOf<float>(Targets),
        Weights = Weights is null ? null : shards.OwnOf<float>(Weights),
        Blocks = Blocks is null ? null : shards.OwnOf<int>(Blocks),
    };

    /// <summary>Gives back the memory of rows that a run has copied; others are left alone.</summary>
    public void Release()
    {
        if (Origin is not null)
        {
            Features.Release();
        }
    }
}
