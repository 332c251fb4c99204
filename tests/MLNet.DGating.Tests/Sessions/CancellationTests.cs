using Microsoft.ML;

namespace MLNet.DGating.Tests.Sessions;

/// <summary>A fit can be stopped at any time and leaves nothing behind.</summary>
public class CancellationTests
{
    private readonly DataRow[] _rows = Planted.Linear(100, 6, 2, seed: 1);

    [Theory, AllTasks]
    public void Fit_WithATokenCancelledBefore_ReportsNothing(string task)
    {
        var seen = new Recorder();
        Assert.Throws<OperationCanceledException>(() => TrainingTask.Get(task).Fit(new MLContext(1), _rows, 2, options =>
        {
            options.Progress = seen;
            options.CancellationToken = new CancellationToken(canceled: true);
        }));
        Assert.Empty(seen.All);
    }

    [Theory, AllTasks(DGatingPhase.Choosing, DGatingPhase.Dense, DGatingPhase.Path, DGatingPhase.Refit)]
    public void Cancel_InAnyPhase_StopsBeforeTheNextIteration(string task, DGatingPhase phase)
    {
        using var source = new CancellationTokenSource();
        int after = 0;
        var seen = new Recorder
        {
            Then = progress =>
            {
                after += source.IsCancellationRequested ? 1 : 0;
                if (progress.Phase == phase)
                {
                    source.Cancel();
                }
            },
        };
        var context = new MLContext(seed: 1);
        OperationCanceledException error = Assert.Throws<OperationCanceledException>(() => TrainingTask.Get(task).Fit(
            context, _rows, null, options =>
            {
                (options.Progress, options.CancellationToken) = (seen, source.Token);
                // Held-out rows, which choose an open count and judge a given one, may find that no refit is needed.
                options.Lambda = phase == DGatingPhase.Refit ? 0.01 : null;
            }));
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Equal(phase, seen.All[^1].Phase);
        Assert.Equal(0, after);
    }

    [Theory, AllTasks]
    public void Cancel_WithTrialsOnSeveralThreads_StopsThemAll(string task)
    {
        using var source = new CancellationTokenSource();
        int after = 0;
        var seen = new Recorder
        {
            Then = _ =>
            {
                after += source.IsCancellationRequested ? 1 : 0;
                source.Cancel();
            },
        };
        Assert.Throws<OperationCanceledException>(() => TrainingTask.Get(task).Fit(new MLContext(1), _rows, null, options =>
        {
            options.Progress = seen;
            options.CancellationToken = source.Token;
            options.InputNoise = null;
            options.NumberOfThreads = 3;
        }));
        // Each of the other two threads may finish the iteration it is in.
        Assert.InRange(after, 0, 2);
    }

    [Theory, AllTasks]
    public void Fit_AfterACancelledOne_GivesTheSameBits(string task)
    {
        byte[] expected = Bits(new MLContext(1));
        var context = new MLContext(1);
        using var source = new CancellationTokenSource();
        var seen = new Recorder { Then = progress => Cancel(progress, source.Cancel) };
        Assert.Throws<OperationCanceledException>(() => TrainingTask.Get(task).Fit(context, _rows, 2, options =>
        {
            options.Progress = seen;
            options.CancellationToken = source.Token;
        }));
        Assert.Equal(expected, Bits(context));

        byte[] Bits(MLContext with) => TrainingTask.Get(task).Fit(with, _rows, 2).Bits(with, _rows);
    }

    [Theory, AllTasks]
    public void CancelExecution_OfTheContext_StopsTheFit(string task)
    {
        var context = new MLContext(seed: 1);
        var seen = new Recorder { Then = progress => Cancel(progress, context.CancelExecution) };
        Assert.Throws<OperationCanceledException>(() => TrainingTask.Get(task).Fit(context, _rows, 2, options => options.Progress = seen));
        Assert.Equal((DGatingPhase.Path, 3), (seen.All[^1].Phase, seen.All[^1].Iteration));
    }

    [Theory, AllTasks]
    public void Cancel_WhileRowsAreRead_StopsTheReading(string task)
    {
        using var source = new CancellationTokenSource();
        var context = new MLContext(seed: 1);
        int read = 0;
        IDataView data = DataRow.View(context, _rows);
        IDataView counting = context.Data.FilterByCustomPredicate<DataRow>(data, _ =>
        {
            if (++read == 10)
            {
                source.Cancel();
            }

            return false;
        });
        Assert.Throws<OperationCanceledException>(() =>
            TrainingTask.Get(task).Fit(context, counting, 2, options => options.CancellationToken = source.Token));
        Assert.InRange(read, 10, 11);
    }

    private static void Cancel(DGatingProgress progress, Action cancel)
    {
        if (progress is { Phase: DGatingPhase.Path, Iteration: 3 })
        {
            cancel();
        }
    }
}
