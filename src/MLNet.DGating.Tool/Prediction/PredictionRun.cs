using Microsoft.ML;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Prediction;

/// <summary>A pass over a table that scores each row and writes its cells with the predictions beside them.</summary>
internal sealed class PredictionRun
{
    private readonly ModelFile _model;
    private readonly TableFile _table;
    private readonly IDataView _scored;
    private readonly NumberCheck _numbers;

    /// <exception cref="ToolException">The table lacks a column that the model reads.</exception>
    public PredictionRun(ModelFile model, TableFile table)
    {
        _model = model;
        _table = table;
        string[] lacking = [.. model.Description.UsedColumns.Select(column => column.Name).Except(table.ColumnNames)];
        if (lacking.Length > 0)
        {
            string columns = lacking.Length == 1 ? "column" : "columns";
            string hint = lacking.Length == 1 ? Suggestion.For(lacking[0], table.ColumnNames) : "";
            throw ToolException.Input($"'{table.Path}' has no {columns} {Sentence.List(lacking)}, which the model reads{hint}. "
                + "Rename or add what is missing.");
        }

        _scored = model.Model.Transform(
            new TableView(table, model.Description.Columns.Select(column => column.Input), RowFilters.All));
        _numbers = new NumberCheck(table, model.Description.UsedColumns);
    }

    /// <summary>The columns that the pipeline takes, the predictions do not depend on, and the table lacks.</summary>
    public IEnumerable<string> UnusedAndAbsent => _model.Description.Columns.Select(column => column.Name).Except(_table.ColumnNames);

    /// <summary>The warnings about cells, once rows were written.</summary>
    public IEnumerable<string> Warnings => _numbers.Warnings;

    /// <summary>Writes all rows.</summary>
    /// <returns>The number of rows written.</returns>
    /// <exception cref="ToolException">A column of numbers has none.</exception>
    public long Write(TableWriter writer, bool predictionsOnly, CancellationToken cancellation)
    {
        using TableReader reader = _table.Read();
        PredictionColumn[] predictions = PredictionColumn.Of(_model.Description.Label, _scored.Schema);
        using DataViewRowCursor cursor = _scored.GetRowCursor(predictions.Select(prediction => prediction.Source));
        Func<string>[] cells = [.. predictions.Select(prediction => prediction.Getter(cursor))];
        int copied = predictionsOnly ? 0 : _table.ColumnNames.Count;
        foreach (string name in _table.ColumnNames.Take(copied).Concat(predictions.Select(prediction => prediction.Heading)))
        {
            writer.Cell(name);
        }

        writer.EndRow();
        long rows = 0;
        while (reader.Read() && cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            rows++;
            _numbers.Add(reader);
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

        _numbers.ThrowIfNone();
        return rows;
    }
}
