using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

public sealed class MarginalScreeningTests
{
    [Fact]
    public void ColumnsLeave_InTheOrderOfTheirCorrelationWithTheLabel() => Gen.Int[0, 1000].Sample(seed =>
    {
        TrainingSet data = Planted.Linear(seed, 40, [1, 1, 1, 1, 1, 1, 1, 1], [2, 5]);
        int[] rows = [.. Enumerable.Range(seed % 10, 30)];
        double[] correlations = [.. Enumerable.Range(0, 8).Select(column => Math.Abs(Correlation(data, rows, column)))];
        int[] expected = [.. Enumerable.Range(0, 8).OrderBy(column => correlations[column]).Take(5)];
        Assert.Equal(expected, Weakest(data, rows, entering: 3));
    }, iter: 50);

    [Fact]
    public void OneOfManyClasses_IsSeenToo()
    {
        TrainingSet data = Planted.Classes(seed: 3, rows: 200, columns: 30);
        Assert.Equal([0, 1, 2], Entering(data, 3));
    }

    [Fact]
    public void GroupsThatAlwaysStay_Enter_WhateverTheySay()
    {
        TrainingSet data = Planted.Linear(1, 100, [1, 1, 1, 1, 1, 1], [2, 5]);
        data = data with { Groups = GroupLayout.Create([1, 1, 1, 1, 1, 1], GroupTermsOf.Keeping(6, [0])) };
        Assert.Equal([0, 2, 5], Entering(data, 3));
    }

    [Fact]
    public void AGroupOfManyColumns_HasNoAdvantage()
    {
        // Column 0 alone says more than the mean of the nine columns behind it, though their sum is larger.
        TrainingSet data = Planted.Linear(2, 400, [1, 9], [0, 1]);
        float[] targets = [.. Enumerable.Range(0, 400).Select(row => Feature(data, row, 0) + 0.5f * Feature(data, row, 1))];
        Assert.Equal([0], Entering(data with { Targets = targets }, 1));
    }

    [Fact]
    public void RowsWithoutWeight_SayNothing()
    {
        TrainingSet data = Planted.Linear(4, 200, [1, 1, 1], [1]);
        float[] targets = [.. data.Targets.Select((target, row) => row < 100 ? target : 10 * Feature(data, row, 2))];
        float[] weights = [.. Enumerable.Range(0, 200).Select(row => row < 100 ? 1f : 0f)];
        Assert.Equal([2], Entering(data with { Targets = targets }, 1));
        Assert.Equal([1], Entering(data with { Targets = targets, Weights = weights }, 1));
    }

    [Fact]
    public void OfEqualGroups_TheFirstEnter()
    {
        TrainingSet data = Planted.Linear(1, 20, [1, 1, 1, 1], [0]) with { Targets = new float[20], Task = LearningTask.Regression };
        Assert.Equal([0, 1], Entering(data, 2));
    }

    private static int[] Entering(TrainingSet data, int entering) =>
        [.. Enumerable.Range(0, data.Groups.Count).Except(Weakest(data, TestRuns.All(data), entering))];

    private static int[] Weakest(TrainingSet data, int[] rows, int entering) =>
        MarginalScreening.Weakest(data, data.EncodedBy(rows), rows, entering);

    private static double Correlation(TrainingSet data, int[] rows, int column)
    {
        double meanX = rows.Average(row => Feature(data, row, column)), meanY = rows.Average(row => data.Targets[row]);
        double deviation = Math.Sqrt(rows.Sum(row => Math.Pow(Feature(data, row, column) - meanX, 2)));
        return rows.Sum(row => (Feature(data, row, column) - meanX) * (data.Targets[row] - meanY)) / deviation;
    }

    private static float Feature(TrainingSet data, int row, int column)
    {
        float[] values = new float[data.Groups.Inputs];
        data.Features.Read(row, values);
        return values[column];
    }
}
