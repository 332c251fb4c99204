namespace MLNet.DGating;

/// <summary>Every default of the D-Gating trainers, once, with its reason. Measurements: docs/defaults.md.</summary>
public static class DGatingDefaults
{
    /// <summary>Gate depth D = 3: the penalty L_{2,2/3}.</summary>
    /// <remarks>
    /// D = 4 loses two points at 20 features of isolet and is equal elsewhere; D = 2, the convex group lasso, shrinks what it keeps and
    /// loses more.
    /// </remarks>
    public const double GateDepth = 3;

    /// <summary>Neurons of the one hidden layer: 128. 256 gains about a point at 20 features for 2-5 times the time.</summary>
    public const int HiddenNeurons = 128;

    /// <summary>Standardized features are clipped to ±10: rows of near-constant columns otherwise reach z in the thousands.</summary>
    public const float StandardizedBound = 10;

    /// <summary>Step size of gradient descent: 0.05. 0.1 diverges on a thousand features.</summary>
    public const double LearningRate = 0.05;

    /// <summary>Momentum of gradient descent: 0.9; without it convergence takes ten times as many steps.</summary>
    public const double Momentum = 0.9;

    /// <summary>L2 penalty of the ungated weights: 1e-3. Without one, λ has no meaning: ReLU layers can be rescaled.</summary>
    public const double L2Regularization = 1e-3;

    /// <summary>Smallest automatic batch: 64 rows. 128 hurt small data.</summary>
    public const int SmallestBatch = 64;

    /// <summary>Largest automatic batch: 512 rows.</summary>
    public const int LargestBatch = 512;

    /// <summary>The automatic batch grows with the data until an iteration has this many steps: 64.</summary>
    public const int StepsBeforeBatchGrows = 64;

    /// <summary>An iteration is one pass over the training rows, or several where a pass takes fewer steps than this: 20.</summary>
    /// <remarks>With fewer, small data are trained too little before λ grows on: mice at 10 features 96.3 instead of 96.8.</remarks>
    public const int MinimumStepsPerIteration = 20;

    /// <summary>An iteration is a part of a pass where a pass takes more steps than this: 100.</summary>
    /// <remarks>The cost of a fit is then bounded however many rows there are.</remarks>
    public const int MaximumStepsPerIteration = 100;

    /// <summary>Iterations before the gate penalty sets in: 10.</summary>
    /// <remarks>Starting dense is what finds good features; a large λ from scratch over-prunes.</remarks>
    public const int NumberOfDenseIterations = 10;

    /// <summary>Iterations at a λ that was given, once the path has reached it: 60, enough for groups that are to leave to do so.</summary>
    public const int NumberOfHoldIterations = 60;

    /// <summary>Iterations of the refit on the selected features: 60. The refit is worth 5 to 30 points of accuracy.</summary>
    public const int NumberOfRefitIterations = 60;

    /// <summary>Runs whose orders of leaving are averaged: 1.</summary>
    /// <remarks>
    /// Five find 18 or 19 of madelon's 20 true features where one finds 16 or 17, at many times the cost; on isolet they are no better than
    /// one.
    /// </remarks>
    public const int NumberOfRuns = 1;

    /// <summary>Settings that a search tries: 16, at about the cost of as many fits.</summary>
    public const int NumberOfTrials = 16;

    /// <summary>First λ of the path: 5e-3; a tenth of it where that already removes groups at once.</summary>
    public const double InitialLambda = 5e-3;

    /// <summary>λ grows by this factor an iteration: 1.035. 1.07 loses a point at small counts, 1.15 three.</summary>
    public const double LambdaGrowth = 1.035;

    /// <summary>Counts tried by the automatic choice: 12, from all features to one.</summary>
    public const int LadderLength = 12;

    /// <summary>Share of the slots' variance that the automatic count of a reconstruction may lose against the best count: 0.1.</summary>
    /// <remarks>More slots always rebuild more, themselves at least.</remarks>
    public const double ReconstructionTolerance = 0.1;

    /// <summary>Input noise of a reconstruction: 0.</summary>
    /// <remarks>0.5 made no clear difference on mice (two seeds), and trying several takes several times as long.</remarks>
    public const double ReconstructionInputNoise = 0;

    /// <summary>Fewest slots of features that are kept sparse: 256. With fewer, dense rows cost little.</summary>
    public const int SmallestSparseWidth = 256;

    /// <summary>Largest share of values other than zero at which features are kept sparse: 5 %.</summary>
    /// <remarks>
    /// Steps are then mostly 2 to 10 times as fast; up to 20 % they are faster, but dense rows can be centred, and tried with noise.
    /// </remarks>
    public const double LargestSparseDensity = 0.05;

    /// <summary>
    /// Name of the AppContext switch that lets training multiply in bfloat16 where the processor does so faster: steps on a thousand
    /// features take half as long.
    /// </summary>
    /// <remarks>Off by default: it cost half a point of accuracy on madelon with the count left open.</remarks>
    public const string UseBfloat16Switch = "MLNet.DGating.UseBfloat16";

    /// <summary>Share of the rows held out for choices: 20 %.</summary>
    public const double HeldOutFraction = 0.2;

    /// <summary>No more rows are held out for choices than this: 50,000.</summary>
    /// <remarks>An accuracy is then known to 0.2 points, and scoring them at every point of a path would cost more than training.</remarks>
    public const int MaximumHeldOutRows = 50_000;

    /// <summary>Share of the memory there is for the process that the rows may take: a half.</summary>
    /// <remarks>Of more rows than that a part is in memory at a time.</remarks>
    public const double RowMemoryShare = 0.5;

    /// <summary>However little memory the rows may take, so many are kept at least: 1,000.</summary>
    public const int SmallestPool = 1000;
}
