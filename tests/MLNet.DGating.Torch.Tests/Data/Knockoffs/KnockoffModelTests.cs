using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Knockoffs;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests.Data.Knockoffs;

public class KnockoffModelTests
{
    private const int Rows = 4000, Columns = 8;

    // A column, two that vary together, three of one category (one-hot), and two columns that nearly repeat each other.
    private static readonly int[] s_sizes = [1, 2, 3, 1, 1];
    private static readonly TrainingSet s_data = Correlated(Rows, GroupLayout.FromSizes(s_sizes));
    private static readonly KnockoffModel s_model = KnockoffModel.Of(s_data, TestRuns.All(s_data));

    [Fact]
    public void SwappingAGroupWithItsKnockoff_LeavesTheModelsMomentsUnchanged()
    {
        double[,] covariance = Covariance(s_data, s_data), map = Matrix(s_model.Map, Columns), noise = Matrix(s_model.Noise, s_model.Rank);
        double[,] cross = Product(covariance, map);
        double[,] ofKnockoffs = Sum(Product(Transposed(map), cross), Product(Transposed(noise), noise));
        AssertSwappable(covariance, cross, ofKnockoffs, s_data.Groups, tolerance: 5e-3);
    }

    [Fact]
    public void SwappingAGroupWithItsKnockoff_LeavesTheMomentsOfDrawnRowsUnchanged()
    {
        (TrainingSet own, TrainingSet knockoffs) = Draw(s_data, s_model, seed: 1);
        AssertSwappable(
            Covariance(own, own), Covariance(own, knockoffs), Covariance(knockoffs, knockoffs), s_data.Groups,
            tolerance: 4 / Math.Sqrt(Rows));
    }

    [Fact]
    public void Knockoffs_HaveTheMeansOfTheirColumns()
    {
        (TrainingSet own, TrainingSet knockoffs) = Draw(s_data, s_model, seed: 1);
        var ofOwn = ColumnStatistics.Of(own.Features, TestRuns.All(own), []);
        var ofKnockoffs = ColumnStatistics.Of(knockoffs.Features, TestRuns.All(own), []);
        Assert.All(Enumerable.Range(0, Columns), column => Assert.Equal(
            ofOwn.Means[column], ofKnockoffs.Means[column], 4 / Math.Sqrt(Rows) / ofOwn.InverseDeviations[column]));
    }

    [Fact]
    public void TheKnockoffsOfOneHotColumns_AddUpToOne()
    {
        (_, TrainingSet knockoffs) = Draw(s_data, s_model, seed: 1);
        float[] row = new float[Columns];
        for (int i = 0; i < 50; i++)
        {
            knockoffs.Features.Read(i, row);
            Assert.Equal(1, row[3] + row[4] + row[5], 1e-4);
        }
    }

    [Fact]
    public void ColumnsThatRepeatEachOther_DoNotTakeTheOthersTheirPower()
    {
        (TrainingSet own, TrainingSet knockoffs) = Draw(s_data, s_model, seed: 1);
        double[,] cross = Covariance(own, knockoffs);
        Assert.InRange(cross[0, 0], -0.1, 0.5);
        Assert.All((int[])[6, 7], column => Assert.InRange(cross[column, column], 0.95, 1));
    }

    [Fact]
    public void AGroupThatAlwaysStays_HasNoKnockoff_AndTheOthersVaryWithItAsBefore()
    {
        GroupTerms[] terms = [.. s_sizes.Select((_, group) => GroupTerms.Ordinary with { IsKept = group == 1 })];
        TrainingSet data = s_data with { Groups = GroupLayout.Create(s_sizes, terms) };
        var model = KnockoffModel.Of(data, TestRuns.All(data));
        Assert.Equal([0, 3, 4, 5, 6, 7], model.Inputs);
        TrainingSet both = data.WithKnockoffs(model, TestRuns.All(data), new RandomStream(1, 0));
        Assert.Equal([1, 1, 2, 3, 3, 1, 1, 1, 1], Enumerable.Range(0, both.Groups.Count).Select(both.Groups.Size));
        Assert.Equal([2], Enumerable.Range(0, both.Groups.Count).Where(both.Groups.IsKept));

        double[,] covariance = Covariance(both, both);
        // Column 0 and its knockoff at 1 against the kept columns at 2 and 3.
        Assert.All((int[])[2, 3], kept => Assert.Equal(covariance[0, kept], covariance[1, kept], 4 / Math.Sqrt(Rows)));
        Assert.Equal(1, covariance[1, 1], 0.1);
    }

