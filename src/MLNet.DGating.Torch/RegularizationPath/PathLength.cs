namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>An estimate of how far a path is: its length is known only once it has ended.</summary>
/// <param name="DenseIterations">The iterations of the dense phase.</param>
/// <param name="Groups">The number of groups at the beginning.</param>
/// <param name="End">The number of groups at the end.</param>
internal readonly record struct PathLength(int DenseIterations, int Groups, int End)
{
    /// <summary>The iterations from the first λ to the last group, about, as measured on ten tables.</summary>
    private const double PathIterations = 150;

    /// <summary>The share of the path's time in which groups leave; before that λ only grows.</summary>
    private const double LeavingShare = 0.5;

    private double DenseShare => DenseIterations / (DenseIterations + PathIterations);

    private bool HasPath => End < Groups;

    /// <summary>Gives the fraction that is done during the dense phase.</summary>
    public double Dense(int iteration, int iterations) => (HasPath ? DenseShare : 1) * iteration / iterations;

    /// <summary>Gives the fraction that is done once so many groups are left.</summary>
    public double Path(int iteration, int left)
    {
        // Groups leave by shares: from 1,000 to 100 takes about as long as from 100 to 10.
        double leaving = HasPath ? Math.Log((Groups + 1.0) / (left + 1.0)) / Math.Log((Groups + 1.0) / (End + 1.0)) : 1;
        double waiting = 1 - Math.Exp(-iteration / PathIterations);
        return DenseShare + ((1 - DenseShare) * Math.Min(1, (LeavingShare * leaving) + ((1 - LeavingShare) * Math.Max(waiting, leaving))));
    }
}
