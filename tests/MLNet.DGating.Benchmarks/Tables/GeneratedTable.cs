using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Benchmarks;

/// <summary>A table of generated rows. Each split draws its formula's constants and all rows anew.</summary>
/// <param name="Name">A short name, for --only.</param>
/// <param name="Kind">What it is like.</param>
/// <param name="Family">What it may be used for.</param>
/// <param name="Schema">The columns.</param>
/// <param name="Rows">Training rows.</param>
/// <param name="World">Draws the constants, and gives what draws a row.</param>
internal sealed record GeneratedTable(
    string Name, string Kind, TableFamily Family, TableSchema Schema, int Rows, Func<RandomStream, Func<RandomStream, TableRow>> World)
    : PlainTable(Name, Kind, Family)
{
    /// <summary>Test rows of every generated table: many, since they cost nothing.</summary>
    private const int TestRows = 8000;

    public static TableSchema Regression(int numbers, params string[] categories) => Columns(TableTask.Regression, 0, numbers, categories);

    public static TableSchema Binary(int numbers, params string[] categories) => Columns(TableTask.Binary, 2, numbers, categories);

    public static TableSchema Multiclass(int classes, int numbers) => Columns(TableTask.Multiclass, classes, numbers, []);

    public override PlainSplit Split(int split)
    {
        Func<RandomStream, TableRow> next = World(new RandomStream(split, purpose: 1));
        return new PlainSplit(Schema, Draw(Rows, purpose: 2), Draw(TestRows, purpose: 3));

        TableRow[] Draw(int rows, int purpose)
        {
            var random = new RandomStream(split, purpose);
            return [.. Enumerable.Range(0, rows).Select(_ => next(random))];
        }
    }

    private static TableSchema Columns(TableTask task, int classes, int numbers, string[] categories) =>
        new(task, classes, [.. Enumerable.Range(0, numbers).Select(i => $"x{i}")], categories);
}
