using Microsoft.ML.Data;

namespace MLNet.DGating.Tool.Reporting;

/// <summary>A row of features that is made for a report.</summary>
internal sealed class FeatureRow
{
    public VBuffer<float> Values { get; set; }
}
