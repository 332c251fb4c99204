using MLNet.DGating.Tool.Errors;
using Parquet;
using Parquet.Schema;

namespace MLNet.DGating.Tool.Tables;

/// <summary>The rows of a parquet file, one row group in memory at a time.</summary>
internal sealed class ParquetRows : TableReader
{
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields;
    private readonly ParquetColumn[] _columns;
    private int _nextGroup;
    private int _row, _rows;

    public ParquetRows(string path)
    {
        _reader = Wait(ParquetReader.CreateAsync(path));
        _fields = _reader.Schema.GetDataFields();
        _columns = new ParquetColumn[_fields.Length];
    }

    public static bool IsParquet(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[4];
        return file.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic.SequenceEqual("PAR1"u8);
    }

    public static string[] ColumnNames(string path)
    {
        using var rows = new ParquetRows(path);
        return Array.ConvertAll(rows._fields, field => field.MaxRepetitionLevel == 0
            ? field.Path.ToString()
            : throw ToolException.Input($"Column '{field.Path}' of '{path}' holds lists: write the table with one value in a cell."));
    }

    public override bool Read()
    {
        _row++;
        while (_row >= _rows)
        {
            if (_nextGroup == _reader.RowGroupCount)
            {
                return false;
            }

            ReadGroup(_nextGroup++);
        }

        return true;
    }

    public override ReadOnlySpan<char> Cell(int column) => _columns[column].Cell(_row);

    public override void Dispose() => _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void ReadGroup(int index)
    {
        using ParquetRowGroupReader group = _reader.OpenRowGroupReader(index);
        (_row, _rows) = (0, checked((int)group.RowCount));
        for (int i = 0; i < _fields.Length; i++)
        {
            _columns[i] = ParquetColumn.Read(group, _fields[i], _rows);
        }
    }

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
