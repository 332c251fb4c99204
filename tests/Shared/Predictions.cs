using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Shared;

/// <summary>What a model predicts, so that two models can be compared to the bit.</summary>
internal static class Predictions
{
    /// <summary>The scores of all rows one after another, each row's followed by its probability where there is one.</summary>
    public static float[] Of(IDataView scored)
    {
        IEnumerable<IEnumerable<float>> rows = scored.Schema["Score"].Type is VectorDataViewType
            ? scored.GetColumn<float[]>("Score")
            : scored.GetColumn<float>("Score").Select(score => new[] { score });
        if (scored.Schema.GetColumnOrNull("Probability") is not null)
        {
            rows = rows.Zip(scored.GetColumn<float>("Probability"), (score, probability) => score.Append(probability));
        }

        return [.. rows.SelectMany(row => row)];
    }

    public static byte[] Bits(IDataView scored) => [.. Of(scored).SelectMany(BitConverter.GetBytes)];
}
