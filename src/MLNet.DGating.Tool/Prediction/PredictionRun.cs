using Microsoft.ML;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Prediction;

/// <summary>A pass over a table that scores each row and writes its cells with the predictions beside them.</summary>
internal sealed class PredictionRun(ScoredTable scored)
{
    private string[] _emptyRows = [];
    private readonly CellCheck _cells = scored.CheckCells();

    public TableFile Table => scored.Table;

    /// <summary>The warnings about cells, once rows were written.</summary>
    public IEnumerable<string> Warnings => [.. scored.Table.Warnings, .. _emptyRows, .. _cells.Warnings];

    /// <summary>Writes all rows.</summary>
    /// <returns>The number of rows written.</returns>
    /// <exception cref="ToolException">A column of numbers has none.</exception>
    public long Write(TableWriter writer, bool predictionsOnly, CancellationToken cancellation)
    {
        using TableReader reader = scored.Table.Read();
        PredictionColumn[] predictions = PredictionColumn.Of(scored.Description.Label, scored.Rows.Schema);
        using DataViewRowCursor cursor = scored.Rows.GetRowCursor(predictions.Select(prediction => prediction.Source));
        Func<string>[] cells = [.. predictions.Select(prediction => prediction.Getter(cursor))];
        int copied = predictionsOnly ? 0 : scored.Table.ColumnNames.Count;
        string[] names = [.. scored.Table.ColumnNames.Take(copied), .. predictions.Select(prediction => prediction.Heading)];
        foreach (string name in TableHeader.Unique(names))
        {
            writer.Cell(name);
        }

        writer.EndRow();
        long rows = 0;
        while (reader.Read() && cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            rows++;
            _cells.Add(reader);
            for (int column = 0; column < copied; column++)
            {
                writer.Cell(reader.Cell(column));
            }

            foreach (Func<string> cell in cells)
            {
                writer.Cell(cell());
            }

            writer.EndRow();
        }

        _emptyRows = reader.EmptyRows == 0 ? [] : [$"{Sentence.Count(reader.EmptyRows, "row")} without any value skipped."];
        _cells.ThrowIfNone();
        return rows;
    }
}
