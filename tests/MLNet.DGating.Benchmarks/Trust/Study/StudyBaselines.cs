using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Selects so many columns as one is told to, by other methods.</summary>
internal static class StudyBaselines
{
    private const int Trees = 100;
    // ML.NET's default of 256 bins gives all columns nearly the same information where rows are few.
    private const int Bins = 8;

    /// <summary>The columns that enter the lasso first, of the labels as numbers.</summary>
    public static Func<int, int[]> L1(StudyData data, int most)
    {
        double[] entries = LassoPath.Entries(data.ForLasso(), most);
        return count => Largest(entries, count);
    }

    /// <summary>The most important columns of extremely randomized trees.</summary>
    public static Func<int, int[]> ExtraTrees(StudyData data, int seed)
    {
        double[] importance = new ExtraTrees(data.Features, data.Targets, Trees, seed).Importance();
        return count => Largest(importance, count);
    }

    /// <summary>The columns with most mutual information with the label, by ML.NET.</summary>
    public static Func<int, int[]> Information(StudyData data)
    {
        var context = new MLContext(0);
        return count =>
        {
            if (count == 0)
            {
                return [];
            }

            ITransformer selection = context.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation(
                "Features", labelColumnName: data.LabelColumn, slotsInOutput: count, numberOfBins: Bins).Fit(data.View(context));
            // A row whose values are the numbers of its columns tells which columns are left.
            IDataView numbers = PlantedRow.View(
                context, [new PlantedRow { Features = [.. Enumerable.Range(0, data.Features[0].Length).Select(column => (float)column)] }]);
            return [.. selection.Transform(numbers).GetColumn<float[]>("Features").Single().Select(column => (int)column)];
        };
    }

    private static int[] Largest(double[] values, int count) =>
        [.. values.Index().Where(value => value.Item > 0).OrderByDescending(value => value.Item).Take(count).Select(value => value.Index)];
}
