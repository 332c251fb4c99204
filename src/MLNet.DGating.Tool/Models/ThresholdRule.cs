using System.Globalization;
using System.Text.Json.Serialization;
using MLNet.DGating.Tool.Errors;

namespace MLNet.DGating.Tool.Models;

/// <summary>The rule by which a row is predicted to be of the positive of two classes, and the threshold that it gave.</summary>
internal sealed record ThresholdRule
{
    public required ThresholdKind Kind { get; init; }

    /// <summary>The cost of a row that is wrongly predicted to be positive.</summary>
    public double FalseAlarmCost { get; init; } = 1;

    /// <summary>The cost of a positive row that is not found.</summary>
    public double MissCost { get; init; } = 1;

    /// <summary>The probability above which a row is predicted to be positive.</summary>
    public double Probability { get; init; } = 0.5;

    /// <summary>The score of that probability: its log-odds.</summary>
    [JsonIgnore]
    public float Score => (float)Math.Log(Probability / (1 - Probability));

    /// <summary>Reads "f1", "cost=1:5" or a probability.</summary>
    /// <exception cref="ToolException">The text is none of these.</exception>
    public static ThresholdRule Parse(string text)
    {
        if (text.Equals("f1", StringComparison.OrdinalIgnoreCase))
        {
            return new ThresholdRule { Kind = ThresholdKind.F1 };
        }

        string[] costs = text.StartsWith("cost=", StringComparison.OrdinalIgnoreCase) ? text[5..].Split(':') : [];
        if (costs.Length == 2 && Number(costs[0]) is > 0 and { } alarm && Number(costs[1]) is > 0 and { } miss)
        {
            return new ThresholdRule { Kind = ThresholdKind.Cost, FalseAlarmCost = alarm, MissCost = miss };
        }

        return Number(text) is > 0 and < 1 and { } probability
            ? new ThresholdRule { Kind = ThresholdKind.Value, Probability = probability }
            : throw ToolException.Usage("--threshold must be f1, cost=a:b (a false alarm costs a, a miss b, both above 0), or a "
                + $"probability between 0 and 1, but was '{text}'.");
    }

    /// <summary>The rule in words: "the largest F1 score".</summary>
    [JsonIgnore]
    public string Words => Kind switch
    {
        ThresholdKind.F1 => "the largest F1 score",
        ThresholdKind.Cost => FormattableString.Invariant($"the least cost, {FalseAlarmCost} a false alarm and {MissCost} a miss"),
        _ => "as given",
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : null;
}
