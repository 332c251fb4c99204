using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Text;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace MLNet.DGating.Tool.Tables;

/// <summary>The rows of a parquet file, one row group in memory at a time.</summary>
internal sealed class ParquetRows : TableReader
{
    // A column of one value repeated takes a few bytes for any number of rows; a count beyond this is damage.
    private const long MostRowsOfAByte = 1_000, AlwaysAllowed = 1_000_000;

    private readonly string _path;
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields;
    private readonly ParquetColumn[] _columns;
    private int _nextGroup;
    private int _row, _rows;

    public ParquetRows(string path)
    {
        _path = path;
        (_reader, _fields) = Guard(() =>
        {
            using (var file = new StrictFile(path))
            {
                ParquetSizes.CheckDescription(file);
            }

            ParquetReader reader = Wait(ParquetReader.CreateAsync(new StrictFile(path), leaveStreamOpen: false));
            return (reader, reader.Schema.GetDataFields());
        });
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

    private void ReadGroup(int index) => Guard(() =>
    {
        using ParquetRowGroupReader group = _reader.OpenRowGroupReader(index);
        long most = AlwaysAllowed + MostRowsOfAByte * new FileInfo(_path).Length;
        (_row, _rows) = group.RowCount >= 0 && group.RowCount <= Math.Min(most, Array.MaxLength) ? (0, (int)group.RowCount)
            : throw new InvalidDataException($"a part of it would have {group.RowCount} rows");
        using (var file = new StrictFile(_path))
        {
            foreach (ColumnChunk column in _reader.Metadata!.RowGroups[index].Columns)
            {
                ParquetSizes.CheckPages(file, column.MetaData!, most);
            }
        }

        for (int i = 0; i < _fields.Length; i++)
        {
            _columns[i] = ParquetColumn.Read(group, _fields[i], _rows);
        }

        return _rows;
    });

    // Parquet.Net meets damage with exceptions of any type, or goes on for ever where a length is wrong.
    private T Guard<T>(Func<T> read)
    {
        try
        {
            return Task.Run(read).WaitAsync(Patience).GetAwaiter().GetResult();
        }
        catch (TimeoutException fault)
        {
            throw ToolException.Input($"'{_path}' is damaged: a part of it was not read within {Patience.TotalSeconds:0} seconds. "
                + "Write it again, or as csv.", fault);
        }
        catch (Exception fault) when (fault is not (ToolException or FileNotFoundException or UnauthorizedAccessException))
        {
            throw ToolException.Input($"'{_path}' is damaged, or not as Parquet files are: {Sentence.WithoutPeriod(fault.Message)}. "
                + "Write it again, or as csv.", fault);
        }
    }

    // Far beyond what reading takes.
    private TimeSpan Patience => TimeSpan.FromSeconds(4 + 2 * (new FileInfo(_path).Length >> 20));

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
