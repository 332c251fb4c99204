using System.Text.Json;
using System.Text.Json.Serialization;
using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Knockoffs;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Runs;

/// <summary>Runs are plain data: they can be described here and carried out elsewhere.</summary>
public class SerializedRunsTests
{
    private static readonly JsonSerializerOptions s_options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private static readonly TrainingSet s_data = Planted.Linear(1, 120, [1, 2, 1, 3, 1], [1, 4]);

    private static readonly Gen<StopRule> s_stop = Gen.OneOf(
        Gen.Const(StopRule.Open),
        Gen.Int[0, 9].Array[1, 4].Select(counts => (StopRule)new StopRule.AtCounts(counts)),
        Gen.Select(Gen.Double[0, 2], Gen.Bool).Select((lambda, isCertified) => (StopRule)new StopRule.AtLambda(lambda, isCertified)),
        Gen.Double[0.1, 9].Select(budget => (StopRule)new StopRule.WithinBudget(budget)));

    private static readonly Gen<TrainingSettings> s_settings =
        from hidden in Gen.OneOf(Gen.Const((int[]?)null), Gen.Int[1, 9].Array[0, 3].Select(sizes => (int[]?)sizes))
        from switches in Gen.Bool.Array[6]
        from numbers in Gen.Double.Array[6]
        from iterations in Gen.Int[0, 99].Array[4]
        from batch in Gen.OneOf(Gen.Const((int?)null), Gen.Int[1, 99].Select(size => (int?)size))
        select new TrainingSettings
        {
            HiddenLayers = hidden,
            Activation = switches[0] ? DGatingActivation.Tanh : DGatingActivation.Relu,
            AdditivePart = switches[3] ? switches[1] : null,
            UseBfloat16 = switches[2],
            IsPiecewise = switches[4],
            Embedding = switches[5]
                ? new EmbeddingSettings
                {
                    Width = 1 + iterations[0], HiddenLayers = [3, 1 + iterations[1]], Iterations = 1 + iterations[2], BatchSize = 7,
                    LearningRate = numbers[0], Decay = numbers[1], EmbeddingDecay = numbers[2], Dropout = numbers[3],
                }
                : null,
            GateDepth = numbers[0],
            LearningRate = numbers[1],
            Momentum = numbers[2],
            L2Regularization = switches[3] ? numbers[3] : null,
            InitialLambda = numbers[4],
            LambdaGrowth = numbers[5],
            BatchSize = batch,
            NumberOfDenseIterations = iterations[0],
            NumberOfHoldIterations = iterations[1],
            NumberOfRefitIterations = iterations[2],
            MaximumStepsPerIteration = iterations[3],
        };

    private static readonly Gen<RunDescription> s_run =
        from settings in s_settings
        from rows in Gen.Int[0, 99].Array[0, 9].Array[2]
        from groups in Gen.OneOf(Gen.Const((int[]?)null), Gen.Int[0, 9].Array[0, 4].Select(given => (int[]?)given))
        from stop in s_stop
        from seed in Gen.Int
        from numbers in Gen.Double.Array[2]
        from switches in Gen.Bool.Array[6]
        from records in Gen.Int[0, 3]
        select new RunDescription
        {
            Settings = settings,
            TrainingRows = rows[0],
            HeldOutRows = rows[1],
            Groups = groups,
            Stop = switches[0] ? stop : null,
            Start = switches[0] ? null : new PathSnapshot([0, 3], Start(seed)),
            Beginning = switches[1] ? Start(seed) : null,
            ContinuesModel = switches[2],
            InputNoise = numbers[0],
            Seed = seed,
            Purpose = RandomPurpose.PathOf(rows.Length),
            Effort = numbers[1],
            Refits = switches[1],
            Records = (PathRecords)records,
            Networks = switches[2] ? KeptNetworks.Snapshots : KeptNetworks.All,
            IsForChoice = switches[3],
            Source = switches[4] ? RowSource.StreamInPlace : RowSource.Sample,
            CopiesRows = switches[5],
            Knockoffs = switches[5] ? new KnockoffModel([0, 2], numbers, [.. numbers, .. numbers], [.. numbers, seed, 0.5]) : null,
        };

