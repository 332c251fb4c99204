using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Tests.Data;

public class TrainingSetTests
{
    private static readonly TrainingSet s_data = Planted.Linear(1, 20, [1, 2], [0], weighted: true);
    private static readonly int[] s_rows = TestRuns.All(s_data);

    [Fact]
    public void RowsAreMeasuredOnce_AlsoForCopiesThatShareThem()
    {
        InputEncoding encoding = s_data.EncodedBy(s_rows).Encoding!;
        float[] offsets = encoding.Offsets;
        Assert.Same(offsets, s_data.EncodedBy(s_rows).Encoding!.Offsets);
        Assert.Same(offsets, (s_data with { Groups = GroupLayout.PerColumn(3) }).EncodedBy(s_rows).Encoding!.Offsets);
        InputEncoding piecewise = s_data.EncodingBy(s_rows, isPiecewise: true);
        Assert.Same(piecewise, (s_data with { IsPiecewise = true }).EncodedBy(s_rows).Encoding);
        Assert.Same(offsets, s_data.EncodingBy(s_rows, isPiecewise: false).Offsets);
    }

    [Fact]
    public void ACopyWithOtherFeaturesOrWeights_IsMeasuredAnew()
    {
        TrainingSet shifted = s_data with { Features = RandomData.Matrix(20, 3, (row, column) => 7 + row * column) };
        TrainingSet unweighted = s_data with { Weights = null };
        float[] before = s_data.EncodedBy(s_rows).Encoding!.Offsets;
        foreach (TrainingSet copy in (TrainingSet[])[shifted, unweighted])
        {
            var fresh = new TrainingSet(copy.Features, copy.Targets, copy.Weights, copy.Groups, copy.Task);
            Assert.Equal(fresh.EncodedBy(s_rows).Encoding!.Offsets, copy.EncodedBy(s_rows).Encoding!.Offsets);
            Assert.NotEqual(before, copy.EncodedBy(s_rows).Encoding!.Offsets);
        }
    }

    [Fact]
    public void ACopyWithOtherTargets_HasOtherIntervals()
    {
        TrainingSet steps = Planted.Steps(1, 2000, 2, 0, 1);
        TrainingSet other = steps with { Targets = [.. Enumerable.Range(0, 2000).Select(row => steps.Features.Row(row)[0] > 2 ? 1f : 0f)] };
        int[] rows = TestRuns.All(steps);
        InputEncoding encoding = steps.EncodingBy(rows, isPiecewise: true);
        Assert.NotEqual(encoding.Offsets, other.EncodingBy(rows, isPiecewise: true).Offsets);
        Assert.Equal(steps.EncodingBy(rows, isPiecewise: false).Offsets, other.EncodingBy(rows, isPiecewise: false).Offsets);
    }

    [Fact]
    public void Take_HasTheTargetsAndWeightsOfItsRows()
    {
        TrainingSet taken = s_data.Take([7, 3, 3]);
        Assert.Equal([s_data.Targets[7], s_data.Targets[3], s_data.Targets[3]], taken.Targets);
        Assert.Equal([s_data.Weights![7], s_data.Weights[3], s_data.Weights[3]], taken.Weights!);
        Assert.Equal(s_data.Features.Row(3).ToArray(), taken.Features.Row(2).ToArray());
    }
}
