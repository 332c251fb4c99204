using Microsoft.ML;
using MLNet.DGating.Tool.Input;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;

namespace MLNet.DGating.Tool.Prediction;

/// <summary>Scores a table row by row and writes its cells with the predictions beside them; nothing is held in memory.</summary>
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
            string hint = lacking.Length == 1 ? Suggestion.For(lacking[0], table.ColumnNames) : "";
            throw ToolException.Input($"'{table.Path}' has no {(lacking.Length == 1 ? "column" : "columns")} {Sentence.List(lacking)}, which the model reads{hint}. Rename or add what is missing.");
        }

        _scored = model.Model.Transform(new TableView(table, model.Description.Columns.Select(column => column.Input), RowFilters.All));
        _numbers = new NumberCheck(table, model.Description.UsedColumns);
    }

    /// <summary>Columns of the model that the table lacks, and that the model does not read.</summary>
    public IEnumerable<string> UnusedAndAbsent => _model.Description.Columns.Select(column => column.Name).Except(_table.ColumnNames);

    /// <summary>What was wrong with cells that the model reads, once rows were written.</summary>
    public IEnumerable<string> Warnings => _numbers.Warnings;

    /// <returns>Rows written.</returns>
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
            _numbers.See(reader);
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
