using Microsoft.ML;

namespace MLNet.DGating.Plots.Tests.Support;

/// <summary>Selections and paths of any size, made without training.</summary>
internal static class Samples
{
    /// <summary>Makes a selection of the first features; the first of them has the largest importance.</summary>
    public static FeatureSelectionReport Report(int features, int selected, Func<int, string>? name = null) => new(new SelectionData
    {
        FeatureColumnName = "Features",
        SlotCount = features,
        Metadata = new SlotMetadata([.. Enumerable.Range(0, features).Select(name ?? Name)], []),
        Groups = SelectionData.GroupPerSlot(features),
        LambdaOut = [.. Enumerable.Range(0, features).Select(feature => feature < selected ? double.PositiveInfinity : features - feature)],
        SelectedSlots = [.. Enumerable.Range(0, selected)],
        Importance = [.. Enumerable.Range(0, selected).Select(feature => (float)(selected - feature))],
        ConstantSlots = [],
    });

    /// <summary>Makes a path on which the last feature leaves first. Every count from all to one is judged.</summary>
    public static DGatingPath Path(
        int features, double loss = 0.5, bool isComplete = true, Func<int, string>? name = null, GateDynamics? dynamics = null)
    {
        DGatingPathPoint[] points = [.. Enumerable.Range(0, features + 1)
            .Select(left => new DGatingPathPoint
            {
                Lambda = 0.01 * left, FeatureCount = features - left, TrainingLoss = 0.1 + left, ValidationLoss = loss + left,
            })];
        return new DGatingPath<ITransformer>(new PathData
        {
            Points = points,
            Candidates = [.. points[..^1].Select(point => Candidate(point, features))],
            Ranking = [.. Enumerable.Range(0, features).Select(feature => new RankedFeature(
                feature + 1, feature, (name ?? Name)(feature), [feature], 0.01 * (features - feature)))],
            Importance = [.. points.Select(point => Enumerable.Range(0, features)
                .Select(feature => feature < point.FeatureCount ? 1f + features - feature : 0f).ToArray())],
            BestFeatureCount = features,
            SparsestFeatureCount = Math.Max(1, features / 2),
            Judging = "Judged on 100 held-out rows.",
            IsComplete = isComplete,
            MetricName = "accuracy",
            LossName = "log-loss",
            GateDynamics = dynamics,
        }, (_, _) => throw new NotSupportedException("No model is made in these tests."));
    }

    /// <summary>Makes stability selection whose runs rank the features as they are numbered, but the last run in reverse.</summary>
    public static DGatingStability Stability(int features, int pairs = 4)
    {
        int[] ranking = [.. Enumerable.Range(0, features)];
        int[][] rankings = [.. Enumerable.Repeat(ranking, (2 * pairs) - 1), [.. ranking.Reverse()]];
        return new DGatingStability<ITransformer>(
            [.. ranking.Select(feature => new StabilityFeature(feature, Name(feature), [feature]))], rankings,
            (_, _, _) => throw new NotSupportedException("No model is made in these tests."));
    }

    /// <summary>Makes gates that fall from 1 to 0, each faster than the one before it.</summary>
    public static GateDynamics Dynamics(int features, int iterations = 20)
    {
        float[][] gates = [.. Enumerable.Range(0, iterations).Select(i => Enumerable.Range(0, features)
            .Select(feature => Math.Max(0f, 1f - (feature + 1f) * i / iterations / (features - 1f))).ToArray())];
        return new GateDynamics(
            [.. Enumerable.Range(0, iterations).Select(Iteration)],
            [.. Enumerable.Range(0, features).Select(Name)],
            [.. Enumerable.Range(0, features).Select(feature => feature == 0 ? double.PositiveInfinity : 1.0 / feature)],
            gates, [.. gates.Select(row => Array.ConvertAll(row, gate => gate * gate))]);
    }

    /// <summary>Makes a report with every section.</summary>
    public static DGatingReportContent Content() => new()
    {
        Selection = Report(120, 35),
        Path = Path(120),
        Stability = Stability(120),
        Facts = [("Data", "churn.csv, 7,043 rows"), ("Seed", "1")],
        Test = new ReportTest
        {
            Summary = "On 120 rows that were not trained on.",
            Metrics =
            [
                new ReportMetric { Name = "log loss (nats)", Value = 0.38, Low = 0.31, High = 0.45 },
                new ReportMetric { Name = "R²", Value = 0.83 },
            ],
            Warnings = ["Only 12 rows are of one class."],
            Classes = ["no", "<yes>"],
            Confusion = [[70, 9], [3, 38]],
            Roc = [(0, 0), (0.1, 0.7), (1, 1)],
            PrecisionRecall = [(0.1, 1), (0.7, 0.8), (1, 0.3)],
            Calibration = [(0.1, 0.05), (0.5, 0.6), (0.9, 0.85)],
            Predictions = [(1, 1.2), (2, 1.7), (3, 3.3)],
            Errors = [(-1, 3), (0, 12), (1, 4)],
        },
        Effects =
        [
            new ReportEffect
            {
                Feature = "tenure", Prediction = "probability of <yes>",
                Curves = [new ReportCurve { Name = "yes", Points = [(0, 0.6), (10, 0.3), (60, 0.1)] }],
            },
            new ReportEffect
            {
                Feature = "size", Prediction = "probability",
                Curves =
                [
                    .. Enumerable.Range(0, 5).Select(i => new ReportCurve { Name = $"class {i}", Points = [(0, 0.1 * i), (1, 0.2)] }),
                ],
            },
            new ReportEffect
            {
                Feature = "contract", Prediction = "probability of <yes>", Categories = [("monthly", 0.4), ("yearly", 0.1)],
            },
        ],
        StandIns =
        [
            new ReportStandIn
            {
                Feature = Name(0), StandIn = Name(80), ValueCorrelation = 0.93, EffectCorrelation = 0.9,
                Quality = "R² 0.81, with the kept one 0.83",
            },
        ],
        Examples =
        [
            new ReportExample
            {
                Title = "The surest 'yes': row 12", Outcome = "Predicted 'yes' with 97 %; actual 'yes'.",
                Contributions = [("tenure", "2", 2.25), ("contract", "yearly", -1.5)],
            },
        ],
        LeftOut = [("customer", "no value repeats, as in an id")],
    };

    public static string Name(int feature) => $"Feature {feature:d3}";

    private static DGatingPathCandidate Candidate(DGatingPathPoint point, int features) => new()
    {
        FeatureCount = point.FeatureCount,
        ValidationLoss = point.ValidationLoss,
        ValidationLossStandardError = 0.1,
        Metric = (double)point.FeatureCount / features,
        MetricStandardError = 0.01,
        BoundedLoss = 1.0 / (1 + point.FeatureCount),
        BoundedLossStandardError = 0.02,
    };

    private static GateIteration Iteration(int i) => i < 5
        ? new GateIteration { Phase = DGatingPhase.Dense, Iteration = i + 1, Lambda = 0 }
        : new GateIteration { Phase = DGatingPhase.Path, Iteration = i - 4, Lambda = 0.01 * i };
}
