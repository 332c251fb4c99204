using MLNet.DGating.Torch.Randomness;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Draws the settings that a search tries.</summary>
/// <remarks>
/// The first setting has the trainer's own options. The others differ from it in about half of the options that are searched: most defaults
/// are good, and a setting that changes all of them hardly ever is.
/// </remarks>
internal sealed class SearchCandidates
{
    // The random stream of candidates differs from those of fits.
    private const int CandidateStream = 500;
    private const int DrawsPerCandidate = 100;
    private const double ChangedShare = 0.5;

    private readonly SearchDimension[] _dimensions;

    private SearchCandidates(SearchDimension[] dimensions, List<DGatingTrainerOptions> options)
    {
        _dimensions = dimensions;
        Options = options;
    }

    /// <summary>The options of each candidate, the trainer's own first.</summary>
    public IReadOnlyList<DGatingTrainerOptions> Options { get; }

    /// <summary>Draws different candidates.</summary>
    /// <param name="context">Throws user errors, including those for values that the trainer refuses.</param>
    /// <param name="options">The trainer's own options.</param>
    /// <param name="space">The options to search.</param>
    /// <param name="count">The number of candidates, at least 2; fewer are drawn where the space has no more.</param>
    /// <param name="seed">The seed of all fits where the options have none.</param>
    public static SearchCandidates Draw(
        IExceptionContext context, DGatingTrainerOptions options, DGatingSearchSpace space, int count, int seed)
    {
        context.CheckUserArg(count >= 2, "trials",
            FormattableString.Invariant($"There must be at least 2 trials, the options as given and another, but trials was {count}."));
        context.CheckUserArg(!options.ComputeCertificate, nameof(options.ComputeCertificate),
            $"{nameof(options.ComputeCertificate)} must be false for a search: a certificate is of one fit. " +
            "Search without it, and fit the options that are found with it.");
        DGatingTrainerOptions given = options.Copy();
        given.Seed ??= seed;
        SearchDimension[] dimensions = SearchDimension.Of(context, space);
        foreach (Action<DGatingTrainerOptions> end in dimensions.SelectMany(dimension => dimension.Ends))
        {
            DGatingTrainerOptions changed = given.Copy();
            end(changed);
            OptionsCheck.Validate(context, changed);
        }

        string Key(DGatingTrainerOptions candidate) => string.Join(';', dimensions.Select(dimension => dimension.Describe(candidate)));

        var random = new RandomStream(given.Seed.Value, CandidateStream);
        var candidates = new List<DGatingTrainerOptions> { given };
        var seen = new HashSet<string> { Key(given) };
        for (int draw = 0; draw < DrawsPerCandidate * count && candidates.Count < count; draw++)
        {
            DGatingTrainerOptions changed = given.Copy();
            foreach (SearchDimension dimension in dimensions)
            {
                if (random.NextDouble() < ChangedShare)
                {
                    dimension.Draw(random)(changed);
                }
            }

            if (seen.Add(Key(changed)))
            {
                candidates.Add(changed);
            }
        }

        return new SearchCandidates(dimensions, candidates);
    }

    /// <summary>Describes the options that a candidate changes.</summary>
    public string Describe(int candidate)
    {
        if (candidate == 0)
        {
            return "as given";
        }

        IEnumerable<SearchDimension> changed =
            _dimensions.Where(dimension => dimension.Describe(Options[candidate]) != dimension.Describe(Options[0]));
        return string.Join(", ", changed.Select(dimension => dimension.Describe(Options[candidate])));
    }
}
