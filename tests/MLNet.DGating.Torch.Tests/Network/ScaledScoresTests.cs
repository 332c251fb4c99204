using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Network;

public class ScaledScoresTests
{
    private static readonly TrainingSet s_data = Planted.Classes(1, 40, 4);

    [Fact]
    public void Scores_AreScaledAboutTheCenter_WhateverTheLayers() =>
        Gen.Select(Gen.OneOfConst<int[]>([], [5], [5, 3]), Gen.Bool, Gen.Float[-2, 2].Array[3], Gen.Double[0.1, 3])
            .Sample((hidden, skip, center, factor) =>
            {
                FitSettings settings = TestRuns.Small.With(training => training with { HiddenLayers = hidden, AdditivePart = skip });
                NetworkShape shape = settings.Training.ShapeFor(s_data.Task);
                var state = NetworkState.Initial(shape, s_data.Groups, [0.1f, 0.2f, 0.3f], new(1, 1));
                float[] before = Scores(settings, state), after = Scores(settings, state.ScaleScores(shape, center, factor));
                Assert.All(before.Zip(after).Select((pair, i) => (pair.First, pair.Second, Center: center[i % 3])), score =>
                    Assert.Equal(score.Center + factor * (score.First - score.Center), score.Second, 1e-4));
            }, iter: 30);

    private static float[] Scores(FitSettings settings, NetworkState state)
    {
        int[] rows = TestRuns.All(s_data);
        RunDescription run = settings.Evaluation(rows, rows, new PathSnapshot([0, 1, 2, 3], state));
        RefitResult result = TestRuns.Carry(s_data, run).Refits[0].Result;
        return result.HeldOutScores;
    }
}
