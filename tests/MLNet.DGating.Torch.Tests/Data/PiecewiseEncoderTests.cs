using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating.Torch.Tests.Data;

/// <summary>Piecewise-linear encodings of all kinds of numbers, on few enough rows that no standardized value is clipped.</summary>
public class PiecewiseEncoderTests
{
    private const int MostRows = 30;

    private static readonly Gen<TrainingSet> s_data =
        from sizes in Gen.Int[1, 4].Array[1, 4]
        from rows in Gen.Int[1, MostRows]
        from classes in Gen.Int[0, 4]
        from weighted in Gen.Bool
        from seed in Gen.Int
        select Create(new Random(seed), sizes, rows, Problem.TaskOf(classes), weighted);

    [Fact]
    public void EveryColumn_HasMeanZeroOverTheTrainingRows() => s_data.Sample(data =>
    {
        InputEncoding encoding = Encode(data);
        double[] means = Moments(data).Means;
        for (int column = 0; column < means.Length; column++)
        {
            // Values far from zero are only known to their rounding.
            double rounding = 1e-7 * Math.Abs(encoding.Offsets[column] * encoding.Scales[column]);
            Assert.Equal(0, means[column], 1e-5 + rounding);
        }
    }, iter: 200);

    [Fact]
    public void TheVarianceOfAGroup_IsOne_OrTheShareOfItsInputsThatAreNotConstant() => s_data.Sample(data =>
    {
        double[] variances = Moments(data).Variances;
        GroupLayout columns = data.Groups.Encoded(Encode(data));
        for (int group = 0; group < data.Groups.Count; group++)
        {
            int[] inputs = data.Groups.InputsOf([group]);
            double varying = inputs.Count(input => Column(data, input).Distinct().Count() > 1);
            Assert.Equal(varying / inputs.Length, columns.ColumnsOf([group]).Sum(column => variances[column]), 1e-4);
        }
    }, iter: 200);

    [Fact]
    public void WithMissingValues_EveryColumnHasMeanZero_AndAGroupTheVarianceOne() => Gen.Int.Sample(seed =>
    {
        // Two slots of one group with missing values: a number or an indicator each; and a number beside them.
        var random = new Random(seed);
        int[] kinds = [random.Next(2), random.Next(2)];
        float Value(int column) => column < 2 && kinds[column] == 0 ? random.Next(2) : random.NextNormal();
        DesignMatrix values = RandomData.Matrix(
            40, 3, (row, column) => column < 2 && (row == 0 || row > 10 && random.Next(3) == 0) ? float.NaN
                : row < 3 ? row - 1 : Value(column));
        var features = new IndicatedMatrix(values, [0, ~0, 1, ~1, 2]);
        var groups = GroupLayout.Create([4, 1], [GroupTerms.Ordinary, GroupTerms.Ordinary], [2, 1]);
        TrainingSet data = Set(features, groups, [.. Enumerable.Range(0, 40).Select(row => (float)row)], LearningTask.Regression);
        (double[] means, double[] variances) = Moments(data);
        GroupLayout columns = data.Groups.Encoded(Encode(data));
        Assert.All(means, mean => Assert.Equal(0, mean, 1e-4));
        Assert.All([0, 1], group => Assert.Equal(1, columns.ColumnsOf([group]).Sum(column => variances[column]), 1e-3));
        Assert.Equal([1f, 1f], columns.Weights);
    }, iter: 100);

    [Fact]
    public void EveryInput_HasALinearColumn_AndAdjacentRampsOrNone() => s_data.Sample(data =>
    {
        InputEncoding encoding = Encode(data);
        Assert.True(encoding.IsPiecewise);
        Assert.Equal(data.Groups.Inputs, encoding.Inputs);
        Assert.Equal((encoding.Columns, encoding.Columns), (encoding.Centers.Length, encoding.SkipFactors.Length));
        for (int input = 0; input < encoding.Inputs; input++)
        {
            float[] column = Column(data, input);
            int first = encoding.FirstColumn(input), count = encoding.ColumnCount(input);
            if (column.Distinct().Count() < 3)
            {
                Assert.Equal(1, count);
                continue;
            }

            float range = column.Max() - column.Min();
            Assert.InRange(count, 3, 400);
            Assert.Equal(column.Min(), encoding.Offsets[first + 1]);
            for (int ramp = first + 1; ramp < first + count; ramp++)
            {
                float end = encoding.Offsets[ramp] + encoding.Highs[ramp] / encoding.Scales[ramp];
                Assert.Equal(ramp + 1 < first + count ? encoding.Offsets[ramp + 1] : column.Max(), end, 1e-4f * range + 1e-3f);
                Assert.Equal(0, encoding.Lows[ramp]);
            }
        }
    }, iter: 200);

