using System.Diagnostics;
using System.Globalization;
using FraudImbalanced;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var clock = Stopwatch.StartNew();
Console.WriteLine("""
    A class as rare as fraud: what do example weights change, and what does a threshold?
    The repository ships no fraud data. These are the people of adult.csv, of whom those who earn more than
    50,000 dollars were thinned out to 2 % of the rows; they stand for the fraud.
    """);

var mlContext = new MLContext(seed: 1);
DataOperationsCatalog.TrainTestData rows = mlContext.Data.TrainTestSplit(RareClass.Load(mlContext), testFraction: 0.4);
(int common, int rare) = Count(rows.TrainSet);
(int testCommon, int testRare) = Count(rows.TestSet);
Console.WriteLine($"Training rows: {common + rare}, {rare} of them rare. Test rows: {testCommon + testRare}, {testRare} of them rare.");

double balance = (double)common / rare, halfway = Math.Sqrt(balance);
Weighting[] weightings =
[
    new("no weights", 1),
    new($"rare rows weigh {halfway:f0}", halfway),
    new($"rare rows weigh {balance:f0}", balance),
];
var comparison = new WeightComparison(mlContext, rows);
FeatureSelectionReport[] reports = [.. weightings.Select(comparison.Add)];
FeatureTable.Print(weightings, reports);

Console.WriteLine();
Console.WriteLine($"Done in {clock.Elapsed.TotalSeconds:f0} s on {Environment.ProcessorCount} processors.");

static (int Common, int Rare) Count(IDataView rows)
{
    ILookup<bool, bool> labels = rows.GetColumn<bool>("Label").ToLookup(label => label);
    return (labels[false].Count(), labels[true].Count());
}
