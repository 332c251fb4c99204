namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Numbers the random streams that are derived from one seed.</summary>
/// <remarks>A change in one part of a fit so leaves the random numbers of the others unchanged.</remarks>
internal static class RandomPurpose
{
    /// <summary>The stream that draws the held-out rows.</summary>
    public const int Split = 0;

    /// <summary>The stream of a path: initial weights, order of rows, and noise.</summary>
    public const int Path = 1;

    /// <summary>The stream of the first round of a refit: order of rows.</summary>
    public const int Refit = 2;

    /// <summary>The stream of a network that is trained from scratch on selected groups.</summary>
    public const int FromScratch = 3;

    /// <summary>The stream of a run that draws knockoffs.</summary>
    public const int Knockoffs = 4;

    /// <summary>The stream that deals rows into folds.</summary>
    public const int Folds = 10;

    /// <summary>The stream that draws the rows of the pool from a stream of rows.</summary>
    public const int Pool = 11;

    /// <summary>The stream of the first pair of stability selection; the streams of further pairs follow it.</summary>
    public const int FirstPair = 1000;

    /// <summary>The stream that draws bootstrap samples of held-out rows.</summary>
    public const int Bootstrap = 12;

    /// <summary>The number at which the streams of a refit's further rounds begin.</summary>
    public const int FurtherRounds = 20;

    /// <summary>The number behind which the streams of an ensemble's further runs begin; the first run has <see cref="Path"/>.</summary>
    public const int FurtherRuns = 1 << 20;

    /// <summary>The stream of the first draw of knockoffs, which gives the seed of its run; those of further draws follow it.</summary>
    public const int FirstDraw = 1 << 24;

    /// <summary>The number behind which the streams of an ensemble's further networks begin, which give the seeds of their runs.</summary>
    public const int FirstMember = 1 << 25;

    /// <summary>Gives the stream of a round of a refit, from 0.</summary>
    public static int RefitOf(int round) => round == 0 ? Refit : FurtherRounds + round;

    /// <summary>Gives the stream of the path of one of several runs, from 0.</summary>
    public static int PathOf(int run) => run == 0 ? Path : FurtherRuns + run;
}
