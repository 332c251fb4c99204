using CsCheck;
using MLNet.DGating.Model;
using MLNet.DGating.Scoring.Tests.Network;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Export;

/// <summary>Tests that ONNX Runtime scores a file as ML.NET scores the model.</summary>
public class OnnxScoreTests
{
    private const int SlotCount = 12;

    public static TheoryData<string> Tasks => ["binary", "multiclass", "regression"];

    [Fact]
    public void AnyNetwork_ScoresTheSame() => ScoresTheSame(Networks.Any);

    [Fact]
    public void AnyNetworkOfSeveralColumnsAnInput_ScoresTheSame() => ScoresTheSame(Networks.OfSeveralColumns);

    [Fact]
    public void AnyPiecewiseLinearNetwork_ScoresTheSame() => ScoresTheSame(Networks.Piecewise);

    [Fact]
    public void AnyNetworkWithMissingValues_ScoresTheSame() => Gen.Select(Networks.WithMissingValues, Gen.Int).Sample(
        (network, seed) =>
        {
            float[][] rows =
                [.. Enumerable.Range(0, 20).Select(i => Networks.IncompleteRow(new Random(seed + i), network.Inputs.SlotCount))];
            foreach (string task in OnnxCase.TasksOf(network))
            {
                AssertAgrees(OnnxCase.Create(network, task), rows);
            }
        },
        iter: 40);

    [Theory, MemberData(nameof(Tasks))]
    public void TenThousandRows_OfADeepTanhNetworkWithSkip_ScoreTheSame(string task) =>
        AssertAgrees(Create(task, hiddenCount: 3, selectedCount: 8, skip: true, DGatingActivation.Tanh), Rows(3, 10_000, SlotCount));

    [Theory, MemberData(nameof(Tasks))]
    public void TenThousandRows_OfAReluNetwork_ScoreTheSame(string task) =>
        AssertAgrees(Create(task, hiddenCount: 2, selectedCount: 8), Rows(4, 10_000, SlotCount));

    [Theory, MemberData(nameof(Tasks))]
    public void OneFeature_ScoresTheSame(string task) =>
        AssertAgrees(Create(task, hiddenCount: 1, selectedCount: 1), Rows(5, 10_000, SlotCount));

    [Theory, MemberData(nameof(Tasks))]
    public void NoFeature_GivesTheConstant_WhateverIsInTheRow(string task)
    {
        float[][] rows = Rows(6, 100, SlotCount);
        Array.Fill(rows[3], float.NaN);
        OnnxCase model = Create(task, hiddenCount: 1, selectedCount: 0);
        AssertAgrees(model, rows);
        Assert.All(OnnxResult.Run(model.ToBytes(), rows).Score, score => Assert.True(float.IsFinite(score)));
    }

    [Theory, MemberData(nameof(Tasks))]
    public void AnyNumberOfRows_IsTaken(string task)
    {
        OnnxCase model = Create(task, hiddenCount: 1, selectedCount: 5);
        byte[] file = model.ToBytes();
        float[][] rows = Rows(7, 500, SlotCount);
        float[] all = OnnxResult.Run(file, rows).Score;
        foreach (int count in (int[])[1, 7])
        {
            float[] some = OnnxResult.Run(file, rows[..count]).Score;
            Assert.Equal(count * model.Network.OutputCount, some.Length);
            for (int i = 0; i < some.Length; i++)
            {
                Assert.Equal(all[i], some[i], 1e-5);
            }
        }
    }

    [Theory, MemberData(nameof(Tasks))]
    public void NaN_InADroppedSlot_HasNoEffect(string task)
    {
        OnnxCase model = Create(task, hiddenCount: 1, selectedCount: 5);
        float[][] rows = Rows(8, 50, SlotCount);
        float[] before = OnnxResult.Run(model.ToBytes(), rows).Score;
        foreach (int slot in Enumerable.Range(0, SlotCount).Except(model.Report.SelectedIndices))
        {
            Array.ForEach(rows, row => row[slot] = float.NaN);
        }

        Assert.Equal(before, OnnxResult.Run(model.ToBytes(), rows).Score);
    }

