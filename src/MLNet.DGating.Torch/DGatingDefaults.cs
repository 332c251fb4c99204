namespace MLNet.DGating;

/// <summary>Holds every default of the D-Gating trainers with its reason.</summary>
/// <remarks>docs/defaults.md has the measurements.</remarks>
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

    /// <summary>δ of Huber's loss, in mean distances of the labels from their median: 1.</summary>
    /// <remarks>Residuals are smaller than labels, so that most of them count squared, and labels far from all others do not.</remarks>
    public const double HuberDelta = 1;

    /// <summary>Bound of the standardized features, in deviations: they are clipped to ±10.</summary>
    /// <remarks>Single rows of nearly constant columns would otherwise be thousands of deviations from the mean.</remarks>
    public const float StandardizedBound = 10;

    /// <summary>Step size of gradient descent: 0.05. 0.1 diverges on a thousand features.</summary>
    public const double LearningRate = 0.05;

    /// <summary>Factor of the step size where the logarithm of a mean is predicted, by the Poisson and the Gamma loss: 0.2.</summary>
    /// <remarks>Their gradient grows with e^score. With the full step paths of counts lose planted features by chance.</remarks>
    public const double StepFactorOfLogarithmicMean = 0.2;

    /// <summary>Momentum of gradient descent: 0.9; without it convergence takes ten times as many steps.</summary>
    public const double Momentum = 0.9;

    /// <summary>L2 penalty of the ungated weights where there are at least as many rows as columns: 1e-3.</summary>
    /// <remarks>Without one λ has no meaning, since the layers of a ReLU network can be rescaled against each other.</remarks>
    public const double L2Regularization = 1e-3;

    /// <summary>Largest automatic L2 penalty of the ungated weights: 0.1, with 10 columns for each row or more.</summary>
    /// <remarks>Between as many columns as rows and there it grows by the square of their ratio.</remarks>
    public const double LargestL2Regularization = 0.1;

    /// <summary>Columns for each row from which the input noise is <see cref="InputNoiseOfFewRows"/> instead of chosen: 10.</summary>
    public const double ColumnsPerRowWithNoise = 10;

    /// <summary>The columns for each training row above which features are screened before the path.</summary>
    internal const double EnteringColumnsPerRow = 10;

    /// <summary>Input noise with many columns for each row: 1.</summary>
    /// <remarks>
    /// Held-out parts of so few rows cannot tell levels apart. Noise spreads weights over correlated columns: at 20 features the AUC on
    /// colon and prostate rises by 0.02. With 2, too many columns of one block are kept on generated tables.
    /// </remarks>
    public const double InputNoiseOfFewRows = 1;

    /// <summary>Smallest automatic batch: 64 rows. 128 rows are less accurate on small data.</summary>
    public const int SmallestBatch = 64;

    /// <summary>Largest automatic batch: 512 rows.</summary>
    public const int LargestBatch = 512;

    /// <summary>Steps of a pass over the rows that the automatic batch size aims at, within its bounds: 64.</summary>
    public const int StepsBeforeBatchGrows = 64;

    /// <summary>Fewest steps of an iteration: 20. Where a pass over the training rows has fewer, an iteration is several passes.</summary>
    /// <remarks>With fewer, small data are trained too little before λ grows further: mice at 10 features 96.3 instead of 96.8.</remarks>
    public const int MinimumStepsPerIteration = 20;

    /// <summary>Most steps of an iteration: 100. Where a pass over the training rows has more, an iteration is a part of it.</summary>
    /// <remarks>The cost of a fit is then bounded however many rows there are.</remarks>
    public const int MaximumStepsPerIteration = 100;

    /// <summary>Iterations before the gate penalty sets in: 10.</summary>
    /// <remarks>A network that was trained on all features finds the good ones; a large λ from the beginning removes too many.</remarks>
    public const int NumberOfDenseIterations = 10;

    /// <summary>Iterations at a fixed λ, once the path has grown to it: 60, which is enough for groups to leave.</summary>
    public const int NumberOfHoldIterations = 60;

    /// <summary>Most iterations of the refit on the selected features: 60. The refit is worth 5 to 30 points of accuracy.</summary>
    public const int NumberOfRefitIterations = 60;

    /// <summary>Runs whose rankings are averaged: 1.</summary>
    /// <remarks>
    /// Five find 18 or 19 of madelon's 20 true features where one finds 16 or 17, at many times the cost; on isolet they are no better than
    /// one.
    /// </remarks>
    public const int NumberOfRuns = 1;

    /// <summary>Networks of the selected features whose scores are averaged: 1.</summary>
    public const int EnsembleSize = 1;

    /// <summary>Settings that a search tries: 16, at about the cost of as many fits.</summary>
    public const int NumberOfTrials = 16;

    /// <summary>First λ of the path: 5e-3, lowered by factors of ten where it removes groups in its first iteration.</summary>
    public const double InitialLambda = 5e-3;

    /// <summary>Factor by which λ grows an iteration: 1.035. 1.07 loses a point at small counts, 1.15 three.</summary>
    public const double LambdaGrowth = 1.035;

    /// <summary>Counts on the logarithmic scale of the automatic choice: 12, from all features to one.</summary>
    /// <remarks>From 10 features down every count is tried instead.</remarks>
    public const int LadderLength = 12;

    /// <summary>Share of the slots' variance that the automatic count of a reconstruction may lose against the best count: 0.1.</summary>
    /// <remarks>More slots always rebuild more: at least themselves.</remarks>
    public const double ReconstructionTolerance = 0.1;

    /// <summary>Input noise of a reconstruction: 0.</summary>
    /// <remarks>0.5 made no clear difference on mice (two seeds), and trying several takes several times as long.</remarks>
    public const double ReconstructionInputNoise = 0;

    /// <summary>Fewest slots with which features are kept sparse: 256. With fewer, dense rows cost little.</summary>
    public const int SmallestSparseWidth = 256;

    /// <summary>Largest share of values other than zero with which features are kept sparse: 5 %.</summary>
    /// <remarks>
    /// Steps on sparse rows are then mostly 2 to 10 times as fast. They are faster up to 20 %, but dense rows can be centred, and input
    /// noise can be tried on them.
    /// </remarks>
    public const double LargestSparseDensity = 0.05;

    /// <summary>Name of the AppContext switch that lets training multiply in bfloat16 where the processor does so faster.</summary>
    /// <remarks>
    /// Steps on a thousand features take half as long with it. It is off by default: it cost half a point of accuracy on madelon where the
    /// count was chosen.
    /// </remarks>
    public const string UseBfloat16Switch = "MLNet.DGating.UseBfloat16";

    /// <summary>Share of the rows held out for choices: 20 %.</summary>
    public const double HeldOutFraction = 0.2;

    /// <summary>Fewest rows that are many: 5,000.</summary>
    /// <remarks>
    /// Of so many, a fit with a given number of features holds out a part, <see cref="SmallHeldOutFraction"/> and at most as many again,
    /// which ends its refit in time and calibrates its probabilities. Of fewer it trains on all.
    /// </remarks>
    public const int ManyRows = 5000;

    /// <summary>Share of many rows that a fit with a given number of features holds out: 10 %.</summary>
    public const double SmallHeldOutFraction = 0.1;

    /// <summary>Most rows of which folds choose the count where a single held-out part does not decide: 5,000.</summary>
    public const int MaximumFoldedRows = 5000;

    /// <summary>Folds of such a choice: 5. It takes up to five times as long as that on a single part.</summary>
    public const int FoldsOfUnsureChoice = 5;

    /// <summary>Fewest held-out rows that decide alone: 100. With fewer, folds always choose the count.</summary>
    public const int SmallestDecidingPart = 100;

    /// <summary>
    /// Rows of classes from which a single held-out part calibrates a given number of features, and no folds: 1,000.
    /// </summary>
    internal const int RowsCalibratedByFolds = 1000;

    /// <summary>Most rows that are held out for choices: 50,000.</summary>
    /// <remarks>An accuracy is then known to 0.2 points. Scoring more at every point of a path would cost more than training.</remarks>
    public const int MaximumHeldOutRows = 50_000;

    /// <summary>Share of the memory available to the process that the rows may take: a half.</summary>
    /// <remarks>Where the rows need more, a part of them is in memory at a time.</remarks>
    public const double RowMemoryShare = 0.5;

    /// <summary>Fewest rows that are kept in memory, however little memory they may take: 1,000.</summary>
    public const int SmallestPool = 1000;

    /// <summary>
    /// Rows on which the dense phases are carried out that only tell whether noise or intervals are needed: 8,192 at least.
    /// </summary>
    internal const int PreviewRows = 1 << 13;

    /// <summary>Least number of such rows for each input: 64.</summary>
    internal const int PreviewRowsPerInput = 64;

    /// <summary>Hidden neurons of a network on a piecewise-linear encoding, beside its additive part: 32.</summary>
    /// <remarks>Main effects are in the additive part. More memorise rows: adult's log-loss is 0.002-0.004 larger with 128.</remarks>
    public const int PiecewiseNeurons = 32;

    /// <summary>Least iterations before the refit on a piecewise-linear encoding where no path is followed: 40.</summary>
    /// <remarks>A path trains on small steps for as long. Without either, adult's log-loss is 0.002-0.004 larger.</remarks>
    public const int PiecewiseDenseIterations = 40;

    /// <summary>L2 penalty of the ungated weights of a network on a piecewise-linear encoding: 3e-4.</summary>
    public const double PiecewiseL2Regularization = 3e-4;

    /// <summary>The step size of the refit on a piecewise-linear encoding, in step sizes of the path: 4.</summary>
    public const double PiecewiseStepFactor = 4;

    /// <summary>The step size on a piecewise-linear encoding where numbers are predicted, in step sizes given: 0.3.</summary>
    public const double PiecewiseStepFactorOfNumbers = 0.3;

    /// <summary>The probability with which a refit on a piecewise-linear encoding leaves out a hidden neuron: 0.5.</summary>
    public const double PiecewiseDropout = 0.5;

    /// <summary>Seconds between two states of a fit that are kept in a checkpoint: 15.</summary>
    public const double CheckpointSeconds = 15;

    /// <summary>The share of a refit in which large steps rise to their full size: 0.05.</summary>
    public const double WarmUp = 0.05;
}
