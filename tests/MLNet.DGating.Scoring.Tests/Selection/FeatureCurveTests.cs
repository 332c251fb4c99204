using CsCheck;
using MLNet.DGating.Model;
using MLNet.DGating.Scoring.Tests.Network;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Selection;

/// <summary>The curves of networks without hidden layers are what their features add to a score.</summary>
public class FeatureCurveTests
{
    private static readonly Gen<CollapsedNetwork> s_bounded = Of(Encodings.Standardization, Encodings.Piecewise);

    private static readonly Gen<CollapsedNetwork> s_any = Of(Encodings.Standardization, Encodings.OfSeveralColumns, Encodings.Piecewise);

    [Fact]
    public void Curves_AddUpToTheScore_AndAreTheContributions() => Gen.Select(s_any, Gen.Int).Sample((network, seed) =>
    {
        float[] row = network.Inputs.Encoding.IsZeroWhereMissing
            ? Networks.IncompleteRow(new Random(seed), network.Inputs.SlotCount)
            : Networks.Row(new Random(seed), network.Inputs.SlotCount);
        FeatureSelectionReport report = ReportOf(network);
        var contributions = new NetworkContributions(network);
        NetworkContributions.Scratch scratch = contributions.CreateScratch();
        contributions.Read(new VBuffer<float>(row.Length, row), scratch);
        double[] scores = Networks.ScoreByDefinition(network, row);
        float[] parts = new float[network.Inputs.Slots.Length];
        for (int output = 0; output < scores.Length; output++)
        {
            float[] values = [.. row.Select((value, slot) => report.GetCurve($"Slot {slot}", output).At(value))];
            double size = 1 + values.Sum(value => Math.Abs((double)value));
            Assert.Equal(scores[output] - contributions.ReferenceScores[output], values.Sum(value => (double)value), 1e-4 * size);
            contributions.Contribute(output, parts, scratch);
            Assert.All(parts.Index(), part => Assert.Equal(part.Item, values[network.Inputs.Slots[part.Index]], 1e-4 * size));
        }
    });

    [Fact]
    public void ACurve_IsStraightBetweenItsPoints_WhichAscend() => s_bounded.Sample(network =>
    {
        FeatureSelectionReport report = ReportOf(network);
        foreach (int slot in network.Inputs.Slots)
        {
            FeatureCurve curve = report.GetCurve($"Slot {slot}");
            Assert.Empty(curve.Levels);
            Assert.All(curve.Points, point => Assert.Equal(point.Y, curve.At(point.X)));
            Assert.All(curve.Points.Zip(curve.Points.Skip(1)), pair =>
            {
                Assert.True(pair.First.X < pair.Second.X);
                Assert.Equal((pair.First.Y + pair.Second.Y) / 2, curve.At((pair.First.X + pair.Second.X) / 2), 1e-4f);
            });
            Assert.Equal(curve.Points[0].Y, curve.At(float.MinValue), 1e-5f);
            Assert.Equal(curve.Points[^1].Y, curve.At(float.MaxValue), 1e-5f);
        }
    });

    [Fact]
    public void TheLevelsOfACategory_AreItsSlotsAtOne_TheOthersAtZero()
    {
        // Color.green is constant, so that the network does not read it.
        FeatureSelectionReport small = Reports.Small();
        var inputs = new SelectedInputs(7, [1, 3, 4], InputEncoding.Standardization([0.25f, 0.5f, 2], [2, 2, 1], bound: 10));
        var network = new CollapsedNetwork(inputs, [], DGatingActivation.Relu, new DenseLayer(3, 1, [1, -3, 5], [0.5f]));
        var report = new FeatureSelectionReport(small.Data, curves: new AdditiveCurves(network));
        FeatureCurve color = report.GetCurve("Color");
        Assert.Empty(color.Points);
        Assert.Equal([("red", 1, 4.5f), ("green", 2, 2.5f), ("blue", 3, -3.5f)], color.Levels.Select(one => (one.Name, one.Slot, one.Y)));
        Assert.Contains("3 slots", Assert.Throws<InvalidOperationException>(() => color.At(1)).Message, StringComparison.Ordinal);
        // A slot of it can be asked for as well.
        Assert.Equal(1.5f, report.GetCurve("Color.red").At(1));
    }

    [Fact]
    public void AFeatureThatIsNotSelected_AddsNothing()
    {
        CollapsedNetwork network = Networks.Create(new Random(1), 4, 0, 1, skip: false, DGatingActivation.Relu, selectedCount: 2);
        FeatureSelectionReport report = ReportOf(network);
        FeatureCurve curve = report.GetCurve(report.BySlot.First(slot => !slot.IsSelected).Name);
        Assert.Empty(curve.Points);
        Assert.Equal(0, curve.At(3));
        Assert.Equal(0, curve.At(float.NaN));
    }

    [Fact]
    public void AMissingValue_OfANetworkThatKnowsNone_IsNotANumber()
    {
        CollapsedNetwork network = Networks.Create(new Random(1), 1, 0, 1, skip: false, DGatingActivation.Relu, selectedCount: 1);
        FeatureCurve curve = ReportOf(network).GetCurve("Slot 0");
        Assert.Equal(float.NaN, curve.At(float.NaN));
    }

    [Fact]
    public void WhatThereIsNot_IsRefused()
    {
        CollapsedNetwork network = Networks.Create(new Random(1), 4, 0, 2, skip: false, DGatingActivation.Relu, selectedCount: 2);
        FeatureSelectionReport report = ReportOf(network);
        Assert.Contains("There is no feature 'age'.", Assert.Throws<ArgumentException>(() => report.GetCurve("age")).Message,
            StringComparison.Ordinal);
        Assert.Contains("0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => report.GetCurve("Slot 0", 2)).Message,
            StringComparison.Ordinal);
        FeatureSelectionReport other = Reports.Small();
        Assert.False(other.IsAdditive);
        Assert.Contains("Shape = Additive", Assert.Throws<InvalidOperationException>(() => other.GetCurve("Age")).Message,
            StringComparison.Ordinal);
    }

    private static Gen<CollapsedNetwork> Of(params Func<Random, int, InputEncoding>[] encodings) =>
        from encode in Gen.OneOfConst(encodings)
        from slots in Gen.Int[1, 12]
        from outputs in Gen.Int[1, 4]
        from skip in Gen.Bool
        from hasMissing in Gen.Bool
        from seed in Gen.Int
        select Networks.Create(
            new Random(seed), slots, 0, outputs, skip, DGatingActivation.Relu, encode: encode, hasMissing: hasMissing);

    private static FeatureSelectionReport ReportOf(CollapsedNetwork network)
    {
        FeatureSelectionReport report = Reports.PerSlot(network.Inputs.SlotCount, network.Inputs.Slots.ToArray());
        return new FeatureSelectionReport(report.Data, curves: new AdditiveCurves(network));
    }
}
