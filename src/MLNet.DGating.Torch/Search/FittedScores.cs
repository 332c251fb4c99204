using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Search;

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

        TrainingSet selected = data with { Groups = data.Groups.Select(fit.Groups) };
        using INetwork network = NetworkFactory.Create(
            new FeatureRows(data.Features, fit.Scaling), data.Groups.ColumnsOf(fit.Groups), selected, rows, Math.Min(rows.Length, BatchRows), settings, new RandomStream(settings.Seed, 0));
        network.Load(fit.State, StepSettings.Ungated);
        return network.Score(rows);
    }
}
