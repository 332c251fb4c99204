using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Checks what belongs to pairs of features, and what cannot go with them.</summary>
internal static class PairOptionsCheck
{
    private const string With = $"where {nameof(DGatingTrainerOptions.Shape)} is {nameof(DGatingModelShape.AdditiveWithPairs)}";

    /// <summary>Throws a user error for the first option that breaks its rule.</summary>
    public static void Validate(IExceptionContext context, DGatingTrainerOptions options)
    {
        OptionsCheck.CheckName(context, options.PairHeredity, nameof(options.PairHeredity));
        OptionsCheck.Check(
            context, options.MaximumPairCount is null or >= 0, nameof(options.MaximumPairCount),
            "at least 0", options.MaximumPairCount, "Leave it null to have the count chosen.");
        if (options.Shape == DGatingModelShape.AdditiveWithPairs)
        {
            CheckWithPairs(context, options);
            return;
        }

        const string cure = $"Set {nameof(options.Shape)} to {nameof(DGatingModelShape.AdditiveWithPairs)}.";
        OptionsCheck.Check(
            context, options.MaximumPairCount is null, nameof(options.MaximumPairCount),
            $"null where {nameof(options.Shape)} is {options.Shape}", options.MaximumPairCount, cure);
        OptionsCheck.Check(
            context, options.PairHeredity == DGatingPairHeredity.Strong, nameof(options.PairHeredity),
            $"Strong, its default, where {nameof(options.Shape)} is {options.Shape}", options.PairHeredity, cure);
    }

    private static void CheckWithPairs(IExceptionContext context, DGatingTrainerOptions options)
    {
        OptionsCheck.Check(
            context, options.NumericEncoding != DGatingNumericEncoding.None, nameof(options.NumericEncoding),
            $"Auto or PiecewiseLinear {With}", options.NumericEncoding, "The functions of pairs have the edges of curves.");
        OptionsCheck.Check(
            context, !options.ComputeCertificate, nameof(options.ComputeCertificate), $"false {With}", options.ComputeCertificate,
            "Curves and pairs are chosen one after the other, so that there is no single objective. Use Additive.");
        OptionsCheck.Check(
            context, options.PairHeredity == DGatingPairHeredity.Strong || options is { MaximumFeatureCount: null, MaximumCost: null },
            nameof(options.PairHeredity),
            $"Strong where {nameof(options.MaximumFeatureCount)} or {nameof(options.MaximumCost)} is given", options.PairHeredity,
            "With Weak a pair may bring further features.");
        OptionsCheck.Check(
            context, options.Executor is null, nameof(options.Executor), $"null {With}", options.Executor,
            "Pairs are chosen in one process.");
        OptionsCheck.Check(
            context, options is { CheckpointPath: null, SharedCheckpoint: null }, nameof(options.CheckpointPath), $"null {With}",
            options.CheckpointPath, "A fit with pairs keeps no checkpoint.");
    }
}
