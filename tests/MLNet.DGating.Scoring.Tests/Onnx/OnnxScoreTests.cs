using CsCheck;
using MLNet.DGating.Model;

namespace MLNet.DGating.Scoring.Tests;

/// <summary>ONNX Runtime scores a file as ML.NET scores the model.</summary>
public class OnnxScoreTests
{
    private const int SlotCount = 12;

    public static TheoryData<string> Tasks => ["binary", "multiclass", "regression"];

    [Fact]
    public void AnyNetwork_ScoresTheSame() => Gen.Select(Networks.Any, Gen.Int).Sample(
        (network, seed) =>
        {
            float[][] rows = Rows(seed, 20, network.Inputs.SlotCount);
            foreach (string task in network.OutputCount == 1 ? (string[])["binary", "regression"] : ["multiclass"])
                AssertAgrees(OnnxCase.Create(network, task), rows);
        }, iter: 60);

    [Theory, MemberData(nameof(Tasks))]
    public void TenThousandRows_OfADeepTanhNetworkWithSkip_ScoreTheSame(string task) =>
        AssertAgrees(Create(task, hiddenCount: 3, selectedCount: 8, skip: true, DGatingActivation.Tanh), Rows(3, 10_000, SlotCount));

    [Theory, MemberData(nameof(Tasks))]
    public void TenThousandRows_OfAReluNetwork_ScoreTheSame(string task) =>
        AssertAgrees(Create(task, hiddenCount: 2, selectedCount: 8), Rows(4, 10_000, SlotCount));

    [Theory, MemberData(nameof(Tasks))]
    public void OneFeature_ScoresTheSame(string task) => AssertAgrees(Create(task, hiddenCount: 1, selectedCount: 1), Rows(5, 10_000, SlotCount));

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
                Assert.Equal(all[i], some[i], 1e-5);
        }
    }

    [Theory, MemberData(nameof(Tasks))]
    public void NaN_InADroppedSlot_HasNoEffect(string task)
    {
        OnnxCase model = Create(task, hiddenCount: 1, selectedCount: 5);
        float[][] rows = Rows(8, 50, SlotCount);
        float[] before = OnnxResult.Run(model.ToBytes(), rows).Score;
        foreach (int slot in Enumerable.Range(0, SlotCount).Except(model.Report.SelectedIndices))
            Array.ForEach(rows, row => row[slot] = float.NaN);
        Assert.Equal(before, OnnxResult.Run(model.ToBytes(), rows).Score);
    }

    [Theory, MemberData(nameof(Tasks))]
    public void NaN_InASelectedSlot_IsNaN_InThatRowAlone(string task)
    {
        foreach (DGatingActivation activation in Enum.GetValues<DGatingActivation>())
        {
            OnnxCase model = Create(task, hiddenCount: 2, selectedCount: 5, skip: false, activation);
            float[][] rows = Rows(9, 30, SlotCount);
            rows[4][model.Report.SelectedIndices[2]] = float.NaN;
            AssertAgrees(model, rows);
            float[] scores = OnnxResult.Run(model.ToBytes(), rows).Score;
            int[] missing = [.. Enumerable.Range(0, scores.Length).Where(i => float.IsNaN(scores[i]))];
            Assert.Equal(Enumerable.Range(4 * model.Network.OutputCount, model.Network.OutputCount), missing);
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
    }

    [Fact]
    public void LargeLogits_GiveNoCertainty()
    {
        var certain = new CollapsedNetwork(new SelectedInputs(1, [0], [0], [1], clip: float.PositiveInfinity), [], DGatingActivation.Relu,
            new DenseLayer(1, 1, [1], [0]));
        OnnxCase model = OnnxCase.Create(certain, "binary");
        float[][] rows = [[-200], [-17], [0], [17], [200]];
        AssertAgrees(model, rows);
        Assert.All(OnnxResult.Run(model.ToBytes(), rows).Probability, probability => Assert.InRange(probability, 1e-9f, 1 - 1e-9f));
        Assert.All(OnnxResult.Run(model.ToBytes(), rows).Probability, probability => Assert.NotEqual(1, probability));
    }

    private static void AssertAgrees(OnnxCase model, float[][] rows) => OnnxResult.Run(model.ToBytes(), rows).AssertAgrees(model.Predict(rows));

    private static OnnxCase Create(string task, int hiddenCount, int selectedCount, bool skip = false, DGatingActivation activation = DGatingActivation.Relu) =>
        OnnxCase.Create(Networks.Create(new Random(1), SlotCount, hiddenCount, task == "multiclass" ? 4 : 1, skip, activation, selectedCount, width: 24), task);

    private static float[][] Rows(int seed, int count, int slotCount)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Networks.Row(random, slotCount))];
    }
}
