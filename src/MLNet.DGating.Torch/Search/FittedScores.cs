namespace MLNet.DGating.Torch;

/// <summary>What a fit predicts on rows it has not seen.</summary>
internal static class FittedScores
{
    private const int BatchRows = 512;

    /// <summary>Scores [rows, outputs].</summary>
    public static float[] Of(FitResult fit, TrainingSet data, int[] rows, TrainingSettings settings)
    {
        if (fit.Groups.Length == 0)
        {
            return [.. rows.SelectMany(_ => fit.State.GatedBias)];
        }

        FeatureRows features = new FeatureRows(data.Features, fit.Scaling).Select(data.Groups.ColumnsOf(fit.Groups));
        using IKernel kernel = KernelFactory.Create(features, data, rows, settings, new RandomStream(settings.Seed, 0));
        using var network = new GatedNetwork(fit.Shape, data.Groups.Select(fit.Groups), kernel, Math.Min(rows.Length, BatchRows));
        network.Load(fit.State, StepSettings.Ungated);
        return network.Score(rows);
    }
}
