using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Explains the scores of rows.</summary>
internal static class RowExplainer
{
    /// <summary>Explains the scores of a row.</summary>
    public static ScoreExplanation Explain(NetworkContributions contributions, FeatureSelectionReport report, in VBuffer<float> row)
    {
        CollapsedNetwork network = contributions.Network;
        float[] scores = new float[network.OutputCount];
        network.Score(in row, scores, network.CreateScratch());
        NetworkContributions.Scratch scratch = contributions.CreateScratch();
        contributions.Read(in row, scratch);
        float[][] parts = new float[scores.Length][];
        for (int output = 0; output < scores.Length; output++)
        {
            parts[output] = new float[network.Inputs.Slots.Length];
            contributions.Contribute(output, parts[output], scratch);
        }

        return new ScoreExplanation(report, contributions.ReferenceScores, scores, parts, scratch.Pairs);
    }
}
