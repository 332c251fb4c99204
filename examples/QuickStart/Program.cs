using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using QuickStart;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var clock = Stopwatch.StartNew();
Console.WriteLine("D-Gating keeps the fewest features that predict as well as all; it is compared with the same network");
Console.WriteLine("on all features, and with ML.NET's FastTree. Everything is measured on rows that no training has seen.");

IncomeExample.Run(new MLContext(seed: 1));
ProteinExample.Run(new MLContext(seed: 1));
FareExample.Run(new MLContext(seed: 1));

Console.WriteLine();
Console.WriteLine($"Done in {clock.Elapsed.TotalSeconds:f0} s on {Environment.ProcessorCount} processors.");