    [Theory, InlineData(20), InlineData(60)]
    public void FewRowsOfManyColumns_HaveKnockoffsOfTheSameDeviation(int rows)
    {
        var random = new Random(1);
        DesignMatrix features = RandomData.NormalMatrix(random, rows, 50);
        var data = new TrainingSet(features, new float[rows], null, GroupLayout.PerColumn(50), LearningTask.Regression);
        (_, TrainingSet knockoffs) = Draw(data, KnockoffModel.Of(data, TestRuns.All(data)), seed: 1);
        var statistics = ColumnStatistics.Of(knockoffs.Features, TestRuns.All(data), []);
        Assert.InRange(statistics.InverseDeviations.Average(), 0.8, 1.4);
    }

    [Fact]
    public void Draws_DependOnTheSeedAlone()
    {
        float[] first = Values(1);
        Assert.Equal(first, Values(1));
        Assert.NotEqual(first, Values(2));

        static float[] Values(int seed)
        {
            float[] row = new float[Columns];
            Draw(s_data, KnockoffModel.Of(s_data, TestRuns.All(s_data)), seed).Knockoffs.Features.Read(Rows - 1, row);
            return row;
        }
    }

    [Fact]
    public void WeightedRows_CountAsOftenAsTheirWeight()
    {
        // Without the columns that repeat each other, whose inverse depends on the shrinkage most of all.
        TrainingSet varied = s_data with { Features = s_data.Features.Select([0, 1, 2]), Groups = GroupLayout.FromSizes([1, 2]) };
        TrainingSet few = varied.Take([.. Enumerable.Range(0, 2000)]);
        // Rows on one side of a column vary otherwise than all rows.
        float[] row = new float[3];
        int[] heavy = [.. Enumerable.Range(0, 2000).Where(IsHeavy)];
        TrainingSet weighted = few with { Weights = [.. Enumerable.Range(0, 2000).Select(number => IsHeavy(number) ? 3f : 1f)] };
        TrainingSet repeated = few.Take([.. Enumerable.Range(0, 2000), .. heavy, .. heavy]);
        KnockoffModel ofWeighted = KnockoffModel.Of(weighted, TestRuns.All(weighted)), ofRepeated = Model(repeated), ofFew = Model(few);
        double toRepeated = Distance(ofRepeated), toFew = Distance(ofFew);
        Assert.True(toRepeated < toFew / 2, $"{toRepeated} against {toFew}");

        bool IsHeavy(int number)
        {
            few.Features.Read(number, row);
            return row[1] > 0;
        }

        double Distance(KnockoffModel other) => ofWeighted.Map.Zip(other.Map, (a, b) => Math.Abs(a - b)).Sum();

        static KnockoffModel Model(TrainingSet data) => KnockoffModel.Of(data, TestRuns.All(data));
    }

    // A swap of a group changes nothing if the knockoffs vary among themselves, and with other groups, as the columns do.
    private static void AssertSwappable(double[,] own, double[,] cross, double[,] ofKnockoffs, GroupLayout groups, double tolerance)
    {
        int[] groupOf = [.. Enumerable.Range(0, groups.Count).SelectMany(group => Enumerable.Repeat(group, groups.Size(group)))];
        for (int i = 0; i < groupOf.Length; i++)
        {
            for (int j = 0; j < groupOf.Length; j++)
            {
                Assert.Equal(own[i, j], ofKnockoffs[i, j], tolerance);
                if (groupOf[i] != groupOf[j])
                {
                    Assert.Equal(own[i, j], cross[i, j], tolerance);
                }
            }
        }
    }

