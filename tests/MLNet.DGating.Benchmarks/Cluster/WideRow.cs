using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>A generated row of many columns, of which five matter: steps on such rows are long.</summary>
internal sealed class WideRow
{
    private const int Columns = 1000, TrainingRows = 6000, TestRows = 4000;

    [VectorType(Columns)]
    public float[] Features { get; set; } = [];

    public bool Label { get; set; }

    public static (IDataView Training, IDataView Test) Generate(MLContext context)
    {
        var random = new Random(1);
        WideRow[] rows =
        [
            .. Enumerable.Range(0, TrainingRows + TestRows).Select(_ =>
            {
                float[] features = [.. Enumerable.Range(0, Columns).Select(_ => random.NextSingle() * 2 - 1)];
                return new WideRow { Features = features, Label = features[..5].Sum() + random.NextSingle() > 0.5f };
            }),
        ];
        return (context.Data.LoadFromEnumerable(rows[..TrainingRows]), context.Data.LoadFromEnumerable(rows[TrainingRows..]));
    }
}
