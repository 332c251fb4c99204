using Microsoft.ML.Trainers;

namespace MLNet.DGating;

/// <summary>Options of the D-Gating trainers of all tasks.</summary>
/// <remarks>
/// Nothing needs tuning: the count of features, or λ for those who know the penalty's scale, is what a user may want to give; everything
/// else has a measured default (<see cref="DGatingDefaults"/>).
/// </remarks>
public abstract class DGatingTrainerOptions : TrainerInputBaseWithWeight
{
    /// <summary>Feature groups to keep.</summary>
    /// <value>
    /// At least 1; exactly so many are kept, fewer only where fewer exist. The default, null, chooses on held-out rows: the fewest that
    /// predict as well as the best count, within one standard error.
    /// </value>
    public int? MaximumFeatureCount;

    /// <summary>λ of the gate penalty λ Σ_j s_j ‖w_j‖^(2/D), for those who would rather fix it than the count.</summary>
    /// <value>
    /// At least 0 (0 keeps every feature). The default, null, lets λ grow until the count is reached. Not together with
    /// <see cref="MaximumFeatureCount"/>.
    /// </value>
    public double? Lambda;

    /// <summary>
    /// Whether a fit at a fixed λ is trained on, over all rows at once, until it is stationary as far as its network allows, and the report
    /// says how near it came: <see cref="FeatureSelectionReport.Certificate"/>.
    /// </summary>
    /// <remarks>Takes up to 2,000 passes over the rows.</remarks>
    /// <value>
    /// Only with a <see cref="Lambda"/> above 0, and without <see cref="InputNoise"/>: left null, it is 0. The default is false.
    /// </value>
    public bool ComputeCertificate;

    /// <summary>
    /// Whether <c>FitPath</c> records every feature's gate and ‖ω‖ after every iteration: <see cref="DGatingPath.GateDynamics"/>.
    /// </summary>
    /// <value>The default is false. Takes 8 bytes a feature and iteration.</value>
    public bool RecordGateDynamics;

    /// <summary>Gate depth D: the penalty on a group's weights is L_{2,2/D}.</summary>
    /// <value>
    /// At least 2, not necessarily whole. 2 is the group lasso; deeper is sparser. The default is <see cref="DGatingDefaults.GateDepth"/>.
    /// </value>
    public double GateDepth = DGatingDefaults.GateDepth;

    /// <summary>Which slots of the feature column stay or go together.</summary>
    /// <value>The default is <see cref="FeatureGroups.BySourceColumn"/>: a one-hot block is one group.</value>
    public FeatureGroups Groups = FeatureGroups.BySourceColumn;

    /// <summary>Features that must stay, whatever they are worth: no gate penalty pulls at them, and they are never removed.</summary>
    /// <remarks>They count among the features kept.</remarks>
    /// <value>
    /// Names of features as the report gives them, or of columns or slots in them; not all features. The default is none. One that has a
    /// single value on all training rows cannot be kept; a warning says so.
    /// </value>
    public string[] AlwaysKeep = [];

    /// <summary>
    /// How reluctantly each feature is let in: its weight s_j in the penalty λ Σ_j s_j ‖w_j‖^(2/D) is multiplied by this.
    /// </summary>
    /// <value>
    /// By name, as in <see cref="AlwaysKeep"/>; between 1e-6 and 1e6. Above 1 makes a feature leave sooner, below 1 later. The default,
    /// null, is 1 for every feature, as for those not named.
    /// </value>
    public IReadOnlyDictionary<string, double>? GroupWeights;

    /// <summary>What having each feature costs, in any unit: money, minutes, pain.</summary>
    /// <remarks>Among features that predict as well the cheaper ones are preferred.</remarks>
    /// <value>
    /// By name, as in <see cref="AlwaysKeep"/>; between 1e-6 and 1e6. Features not named cost 1. The penalty's weight s_j is multiplied by
    /// the cost relative to the mean cost. The default, null, is the same cost for every feature.
    /// </value>
    public IReadOnlyDictionary<string, double>? GroupCosts;

    /// <summary>A budget instead of a count: what the features kept may cost in all.</summary>
    /// <remarks>Features are taken in the order of their rank, the last to leave first, as far as the budget goes.</remarks>
    /// <value>
    /// Above 0, and enough for the features of <see cref="AlwaysKeep"/> or else for the cheapest feature; needs <see cref="GroupCosts"/>.
    /// Features that are too dear by themselves are left out from the beginning. The default is null. Not together with
    /// <see cref="MaximumFeatureCount"/> or <see cref="Lambda"/>.
    /// </value>
    public double? MaximumCost;

    /// <summary>Neurons of each hidden layer, from the features to the output.</summary>
    /// <value>Each at least 1; empty for a linear model. The default is one layer of <see cref="DGatingDefaults.HiddenNeurons"/>.</value>
    public int[] HiddenLayers = [DGatingDefaults.HiddenNeurons];

    /// <summary>The function of the hidden neurons.</summary>
    /// <value>The default is <see cref="DGatingActivation.Relu"/>.</value>
    public DGatingActivation Activation = DGatingActivation.Relu;

    /// <summary>Whether the features also reach the output linearly, past the hidden layers; a feature's gate governs both ways.</summary>
    /// <value>The default is false: neutral or slightly worse where measured.</value>
    public bool UseSkipConnection;

    /// <summary>Deviation of the Gaussian noise added to the standardized features until the refit.</summary>
    /// <remarks>It keeps a network from memorising rows before features are selected.</remarks>
    /// <value>
    /// At least 0. The default, null, is 0 unless the network memorises its rows, and says no more of held-out rows than a constant; then
    /// it is chosen among 0, 0.5 and 1 on these. Wide features of few values, such as word counts, are kept sparse: null is 0 for them, as
    /// noise would fill the rows; a value above 0 has them dense.
    /// </value>
    public double? InputNoise;

