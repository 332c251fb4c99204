namespace MLNet.DGating.Benchmarks;

/// <summary>Measured tables that packages of R ship, as packages.R writes them.</summary>
internal static class PackageTables
{
    /// <summary>Gives a table for each csv file of a folder; none where no folder is given.</summary>
    public static IEnumerable<PlainTable> All(string? folder) => folder is null
        ? []
        : Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal).Select(Of);

    private static CsvTable Of(string path)
    {
        string[] header = File.ReadLines(path).First().Split(',');
        TableTask task = Enum.Parse<TableTask>(header[^1], ignoreCase: true);
        int numbers = header.Count(name => name.StartsWith("n:", StringComparison.Ordinal)), categories = header.Length - 1 - numbers;
        string kind = $"{header[^1]}, {numbers} numbers, {categories} categories";
        return new CsvTable(Path.GetFileNameWithoutExtension(path), kind, () => Read(path, header, task)) { Family = TableFamily.Packages };
    }

    private static (TableSchema Schema, TableRow[] Rows) Read(string path, string[] header, TableTask task)
    {
        int[] numbers = At("n:"), categories = At("c:");
        TableRow[] rows =
        [
            .. File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Select(cells => new TableRow(
                Array.ConvertAll(numbers, at => CsvTable.Number(cells[at])), Array.ConvertAll(categories, at => cells[at]),
                CsvTable.Number(cells[^1]))),
        ];
        int classes = task == TableTask.Regression ? 0 : 1 + (int)rows.Max(row => row.Label);
        return (new TableSchema(task, classes, Names(numbers), Names(categories)), rows);

        int[] At(string kind) =>
            [.. header.Index().Where(name => name.Item.StartsWith(kind, StringComparison.Ordinal)).Select(name => name.Index)];
        string[] Names(int[] columns) => Array.ConvertAll(columns, column => header[column][2..]);
    }
}
