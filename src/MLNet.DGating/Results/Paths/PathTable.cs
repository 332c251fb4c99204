using System.Globalization;
using System.Text;

namespace MLNet.DGating;

/// <summary>Formats paths as text.</summary>
internal static class PathTable
{
    public static string Format(DGatingPath path)
    {
        var text = new StringBuilder();
        if (!path.IsComplete)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"Cancelled at {path.Points[^1].FeatureCount} of {path.Points[0].FeatureCount} features.");
        }

        if (path.Candidates.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"features          λ   {path.LossName,13} ± error     {path.MetricName,8} ± error   bounded loss ± error");
        }

        foreach (DGatingPathCandidate candidate in path.Candidates)
        {
            string mark = (candidate.FeatureCount == path.BestFeatureCount, candidate.FeatureCount == path.SparsestFeatureCount) switch
            {
                (true, true) => "  best and sparsest",
                (true, false) => "  best",
                (false, true) => "  sparsest",
                _ => "",
            };
            double lambda = path.Points.FirstOrDefault(point => point.FeatureCount <= candidate.FeatureCount).Lambda;
            text.Append(CultureInfo.InvariantCulture, $"{candidate.FeatureCount,8}   {lambda,8:g3}   {candidate.ValidationLoss,13:g4}")
                .Append(CultureInfo.InvariantCulture, $" ± {candidate.ValidationLossStandardError,-7:g2}")
                .Append(CultureInfo.InvariantCulture, $"   {candidate.Metric,8:f3} ± {candidate.MetricStandardError,-5:f3}")
                .Append(CultureInfo.InvariantCulture, $"   {candidate.BoundedLoss,12:f4} ± {candidate.BoundedLossStandardError:f4}")
                .AppendLine(mark);
        }

        return text.AppendLine(path.Judging).ToString();
    }
}
