using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests.Evaluation;

public class HeldOutSplitTests
{
    private static readonly Gen<(int[] Rows, int[] Classes, double Fraction, int Seed)> s_any =
        from rows in Gen.Int[0, 9_999].HashSet[1, 200]
        from classes in Gen.Int[0, 6].Array[10_000]
        from fraction in Gen.Double[0, 0.9]
        from seed in Gen.Int
        select (rows.ToArray(), classes, fraction, seed);

    [Fact]
    public void TheParts_AreDisjointAndComplete() => s_any.Sample((rows, classes, fraction, seed) =>
    {
        (int[] training, int[] heldOut) = HeldOutSplit.Split(rows, row => classes[row], fraction, new RandomStream(seed, 0));
        Assert.Equal(rows.Order(), training.Concat(heldOut).Order());
        Assert.Equal(training.Order(), training);
        Assert.Equal(heldOut.Order(), heldOut);
    });

    [Fact]
    public void TheHeldOutPart_HasItsShareOfAll_AndOfEveryClass() => s_any.Sample((rows, classes, fraction, seed) =>
    {
        (int[] training, int[] heldOut) = HeldOutSplit.Split(rows, row => classes[row], fraction, new RandomStream(seed, 0));
        foreach (IGrouping<int, int> stratum in rows.GroupBy(row => classes[row]))
        {
            int count = heldOut.Count(row => classes[row] == stratum.Key);
            Assert.True(count < stratum.Count(), "No row of a class is left to train on.");
            // Half a row of its own rounding, and what classes of few rows could not give.
            Assert.InRange(count, fraction * stratum.Count() - 1.01, fraction * stratum.Count() + 7);
        }

        Assert.True(heldOut.Length <= fraction * rows.Length + 0.5001);
        Assert.NotEmpty(training);
    });

    [Fact]
    public void RowsOfOneBlock_StayOnOneSide() => Gen.Select(s_any, Gen.Int[1, 60], Gen.Double[0.05, 0.5]).Sample((any, blocks, fraction) =>
    {
        (int[] rows, int[] classes, _, int seed) = any;
        (int[] training, int[] heldOut) =
            HeldOutSplit.SplitBlocks(rows, row => classes[row], row => row % blocks, fraction, new RandomStream(seed, 0));
        Assert.Equal(rows.Order(), training.Concat(heldOut).Order());
        Assert.Empty(training.Select(row => row % blocks).Intersect(heldOut.Select(row => row % blocks)));
        bool isSingle = rows.Select(row => row % blocks).Distinct().Count() == 1;
        Assert.Equal(isSingle, heldOut.Length == 0);
        Assert.NotEmpty(training);
    });

    [Fact]
    public void OfManyBlocks_TheShareIsThatWanted()
    {
        int[] rows = [.. Enumerable.Range(0, 1_000)];
        (_, int[] heldOut) = HeldOutSplit.SplitBlocks(rows, row => row / 5 % 2, row => row / 5, 0.2, new RandomStream(1, 0));
        Assert.Equal(200, heldOut.Length);
        Assert.Equal(100, heldOut.Count(row => row / 5 % 2 == 0));
    }

    [Fact]
    public void OfLargeClasses_EveryShareIsWithinOneRow()
    {
        int[] rows = [.. Enumerable.Range(0, 1_000)];
        (_, int[] heldOut) = HeldOutSplit.Split(rows, row => row % 7, 0.2, new RandomStream(1, 0));
        Assert.Equal(200, heldOut.Length);
        Assert.All(Enumerable.Range(0, 7), c => Assert.Equal(1_000 / 7.0 * 0.2, heldOut.Count(row => row % 7 == c), 1.01));
    }

    [Fact]
    public void Regression_HoldsOutTheFraction_AndTheSeedDecidesWhich()
    {
        int[] rows = [.. Enumerable.Range(0, 50)];
        int[] one = HeldOutSplit.Split(rows, null, 0.2, new RandomStream(1, 0)).HeldOut;
        Assert.Equal(10, one.Length);
        Assert.Equal(one, HeldOutSplit.Split(rows, null, 0.2, new RandomStream(1, 0)).HeldOut);
        Assert.NotEqual(one, HeldOutSplit.Split(rows, null, 0.2, new RandomStream(2, 0)).HeldOut);
    }

    [Fact]
    public void AClassOfOneRow_StaysInTraining() =>
        Assert.Contains(7, HeldOutSplit.Split([1, 2, 3, 4, 5, 6, 7], row => row == 7 ? 1 : 0, 0.5, new RandomStream(3, 0)).Training);

    [Theory]
    [InlineData(10_000, 2_000)]
    [InlineData(250_000, 50_000)]
    [InlineData(400_000, 50_000)]
    public void OfVeryManyRows_NoMoreThanEnoughAreHeldOut(int rows, int expected)
    {
        var data = new TrainingSet(
            RandomData.Matrix(rows, 1, (row, _) => row), new float[rows], null, GroupLayout.PerColumn(1), LearningTask.Regression);
        (int[] training, int[] heldOut) = data.HoldOut(TestRuns.All(data), seed: 1);
        Assert.Equal((rows - expected, expected), (training.Length, heldOut.Length));
    }
}
