using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Compares the accuracy on test rows and the time of D-Gating and of baselines on the same rows, over seeds.</summary>
internal static class Protocol
{
    private const string DefaultSets = "mice:20,10,auto;isolet:50,20,auto;madelon:20,auto";

    public static void Run(Arguments arguments)
    {
        string? json = arguments.Values.GetValueOrDefault("json");
        if (json is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(json))))
        {
            throw new DirectoryNotFoundException($"--json {json}: there is no such folder.");
        }

        int seeds = arguments.Integer("seeds", 5);
        ISelectionMethod[] methods = [new DGatingMethod(arguments), .. Baselines(arguments)];
        var results = new List<ProtocolResult>();
        Console.WriteLine("| data | asked | method | test accuracy, mean over seeds | each seed | features kept | seconds a fit |");
        Console.WriteLine("|---|--:|---|--:|---|---|--:|");
        foreach (string set in arguments.Text("sets", DefaultSets).Split(';'))
        {
            string[] parts = set.Split(':');
            var data = new SplitData(new MLContext(), arguments.Text("data", "../shared/data"), parts[0]);
            foreach (string asked in parts[1].Split(','))
            {
                int? count = asked == "auto" ? null : int.Parse(asked);
                foreach (ISelectionMethod method in methods.Where(method => count is not null || method.ChoosesCount))
                {
                    ProtocolRun[] runs = [.. Enumerable.Range(0, seeds).Select(seed => ProtocolRun.Measure(method, data, count, seed))];
                    var result = new ProtocolResult(parts[0], asked, method.Name, runs);
                    Console.WriteLine(result.ToMarkdown());
                    results.Add(result);
                }
            }
        }

        if (json is not null)
        {
            ProtocolResult.Save(results, json);
        }
    }

    private static IEnumerable<ISelectionMethod> Baselines(Arguments arguments)
    {
        string list = arguments.Text("baselines", "mi,l1,pfi");
        return list == "none" ? [] : list.Split(',').Select(Baseline);

        ISelectionMethod Baseline(string name) => name switch
        {
            "mi" => new MutualInformationMethod(arguments.Threads),
            "l1" => new L1Method(arguments.Threads),
            "pfi" => new PermutationMethod(arguments.Threads),
            _ => throw new ArgumentException($"--baselines must be none or a list of mi, l1 and pfi, but has '{name}'."),
        };
    }
}
