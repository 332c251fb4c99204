using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using QuickStart;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var clock = Stopwatch.StartNew();
Console.WriteLine("""
    D-Gating trains a network that keeps few features: as few as predict as well as any count, within one standard
    error on held-out rows, or as many as asked for. Beside it: the same network on all features, and ML.NET's
    FastTree. Quality is measured on a fifth of the rows, which no training has seen.
    """);

IncomeExample.Run(new MLContext(seed: 1));
ProteinExample.Run(new MLContext(seed: 1));
FareExample.Run(new MLContext(seed: 1));

Console.WriteLine();
Console.WriteLine($"Done in {clock.Elapsed.TotalSeconds:f0} s on {Environment.ProcessorCount} processors.");
