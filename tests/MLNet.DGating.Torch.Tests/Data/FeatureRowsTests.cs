using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests.Data;

public class FeatureRowsTests
{
    [Fact]
    public void Rows_AreTheSame_WhetherInputsAreSkippedOrCopied_HoweverManyColumnsTheyHave() =>
        Gen.Select(Gen.Int[2, 20], Gen.Int[1, 40], Gen.Bool, Gen.Int).Sample((rows, inputs, standardizes, seed) =>
        {
            var random = new Random(seed);
            DesignMatrix matrix = RandomData.Matrix(rows, inputs, (_, j) => j + 2 * random.NextNormal());
            InputEncoding encoding = standardizes
                ? ColumnStatistics.Of(matrix, [.. Enumerable.Range(0, rows)], []).Standardization()
                : RandomEncodings.PiecewiseLinear(inputs, random);
            int[] kept = [.. Enumerable.Range(0, inputs).OrderBy(_ => random.Next()).Take(1 + random.Next(inputs))];
            var whole = new FeatureRows(matrix, encoding);
            foreach (FeatureRows selected in (FeatureRows[])[whole.Select(kept), whole.View(kept)])
            {
                int[] columns = [.. kept.SelectMany(input => Enumerable.Range(encoding.FirstColumn(input), encoding.ColumnCount(input)))];
                Assert.Equal((columns.Length, rows), (selected.Columns, selected.Rows));
                Assert.All(Enumerable.Range(0, rows), row =>
                    Assert.Equal(columns.Select(column => Row(whole, row)[column]), Row(selected, row)));
            }
        });

    [Fact]
    public void ASelectionOfASelection_HasItsInputsInItsOrder() =>
        Gen.Select(Gen.Int[2, 20], Gen.Int[1, 40], Gen.Int).Sample((rows, inputs, seed) =>
        {
            var random = new Random(seed);
            DesignMatrix matrix = RandomData.Matrix(rows, inputs, (_, j) => j + 2 * random.NextNormal());
            int[] kept = [.. Enumerable.Range(0, inputs).OrderBy(_ => random.Next()).Take(1 + random.Next(inputs))];
            var whole = new FeatureRows(matrix, ColumnStatistics.Of(matrix, [.. Enumerable.Range(0, rows)], []).Standardization());
            FeatureRows selected = whole.Select(kept), again = selected.Select([.. Enumerable.Range(0, kept.Length).Reverse()]);
            Assert.All(Enumerable.Range(0, rows), row => Assert.Equal(Row(selected, row).Reverse(), Row(again, row)));
        });

    [Fact]
    public void KeepingFewerAndFewerInputs_ReadsTheirColumns_BeforeAndAfterTheCopy() =>
        Gen.Select(Gen.Int[2, 12], Gen.Int[2, 30], Gen.Int).Sample((rows, inputs, seed) =>
        {
            var random = new Random(seed);
            InputEncoding encoding = RandomEncodings.PiecewiseLinear(inputs, random);
            DesignMatrix matrix = RandomData.NormalMatrix(random, rows, inputs);
            float[][] all = [.. Enumerable.Range(0, rows).Select(row => Row(new FeatureRows(matrix, encoding), row))];
            var present = new FeatureRows(matrix, encoding);
            int[] remaining = [.. Enumerable.Range(0, inputs)];
            while (remaining.Length > 1)
            {
                // The places that stay, among the inputs and among the columns that are there at the moment.
                int[] kept = [.. Enumerable.Range(0, remaining.Length).Where(_ => random.Next(3) > 0).DefaultIfEmpty(0)];
                InputEncoding ofRemaining = encoding.Select(remaining);
                present = present.Keep(kept, Columns(ofRemaining, kept));
                remaining = [.. kept.Select(place => remaining[place])];
                int[] columns = Columns(encoding, remaining);
                Assert.Equal(columns.Length, present.Columns);
                Assert.All(Enumerable.Range(0, rows), row => Assert.Equal(columns.Select(column => all[row][column]), Row(present, row)));
            }

            present.Dispose();
        });

    private static int[] Columns(InputEncoding encoding, int[] inputs) =>
        [.. inputs.SelectMany(input => Enumerable.Range(encoding.FirstColumn(input), encoding.ColumnCount(input)))];

    private static float[] Row(FeatureRows features, int row)
    {
        float[] values = new float[features.Columns];
        features.Read(row, values);
        return values;
    }
}
