using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Of numbers with more digits than single precision has what is left is used, and the loss said, with the cure.</summary>
public class RoundedSlotTests
{
    private const double Start = 1_732_000_000;

    private readonly MLContext _context = new(seed: 1);
    private readonly MessageLog _log;

    public RoundedSlotTests() => _log = new MessageLog(_context);

    [Fact]
    public void SecondsOfFiveMinutes_AreNoConstant_AndTheWarningNamesTheCure()
    {
        FeatureSelectionReport report = Fit(Concatenated(Rows(300)));
        Assert.Empty(report.ConstantIndices);
        string warning = Assert.Single(_log.Warnings, message => message.Contains("rounded together", StringComparison.Ordinal));
        Assert.StartsWith("Numbers of 'Seconds' may have been rounded together: near 1.73e+09 Single has steps of 128",
            warning, StringComparison.Ordinal);
        Assert.Contains("StandardizeDoubles", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void TheCure_KeepsWhatTheSecondsSay_WithoutAWarning()
    {
        IDataView rows = Rows(60);
        IDataView standardized = _context.Transforms.StandardizeDoubles(new InputOutputColumnPair("Seconds")).Fit(rows).Transform(rows);
        FeatureSelectionReport report = Fit(_context.Transforms.Concatenate("Features", "Seconds", "Noise").Fit(standardized)
            .Transform(standardized));
        Assert.Equal([0], report.SelectedIndices);
        Assert.DoesNotContain(_log.Warnings, message => message.Contains("rounded together", StringComparison.Ordinal));
    }

    [Fact]
    public void WhereNothingIsLeft_TheErrorSaysWhy()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(
            Enumerable.Range(0, 60).Select(row => new Row { Seconds = Start + row % 5, Target = row % 5 }));
        string message = Assert.ThrowsAny<ArgumentException>(() => Fit(Concatenated(rows, noise: false))).Message;
        Assert.Contains("so there is nothing to learn from. Numbers of", message, StringComparison.Ordinal);
        Assert.Contains("1 value is left of 'Seconds'", message, StringComparison.Ordinal);
    }

    private FeatureSelectionReport Fit(IDataView rows) => _context.Regression.Trainers.DGating(new DGatingRegressionTrainer.Options
    {
        LabelColumnName = "Target", NumericEncoding = DGatingNumericEncoding.None, NumberOfThreads = 1,
    }).Fit(rows).Model.FeatureSelection;

    private IDataView Concatenated(IDataView rows, bool noise = true)
    {
        IEstimator<ITransformer> pipeline = _context.Transforms.Conversion.ConvertType("Seconds", outputKind: DataKind.Single)
            .Append(_context.Transforms.Concatenate("Features", noise ? ["Seconds", "Noise"] : ["Seconds"]));
        return pipeline.Fit(rows).Transform(rows);
    }

    private IDataView Rows(int count)
    {
        var random = new Random(1);
        return _context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(row => new Row
        {
            Seconds = Start + row, Noise = random.NextSingle(), Target = row / 10f + random.NextSingle(),
        }).ToArray());
    }

    private sealed class Row
    {
        public double Seconds { get; set; }

        public float Noise { get; set; }

        public float Target { get; set; }
    }
}
