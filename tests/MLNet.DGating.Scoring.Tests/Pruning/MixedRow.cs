using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Pruning;

/// <summary>Rows with columns of all kinds: numbers, some missing, vectors, categories, words, sentences, and a label.</summary>
internal sealed class MixedRow
{
    public static string[] Numbers { get; } = [nameof(N0), nameof(N1), nameof(N2), nameof(N3)];

    public static string[] Categories { get; } = [nameof(C0), nameof(C1), nameof(C2)];

    public float N0 { get; set; }

    public float N1 { get; set; }

    public float N2 { get; set; }

    public float N3 { get; set; }

    public double Wide { get; set; }

    [VectorType(4)]
    public float[] V { get; set; } = [];

    [VectorType(2)]
    public string[] Pair { get; set; } = [];

    public string C0 { get; set; } = "";

    public string C1 { get; set; } = "";

    public string C2 { get; set; } = "";

    public string Sentence { get; set; } = "";

    public string Kind { get; set; } = "";

    public static IDataView View(MLContext context, int count, int seed)
    {
        var random = new Random(seed);
        return context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ => Create(random)).ToArray());
    }

    private static MixedRow Create(Random random) => new()
    {
        N0 = Number(random),
        N1 = Number(random),
        N2 = Number(random),
        N3 = 100 * Number(random),
        Wide = random.Next(5) == 0 ? double.NaN : random.NextDouble(),
        V = [Number(random), Number(random), Number(random), Number(random)],
        Pair = [Word(random, 3), Word(random, 3)],
        C0 = Word(random, 2),
        C1 = Word(random, 3),
        C2 = random.Next(8) == 0 ? "" : Word(random, 4),
        Sentence = string.Join(' ', Enumerable.Range(0, random.Next(5)).Select(_ => Word(random, 6))),
        Kind = Word(random, 3),
    };

    private static float Number(Random random) => random.Next(6) == 0 ? float.NaN : random.Next(4) == 0 ? 0 : random.NextSingle() - 0.3f;

    private static string Word(Random random, int count) => ((string[])["red", "Green", "blue", "x-1", "Öl", "the"])[random.Next(count)];
}
