using MLNet.DGating.Tests.Search;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Results.Search;

public class LeaderboardTests
{
    [Fact]
    public void ALeaderboard_IsATable_WithWhatWasTakenFirst()
    {
        var first = new DGatingTrial
        {
            Rank = 1, Settings = "D = 2.5, no hidden layer", Rung = 3, IsFinalist = true, FeatureCount = 7, Seconds = 12.34,
            BoundedLoss = 0.12345, BoundedLossStandardError = 0.01, Metric = 0.9, MetricStandardError = 0.02,
        };
        var diverged = new DGatingTrial
        {
            Rank = 3, Settings = "step 0.1", Rung = 1, Seconds = 0.5,
            BoundedLoss = double.PositiveInfinity, BoundedLossStandardError = double.NaN,
            Metric = double.NaN, MetricStandardError = double.NaN,
        };
        DGatingTrial second = first with
        {
            Rank = 2, Settings = "as given", BoundedLoss = 0.2, Metric = 0.85, FeatureCount = 11, Seconds = 1,
        };
        Assert.Equal(
            """
            rank  rung   bounded loss ± error   accuracy ± error   features  seconds  settings
               1  final        0.1235 ± 0.0100      0.900 ± 0.020          7     12.3  D = 2.5, no hidden layer
               2  final        0.2000 ± 0.0100      0.850 ± 0.020         11      1.0  as given
               3      1  diverged                                                 0.5  step 0.1
            How they were judged.

            """.ReplaceLineEndings(),
            new DGatingLeaderboard([first, second, diverged], "accuracy", "How they were judged.").ToString());
    }

    [Fact]
    public void ALeaderboard_IsDataToo()
    {
        DGatingLeaderboard leaderboard = FitBestTests.Search(new DGatingSearchSpace { HiddenLayers = [[4]] }, trials: 3).Leaderboard;
        IDataView view = leaderboard.ToDataView(new MLContext());
        Assert.Equal([1, 2, 3], view.GetColumn<int>(nameof(DGatingTrial.Rank)));
        Assert.Equal(leaderboard.Trials.Select(trial => trial.BoundedLoss), view.GetColumn<double>(nameof(DGatingTrial.BoundedLoss)));
        Assert.Equal(leaderboard.Trials.Select(trial => trial.Settings), view.GetColumn<string>(nameof(DGatingTrial.Settings)));
    }

    [Fact]
    public void ASettingThatDiverges_RanksBehind_AndDoesNoHarm()
    {
        BinarySearch search = FitBestTests.Search(FitBestTests.Nothing with { LearningRate = new(1e6, 2e6) }, trials: 3);
        Assert.Equal("as given", search.Leaderboard.Trials[0].Settings);
        Assert.All(search.Leaderboard.Trials.Skip(1), trial => Assert.Equal(double.PositiveInfinity, trial.BoundedLoss));
        Assert.Matches(@"\n +3 +1 +diverged +\d+\.\d +step 1", search.ToString().ReplaceLineEndings("\n"));
        Assert.True(search.IsComplete);
    }
}
