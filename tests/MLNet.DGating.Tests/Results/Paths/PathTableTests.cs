using Microsoft.ML;

namespace MLNet.DGating.Tests.Results.Paths;

public class PathTableTests
{
    [Fact]
    public void Columns_StandUnderTheirHeads_WhateverTheErrors()
    {
        double[] errors = [0.0039, 0.015, 0.33, 1.2e-5, 12];
        DGatingPathCandidate[] candidates = [.. errors.Select((error, i) => new DGatingPathCandidate
        {
            FeatureCount = errors.Length - i, ValidationLoss = 0.25, ValidationLossStandardError = error,
            Metric = 0.5, MetricStandardError = 0.01, BoundedLoss = 0.125, BoundedLossStandardError = 0.02,
        })];
        DGatingPathPoint[] points = [.. candidates.Select(candidate => new DGatingPathPoint
        {
            Lambda = 0.5, FeatureCount = candidate.FeatureCount, TrainingLoss = 0.2, ValidationLoss = 0.25,
        })];
        var path = new DGatingPath<ITransformer>(new PathData
        {
            Points = points,
            Candidates = candidates,
            Ranking = [],
            Importance = [],
            BestFeatureCount = 5,
            SparsestFeatureCount = 3,
            Judging = "How they were judged.",
            IsComplete = true,
            MetricName = "accuracy",
            LossName = "log-loss",
        }, (_, _) => throw new NotSupportedException("No model is made in this test."));
        Assert.Equal(
            """
            features          λ        log-loss ± error     accuracy ± error   bounded loss ± error
                   5        0.5            0.25 ± 0.0039       0.500 ± 0.010         0.1250 ± 0.0200  best
                   4        0.5            0.25 ± 0.015        0.500 ± 0.010         0.1250 ± 0.0200
                   3        0.5            0.25 ± 0.33         0.500 ± 0.010         0.1250 ± 0.0200  sparsest
                   2        0.5            0.25 ± 1.2e-05      0.500 ± 0.010         0.1250 ± 0.0200
                   1        0.5            0.25 ± 12           0.500 ± 0.010         0.1250 ± 0.0200
            How they were judged.

            """.ReplaceLineEndings(),
            path.ToString());
    }
}