    [Theory, MemberData(nameof(Tasks))]
    public void NaN_InASelectedSlot_IsNaN_InThatRowAlone(string task)
    {
        foreach (DGatingActivation activation in Enum.GetValues<DGatingActivation>())
        {
            foreach (Func<Random, int, InputEncoding>? encode in (Func<Random, int, InputEncoding>?[])[null, Encodings.OfSeveralColumns])
            {
                OnnxCase model = Create(task, hiddenCount: 2, selectedCount: 5, skip: false, activation, encode);
                float[][] rows = Rows(9, 30, SlotCount);
                rows[4][model.Report.SelectedIndices[2]] = float.NaN;
                AssertAgrees(model, rows);
                float[] scores = OnnxResult.Run(model.ToBytes(), rows).Score;
                int[] missing = [.. Enumerable.Range(0, scores.Length).Where(i => float.IsNaN(scores[i]))];
                Assert.Equal(Enumerable.Range(4 * model.Network.OutputCount, model.Network.OutputCount), missing);
            }
        }
    }

    [Theory, MemberData(nameof(Tasks))]
    public void Infinity_IsClipped_AsAnyLargeValue(string task)
    {
        OnnxCase model = Create(task, hiddenCount: 1, selectedCount: 5);
        float[][] rows = Rows(10, 2, SlotCount);
        rows[0][model.Report.SelectedIndices[0]] = float.PositiveInfinity;
        rows[1][model.Report.SelectedIndices[1]] = float.MinValue;
        AssertAgrees(model, rows);
        Assert.All(OnnxResult.Run(model.ToBytes(), rows).Score, score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void LargeLogits_GiveNoCertainty()
    {
        var inputs = new SelectedInputs(1, [0], InputEncoding.Standardization([0], [1], float.PositiveInfinity));
        var model = OnnxCase.Create(new CollapsedNetwork(inputs, [], DGatingActivation.Relu, new(1, 1, [1], [0])), "binary");
        float[][] rows = [[-200], [-17], [0], [17], [200]];
        AssertAgrees(model, rows);
        float[] probabilities = OnnxResult.Run(model.ToBytes(), rows).Probability;
        Assert.All(probabilities, probability => Assert.InRange(probability, LogisticLink.Smallest, LogisticLink.Largest));
        Assert.Equal([LogisticLink.Smallest, LogisticLink.Largest], [probabilities[0], probabilities[^1]]);
    }

    // No model is saved with this link yet: the head and the mapper are compared without one.
    [Fact]
    public void AnExponentialLink_ScoresTheSame() => Networks.OfAnyEncoding
        .Where(network => network.OutputCount == 1).Sample(
            network =>
            {
                float[][] rows = Rows(11, 20, network.Inputs.SlotCount);
                rows[5][0] = float.NaN;
                var link = InverseLink.Of(Link.Exponential);
                using var stream = new MemoryStream();
                FeatureSelectionReport report = OnnxCase.ReportOn(network, "Features", SlotMetadata.None);
                OnnxFile.Save(stream, network, report, new RegressionHead(link));

                ValueMapper<VBuffer<float>, float> map = network.CreateScalarMapper(link);
                float[] expected = new float[rows.Length];
                for (int row = 0; row < rows.Length; row++)
                {
                    var features = new VBuffer<float>(rows[row].Length, rows[row]);
                    map(in features, ref expected[row]);
                }

                Assert.All(expected, prediction => Assert.False(prediction <= 0));
                OnnxResult.Run(stream.ToArray(), rows).AssertAgrees(new OnnxResult(expected, [], []));
            },
            iter: 40);

    private static void ScoresTheSame(Gen<CollapsedNetwork> networks) => Gen.Select(networks, Gen.Int).Sample(
        (network, seed) =>
        {
            float[][] rows = Rows(seed, 20, network.Inputs.SlotCount);
            foreach (string task in OnnxCase.TasksOf(network))
            {
                AssertAgrees(OnnxCase.Create(network, task), rows);
            }
        },
        iter: 60);

    private static void AssertAgrees(OnnxCase model, float[][] rows) =>
        OnnxResult.Run(model.ToBytes(), rows).AssertAgrees(model.Predict(rows));

    private static OnnxCase Create(
        string task,
        int hiddenCount,
        int selectedCount,
        bool skip = false,
        DGatingActivation activation = DGatingActivation.Relu,
        Func<Random, int, InputEncoding>? encode = null)
    {
        int outputs = task == "multiclass" ? 4 : 1;
        return OnnxCase.Create(
            Networks.Create(new Random(1), SlotCount, hiddenCount, outputs, skip, activation, selectedCount, width: 24, encode), task);
    }

    private static float[][] Rows(int seed, int count, int slotCount)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Networks.Row(random, slotCount))];
    }
}
