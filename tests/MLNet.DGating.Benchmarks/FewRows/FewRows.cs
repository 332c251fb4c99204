using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Compares selections of tables with few rows and many columns, by repeated cross-validation or on drawn test rows.</summary>
internal static class FewRows
{
    private const int Folds = 5;

    public static void Run(Arguments arguments)
    {
        int[] counts = [.. arguments.Text("counts", "20,50").Split(',').Select(int.Parse)];
        ISelectionMethod[] methods =
        [
            .. arguments.Text("variants", "defaults").Split(';').Select(text => new VariantMethod(text, arguments.Threads)),
            .. arguments.Text("baselines", "mi,l1,forest").Split(',').Where(name => name != "none")
                .Select(name => Baseline(name, arguments)),
        ];
        Console.WriteLine("| table | asked | method | accuracy | AUC | log-loss | blocks found | kept | seconds a fit |");
        Console.WriteLine("|---|--:|---|--:|--:|--:|--:|--:|--:|");
        foreach (string set in arguments.Text("sets", "prostate;colon;generated").Split(';'))
        {
            foreach ((string name, Split[] splits, WideTable? truth) in Tables(set, arguments))
            {
                foreach (int count in counts)
                {
                    foreach (ISelectionMethod method in methods)
                    {
                        Write(name, count, method.Name, Measure(method, splits, count, truth));
                    }
                }
            }
        }
    }

    private static IEnumerable<(string Name, Split[] Splits, WideTable? Truth)> Tables(string set, Arguments arguments)
    {
        int repeats = arguments.Integer("repeats", 10), first = arguments.Integer("first", 0);
        IEnumerable<int> seeds = Enumerable.Range(first, repeats);
        if (set == "generated")
        {
            string only = arguments.Text("only", "");
            return WideTable.All().Where(table => table.Name.Contains(only, StringComparison.Ordinal))
                .Select(table => (table.Name, seeds.Select(seed => new Split(() => table.Draw(seed), seed)).ToArray(), (WideTable?)table));
        }

        string folder = arguments.Text("data", "../shared/data");
        var table = LabelledTable.Load(new MLContext(), folder, set);
        if (arguments.Text("part", "all") == "training")
        {
            HashSet<int> test = LabelledTable.TestRows(folder, set);
            table = table.Take(Enumerable.Range(0, table.Rows).Where(row => !test.Contains(row)));
        }

        Split[] splits =
        [
            .. seeds.SelectMany(seed =>
                FoldsOfRows.Of(table.Classes, Folds, seed).Select(fold => new Split(() => (table, fold), seed))),
        ];
        return [(set, splits, null)];
    }

    private static FoldResult[] Measure(ISelectionMethod method, Split[] splits, int count, WideTable? truth) =>
        Array.ConvertAll(splits, split =>
        {
            (LabelledTable table, HashSet<int> test) = split.Draw();
            return FoldResult.Measure(method, new SplitData(new MLContext(), table, test), count, split.Seed, truth);
        });

    private static void Write(string table, int count, string method, FoldResult[] results) => Console.WriteLine(
        $"| {table} | {count} | {method} | {results.Average(result => result.Accuracy):f3} | {results.Average(result => result.Auc):f3} " +
        $"| {results.Average(result => result.LogLoss):f3} | {results.Average(result => result.Found):f1} " +
        $"| {results.Average(result => result.Kept):f0} | {results.Average(result => result.Seconds):f2} |");

    private static ISelectionMethod Baseline(string name, Arguments arguments) => name switch
    {
        "mi" => new RankedByInformation(arguments.Threads, arguments.Integer("bins", 8)),
        "trees" => new MutualInformationMethod(arguments.Threads),
        "l1" => new L1Method(arguments.Threads),
        "forest" => new ForestMethod(arguments.Threads),
        _ => throw new ArgumentException($"--baselines must be none or a list of mi, trees, l1 and forest, but has '{name}'."),
    };

    private sealed record Split(Func<(LabelledTable Table, HashSet<int> Test)> Draw, int Seed);
}
