using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Prediction;

/// <summary>A check that the columns which a model reads as numbers hold numbers.</summary>
/// <remarks>Without it, words there would count as missing, and nobody would notice.</remarks>
internal sealed class NumberCheck(TableFile table, IEnumerable<ModelColumn> columns)
{
    private readonly Counts[] _counts =
    [
        .. columns.Where(column => column.Encoding == Encoding.Number)
            .Select(column => new Counts(column.Name, table.IndexOf(column.Name))),
    ];

    public IEnumerable<string> Warnings => _counts.Where(column => column.Words > 0).Select(column =>
        $"'{column.Name}' holds words such as '{column.Example}' in {Sentence.Count(column.Words, "row")}, "
        + "where the model reads numbers; they count as missing.");

    /// <summary>Counts the numbers and words of a row.</summary>
    public void Add(TableReader row)
    {
        foreach (Counts column in _counts)
        {
            ReadOnlySpan<char> cell = row.Cell(column.Index);
            if (CellText.TryNumber(cell, out _))
            {
                column.Numbers++;
            }
            else if (!CellText.IsMissing(cell))
            {
                column.Words++;
                column.Example ??= cell.ToString();
            }
        }
    }

    /// <summary>Throws if a column has no number in any row.</summary>
    /// <exception cref="ToolException">A column has words and not one number.</exception>
    public void ThrowIfNone()
    {
        if (_counts.FirstOrDefault(column => column is { Numbers: 0, Words: > 0 }) is { } column)
        {
            throw ToolException.Input($"Column '{column.Name}' of '{table.Path}' holds words such as '{column.Example}', "
                + "but the model reads numbers there: give the column that it was trained on.");
        }
    }

    private sealed class Counts(string name, int index)
    {
        public string Name => name;

        public int Index => index;

        public long Numbers { get; set; }

        public long Words { get; set; }

        public string? Example { get; set; }
    }
}
