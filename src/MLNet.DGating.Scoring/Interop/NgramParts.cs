using System.Collections;
using Microsoft.ML.Internal.Utilities;
using Microsoft.ML.Transforms.Text;

namespace MLNet.DGating;

/// <summary>The n-grams that a column of ML.NET's extractor counts.</summary>
/// <param name="Keys">For each slot the keys of its n-gram, in order.</param>
/// <param name="Weights">For each slot what its count is multiplied by; null where counts are not weighted.</param>
/// <param name="IsWeightAlone">Whether a slot has its weight however often its n-gram occurs.</param>
/// <param name="SkipLength">The number of keys that may be left out between those of an n-gram.</param>
internal sealed record NgramParts(long[][] Keys, float[]? Weights, bool IsWeightAlone, int SkipLength)
{
    /// <summary>Reads a column of a fitted extractor; null where this version of ML.NET has its fields under other names.</summary>
    public static NgramParts? Of(NgramExtractingTransformer transformer, int column)
    {
        if (MLNetFields.Read<SequencePool[]>(transformer, "_ngramMaps") is not { } pools
            || MLNetFields.Read<IList>(transformer, "_transformInfos")?[column] is not { } info
            || Field(info, "SkipLength") is not int skip
            || Field(info, "Weighting") is not NgramExtractingEstimator.WeightingCriteria weighting)
        {
            return null;
        }

        double[]? frequencies = MLNetFields.Read<double[][]>(transformer, "_invDocFreqs")?[column];
        bool isWeighted = weighting != NgramExtractingEstimator.WeightingCriteria.Tf;
        return new NgramParts(
            [.. Enumerable.Range(0, pools[column].Count).Select(slot => KeysOf(pools[column], slot))],
            isWeighted ? [.. frequencies!.Take(pools[column].Count).Select(frequency => (float)frequency)] : null,
            weighting == NgramExtractingEstimator.WeightingCriteria.Idf, skip);
    }

    private static long[] KeysOf(SequencePool pool, int slot)
    {
        uint[] keys = [];
        int length = pool.GetById(slot, ref keys);
        return [.. keys.Take(length)];
    }

    private static object? Field(object info, string name) => info.GetType().GetField(name)?.GetValue(info);
}