    [Fact]
    public void Indicators_HavePartsOfTheirGroupsVariance_AsTheyHaveOfTheirOwn()
    {
        // Three categories of 60, 30 and 10 rows, and a number beside them.
        int Category(int row) => row < 60 ? 0 : row < 90 ? 1 : 2;
        var groups = GroupLayout.FromSizes([3, 1]);
        TrainingSet data = Set(
            RandomData.Matrix(100, 4, (row, column) => column == 3 ? row : Category(row) == column ? 1 : 0), groups,
            [.. Enumerable.Range(0, 100).Select(row => (float)row)], LearningTask.Regression);
        double[] variances = Moments(data).Variances, own = [0.6 * 0.4, 0.3 * 0.7, 0.1 * 0.9];
        for (int column = 0; column < 3; column++)
        {
            Assert.Equal(own[column] / own.Sum(), variances[column], 1e-5);
        }
    }

    [Fact]
    public void ConstantInputs_AreZero_AndGroupsWithoutAnyOtherToo()
    {
        TrainingSet data = Set(
            RandomData.Matrix(20, 2, (_, column) => column + 1.5f), GroupLayout.PerColumn(2), new float[20], LearningTask.Regression);
        InputEncoding encoding = Encode(data);
        Assert.Equal(2, encoding.Columns);
        Assert.All(Enumerable.Range(0, 2), column => Assert.Equal(0, encoding.Encode(column, 99)));
    }

    [Fact]
    public void TheFactorsOfTheAdditivePart_AreInverseDeviations_AndBounded() => s_data.Sample(data =>
    {
        InputEncoding encoding = Encode(data);
        double[] variances = Moments(data).Variances;
        GroupLayout groups = data.Groups.Encoded(encoding);
        Assert.Equal(encoding.SkipFactors, groups.SkipFactors);
        for (int column = 0; column < encoding.Columns; column++)
        {
            bool isConstant = encoding.Scales[column] == 0;
            Assert.InRange(encoding.SkipFactors[column], 0, 1 / 0.03f + 1e-3f);
            Assert.True(
                isConstant || Math.Abs(1 / (Math.Sqrt(variances[column]) + 0.03) / encoding.SkipFactors[column] - 1) < 1e-2,
                $"{variances[column]} {encoding.SkipFactors[column]}");
        }
    }, iter: 200);

    [Fact]
    public void Groups_KeepTheirWeights_WithoutTheRootOfTheirInputs() => s_data.Sample(data =>
        Assert.All(data.Groups.Encoded(Encode(data)).Weights, weight => Assert.Equal(1, weight, 1e-6f)), iter: 20);

    [Fact]
    public void AMissingValue_StaysMissing_InEveryColumn() => s_data.Sample(data =>
    {
        InputEncoding encoding = Encode(data);
        float[] row = new float[encoding.Inputs], columns = new float[encoding.Columns];
        Array.Fill(row, float.NaN);
        encoding.Encode(row, columns);
        Assert.All(columns, value => Assert.Equal(float.NaN, value));
    }, iter: 20);

    private static InputEncoding Encode(TrainingSet data) => data.EncodingBy(Rows(data), isPiecewise: true);

    private static int[] Rows(TrainingSet data) => [.. Enumerable.Range(0, data.Rows)];

    private static float[] Column(TrainingSet data, int input) =>
        [.. Rows(data).Select(row => ((DesignMatrix)data.Features).Row(row)[input])];

    private static (double[] Means, double[] Variances) Moments(TrainingSet data)
    {
        var rows = new FeatureRows(data.Features, Encode(data));
        double[] sums = new double[rows.Columns], squares = new double[rows.Columns];
        float[] values = new float[rows.Columns];
        double all = 0;
        foreach (int row in Rows(data))
        {
            double weight = data.Weights?[row] ?? 1;
            all += weight;
            rows.Read(row, values);
            for (int column = 0; column < values.Length; column++)
            {
                sums[column] += weight * values[column];
                squares[column] += weight * values[column] * values[column];
            }
        }

        double[] means = Array.ConvertAll(sums, sum => sum / all);
        return (means, [.. squares.Zip(means, (square, mean) => square / all - mean * mean)]);
    }

    private static TrainingSet Create(Random random, int[] sizes, int rows, LearningTask task, bool weighted)
    {
        var groups = GroupLayout.FromSizes(sizes);
        float[][] columns = [.. Enumerable.Range(0, groups.Columns).Select(_ => Numbers.Draw(random, rows))];
        float[] targets =
            [.. Enumerable.Range(0, rows).Select(_ => task.Classes is int classes ? random.Next(classes) : random.NextNormal())];
        TrainingSet data = Set(RandomData.Matrix(rows, groups.Columns, (row, column) => columns[column][row]), groups, targets, task);
        return weighted ? data with { Weights = [.. targets.Select(_ => 0.5f + random.NextSingle())] } : data;
    }

    private static TrainingSet Set(FeatureMatrix features, GroupLayout groups, float[] targets, LearningTask task) =>
        new(features, targets, null, groups, task);
}