    private static TrainingSet Correlated(int rows, GroupLayout groups)
    {
        var random = new Random(3);
        var features = new DesignMatrix(Columns);
        for (int i = 0; i < rows; i++)
        {
            float shared = random.NextNormal(), second = shared + random.NextNormal(), last = random.NextNormal();
            int category = second > 1 ? 0 : random.Next(1, 3);
            features.Add(
            [
                7 + shared + random.NextNormal(), second, 3 * (second + random.NextNormal()),
                category == 0 ? 1 : 0, category == 1 ? 1 : 0, category == 2 ? 1 : 0,
                last, last + 0.01f * random.NextNormal(),
            ]);
        }

        return new TrainingSet(features, new float[rows], null, groups, LearningTask.Regression);
    }

    private static (TrainingSet Own, TrainingSet Knockoffs) Draw(TrainingSet data, KnockoffModel model, int seed)
    {
        TrainingSet both = data.WithKnockoffs(model, TestRuns.All(data), new RandomStream(seed, 0));
        var layout = new KnockoffLayout(data.Groups);
        int[] groups = [.. Enumerable.Range(0, data.Groups.Count)];
        return (Part(layout.PlaceOf), Part(layout.PlaceOfKnockoff));

        TrainingSet Part(Func<int, int> place) => data with
        {
            Features = both.Features.Select(layout.Groups.InputsOf(Array.ConvertAll(groups, group => place(group)))),
        };
    }

    // Knockoffs are measured in units of the deviation of their columns.
    private static double[,] Covariance(TrainingSet first, TrainingSet second)
    {
        int[] rows = TestRuns.All(first);
        var ofFirst = ColumnStatistics.Of(first.Features, rows, []);
        var ofSecond = ColumnStatistics.Of(second.Features, rows, []);
        int columns = first.Features.Columns;
        double[,] covariance = new double[columns, columns];
        float[] x = new float[columns], y = new float[columns];
        float[] scales = columns == Columns ? ColumnStatistics.Of(s_data.Features, rows, []).InverseDeviations : ofFirst.InverseDeviations;
        foreach (int row in rows)
        {
            first.Features.Read(row, x);
            second.Features.Read(row, y);
            for (int i = 0; i < columns; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    covariance[i, j] += (x[i] - ofFirst.Means[i]) * scales[i] * (y[j] - ofSecond.Means[j]) * scales[j] / rows.Length;
                }
            }
        }

        return covariance;
    }

    private static double[,] Matrix(double[] values, int rows)
    {
        int columns = values.Length / rows;
        double[,] matrix = new double[rows, columns];
        for (int i = 0; i < values.Length; i++)
        {
            matrix[i / columns, i % columns] = values[i];
        }

        return matrix;
    }

    private static double[,] Transposed(double[,] matrix)
    {
        double[,] transposed = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                transposed[j, i] = matrix[i, j];
            }
        }

        return transposed;
    }

    private static double[,] Product(double[,] left, double[,] right)
    {
        double[,] product = new double[left.GetLength(0), right.GetLength(1)];
        for (int i = 0; i < product.GetLength(0); i++)
        {
            for (int j = 0; j < product.GetLength(1); j++)
            {
                product[i, j] = Enumerable.Range(0, left.GetLength(1)).Sum(k => left[i, k] * right[k, j]);
            }
        }

        return product;
    }

    private static double[,] Sum(double[,] left, double[,] right)
    {
        for (int i = 0; i < left.GetLength(0); i++)
        {
            for (int j = 0; j < left.GetLength(1); j++)
            {
                left[i, j] += right[i, j];
            }
        }

        return left;
    }
}
