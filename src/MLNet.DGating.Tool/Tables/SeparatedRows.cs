using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Text;
using nietras.SeparatedValues;

namespace MLNet.DGating.Tool.Tables;

/// <summary>The rows of a csv or tsv file. A gzipped file is unpacked as it is read.</summary>
/// <remarks>
/// Cells may be quoted; such a cell may hold separators, doubled quotes and newlines. Comments, and rows without any value, are skipped.
/// </remarks>
internal sealed class SeparatedRows : TableReader
{
    private readonly string _path;
    private readonly TableFormat _format;
    private readonly SepReader _reader;
    private readonly bool _isRegular;
    private int _columns = -1;
    private long _emptyRows;

    /// <param name="path">The file.</param>
    /// <param name="format">The format; the header, if there is one, is skipped.</param>
    /// <param name="isRegular">Whether all rows must have as many cells as the first.</param>
    public SeparatedRows(string path, TableFormat format, bool isRegular = true)
    {
        _path = path;
        _format = format;
        _isRegular = isRegular;
        var text = new StreamReader(new UnpackedFile(path), format.Encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
        _reader = Sep.New(format.Separator).Reader(options => options with
        {
            HasHeader = false, Unescape = true, DisableColCountCheck = true, CultureInfo = null,
        }).From(text);
        if (format.HasSeparatorLine)
        {
            _reader.MoveNext();
        }

        if (format.HasHeader)
        {
            Read();
            _emptyRows = 0;
        }
    }

    /// <summary>The number of cells in the current row.</summary>
    public int Count => _reader.Current.ColCount;

    public override long EmptyRows => _emptyRows;

    public override bool Read()
    {
        while (MoveNext())
        {
            if (IsComment)
            {
                continue;
            }

            if (IsEmpty)
            {
                _emptyRows++;
                continue;
            }

            if (_columns < 0)
            {
                _columns = Count;
            }
            else if (_isRegular && Count != _columns)
            {
                throw ToolException.Input($"'{_path}' has {Sentence.Count(Count, "cell")} in line {_reader.Current.LineNumberFrom:n0}, "
                    + $"but {_columns} in the first: mend the line, quote cells that hold the separator, or name the right --separator.");
            }

            return true;
        }

        return false;
    }

    public override ReadOnlySpan<char> Cell(int column) => _reader.Current[column].Span;

    public override void Dispose() => _reader.Dispose();

    private bool IsComment => _format.Comment is { } comment && Count > 0 && Cell(0).TrimStart().StartsWith([comment]);

    // Spreadsheets leave such rows at a table's end. In a table of one column an empty line is a missing value.
    private bool IsEmpty
    {
        get
        {
            for (int i = 0; i < Count; i++)
            {
                if (_columns == 1 || !Cell(i).IsWhiteSpace())
                {
                    return false;
                }
            }

            return true;
        }
    }

    private bool MoveNext()
    {
        try
        {
            return _reader.MoveNext();
        }
        catch (Exception fault) when (fault is InvalidDataException or NotSupportedException or IOException)
        {
            long line = _reader.Current.LineNumberFrom;
            throw ToolException.Input($"'{_path}' cannot be read after line {line:n0}: {Sentence.WithoutPeriod(fault.Message)}. "
                + "Close the quotes of its cells, or write it again.", fault);
        }
    }
}
