using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating;

namespace Regression;

/// <summary>A line for each model: how far off it is on the test rows, what it takes to fit, which features it reads.</summary>
internal sealed class FareTable
{
    private readonly MLContext _mlContext;
    private readonly DataOperationsCatalog.TrainTestData _rows;

    public FareTable(MLContext mlContext, DataOperationsCatalog.TrainTestData rows)
    {
        _mlContext = mlContext;
        _rows = rows;
        Console.WriteLine();
        Console.WriteLine($"  {"",-34}{"R²",8}{"RMSE",8}{"fit",9}   features");
    }

    /// <summary>A D-Gating model, with the features that it kept.</summary>
    public FeatureSelectionReport Add(string name, DGatingRegressionTrainer.Options options)
    {
        var model = Fit(name, _mlContext.Regression.Trainers.DGating(options));
        FeatureSelectionReport report = model.LastTransformer.Model.FeatureSelection;
        IEnumerable<FeatureGate> kept = report.Features.Where(gate => gate.IsSelected).OrderByDescending(gate => gate.Importance);
        Console.WriteLine(string.Join(", ", kept.Select(gate => gate.Name)));
        return report;
    }

    /// <summary>Another trainer, which reads them all.</summary>
    public void Add<T>(string name, IEstimator<T> trainer)
        where T : class, ITransformer
    {
        Fit(name, trainer);
        Console.WriteLine("all");
    }

    private TransformerChain<T> Fit<T>(string name, IEstimator<T> trainer)
        where T : class, ITransformer
    {
        var clock = Stopwatch.StartNew();
        TransformerChain<T> model = TripFeatures.Pipeline(_mlContext).Append(trainer).Fit(_rows.TrainSet);
        double seconds = clock.Elapsed.TotalSeconds;
        RegressionMetrics metrics = _mlContext.Regression.Evaluate(model.Transform(_rows.TestSet));
        Console.Write($"  {name,-34}{metrics.RSquared,8:f3}{metrics.RootMeanSquaredError,8:f2}{seconds,7:f1} s   ");
        return model;
    }
}
