using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Views;

/// <summary>A condition on the rows of a table.</summary>
/// <param name="row">The row's number, from 0.</param>
/// <param name="cells">The row's cells.</param>
internal delegate bool RowFilter(long row, TableReader cells);
