using Microsoft.ML;
using Microsoft.ML.Transforms;
using QuickStart;

namespace SelectThenLightGbm;

/// <summary>Categories as one-hot slots: who earns more than 50,000 dollars a year?</summary>
/// <remarks>
/// Every slot is judged by itself: that somebody is a husband may be worth keeping, and not which of the other relatives.
/// </remarks>
internal static class IncomeExample
{
    private const int Slots = 30;

    private static readonly string[] s_categories =
        ["Workclass", "Education", "MaritalStatus", "Occupation", "Relationship", "Ethnicity", "Sex", "Country"];

    private static readonly string[] s_numbers = ["Age", "SampleWeight", "EducationYears", "CapitalGain", "CapitalLoss", "HoursPerWeek"];

    public static void Run(MLContext mlContext)
    {
        IDataView people = mlContext.Data.LoadFromTextFile<Person>(ExampleData.PathOf("adult.csv"), separatorChar: ',', hasHeader: true);
        DataOperationsCatalog.TrainTestData rows = mlContext.Data.TrainTestSplit(people, testFraction: 0.2);

        InputOutputColumnPair[] categories = [.. s_categories.Select(name => new InputOutputColumnPair(name))];
        InputOutputColumnPair[] numbers = [.. s_numbers.Select(name => new InputOutputColumnPair(name))];
        var features = mlContext.Transforms.Categorical.OneHotEncoding(categories)
            .Append(mlContext.Transforms.ReplaceMissingValues(numbers, MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(mlContext.Transforms.Concatenate("Features", [.. s_numbers, .. s_categories]))
            .Fit(rows.TrainSet);

        var trainers = mlContext.BinaryClassification.Trainers;
        new Comparison(mlContext, scored => mlContext.BinaryClassification.Evaluate(scored).Accuracy).Run(
            "Income over 50,000 dollars? 32,561 people, 14 columns, 8 of them categories (adult.csv)",
            (features.Transform(rows.TrainSet), features.Transform(rows.TestSet)), Slots,
            ("FastTree", column => trainers.FastTree(featureColumnName: column)),
            ("LightGBM", column => trainers.LightGbm(featureColumnName: column)));
    }
}
