using System.Globalization;
using MLNet.DGating.Fuzz.Written;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

/// <summary>A model of every kind of column, exported, predicts a thousand rows as the tool does.</summary>
public sealed class ExportedKindsTests : IDisposable
{
    private const int Rows = 1000;

    private readonly Folder _folder = new();

    [Theory]
    [InlineData("text", "--text", "subject", "--features", "6")]
    [InlineData("date", "--features", "4")]
    [InlineData("hash", "--max-categories", "20", "--categorical", "city", "--features", "3")]
    [InlineData("missing", "--features", "3")]
    [InlineData("number", "--encoding", "piecewise", "--features", "3")]
    [InlineData("number", "--encoding", "embedding", "--features", "3")]
    [InlineData("number", "--shape", "additive", "--features", "3")]
    [InlineData("missing", "--shape", "additive", "--features", "3")]
    [InlineData("count", "--loss", "poisson", "--features", "3")]
    [InlineData("number", "--loss", "quantile", "--quantiles", "0.1", "0.5", "0.9", "--features", "3")]
    public void Onnx_PredictsAThousandRowsAsTheToolDoes(string kind, params string[] options)
    {
        string data = _folder.Write("data.csv", TestTables.Csv(Table(kind)));
        string model = _folder["model.zip"];
        ToolRun.Of(["train", data, "--label", "y", "--task", "regression", "-o", model, "--seed", "1", .. options]).Succeeded();
        ToolRun.Of("export", model, "--onnx").Succeeded();
        var run = new OnnxRun(_folder["model.onnx"], TestTables.Open(data));
        Assert.Equal(ModelFile.Describe(model).UsedColumns.Select(column => column.Name).Order(), run.Inputs.Order());
        Assert.Contains(ColumnOf(kind), run.Inputs);

        string[] predicted = ToolRun.Of("predict", model, data, "--predictions-only").Succeeded().Lines;
        float[] scores = run.Numbers("Score.output", 0);
        Assert.Equal(Rows, scores.Length);
        // The lengths of texts are rounded differently there, which steep intervals enlarge.
        double tolerance = kind == "text" ? 1e-4 : 1e-5;
        Assert.All(scores.Index(), score => Near.Single(
            float.Parse(predicted[score.Index + 1].Split(',')[0], CultureInfo.InvariantCulture), score.Item, tolerance));
    }

    [Fact]
    public void ADate_ThatWasNotSelected_DoesNotStandInTheWay()
    {
        string[][] rows = Table("number");
        string[][] dated = [[.. rows[0], "when"], .. rows.Skip(1).Select((row, i) => (string[])[.. row, $"2024-01-{i % 28 + 1:00}"])];
        string data = _folder.Write("data.csv", TestTables.Csv(dated)), model = _folder["model.zip"];
        ToolRun.Of("train", data, "--label", "y", "--features", "1", "-o", model).Succeeded();
        ToolRun.Of("export", model, "--onnx").Succeeded();
        Assert.Equal(["x"], new OnnxRun(_folder["model.onnx"], TestTables.Open(data)).Inputs);
    }

    public void Dispose() => _folder.Dispose();

    private static string[][] Table(string kind)
    {
        var random = new Random(7);
        return [[ColumnOf(kind), "noise", "other", "y"], .. Enumerable.Range(0, Rows).Select(_ =>
        {
            (string cell, double y) = Row(kind, random);
            double other = random.NextDouble();
            double label = kind == "count" ? y : y + other + 0.1 * random.NextDouble();
            return new[] { cell, Text(random.NextDouble()), Text(other), Text(label) };
        })];
    }

    private static (string Cell, double Y) Row(string kind, Random random)
    {
        string[] words = ["Great", "café", "offer", "now", "bad", "ÖL", "x-1", "it's", "the"];
        double x = random.NextDouble() * 4;
        switch (kind)
        {
            case "text":
                string[] chosen = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => words[random.Next(words.Length)])];
                double worth = chosen.Sum(word => word is "Great" ? 3 : word is "café" ? 2 : word is "bad" ? -3 : 0);
                return (string.Join(' ', chosen.Select(word => random.Next(3) == 0 ? word.ToUpperInvariant() : word)), worth);
            case "date":
                DateTime date = new DateTime(2019, 1, 1).AddMinutes(random.Next(3_000_000));
                string day = date.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
                return (day, date.Year - 2019 + 3 * Math.Sin(date.Hour / 24.0 * 6.28));
            case "hash":
                int city = random.Next(40);
                return (random.Next(20) == 0 ? "" : $"city {city}", city % 5);
            case "missing":
                return random.Next(4) == 0 ? ("", 7) : (Text(x), x);
            case "count":
                return (Text(x), Math.Floor(Math.Exp(x / 2) * (0.5 + random.NextDouble())));
            default:
                return (Text(x), Math.Abs(x - 2) * 3);
        }
    }

    private static string ColumnOf(string kind) => kind switch
    {
        "text" => "subject",
        "hash" => "city",
        "number" or "count" => "x",
        _ => kind,
    };

    private static string Text(double number) => number.ToString("g6", CultureInfo.InvariantCulture);
}
