using System.Globalization;

namespace MLNet.DGating.Benchmarks;

/// <summary>A table of measured data in a csv file, a fifth of whose rows each split tests on.</summary>
/// <param name="Name">A short name, for --only.</param>
/// <param name="Kind">What it is like.</param>
/// <param name="Load">Reads all rows.</param>
internal sealed record CsvTable(string Name, string Kind, Func<(TableSchema Schema, TableRow[] Rows)> Load)
    : PlainTable(Name, Kind, TableFamily.Real)
{
    private readonly Lazy<(TableSchema Schema, TableRow[] Rows)> _content = new(Load);

    /// <summary>All rows.</summary>
    public (TableSchema Schema, TableRow[] Rows) Content => _content.Value;

    public static IEnumerable<PlainTable> All(string folder)
    {
        yield return Of("adult", "binary, 8 categories", folder, "adult.csv", "label(IsOver50K)", TableTask.Binary,
        [
            "workclass", "education", "marital-status", "occupation", "relationship", "ethnicity", "sex", "native-country",
        ]);
        yield return California(folder);
        yield return Of("taxi", "regression, 2 categories, heavy tails", folder, "taxi-fare.csv", "fare_amount", TableTask.Regression,
            ["vendor_id", "payment_type"]);
    }

    /// <summary>California housing with three ratios beside the columns of the file, and the target in 100,000 dollars.</summary>
    public static CsvTable California(string folder)
    {
        CsvTable plain = Of("california", "regression, 1 category, 3 ratios", folder, "california.csv", "median_house_value",
            TableTask.Regression, ["ocean_proximity"]);
        return new CsvTable(plain.Name, plain.Kind, () =>
        {
            (TableSchema schema, TableRow[] rows) = plain.Content;
            int rooms = At("total_rooms"), bedrooms = At("total_bedrooms"), people = At("population"), households = At("households");
            TableRow[] wider = Array.ConvertAll(rows, row =>
            {
                float[] x = row.Numbers;
                float[] ratios = [x[rooms] / x[households], x[bedrooms] / x[rooms], x[people] / x[households]];
                return new TableRow([.. x, .. ratios], row.Categories, row.Label / 100_000);
            });
            string[] names = [.. schema.Numbers, "rooms_per_household", "bedrooms_per_room", "population_per_household"];
            return (schema with { Numbers = names }, wider);

            int At(string name) => Array.IndexOf(schema.Numbers, name);
        });
    }

    /// <summary>The quality of white and red wine, from 0 to 10 (UCI; Cortez et al. 2009).</summary>
    /// <remarks>It does not come with the other data.</remarks>
    /// <param name="folder">The folder of winequality-white.csv and winequality-red.csv, separated by commas or semicolons.</param>
    public static CsvTable Wine(string folder) => new("wine", "regression, quality of wine", () =>
    {
        (TableSchema schema, TableRow[] white) = Wine(folder, "white");
        return (schema, [.. white, .. Wine(folder, "red").Rows]);
    });

    /// <summary>The same, each row once: a fifth repeat another one, so that test rows are known from training.</summary>
    public static CsvTable DistinctWine(string folder) => new("wine-distinct", "regression, quality of wine, each row once", () =>
    {
        (TableSchema schema, TableRow[] rows) = Wine(folder).Content;
        return (schema, [.. rows.DistinctBy(row => string.Join(' ', row.Numbers))]);
    });

    public override PlainSplit Split(int split) => PlainSplit.Of(Content.Schema, Content.Rows, split);

    private static CsvTable Of(
        string name, string kind, string folder, string file, string label, TableTask task, string[] categories)
    {
        string path = Path.Combine(folder, file);
        return new CsvTable(name, kind, () => Read(path, label, task, categories));
    }

    private static (TableSchema Schema, TableRow[] Rows) Read(string path, string label, TableTask task, string[] categories)
    {
        string[] header = File.ReadLines(path).First().Split(',');
        string[] numbers = [.. header.Except(categories).Where(name => name != label)];
        int[] numberAt = At(numbers), categoryAt = At(categories);
        int labelAt = Array.IndexOf(header, label);
        TableRow[] rows =
        [
            .. File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Select(cells => new TableRow(
                Array.ConvertAll(numberAt, at => Number(cells[at])), Array.ConvertAll(categoryAt, at => cells[at].Trim()),
                Number(cells[labelAt]))),
        ];
        return (new TableSchema(task, task == TableTask.Binary ? 2 : 0, numbers, categories), rows);

        int[] At(string[] names) => Array.ConvertAll(names, name => Array.IndexOf(header, name));
    }

    private static (TableSchema Schema, TableRow[] Rows) Wine(string folder, string colour)
    {
        string[] lines = [.. File.ReadLines(Path.Combine(folder, $"winequality-{colour}.csv")).Where(line => line.Length > 0)];
        string[] names = [.. lines[0].Split(',', ';')[..^1].Select(name => name.Trim('"').Replace(' ', '_'))];
        float isRed = colour == "red" ? 1 : 0;
        TableRow[] rows =
        [
            .. lines.Skip(1).Select(line => Array.ConvertAll(line.Split(',', ';'), Number))
                .Select(cells => new TableRow([.. cells[..^1], isRed], [], cells[^1])),
        ];
        return (new TableSchema(TableTask.Regression, 0, [.. names, "is_red"], []), rows);
    }

    public static float Number(string cell) =>
        string.IsNullOrWhiteSpace(cell) ? float.NaN : float.Parse(cell, CultureInfo.InvariantCulture);
}
