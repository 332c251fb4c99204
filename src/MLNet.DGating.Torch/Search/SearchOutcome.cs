namespace MLNet.DGating.Torch.Search;

/// <summary>What a search came to.</summary>
/// <param name="Trials">All that were finished, in the order of rungs and candidates.</param>
/// <param name="Winner">The trial that decided.</param>
/// <param name="IsComplete">Whether all rungs were gone through.</param>
internal sealed record SearchOutcome(IReadOnlyList<SearchTrial> Trials, SearchTrial Winner, bool IsComplete);
