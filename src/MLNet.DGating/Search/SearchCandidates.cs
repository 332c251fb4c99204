using MLNet.DGating.Torch.Randomness;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>The settings that a search tries.</summary>
/// <remarks>
/// The first are the trainer's own; the others differ from them in about half of what is searched: most defaults are good, and a setting
/// that changes all of them hardly ever is.
/// </remarks>
internal sealed class SearchCandidates
{
    // Streams of the seed, far from those of fits.
    private const int CandidateStream = 500;
    private const int DrawsPerCandidate = 100;
    private const double ChangedShare = 0.5;

    private readonly SearchDimension[] _dimensions;

    private SearchCandidates(SearchDimension[] dimensions, List<DGatingTrainerOptions> options)
    {
        _dimensions = dimensions;
        Options = options;
    }

    public IReadOnlyList<DGatingTrainerOptions> Options { get; }

    /// <summary>So many candidates, all different; fewer where the space has no more.</summary>
    /// <param name="context">Throws user errors, also of values that the trainer would refuse.</param>
    /// <param name="options">The trainer's own options.</param>
    /// <param name="space">What to change.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <param name="seed">The seed where the options have none; that of all fits too.</param>
    public static SearchCandidates Draw(IExceptionContext context, DGatingTrainerOptions options, DGatingSearchSpace space, int count, int seed)
    {
        context.CheckUserArg(count >= 2, "trials", FormattableString.Invariant($"There must be at least 2 trials, the options as given and another, but trials was {count}."));
        context.CheckUserArg(!options.ComputeCertificate, nameof(options.ComputeCertificate),
            $"{nameof(options.ComputeCertificate)} must be false for a search: a certificate is of one fit. Search without it, and fit the options that are found with it.");
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

    /// <summary>What a candidate changes.</summary>
    public string Describe(int candidate) => candidate == 0
        ? "as given"
        : string.Join(", ", _dimensions.Where(dimension => dimension.Describe(Options[candidate]) != dimension.Describe(Options[0])).Select(dimension => dimension.Describe(Options[candidate])));
}