    /// <summary>L2 penalty on the weights that have no gate.</summary>
    /// <value>
    /// At least 0. The default is <see cref="DGatingDefaults.L2Regularization"/>. With 0, λ has no meaning: the layers could be rescaled
    /// against it.
    /// </value>
    public double L2Regularization = DGatingDefaults.L2Regularization;

    /// <summary>Step size of gradient descent. Halved by itself when training diverges.</summary>
    /// <value>Above 0. The default is <see cref="DGatingDefaults.LearningRate"/>.</value>
    public double LearningRate = DGatingDefaults.LearningRate;

    /// <summary>Momentum of gradient descent.</summary>
    /// <value>At least 0 and below 1. The default is <see cref="DGatingDefaults.Momentum"/>.</value>
    public double Momentum = DGatingDefaults.Momentum;

    /// <summary>Rows of a step.</summary>
    /// <value>
    /// At least 1; more than there are rows means all. The default, null, grows with the data from
    /// <see cref="DGatingDefaults.SmallestBatch"/> to <see cref="DGatingDefaults.LargestBatch"/>.
    /// </value>
    public int? BatchSize;

    /// <summary>Iterations on all features before the gate penalty sets in.</summary>
    /// <value>At least 1. The default is <see cref="DGatingDefaults.NumberOfDenseIterations"/>.</value>
    public int NumberOfDenseIterations = DGatingDefaults.NumberOfDenseIterations;

    /// <summary>Iterations of the refit on the selected features.</summary>
    /// <value>At least 1. The default is <see cref="DGatingDefaults.NumberOfRefitIterations"/>.</value>
    public int NumberOfRefitIterations = DGatingDefaults.NumberOfRefitIterations;

    /// <summary>Runs that differ in their random numbers alone, for data where one run is luck.</summary>
    /// <remarks>
    /// The features that leave last on average are selected, if held-out rows are predicted better by them than by those of one run.
    /// </remarks>
    /// <value>
    /// At least 1; 1 where <see cref="Lambda"/> or <see cref="MaximumCost"/> is given. The default is
    /// <see cref="DGatingDefaults.NumberOfRuns"/>. FitPath decides the same way: where the average is better, the path's ranking,
    /// candidates and models are those of the ensemble, its points those of the first run. FitPathCrossValidated follows one run, whatever
    /// is given here.
    /// </value>
    public int NumberOfRuns = DGatingDefaults.NumberOfRuns;

    /// <summary>Where λ starts. Lowered by itself where that removes features at once.</summary>
    /// <value>Above 0. The default is <see cref="DGatingDefaults.InitialLambda"/>.</value>
    public double InitialLambda = DGatingDefaults.InitialLambda;

    /// <summary>Factor by which λ grows each iteration. Slower is dearer and not measurably better.</summary>
    /// <value>Above 1. The default is <see cref="DGatingDefaults.LambdaGrowth"/>.</value>
    public double LambdaGrowth = DGatingDefaults.LambdaGrowth;

    /// <summary>Seed of everything random in the fit: same seed, same bits on the CPU, whatever the number of threads.</summary>
    /// <value>The default, null, takes the seed of the MLContext; if it has none, every fit is different.</value>
    public int? Seed;

    /// <summary>Threads for runs that do not depend on each other, such as the trials of the automatic choice.</summary>
    /// <value>At least 1. The default, null, is the number of processors.</value>
    public int? NumberOfThreads;

    /// <summary>How exactly rows are kept in memory.</summary>
    /// <value>The default is <see cref="DGatingRowPrecision.Full"/>; <see cref="DGatingRowPrecision.Half"/> halves the memory.</value>
    public DGatingRowPrecision RowPrecision = DGatingRowPrecision.Full;

    /// <summary>Bytes of memory that rows may take, 4 for each slot of a row, or 2 in half precision.</summary>
    /// <remarks>
    /// Of more rows than that a uniform sample is in memory; <c>Fit</c> and <c>FitBest</c> read the others again and again while they train
    /// the model.
    /// </remarks>
    /// <value>
    /// Above 0; at least <see cref="DGatingDefaults.SmallestPool"/> rows are kept. The default, null, is the share
    /// <see cref="DGatingDefaults.RowMemoryShare"/> of the memory that the process may use.
    /// </value>
    public long? MaximumRowMemory;

    /// <summary>Where to train.</summary>
    /// <value>
    /// The default is <see cref="DGatingDevice.Auto"/>: CUDA if it is usable, else the CPU. The MLContext's GpuDeviceId and FallbackToCpu
    /// are honoured.
    /// </value>
    public DGatingDevice Device = DGatingDevice.Auto;

    /// <summary>Receives the state of the fit after every iteration, from the thread that trains.</summary>
    /// <value>The default is null.</value>
    public IProgress<DGatingProgress>? Progress;

    /// <summary>Stops the fit within one iteration, with an <see cref="OperationCanceledException"/>; nothing half-done is left.</summary>
    /// <value>The default never cancels.</value>
    public CancellationToken CancellationToken;

    /// <summary>The options as they are now: what was checked cannot change under a trainer.</summary>
    internal DGatingTrainerOptions Copy()
    {
        var copy = (DGatingTrainerOptions)MemberwiseClone();
        copy.HiddenLayers = [.. HiddenLayers];
        copy.AlwaysKeep = [.. AlwaysKeep];
        copy.GroupWeights = GroupWeights?.ToDictionary();
        copy.GroupCosts = GroupCosts?.ToDictionary();
        return copy;
    }
}
