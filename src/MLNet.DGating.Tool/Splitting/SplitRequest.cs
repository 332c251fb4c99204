using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Splitting;

/// <summary>What rows are split by.</summary>
/// <param name="File">The table.</param>
/// <param name="Label">The label; rows without it are in no part.</param>
/// <param name="Group">The column whose rows of one value stay together; null: none.</param>
/// <param name="Seed">The seed of the draws.</param>
internal sealed record SplitRequest(TableFile File, LabelColumn Label, string? Group, int Seed);
