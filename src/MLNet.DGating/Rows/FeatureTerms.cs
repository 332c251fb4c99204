using MLNet.DGating.Torch.Objective;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>
/// What the options say of features by name (<see cref="DGatingTrainerOptions.AlwaysKeep"/>, weights and costs), for every feature.
/// </summary>
internal sealed class FeatureTerms
{
    private readonly IExceptionContext _context;
    private readonly string[] _names;
    private readonly GroupTerms[] _terms;

    private FeatureTerms(IExceptionContext context, string[] names, GroupTerms[] terms)
    {
        _context = context;
        _names = names;
        _terms = terms;
    }

    public GroupTerms this[int group] => _terms[group];

    /// <summary>Looks up every name, and refuses what cannot be fulfilled: all of it is known before the first row is read.</summary>
    public static FeatureTerms Resolve(IExceptionContext context, FeatureSlots slots, DGatingTrainerOptions options)
    {
        var lookup = new FeatureLookup(context, slots);
        int?[] kept = lookup.Find(nameof(options.AlwaysKeep), options.AlwaysKeep);
        double[] weights = Values(nameof(options.GroupWeights), options.GroupWeights), costs = Values(nameof(options.GroupCosts), options.GroupCosts);
        var terms = new FeatureTerms(context, lookup.Names,
            [.. Enumerable.Range(0, kept.Length).Select(group => new GroupTerms(weights[group], costs[group], kept[group] is not null))]);
        terms.CheckKept(options);
        if (options.MaximumCost is double budget)
        {
            terms.Affordable([.. Enumerable.Range(0, kept.Length)], budget);
        }

        return terms;

        double[] Values(string option, IReadOnlyDictionary<string, double>? given)
        {
            KeyValuePair<string, double>[] pairs = [.. given ?? new Dictionary<string, double>()];
            return Array.ConvertAll(lookup.Find(option, Array.ConvertAll(pairs, pair => pair.Key)), place => place is int found ? pairs[found].Value : 1);
        }
    }

    /// <summary>
    /// Of these features, those that the budget pays for beside what always stays: one that is too dear by itself is no candidate.
    /// </summary>
    public int[] Affordable(int[] features, double budget)
    {
        double always = features.Where(IsKept).Sum(feature => _terms[feature].Cost);
        _context.CheckUserArg(CostBudget.PaysFor(budget, always), nameof(DGatingTrainerOptions.MaximumCost),
            FormattableString.Invariant($"{nameof(DGatingTrainerOptions.MaximumCost)} is {budget}, but the features of {nameof(DGatingTrainerOptions.AlwaysKeep)} cost {always} in all."));
        int[] affordable = [.. features.Where(feature => IsKept(feature) || CostBudget.PaysFor(budget, always + _terms[feature].Cost))];
        int cheapest = features.MinBy(feature => _terms[feature].Cost);
        _context.CheckUserArg(affordable.Length > 0, nameof(DGatingTrainerOptions.MaximumCost),
            FormattableString.Invariant($"{nameof(DGatingTrainerOptions.MaximumCost)} is {budget}, but even the cheapest feature, '{_names[cheapest]}', costs {_terms[cheapest].Cost}."));
        return affordable;
    }

    /// <summary>Says what of the wishes the rows do not allow.</summary>
    /// <param name="onPath">The features that can be selected.</param>
    /// <param name="isConstant">Whether a feature has a single value on all training rows.</param>
    /// <param name="warn">Takes what was wished for in vain.</param>
    /// <param name="inform">Takes what follows from the wishes.</param>
    public void Explain(IEnumerable<int> onPath, Func<int, bool> isConstant, Action<string> warn, Action<string> inform)
    {
        int[] missing = [.. Enumerable.Range(0, _terms.Length).Except(onPath)];
        int[] constant = [.. missing.Where(feature => IsKept(feature) && isConstant(feature))];
        int[] dear = [.. missing.Where(feature => !isConstant(feature))];
        if (constant.Length > 0)
        {
            warn($"{nameof(DGatingTrainerOptions.AlwaysKeep)}: {Listed(constant)} cannot be kept, having a single value on all training rows.");
        }

        if (dear.Length > 0)
        {
            inform($"Left out, being dearer than {nameof(DGatingTrainerOptions.MaximumCost)} allows: {Listed(dear)}.");
        }
    }

    private bool IsKept(int feature) => _terms[feature].IsKept;

    private string Listed(int[] features) => FeatureNames.List(features.Select(feature => _names[feature]));

    private void CheckKept(DGatingTrainerOptions options)
    {
        int kept = _terms.Count(term => term.IsKept);
        _context.CheckUserArg(kept < _terms.Length || options.Lambda == 0, nameof(options.AlwaysKeep),
            $"{nameof(options.AlwaysKeep)} names all {kept} features, so there is nothing to select. Use {nameof(options.Lambda)} = 0 for a network on all features.");
        _context.CheckUserArg(options.MaximumFeatureCount is null || options.MaximumFeatureCount >= kept, nameof(options.MaximumFeatureCount),
            $"{nameof(options.MaximumFeatureCount)} is {options.MaximumFeatureCount}, but {nameof(options.AlwaysKeep)} names {kept} features, which count too.");
    }
}
