using Microsoft.ML;

namespace Regression;

/// <summary>From the columns of a taxi trip to the feature vector, in which a category is a one-hot block and one feature.</summary>
internal static class TripFeatures
{
    private static readonly string[] s_categories = ["Vendor", "RateCode", "Payment"];

    public static IEstimator<ITransformer> Pipeline(MLContext mlContext) =>
        mlContext.Transforms.Categorical.OneHotEncoding([.. s_categories.Select(name => new InputOutputColumnPair(name))])
            .Append(mlContext.Transforms.Concatenate("Features", ["Passengers", "Seconds", "Miles", .. s_categories]));
}
