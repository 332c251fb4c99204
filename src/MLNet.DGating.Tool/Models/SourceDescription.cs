using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Models;

/// <summary>The file that a model was trained on.</summary>
internal sealed record SourceDescription(string File, TableFormat Format, IReadOnlyList<string> ColumnNames);
