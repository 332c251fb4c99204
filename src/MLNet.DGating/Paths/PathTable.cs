using System.Globalization;
using System.Text;

namespace MLNet.DGating;

/// <summary>A path as text.</summary>
internal static class PathTable
{
    public static string Format(DGatingPath path)
    {
        var text = new StringBuilder();
        text.AppendLine("features   validation loss   metric   misfit ± standard error");
        foreach (DGatingPathCandidate candidate in path.Candidates)
        {
            string mark = (candidate.FeatureCount == path.BestFeatureCount, candidate.FeatureCount == path.SparsestFeatureCount) switch
            {
                (true, true) => "  best, and the sparsest within one standard error",
                (true, false) => "  best",
                (false, true) => "  sparsest within one standard error of the best",
                _ => "",
            };
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{candidate.FeatureCount,8}   {candidate.ValidationLoss,15:g4}   {candidate.Metric,6:f3}   {candidate.Misfit,6:f4} ± {candidate.StandardError:f4}{mark}");
        }

        return text.ToString();
    }
}
