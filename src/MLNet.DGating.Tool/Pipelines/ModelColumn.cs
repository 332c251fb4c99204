using System.Text.Json.Serialization;
using MLNet.DGating.Tool.Input;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>A column that a pipeline reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">Its position in the file it was trained on.</param>
/// <param name="Kind">What its cells were.</param>
/// <param name="Encoding">What is made of it.</param>
/// <param name="Missing">Missing cells among all.</param>
internal sealed record ModelColumn(string Name, int Index, ColumnKind Kind, Encoding Encoding, long Missing)
{
    [JsonIgnore]
    public InputColumn Input => new(Name, Encoding == Encoding.Number);
}

/// <summary>A column that is not read, and why.</summary>
internal sealed record LeftOutColumn(string Name, string Reason);
