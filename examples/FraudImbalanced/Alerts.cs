using Microsoft.ML;
using Microsoft.ML.Data;

namespace FraudImbalanced;

/// <summary>What a threshold on the score means for those who look into the alerts.</summary>
/// <param name="Rate">The share of all rows that raise an alert.</param>
/// <param name="Recall">The share of the rare class that is among them.</param>
/// <param name="Precision">The share of the alerts that are right.</param>
internal readonly record struct Alerts(double Rate, double Recall, double Precision)
{
    /// <summary>The threshold that this share of the rows exceeds.</summary>
    public static float Threshold(IDataView scored, double rate)
    {
        float[] scores = [.. scored.GetColumn<float>("Score").OrderDescending()];
        return scores[(int)(rate * scores.Length)];
    }

    public static Alerts Above(IDataView scored, float threshold)
    {
        bool[] alert = [.. scored.GetColumn<float>("Score").Select(score => score > threshold)];
        bool[] rare = [.. scored.GetColumn<bool>("Label")];
        double alerts = alert.Count(raised => raised);
        double right = alert.Zip(rare).Count(row => row.First && row.Second);
        return new(alerts / alert.Length, right / rare.Count(isRare => isRare), alerts == 0 ? double.NaN : right / alerts);
    }
}
