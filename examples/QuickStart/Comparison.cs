using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace QuickStart;

/// <summary>A table of trainers on one data set: what they reach on the test rows, what they need for it.</summary>
internal sealed class Comparison
{
    private readonly IDataView _training;

    public Comparison(string title, DataOperationsCatalog.TrainTestData rows, string quality)
    {
        _training = rows.TrainSet;
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine($"  {"",-28}{quality,-22}{"columns kept",14}{"slots kept",14}{"fit",9}");
    }

    /// <summary>Fits, tests and prints one line.</summary>
    /// <param name="name">What is fitted.</param>
    /// <param name="estimator">A whole pipeline, so that its transforms are part of the time.</param>
    /// <param name="test">The quality on the test rows, and the features that the model reads.</param>
    public TransformerChain<T> Add<T>(
        string name, EstimatorChain<T> estimator, Func<TransformerChain<T>, (string Quality, Features Kept)> test)
        where T : class, ITransformer
    {
        var clock = Stopwatch.StartNew();
        TransformerChain<T> fitted = estimator.Fit(_training);
        double seconds = clock.Elapsed.TotalSeconds;
        (string quality, Features kept) = test(fitted);
        Console.WriteLine($"  {name,-28}{quality,-22}{kept.Columns,14}{kept.Slots,14}{seconds,7:f1} s");
        return fitted;
    }
}
