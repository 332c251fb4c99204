namespace MLNet.DGating.Benchmarks;

/// <summary>Counts on how many tables each method is better than, level with, and worse than one of them.</summary>
internal static class TableSummary
{
    /// <summary>Writes the counts for each family of tables and all.</summary>
    /// <param name="results">The results of all methods on each table.</param>
    /// <param name="against">The name of the method that the others are compared with.</param>
    public static void Write(IReadOnlyList<(PlainTable Table, TableResult[] Methods)> results, string against)
    {
        Console.WriteLine();
        Console.WriteLine(
            $"| against {against} | tables | better / level / worse | which are worse | loss, geometric mean of ratios | time, the same |");
        Console.WriteLine("|---|---|--:|---|--:|--:|");
        foreach (string method in results.SelectMany(result => result.Methods).Select(result => result.Method).Distinct())
        {
            foreach (IGrouping<string, (PlainTable Table, TableResult[] Methods)> family in Families(results).Where(_ => method != against))
            {
                (string Table, TableResult Own, TableResult Other)[] pairs =
                [
                    .. family.Select(one => (one.Table.Name, Of(one.Methods, method), Of(one.Methods, against))),
                ];
                ILookup<int, string> outcomes = pairs.ToLookup(pair => pair.Own.Against(pair.Other), pair => pair.Table);
                Console.WriteLine(
                    $"| {method} | {family.Key} | {outcomes[1].Count()} / {outcomes[0].Count()} / {outcomes[-1].Count()} " +
                    $"| {string.Join(", ", outcomes[-1])} | {Ratio(pair => pair.Own.Loss / pair.Other.Loss):f3} " +
                    $"| {Ratio(pair => pair.Own.Seconds / pair.Other.Seconds):f1} |");

                double Ratio(Func<(string Table, TableResult Own, TableResult Other), double> of) =>
                    Math.Exp(pairs.Average(pair => Math.Log(of(pair))));
            }
        }
    }

    private static IEnumerable<IGrouping<string, (PlainTable Table, TableResult[] Methods)>> Families(
        IReadOnlyList<(PlainTable Table, TableResult[] Methods)> results) =>
        results.GroupBy(result => result.Table.Family.ToString()).Concat(results.GroupBy(_ => "all"));

    private static TableResult Of(TableResult[] methods, string name) => methods.Single(result => result.Method == name);
}
