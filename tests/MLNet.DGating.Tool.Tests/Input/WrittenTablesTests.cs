using CsCheck;
using MLNet.DGating.Tool.Input;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Input;

/// <summary>Whatever is written as a table is read as it was, and its columns are taken for what they are.</summary>
public sealed class WrittenTablesTests : IDisposable
{
    private static readonly Gen<string> _number = Gen.Float[-1e6f, 1e6f].Select(value => value.ToString());
    private static readonly Gen<string> _boolean = Gen.OneOfConst("yes", "no");
    private static readonly Gen<string> _category = Gen.OneOfConst("red", "light, blue", "a \"green\"", "two\nlines", "semi;colon");
    private static readonly Gen<string> _date = Gen.DateTime[new DateTime(1950, 1, 1), new DateTime(2050, 1, 1)].Select(value => value.ToString("yyyy-MM-dd HH:mm:ss"));
    private static readonly Gen<string> _missing = Gen.OneOfConst("", "NA", "?");

    private static readonly Gen<(ColumnKind Kind, Gen<string> Cell)> _column = Gen.OneOfConst(
        (ColumnKind.Numeric, _number), (ColumnKind.Boolean, _boolean), (ColumnKind.Categorical, _category), (ColumnKind.Date, _date));

    private static readonly Gen<(ColumnKind[] Kinds, string[][] Rows)> _table =
        from columns in _column.Array[2, 6]
        from rows in Gen.Int[5, 40]
        from cells in Cells(columns, rows)
        select (columns.Select(column => column.Kind).ToArray(), cells);

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CellsAndKinds_AreThoseWritten_WithAnySeparator_PackedOrNot() =>
        Gen.Select(_table, Gen.OneOfConst(',', ';', '\t', '|'), Gen.Bool).Sample((table, separator, isPacked) =>
        {
            string[] names = [.. table.Kinds.Select((kind, i) => $"{kind} {i}")];
            string text = Tables.Csv(table.Rows.Prepend(names), separator);
            string name = Guid.NewGuid() + (isPacked ? ".csv.gz" : ".csv");
            string path = isPacked ? Tables.Gzip(_folder, name, text) : _folder.Write(name, text);

            TableProfile profile = Tables.Profile(path);
            Assert.Equal(separator, profile.File.Format.Separator);
            Assert.Equal(names, profile.File.ColumnNames);
            Assert.Equal(table.Rows, Tables.Read(profile.File));
            Assert.Equal(table.Kinds, profile.Columns.Select(column => column.Kind));
            Assert.Equal(table.Rows.Sum(row => row.Count(cell => cell is "" or "NA" or "?")), profile.Columns.Sum(column => column.Missing));
            File.Delete(path);
        }, iter: 60);

    // A first row of values, so that every column has one; below it, values and missing cells.
    private static Gen<string[][]> Cells((ColumnKind Kind, Gen<string> Cell)[] columns, int rows)
    {
        Gen<string[]> first = Row(columns, column => column.Cell);
        Gen<string[]> others = Row(columns, column => Gen.Frequency((4, column.Cell), (1, _missing)));
        return Gen.Select(first, others.Array[rows], (head, tail) => tail.Prepend(head).ToArray());
    }

    private static Gen<string[]> Row((ColumnKind Kind, Gen<string> Cell)[] columns, Func<(ColumnKind Kind, Gen<string> Cell), Gen<string>> cell) =>
        columns.Aggregate(Gen.Const(Array.Empty<string>()), (row, column) => Gen.Select(row, cell(column), (cells, next) => cells.Append(next).ToArray()));
}
