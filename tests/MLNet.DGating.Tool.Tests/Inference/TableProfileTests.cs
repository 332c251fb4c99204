using CsCheck;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Inference;

/// <summary>Cells are read as they were written, and the kinds of columns are those of the values written.</summary>
public sealed class TableProfileTests : IDisposable
{
    private static readonly Gen<string> s_number = Gen.Float[-1e6f, 1e6f].Select(value => value.ToString());
    private static readonly Gen<string> s_boolean = Gen.OneOfConst("yes", "no");
    private static readonly Gen<string> s_category = Gen.OneOfConst("red", "light, blue", "a \"green\"", "two\nlines", "semi;colon");
    private static readonly Gen<string> s_date =
        Gen.DateTime[new DateTime(1950, 1, 1), new DateTime(2050, 1, 1)].Select(value => value.ToString("yyyy-MM-dd HH:mm:ss"));
    private static readonly Gen<string> s_missing = Gen.OneOfConst("", "NA", "?");

    private static readonly Gen<(ColumnKind Kind, Gen<string> Cell)> s_column = Gen.OneOfConst(
        (ColumnKind.Numeric, s_number), (ColumnKind.Boolean, s_boolean), (ColumnKind.Categorical, s_category), (ColumnKind.Date, s_date));

    private static readonly Gen<(ColumnKind[] Kinds, string[][] Rows)> s_table =
        from columns in s_column.Array[2, 6]
        from rows in Gen.Int[5, 40]
        from cells in Cells(columns, rows)
        select (columns.Select(column => column.Kind).ToArray(), cells);

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CellsAndKinds_AreThoseWritten_WithAnySeparator_PackedOrNot() =>
        Gen.Select(s_table, Gen.OneOfConst(',', ';', '\t', '|'), Gen.Bool).Sample((table, separator, isPacked) =>
        {
            string[] names = [.. table.Kinds.Select((kind, i) => $"{kind} {i}")];
            string text = TestTables.Csv(table.Rows.Prepend(names), separator);
            string name = Guid.NewGuid() + (isPacked ? ".csv.gz" : ".csv");
            string path = isPacked ? TestTables.Gzip(_folder, name, text) : _folder.Write(name, text);

            TableProfile profile = TestTables.Profile(path);
            // A row without any value is no row.
            string[][] filled = [.. table.Rows.Where(row => row.Any(cell => cell.Length > 0))];
            int missing = filled.Sum(row => row.Count(cell => cell is "" or "NA" or "?"));
            Assert.Equal(separator, profile.File.Format.Separator);
            Assert.Equal(names, profile.File.ColumnNames);
            Assert.Equal(filled, TestTables.Read(profile.File));
            Assert.Equal(table.Kinds, profile.Columns.Select(column => column.Kind));
            Assert.Equal(missing, profile.Columns.Sum(column => column.Missing));
            File.Delete(path);
        }, iter: 60);

    // The first row has values only, so that every column has one; the rows below it also have missing cells.
    private static Gen<string[][]> Cells((ColumnKind Kind, Gen<string> Cell)[] columns, int rows)
    {
        Gen<string[]> first = Row(columns, column => column.Cell);
        Gen<string[]> others = Row(columns, column => Gen.Frequency((4, column.Cell), (1, s_missing)));
        return Gen.Select(first, others.Array[rows], (head, tail) => tail.Prepend(head).ToArray());
    }

    private static Gen<string[]> Row(
        (ColumnKind Kind, Gen<string> Cell)[] columns, Func<(ColumnKind Kind, Gen<string> Cell), Gen<string>> cell)
    {
        var row = Gen.Const(Array.Empty<string>());
        foreach ((ColumnKind Kind, Gen<string> Cell) column in columns)
        {
            row = Gen.Select(row, cell(column), (cells, next) => cells.Append(next).ToArray());
        }

        return row;
    }
}
