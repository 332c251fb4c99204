using System.Diagnostics;
using Microsoft.ML;
using MLNet.DGating;

namespace SelectThenLightGbm;

/// <summary>Trainers on all slots of the column Features, and on those that D-Gating selects of it.</summary>
internal sealed class Comparison(MLContext mlContext, Func<IDataView, double> accuracy)
{
    private const string All = "Features", Selected = "Selected";

    /// <summary>Selects once, trains every trainer twice, prints the table.</summary>
    /// <param name="title">What the data are.</param>
    /// <param name="rows">Rows with the columns Label and Features.</param>
    /// <param name="slots">Slots to keep.</param>
    /// <param name="trainers">By name; each makes a trainer on the column it is given.</param>
    public void Run(
        string title, (IDataView Training, IDataView Test) rows, int slots,
        params (string Name, Func<string, IEstimator<ITransformer>> On)[] trainers)
    {
        var clock = Stopwatch.StartNew();
        DGatingFeatureSelectingTransformer selector =
            mlContext.Transforms.FeatureSelection.SelectFeaturesBasedOnDGating(Selected, All, slotsInOutput: slots).Fit(rows.Training);
        double selecting = clock.Elapsed.TotalSeconds;

        // In memory, so that training is what is timed and not reading.
        IDataView training = mlContext.Data.Cache(selector.Transform(rows.Training), "Label", All, Selected);
        IDataView test = selector.Transform(rows.Test);

        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine($"  {"",-42}{"accuracy",10}{"slots",12}{"training",12}");
        foreach ((string name, Func<string, IEstimator<ITransformer>> on) in trainers)
        {
            Train(name + ", all slots", on(All), $"{selector.FeatureSelection.Support.Count}");
            Train(name + ", selected slots", on(Selected), $"{selector.FeatureSelection.SelectedIndices.Count}");
        }

        Console.WriteLine($"  {"Selecting, once",-42}{"",22}{selecting,10:f1} s");
        Console.WriteLine($"  Kept, the most important first: {string.Join(", ", Kept(selector.FeatureSelection))}");

        void Train(string name, IEstimator<ITransformer> trainer, string count)
        {
            clock.Restart();
            ITransformer model = trainer.Fit(training);
            double seconds = clock.Elapsed.TotalSeconds;
            Console.WriteLine($"  {name,-42}{accuracy(model.Transform(test)),10:f4}{count,12}{seconds,10:f2} s");
        }
    }

    private static IEnumerable<string> Kept(FeatureSelectionReport selection) =>
        selection.Features.Where(feature => feature.IsSelected).OrderByDescending(feature => feature.Importance)
            .Take(8).Select(feature => feature.Name);
}
