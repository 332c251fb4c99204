using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace FraudImbalanced;

/// <summary>From the columns of a person to the feature vector: one-hot categories, and the mean for missing numbers.</summary>
internal static class PersonFeatures
{
    private static readonly string[] s_categories =
        ["Workclass", "Education", "MaritalStatus", "Occupation", "Relationship", "Ethnicity", "Sex", "Country"];

    private static readonly string[] s_numbers = ["Age", "SampleWeight", "EducationYears", "CapitalGain", "CapitalLoss", "HoursPerWeek"];

    public static IEstimator<ITransformer> Pipeline(MLContext mlContext) =>
        mlContext.Transforms.Categorical.OneHotEncoding([.. s_categories.Select(name => new InputOutputColumnPair(name))])
            .Append(mlContext.Transforms.ReplaceMissingValues(
                [.. s_numbers.Select(name => new InputOutputColumnPair(name))], MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(mlContext.Transforms.Concatenate("Features", [.. s_numbers, .. s_categories]));
}
