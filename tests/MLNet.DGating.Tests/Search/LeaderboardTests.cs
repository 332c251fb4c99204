using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Search;

public class LeaderboardTests
{
    [Fact]
    public void ALeaderboard_IsATable_WithWhatWasTakenFirst()
    {
        var leaderboard = new DGatingLeaderboard(
            [
                new DGatingTrial(1, "D = 2.5, no hidden layer", 3, true, 0.12345, 0.01, 0.9, 0.02, 7, 12.34),
                new DGatingTrial(2, "as given", 3, true, 0.2, 0.01, 0.85, 0.02, 11, 1),
                new DGatingTrial(3, "step 0.1", 1, false, double.PositiveInfinity, double.NaN, double.NaN, double.NaN, 0, 0.5),
            ],
            "accuracy", "How they were judged.");
        Assert.Equal(
            """
            rank  rung   misfit ± error   accuracy ± error   features  seconds  settings
               1  final  0.1235 ± 0.0100      0.900 ± 0.020          7     12.3  D = 2.5, no hidden layer
               2  final  0.2000 ± 0.0100      0.850 ± 0.020         11      1.0  as given
               3      1  diverged                                            0.5  step 0.1
            How they were judged.

            """.ReplaceLineEndings(),
            leaderboard.ToString());
    }

    [Fact]
    public void ALeaderboard_IsDataToo()
    {
        var search = FitBestTests.Search(new DGatingSearchSpace { HiddenLayers = [[4]] }, trials: 3);
        IDataView view = search.Leaderboard.ToDataView(new MLContext());
        Assert.Equal([1, 2, 3], view.GetColumn<int>(nameof(DGatingTrial.Rank)));
        Assert.Equal(search.Leaderboard.Trials.Select(trial => trial.BoundedLoss), view.GetColumn<double>(nameof(DGatingTrial.BoundedLoss)));
        Assert.Equal(search.Leaderboard.Trials.Select(trial => trial.Settings), view.GetColumn<string>(nameof(DGatingTrial.Settings)));
    }

    [Fact]
    public void ASettingThatDiverges_RanksBehind_AndDoesNoHarm()
    {
        var search = FitBestTests.Search(
            new DGatingSearchSpace
            {
                GateDepth = null, HiddenLayers = [], Activation = [], LearningRate = new(1e6, 2e6), InputNoise = [], L2Regularization = null, NumberOfRefitIterations = [],
            }, trials: 3);
        Assert.Equal("as given", search.Leaderboard.Trials[0].Settings);
        Assert.Contains("diverged", search.ToString(), StringComparison.Ordinal);
        Assert.True(search.IsComplete);
    }
}
