using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;

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
        Assert.Same(offsets, (s_data with { Targets = new float[20] }).EncodedBy(s_rows).Encoding!.Offsets);
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
    public void Take_HasTheTargetsAndWeightsOfItsRows()
    {
        TrainingSet taken = s_data.Take([7, 3, 3]);
        Assert.Equal([s_data.Targets[7], s_data.Targets[3], s_data.Targets[3]], taken.Targets);
        Assert.Equal([s_data.Weights![7], s_data.Weights[3], s_data.Weights[3]], taken.Weights!);
        Assert.Equal(s_data.Features.Row(3).ToArray(), taken.Features.Row(2).ToArray());
    }
}
