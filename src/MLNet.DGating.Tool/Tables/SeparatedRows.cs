using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Text;
using nietras.SeparatedValues;

namespace MLNet.DGating.Tool.Tables;

/// <summary>The rows of a csv or tsv file. A gzipped file is unpacked as it is read.</summary>
/// <remarks>Cells may be quoted; such a cell may hold separators, doubled quotes and newlines.</remarks>
internal sealed class SeparatedRows : TableReader
{
    private readonly string _path;
    private readonly SepReader _reader;
    private readonly bool _isRegular;
    private int _columns = -1;
    private long _row;

    /// <param name="path">The file.</param>
    /// <param name="separator">The character between cells.</param>
    /// <param name="hasHeader">Whether the first row is a header, which is skipped.</param>
    /// <param name="isRegular">Whether all rows must have as many cells as the first.</param>
    public SeparatedRows(string path, char separator, bool hasHeader, bool isRegular = true)
    {
        _path = path;
        _isRegular = isRegular;
        _reader = Sep.New(separator).Reader(options => options with
        {
            HasHeader = false, Unescape = true, DisableColCountCheck = true, CultureInfo = null,
        }).From(Stream(path));
        if (hasHeader)
        {
            Read();
        }
    }

    /// <summary>The number of cells in the current row.</summary>
    public int Count => _reader.Current.ColCount;

    public override bool Read()
    {
        do
        {
            try
            {
                if (!_reader.MoveNext())
                {
                    return false;
                }
            }
            catch (Exception fault) when (fault is InvalidDataException or NotSupportedException or IOException or SharpZipBaseException)
            {
                throw ToolException.Input($"'{_path}' is damaged after row {_row}: {Sentence.WithoutPeriod(fault.Message)}. "
                    + "Unpack or write it again.", fault);
            }

            _row++;
        }
        while (IsBlank);
        if (_columns < 0)
        {
            _columns = Count;
        }
        else if (_isRegular && Count != _columns)
        {
            throw ToolException.Input($"'{_path}' has {Sentence.Count(Count, "cell")} in row {_row}, but {_columns} in the first row: "
                + "mend the row, quote cells that hold the separator, or name the right --separator.");
        }

        return true;
    }

    public override ReadOnlySpan<char> Cell(int column) => _reader.Current[column].Span;

    public override void Dispose() => _reader.Dispose();

    // Many programs leave an empty line at a file's end. In a table of one column an empty line is a missing value.
    private bool IsBlank => _columns != 1 && Count == 1 && Cell(0).IsEmpty;

    private static Stream Stream(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        int first = file.ReadByte(), second = file.ReadByte();
        file.Position = 0;
        // .NET's own GZipStream does not notice that a file was cut.
        return (first, second) == (0x1F, 0x8B) ? new GZipInputStream(file) : file;
    }
}
