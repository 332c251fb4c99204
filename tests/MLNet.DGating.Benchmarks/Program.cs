using System.Globalization;
using MLNet.DGating.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Arguments arguments = Arguments.Parse(args);
switch (arguments.Command)
{
    case "protocol":
        Protocol.Run(arguments);
        return 0;
    case "floor":
        Floor.Run(arguments);
        return 0;
    case "score":
        Scoring.Run();
        return 0;
    case "evidence":
        Evidence.Run(arguments);
        return 0;
    case "reconstruct":
        Reconstruct.Run(arguments);
        return 0;
    case "search":
        Search.Run(arguments);
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: dotnet run -c Release --project tests/MLNet.DGating.Benchmarks -- COMMAND [--name value …]

              protocol   accuracy, features kept and seconds on data sets with fixed splits
                         --data DIR   folder with NAME.csv and splits/NAME.test.txt   (default ../shared/data)
                         --sets LIST  mice:20,10,auto;isolet:50,20,auto;madelon:20,auto
                         --seeds N    seeds 0 … N − 1 (default 5)
                         --threads N  threads of a fit (default 1)
                         --noise σ    input noise (default: chosen on held-out rows)
                         --runs N     runs whose orders of leaving are averaged (default 1)
                         --storage P  rows in full precision, or half (default full)
              floor      our training step and a whole fit beside their bare matrix products, and beside the usual loop
                         --data DIR   as above
              evidence   cross-validation and stability selection: seconds, and their tables
                         --data DIR   as above
                         --set NAME   mice, or another with several classes
                         --folds N    (default 5)
                         --pairs N    (default 50)
                         --threads N  (default: all processors)
              reconstruct  slots selected without a label, judged by what a linear model rebuilds from them on test rows
                         --data DIR, --seeds N (default 3)   as above
                         --sets LIST  mice:5,10,20,auto;isolet:5,10,20,auto;madelon:5,10,20
              search     FitBest beside the options as given, on test rows
                         --data DIR   as above; adult and taxi are read from --examples DIR (default examples/data)
                         --sets LIST  mice;isolet;madelon;adult;taxi
                         --trials N   (default 16)
                         --first N    first seed (default 0)
                         --seeds N    (default 1)
                         --threads N  (default: all processors)
              score      rows scored a second beside TorchSharp row by row
            """);
        return 2;
}
