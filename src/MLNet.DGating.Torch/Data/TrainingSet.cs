namespace MLNet.DGating.Torch;

/// <summary>Rows to learn from: features in group order, one target a row, and optional example weights.</summary>
/// <param name="Features">[rows, columns], raw; columns stand group by group.</param>
/// <param name="Targets">A row's regression target, 0/1 label, or 0-based class.</param>
/// <param name="Weights">Example weights, null when all are 1. Only their ratios matter.</param>
/// <param name="Groups">Which columns form which group.</param>
internal sealed record TrainingSet(DesignMatrix Features, float[] Targets, float[]? Weights, GroupLayout Groups)
{
    public int Rows => Features.Rows;

    /// <summary>These rows alone, copied, in this order.</summary>
    public TrainingSet Take(int[] rows)
    {
        var features = new DesignMatrix(Features.Columns);
        foreach (int row in rows)
        {
            Features.Row(row).CopyTo(features.AddRow());
        }

        return this with { Features = features, Targets = Array.ConvertAll(rows, row => Targets[row]), Weights = Weights is null ? null : Array.ConvertAll(rows, row => Weights[row]) };
    }
}
