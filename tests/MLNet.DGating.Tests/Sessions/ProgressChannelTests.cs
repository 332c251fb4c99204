using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating.Tests.Sessions;

/// <summary>ML.NET's own progress channel, which its tools read.</summary>
public class ProgressChannelTests
{
    // MLContext keeps its environment to itself; this is one of the same kind.
    private readonly LocalEnvironment _environment = new(seed: 1);

    [Fact]
    public void GetAllProgress_DuringAFit_ShowsLossLambdaAndCount()
    {
        var events = new List<ProgressReporting.ProgressEvent>();
        Fit(new Recorder { Then = _ => events.AddRange(GetAllProgress()) });
        ProgressReporting.ProgressEvent last = events.Last(one => one.Kind == ProgressReporting.ProgressEvent.EventKind.Progress);
        Assert.Equal("Training model", last.Name);
        ProgressHeader header = last.ProgressEntry.Header;
        Assert.Equal(["TrainingLoss", "Lambda", "FeatureCount"], header.MetricNames);
        Assert.Equal(["iterations"], header.UnitNames);
        Assert.True(last.ProgressEntry.Metrics[0] > 0);
        Assert.Equal([0.0, 2.0], last.ProgressEntry.Metrics[1..]);
        Assert.Equal([10.0], last.ProgressEntry.Progress);
        Assert.Contains(events, one => one.ProgressEntry?.Metrics[1] > 0);
    }

    [Fact]
    public void GetAllProgress_AfterAFitThatNobodyWatched_HasOneCheckpointAPhase()
    {
        Fit(null);
        Assert.Equal(3, GetAllProgress().Count(one => one.Kind == ProgressReporting.ProgressEvent.EventKind.Progress));
    }

    private void Fit(IProgress<DGatingProgress>? progress)
    {
        var options = (DGatingRegressionTrainer.Options)TrainingTask.Get("regression").Quick(2, options => options.Progress = progress);
        new DGatingRegressionTrainer(_environment, options).Fit(DataRow.View(new(), Planted.Linear(100, 6, 2, seed: 1)));
    }

    private List<ProgressReporting.ProgressEvent> GetAllProgress()
    {
        FieldInfo field = typeof(HostEnvironmentBase<LocalEnvironment>).GetField(
            "ProgressTracker", BindingFlags.Instance | BindingFlags.NonPublic)!;
        return ((ProgressReporting.ProgressTracker)field.GetValue(_environment)!).GetAllProgress();
    }
}
