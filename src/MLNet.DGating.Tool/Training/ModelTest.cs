using Microsoft.ML;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Progress;
using MLNet.DGating.Tool.Quality;

namespace MLNet.DGating.Tool.Training;

/// <summary>The test of a model: on rows that were held out, or on all rows in turn by models of folds.</summary>
/// <param name="request">The settings.</param>
/// <param name="views">The rows.</param>
internal sealed class ModelTest(TrainingRequest request, TrainingViews views)
{
    // The last part of the work is the refit of the model itself.
    private const double RefitShare = 0.1;

    private readonly double _share = 1.0 / (views.AreFolds ? views.Tests.Count + 1 : 1);

    /// <summary>The fraction of all work that the path of the model itself is.</summary>
    public double PathEnd => _share * (1 - RefitShare);

    /// <summary>The fraction of all work that the model itself is.</summary>
    public double ModelEnd => _share;

    /// <summary>Tests the model.</summary>
    /// <param name="score">Scores rows with the model itself.</param>
    /// <param name="scoreOfFold">Trains a model on the rows of a fold, and scores the others.</param>
    /// <param name="progress">Takes the progress.</param>
    /// <param name="cancellation">Ends the test after the folds that were finished.</param>
    /// <returns>What the test says, and how its rows were chosen.</returns>
    public (TestResult Result, TestDescription? Description) Run(
        Func<IDataView, IDataView> score, Func<IDataView, IDataView, IDataView> scoreOfFold, StagedProgress progress,
        CancellationToken cancellation)
    {
        if (views.Tests.Count == 0)
        {
            return (TestResult.None, null);
        }

        TestDescription description = views.Description! with { Group = request.Group };
        if (!views.AreFolds)
        {
            return (Evaluation.Run(request, [score(views.Tests[0].Test)]), description);
        }

        var scored = new List<IDataView>();
        foreach ((int fold, (IDataView training, IDataView test)) in views.Tests.Index())
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            progress.Begin($"Fold {fold + 1} of {views.Tests.Count}", _share * (fold + 1), _share * (fold + 2));
            try
            {
                IDataView rows = scoreOfFold(training, test);
                if (cancellation.IsCancellationRequested)
                {
                    // Its path was cut short, so that it says nothing of the model.
                    break;
                }

                scored.Add(rows);
            }
            catch (ToolException fault) when (fault.ExitCode == ExitCode.Training)
            {
                // Rows of few values of the group may leave a fold with one class, on which nothing can be trained.
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        return scored.Count == 0
            ? (TestResult.None, description with { TestedFolds = 0 })
            : (Evaluation.Run(request, scored), description with { TestedFolds = scored.Count });
    }
}
