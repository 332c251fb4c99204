using System.Text.Json.Serialization;

namespace MLNet.DGating.Tool.Columns;

/// <summary>The column that is learnt.</summary>
/// <param name="Name">The name.</param>
/// <param name="Task">The learning task.</param>
/// <param name="Words">The words that can be predicted, in order; of two, the second is the positive one. Empty for numbers.</param>
internal sealed record LabelColumn(string Name, LearningTask Task, IReadOnlyList<string> Words)
{
    /// <summary>How cells are read, where they are numbers.</summary>
    public CellFormat Cells { get; init; } = CellFormat.Plain;

    /// <summary>What is taken away from numbers, in double precision, before they are learnt; null: nothing.</summary>
    /// <remarks>
    /// Predictions get it back in double precision. Single precision would lose numbers that are close together for their size.
    /// </remarks>
    public double? Centre { get; init; }

    [JsonIgnore]
    public string Negative => Words[0];

    [JsonIgnore]
    public string Positive => Words[1];
}