    [Fact]
    public void ADescription_SurvivesJson_WithNothingLost() => s_run.Sample(run => AssertSurvives(run), iter: 300);

    [Fact]
    public void AResult_SurvivesJson_WithNothingLost()
    {
        int[] heldOut = [3, 14, 15, 92];
        RunDescription path = Describe(heldOut) with { Records = PathRecords.Norms | PathRecords.Gates };
        RunResult ofPath = TestRuns.Carry(s_data, path);
        // Without held-out rows their figures are NaN, and a group that never left did so at ∞.
        RunResult withoutHeldOut = TestRuns.Carry(s_data, Describe([]) with { Stop = new StopRule.AtLambda(0.05, IsCertified: true) });
        Assert.Contains(withoutHeldOut.Path!.Points, point => double.IsNaN(point.HeldOutLoss));
        Assert.Contains(double.PositiveInfinity, ofPath.Path!.LambdaOut);
        Assert.NotEmpty(ofPath.Path.Gates!.Iterations);
        RunResult cancelled = ofPath with { IsCancelled = true, Path = null };
        foreach (RunResult result in (RunResult[])[ofPath, withoutHeldOut, ofPath.With(KeptNetworks.None), cancelled])
        {
            RunResult copy = AssertSurvives(result);
            Assert.Equal(result.Refits.SelectMany(Parameters), copy.Refits.SelectMany(Parameters));
            Assert.Equal(result.Path?.Ranking, copy.Path?.Ranking);
            Assert.Equal(result.Path?.LambdaOut, copy.Path?.LambdaOut);
        }
    }

    [Fact]
    public void ADescriptionThatWentThroughJson_GivesTheSameBits()
    {
        RunDescription path = Describe([3, 14, 15, 92]);
        PathSnapshot snapshot = TestRuns.Carry(s_data, path).Path!.Snapshots[0];
        RunDescription refit = TestRuns.Small.Refit(TestRuns.All(s_data), snapshot, noise: 0);
        foreach (RunDescription run in (RunDescription[])[path, refit, TestRuns.Small.FromScratch(TestRuns.All(s_data), [1], [1, 4])])
        {
            RunResult expected = TestRuns.Carry(s_data, run), actual = TestRuns.Carry(s_data, AssertSurvives(run));
            Assert.Equal(expected.Refits.SelectMany(Parameters), actual.Refits.SelectMany(Parameters));
            Assert.Equal(
                expected.Refits.SelectMany(each => each.Result.HeldOutLosses), actual.Refits.SelectMany(each => each.Result.HeldOutLosses));
            Assert.Equal(expected.Path?.LambdaOut, actual.Path?.LambdaOut);
            Assert.Equal(expected.Path?.Points, actual.Path?.Points);
        }
    }

    private static RunDescription Describe(int[] heldOut) => TestRuns.Small.With(training => training with { LambdaGrowth = 1.3 })
        .Path(TestRuns.AllBut(s_data, heldOut), heldOut, noise: 0.25, new StopRule.AtCounts([4, 2]));

    private static NetworkState Start(int seed) => NetworkState.Initial(
        new NetworkShape([3], 1, Skip: true, DGatingActivation.Relu), GroupLayout.FromSizes([1, 3]), [float.NaN],
        new RandomStream(seed, 0));

    private static float[] Parameters(RefittedSnapshot refit) =>
        [.. TestRuns.Values(refit.Snapshot.State), .. TestRuns.Values(refit.Result.State)];

    // The text tells of every value in its order; what is not in the text shows in the objects.
    private static T AssertSurvives<T>(T original)
        where T : class
    {
        string text = JsonSerializer.Serialize(original, s_options);
        T copy = JsonSerializer.Deserialize<T>(text, s_options)!;
        Assert.Equal(text, JsonSerializer.Serialize(copy, s_options));
        Assert.Equivalent(original, copy, strict: true);
        return copy;
    }
}
