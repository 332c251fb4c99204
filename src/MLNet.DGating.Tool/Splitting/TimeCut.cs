using System.Globalization;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Splitting;

/// <summary>A split by time: what came last is tested on.</summary>
internal sealed class TimeCut
{
    private readonly int _column;
    private readonly CellFormat _cells;
    private readonly bool _isDate;
    private readonly double _first;

    private TimeCut(int column, CellFormat cells, bool isDate, double[] sorted, double share)
    {
        (_column, _cells, _isDate) = (column, cells, isDate);
        _first = sorted[Math.Clamp((int)Math.Round((1 - share) * sorted.Length), 0, sorted.Length - 1)];
        // Rows of one time are on one side.
        if (_first == sorted[0])
        {
            _first = sorted.FirstOrDefault(time => time > sorted[0], double.NaN);
        }
    }

    /// <summary>The first time that is tested on, as text.</summary>
    public string First => !_isDate ? _first.ToString(CultureInfo.InvariantCulture)
        : new DateTime((long)_first).ToString(_first % TimeSpan.TicksPerDay == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss",
            CultureInfo.InvariantCulture);

    /// <summary>The rows to test on.</summary>
    public RowFilter HeldOut => (_, cells) => Time(cells) >= _first;

    /// <summary>The rows to train on: those before, and those without a time.</summary>
    public RowFilter Trained => (_, cells) => !(Time(cells) >= _first);

    /// <summary>Finds the time that so many rows are at or behind.</summary>
    /// <param name="file">The table.</param>
    /// <param name="labelled">The rows that have a label.</param>
    /// <param name="column">The facts about the column with the time.</param>
    /// <param name="share">The share of the rows to test on.</param>
    /// <exception cref="ToolException">The column holds no times, or one only.</exception>
    public static TimeCut At(TableFile file, RowFilter labelled, ColumnProfile column, double share)
    {
        if (column.Kind is not (ColumnKind.Date or ColumnKind.Numeric))
        {
            throw ToolException.Training($"'{column.Name}' holds neither dates nor numbers, so there is no order of time: name another "
                + $"column for --time, or read it as dates with --date {column.Name}.");
        }

        int index = file.IndexOf(column.Name);
        bool isDate = column.Kind == ColumnKind.Date;
        var times = new List<double>();
        using TableReader reader = file.Read();
        for (long row = 0; reader.Read(); row++)
        {
            if (labelled(row, reader) && Time(reader, index, column.Reading.Cells, isDate) is var time && double.IsFinite(time))
            {
                times.Add(time);
            }
        }

        times.Sort();
        TimeCut? cut = times.Count == 0 ? null : new TimeCut(index, column.Reading.Cells, isDate, [.. times], share);
        return cut is not null && double.IsFinite(cut._first) ? cut
            : throw ToolException.Training(
                $"All rows of '{column.Name}' have the same time, or none: there is no later one to test on. Leave --time out.");
    }

    private double Time(TableReader cells) => Time(cells, _column, _cells, _isDate);

    private static double Time(TableReader cells, int column, CellFormat format, bool isDate)
    {
        if (!isDate)
        {
            return format.Number(cells.Cell(column));
        }

        return DateTime.TryParse(format.Date(cells.Cell(column)), CultureInfo.InvariantCulture, out DateTime date)
            ? date.Ticks
            : double.NaN;
    }
}
