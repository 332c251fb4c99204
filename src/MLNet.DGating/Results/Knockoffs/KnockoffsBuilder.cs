using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective;
using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Builds the result of a selection by knockoffs that users read, with features by name and index.</summary>
internal static class KnockoffsBuilder
{
    /// <summary>Builds the result.</summary>
    /// <param name="fit">The engine's selection.</param>
    /// <param name="falseDiscoveryRate">The false discovery rate of the selection.</param>
    /// <param name="rows">The rows of the fit.</param>
    /// <param name="train">Trains a model of selected groups of the training set, given the frequency of each feature.</param>
    public static DGatingKnockoffs<TTransformer> Build<TTransformer>(
        KnockoffFit fit, double falseDiscoveryRate, PreparedRows rows, Func<int[], double[], CancellationToken, TTransformer> train)
        where TTransformer : ITransformer
    {
        string[] names = rows.Slots.GroupNames();
        GroupLayout groups = rows.Data.Groups;
        bool[] kept = rows.OfAllGroups([.. Enumerable.Range(0, groups.Count).Select(groups.IsKept)], missing: false);
        bool[] selected = rows.OfAllGroups([.. Enumerable.Range(0, groups.Count).Select(fit.Selected.Contains)], missing: false);
        double[] eValues = rows.OfAllGroups(fit.EValues, missing: 0), frequencies = rows.OfAllGroups(fit.Frequencies, missing: 0);
        KnockoffFeature[] features =
        [
            .. rows.Slots.Groups.Select((group, i) => new KnockoffFeature(i, names[i], group)
            {
                EValue = eValues[i],
                Frequency = kept[i] ? 1 : frequencies[i],
                IsSelected = selected[i],
                IsAlwaysKept = kept[i],
            }),
        ];
        return new DGatingKnockoffs<TTransformer>(
            features, falseDiscoveryRate, fit.Statistics.Length, (chosen, ofFeatures, cancellationToken) =>
                train(Array.ConvertAll(chosen, feature => Array.IndexOf(rows.GroupNumbers, feature)), ofFeatures, cancellationToken));
    }
}
