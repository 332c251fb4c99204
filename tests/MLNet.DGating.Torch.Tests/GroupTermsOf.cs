using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Tests;

/// <summary>Terms for groups.</summary>
internal static class GroupTermsOf
{
    /// <summary>Ordinary ones but for these.</summary>
    public static GroupTerms[] Some(int groups, params (int Group, GroupTerms Terms)[] others)
    {
        var terms = new GroupTerms[groups];
        Array.Fill(terms, GroupTerms.Ordinary);
        foreach ((int group, GroupTerms given) in others)
        {
            terms[group] = given;
        }

        return terms;
    }

    /// <summary>Ordinary ones, but these groups stay.</summary>
    public static GroupTerms[] Keeping(int groups, IEnumerable<int> kept) =>
        Some(groups, [.. kept.Select(group => (group, GroupTerms.Ordinary with { IsKept = true }))]);

    /// <summary>Ordinary ones, but for costs.</summary>
    public static GroupTerms[] Costing(IEnumerable<double> costs) => [.. costs.Select(cost => GroupTerms.Ordinary with { Cost = cost })];

    /// <summary>Any weights and costs within a factor of 2, any groups kept, perhaps none.</summary>
    public static GroupTerms[] Random(int groups, Random random)
    {
        return [.. Enumerable.Range(0, groups).Select(_ => new GroupTerms(Factor(), Factor(), random.Next(3) == 0))];

        double Factor() => 0.5 + 1.5 * random.NextDouble();
    }
}
