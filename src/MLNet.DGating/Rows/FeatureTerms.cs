using System.Globalization;
using MLNet.DGating.Torch.Objective;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Holds the terms of every feature: whether it is always kept, its weight, and its cost.</summary>
/// <remarks>
/// They come from <see cref="DGatingTrainerOptions.AlwaysKeep"/>, <see cref="DGatingTrainerOptions.GroupWeights"/> and
/// <see cref="DGatingTrainerOptions.GroupCosts"/>.
/// </remarks>
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

    /// <summary>Looks up the names in the options and checks the terms, before any row is read.</summary>
    /// <exception cref="ArgumentException">A name is unknown, or the terms cannot be fulfilled.</exception>
    public static FeatureTerms Resolve(IExceptionContext context, FeatureSlots slots, DGatingTrainerOptions options)
    {
        var lookup = new FeatureLookup(context, slots);
        int?[] kept = lookup.Find(nameof(options.AlwaysKeep), options.AlwaysKeep);
        double[] weights = Values(nameof(options.GroupWeights), options.GroupWeights);
        double[] costs = Values(nameof(options.GroupCosts), options.GroupCosts);
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
            int?[] places = lookup.Find(option, Array.ConvertAll(pairs, pair => pair.Key));
            return Array.ConvertAll(places, place => place is int found ? pairs[found].Value : 1);
        }
    }

    /// <summary>Gives the features that the budget pays for in addition to those that are always kept.</summary>
    /// <param name="features">The features to choose from.</param>
    /// <param name="budget">The budget, above 0.</param>
    /// <exception cref="ArgumentException">The budget does not pay for the features that are always kept, or for any feature.</exception>
    public int[] Affordable(int[] features, double budget)
    {
        const string maximumCost = nameof(DGatingTrainerOptions.MaximumCost), alwaysKeep = nameof(DGatingTrainerOptions.AlwaysKeep);
        double always = features.Where(IsKept).Sum(feature => _terms[feature].Cost);
        _context.CheckUserArg(CostBudget.PaysFor(budget, always), maximumCost,
            FormattableString.Invariant($"{maximumCost} is {budget}, but the features of {alwaysKeep} cost {always} in all."));
        int[] affordable = [.. features.Where(feature => IsKept(feature) || CostBudget.PaysFor(budget, always + _terms[feature].Cost))];
        int cheapest = features.MinBy(feature => _terms[feature].Cost);
        _context.CheckUserArg(affordable.Length > 0, maximumCost, string.Create(CultureInfo.InvariantCulture,
            $"{maximumCost} is {budget}, but even the cheapest feature, '{_names[cheapest]}', costs {_terms[cheapest].Cost}."));
        return affordable;
    }

    /// <summary>Reports the terms that the rows do not allow.</summary>
    /// <param name="onPath">The features that can be selected.</param>
    /// <param name="isConstant">Tells whether a feature has a single value on all training rows.</param>
    /// <param name="warn">Takes a warning about features that cannot be kept.</param>
    /// <param name="inform">Takes a message about features that exceed the budget.</param>
    public void Explain(IEnumerable<int> onPath, Func<int, bool> isConstant, Action<string> warn, Action<string> inform)
    {
        int[] missing = [.. Enumerable.Range(0, _terms.Length).Except(onPath)];
        int[] constant = [.. missing.Where(feature => IsKept(feature) && isConstant(feature))];
        int[] expensive = [.. missing.Where(feature => !isConstant(feature))];
        if (constant.Length > 0)
        {
            warn(
                $"{nameof(DGatingTrainerOptions.AlwaysKeep)}: {Listed(constant)} cannot be kept, " +
                "having a single value on all training rows.");
        }

        if (expensive.Length > 0)
        {
            inform($"Left out, being dearer than {nameof(DGatingTrainerOptions.MaximumCost)} allows: {Listed(expensive)}.");
        }
    }

    private bool IsKept(int feature) => _terms[feature].IsKept;

    private string Listed(int[] features) => FeatureNames.List(features.Select(feature => _names[feature]));

    private void CheckKept(DGatingTrainerOptions options)
    {
        int kept = _terms.Count(term => term.IsKept);
        int? count = options.MaximumFeatureCount;
        _context.CheckUserArg(kept < _terms.Length || options.Lambda == 0, nameof(options.AlwaysKeep),
            $"{nameof(options.AlwaysKeep)} names all {kept} features, so there is nothing to select. " +
            $"Use {nameof(options.Lambda)} = 0 for a network on all features.");
        _context.CheckUserArg(count is null || count >= kept, nameof(options.MaximumFeatureCount),
            $"{nameof(options.MaximumFeatureCount)} is {count}, but {nameof(options.AlwaysKeep)} names {kept} features, which count too.");
    }
}
