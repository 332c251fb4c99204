namespace MLNet.DGating.Torch.Search;

/// <summary>Holds the outcome of a search.</summary>
/// <param name="Trials">All finished trials, in the order of rungs and candidates.</param>
/// <param name="Winner">The trial of the candidate that is taken.</param>
/// <param name="IsComplete">Whether all rungs were finished.</param>
internal sealed record SearchOutcome(IReadOnlyList<SearchTrial> Trials, SearchTrial Winner, bool IsComplete);
