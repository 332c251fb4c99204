using System.Globalization;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Compares the trainer with boosted trees and a linear model on plain tables, each with its defaults.</summary>
internal static class Tables
{
    public static void Run(Arguments arguments)
    {
        if (arguments.Values.ContainsKey("deeplasso"))
        {
            DeepLasso.Run(arguments);
            return;
        }

        Compare(arguments, Chosen(arguments), Methods(arguments), "lightgbm,lightgbm-own");
    }

    /// <summary>All tables.</summary>
    public static IEnumerable<PlainTable> All(Arguments arguments) =>
        CsvTable.All(arguments.Text("data", "../shared/data")).Concat(TuningTables.All()).Concat(HeldOutTables.All())
            .Concat(PackageTables.All(arguments.Values.GetValueOrDefault("packages")));

    /// <summary>Writes a line for each table, and on how many of them each method is better than others.</summary>
    /// <param name="arguments">The seeds, the splits, and a file for every run.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="defaultAgainst">The methods that all others are compared with, unless --against names some.</param>
    public static void Compare(Arguments arguments, IEnumerable<PlainTable> tables, TableMethod[] methods, string defaultAgainst)
    {
        int seeds = arguments.Integer("seeds", 5), splits = arguments.Integer("splits", 4), first = arguments.Integer("first", 0);
        using StreamWriter? file = arguments.Values.TryGetValue("csv", out string? path) ? new StreamWriter(path) : null;
        file?.WriteLine("table,family,method,split,seed,loss,accuracy,seconds,features");
        WarmUp(methods);
        Console.WriteLine($"| table | training rows | score | {string.Join(" | ", methods.Select(method => method.Name))} |");
        Console.WriteLine($"|---|--:|---|{string.Concat(methods.Select(_ => "---|"))}");
        var results = new List<(PlainTable Table, TableResult[] Methods)>();
        foreach (PlainTable table in tables)
        {
            EncodedSplit[] data =
            [
                .. Enumerable.Range(first, splits).Select(split => new EncodedSplit(new MLContext(0), table.Split(split))),
            ];
            TableResult[] ofTable =
            [
                .. methods.Select(method => new TableResult(method.Name,
                [
                    .. data.Index().SelectMany(split => Enumerable.Range(0, method.IsSeeded ? seeds : 1).Select(seed =>
                        TableRun.Measure(method, split.Item, first + split.Index, seed, table.Informative))),
                ])),
            ];
            string score = data[0].Schema.Task == TableTask.Regression ? "RMSE" : "log-loss / accuracy";
            string cells = string.Join(" | ", (object[])ofTable);
            Console.WriteLine($"| {table.Name}: {table.Kind} | {data[0].TrainingRows:n0} | {score} | {cells} |");
            results.Add((table, ofTable));
            Write(file, table, ofTable);
        }

        foreach (string against in arguments.Text("against", defaultAgainst).Split(','))
        {
            if (methods.Any(method => method.Name == against))
            {
                TableSummary.Write(results, against);
            }
        }
    }

    private static TableMethod[] Methods(Arguments arguments)
    {
        TableMethod[] all = [.. new TableMethods(arguments.Threads).All()];
        return
        [
            .. arguments.Text("methods", TableMethods.Names).Split(',').Select(name => all.FirstOrDefault(method => method.Name == name)
                ?? throw new ArgumentException($"--methods must be a list of {TableMethods.Names}, but has '{name}'.")),
        ];
    }

    private static void Write(StreamWriter? file, PlainTable table, TableResult[] results)
    {
        foreach (TableResult result in results)
        {
            foreach (TableRun run in result.Runs)
            {
                file?.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{table.Name},{table.Family},{result.Method},{run.Split},{run.Seed}," +
                    $"{run.Score.Loss:r},{run.Score.Accuracy:r},{run.Seconds:f3},{run.Features}"));
            }
        }

        file?.Flush();
    }

    private static IEnumerable<PlainTable> Chosen(Arguments arguments)
    {
        string[] only = arguments.Text("only", "").Split(',');
        string[] families = arguments.Text("families", "real,tuning,heldout,packages").Split(',');
        return All(arguments)
            .Where(table => families.Contains(table.Family.ToString(), StringComparer.OrdinalIgnoreCase))
            .Where(table => only.Any(part => table.Name.Contains(part, StringComparison.Ordinal)));
    }

    // The first fit of a process loads native libraries and compiles.
    private static void WarmUp(TableMethod[] methods)
    {
        PlainTable few = TuningTables.All().Single(table => table.Name == "few");
        var data = new EncodedSplit(new MLContext(0), few.Split(0));
        foreach (TableMethod method in methods)
        {
            TableRun.Measure(method, data, split: 0, seed: 0, few.Informative);
        }
    }
}
