using Microsoft.ML;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Prediction;

/// <summary>A table that a model scores row by row as it is read.</summary>
internal sealed class ScoredTable
{
    private readonly ModelFile _model;

    private readonly bool _badCellsAreMissing;

    /// <param name="model">The model.</param>
    /// <param name="table">The table.</param>
    /// <param name="badCellsAreMissing">Whether a column that has no readable cell counts as missing, instead of being an error.</param>
    /// <exception cref="ToolException">The table lacks a column that the model reads.</exception>
    public ScoredTable(ModelFile model, TableFile table, bool badCellsAreMissing)
    {
        _model = model;
        _badCellsAreMissing = badCellsAreMissing;
        Table = table;
        string[] lacking = [.. model.Description.UsedColumns.Select(column => column.Name).Except(table.ColumnNames)];
        if (lacking.Length > 0)
        {
            string columns = lacking.Length == 1 ? "column" : "columns";
            string hint = lacking.Length == 1 ? Suggestion.For(lacking[0], table.ColumnNames) : "";
            throw ToolException.Input($"'{table.Path}' has no {columns} {Sentence.List(lacking)}, which the model reads{hint}. "
                + "Rename or add what is missing.");
        }

        Rows = model.Model.Transform(
            new TableView(table, model.Description.ReadColumns.Select(column => column.Input), RowFilters.All));
    }

    public TableFile Table { get; }

    public ModelDescription Description => _model.Description;

    /// <summary>The scored rows, in the order of the table's.</summary>
    public IDataView Rows { get; }

    /// <summary>The step of the model that has the network.</summary>
    public ITransformer Predictor =>
        ((IEnumerable<ITransformer>)_model.Model).Last(step => step is ISingleFeaturePredictionTransformer<object>);

    /// <summary>The columns that the model was trained on, the predictions do not depend on, and the table lacks.</summary>
    public string[] UnusedAndAbsent => [.. Description.Columns.Select(column => column.Name).Except(Table.ColumnNames)];

    /// <summary>Starts a check of the cells that the model reads.</summary>
    public CellCheck CheckCells() => new(Table, Description.UsedColumns, _badCellsAreMissing);
}
