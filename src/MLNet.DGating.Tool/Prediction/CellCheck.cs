using System.Globalization;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Prediction;

/// <summary>A check of the cells that a model reads: numbers and dates must be such, and categories ones that were trained on.</summary>
/// <remarks>Without it, other cells would count as missing or as no category, and nobody would notice.</remarks>
/// <param name="table">The table.</param>
/// <param name="columns">The columns that the model depends on.</param>
/// <param name="badCellsAreMissing">Whether a column may have no readable cell at all.</param>
internal sealed class CellCheck(TableFile table, IEnumerable<ModelColumn> columns, bool badCellsAreMissing)
{
    private readonly Counts[] _counts = [.. columns.Select(column => new Counts(column, table.IndexOf(column.Name)))];
    private long _row;

    public IEnumerable<string> Warnings => _counts.Where(column => column.Bad > 0).Select(column => column.Column.Encoding switch
    {
        ColumnEncoding.Number or ColumnEncoding.Date =>
            $"'{column.Column.Name}' holds words such as '{column.Example}' in {Sentence.Count(column.Bad, "row")}, first in row "
            + $"{column.First}, where the model reads {column.What}; they count as missing.",
        _ => $"'{column.Column.Name}' has values that no training row had in {Sentence.Count(column.Bad, "row")}, such as "
            + $"'{column.Example}' in row {column.First}; they count as none of those known.",
    });

    /// <summary>Checks the cells of a row.</summary>
    public void Add(TableReader row)
    {
        _row++;
        foreach (Counts column in _counts)
        {
            column.Add(row.Cell(column.Index), _row);
        }
    }

    /// <summary>Throws if a column of numbers or dates has none in any row.</summary>
    /// <exception cref="ToolException">A column has words and not one number or date.</exception>
    public void ThrowIfNone()
    {
        if (!badCellsAreMissing && _counts.FirstOrDefault(column => column is { Good: 0, Bad: > 0, What: not null }) is { } column)
        {
            throw ToolException.Input($"Column '{column.Column.Name}' of '{table.Path}' holds words such as '{column.Example}', "
                + $"but the model reads {column.What} there: give the column that it was trained on, or --bad-cells missing.");
        }
    }

    private sealed class Counts(ModelColumn column, int index)
    {
        private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? _known =
            column.Values is { } values ? values.ToHashSet().GetAlternateLookup<ReadOnlySpan<char>>() : null;

        private long _first;

        public ModelColumn Column => column;

        public int Index => index;

        public string? What => column.Encoding switch { ColumnEncoding.Number => "numbers", ColumnEncoding.Date => "dates", _ => null };

        public long Good { get; private set; }

        public long Bad { get; private set; }

        /// <summary>The number of the first row with a bad cell.</summary>
        public string First => _first.ToString("n0", CultureInfo.InvariantCulture);

        public string? Example { get; private set; }

        public void Add(ReadOnlySpan<char> cell, long row)
        {
            bool isGood = column.Encoding switch
            {
                ColumnEncoding.Number => double.IsFinite(column.Cells.Number(cell)),
                ColumnEncoding.Date => column.Cells.Date(cell).Length > 0,
                _ => _known is null || CellText.IsMissing(cell) || _known.Value.Contains(cell.Trim()),
            };
            if (isGood)
            {
                Good++;
            }
            else if (What is null || !column.Cells.IsMissing(cell))
            {
                _first = Bad++ == 0 ? row : _first;
                Example ??= cell.ToString();
            }
        }
    }
}
