namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>
/// Numbers the random streams of one seed: changing one part of a fit leaves the random numbers of the others as they are.
/// </summary>
internal static class RandomPurpose
{
    /// <summary>Which rows are held out.</summary>
    public const int Split = 0;

    /// <summary>Initial weights, order of rows and noise of a path.</summary>
    public const int Path = 1;

    /// <summary>Order of rows of a refit.</summary>
    public const int Refit = 2;

    /// <summary>As <see cref="Path"/>, for a network that is trained from scratch on selected groups.</summary>
    public const int FromScratch = 3;

    /// <summary>Which rows are in which fold.</summary>
    public const int Folds = 10;

    /// <summary>Which rows of a stream are in the pool.</summary>
    public const int Pool = 11;

    /// <summary>The first of the pairs of stability selection, each of which has a stream of its own.</summary>
    public const int FirstPair = 1000;

    /// <summary>Behind it, the further runs of an ensemble; the first run has <see cref="Path"/>.</summary>
    public const int FurtherRuns = 1 << 20;

    /// <summary>As <see cref="Path"/>, for one of several runs.</summary>
    public static int PathOf(int run) => run == 0 ? Path : FurtherRuns + run;
}
