using MLNet.DGating.Torch.ModelSelection.Checkpoints;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating;

/// <summary>Holds the options of the D-Gating trainers of all tasks.</summary>
/// <remarks>
/// No option needs tuning. A user may want to give the number of features, or λ; everything else has a measured default
/// (<see cref="DGatingDefaults"/>).
/// </remarks>
public abstract class DGatingTrainerOptions : TrainerInputBaseWithWeight
{
    /// <summary>The number of feature groups to keep.</summary>
    /// <value>
    /// At least 1; exactly so many are kept, or all where fewer exist. The default, null, chooses the number on held-out rows: the smallest
    /// that predicts as well as the best one, within one standard error; none where nothing predicts better than a constant.
    /// </value>
    public int? MaximumFeatureCount;

    /// <summary>The name of a column with sampling keys: rows of one key, such as a patient, are not independent.</summary>
    /// <remarks>
    /// Wherever rows are held out, dealt into folds or halved, rows of one key stay on one side, and count as one where candidates are
    /// compared. Else a column that tells the key, such as a customer's number, seems to predict what is only remembered. Rows with a
    /// missing key belong together. The column is one of the training data; rows of validation data count as independent.
    /// </remarks>
    /// <value>A scalar column of any type that can be compared. The default is null: all rows are independent.</value>
    public string? SamplingKeyColumnName;

    /// <summary>The strength λ of the gate penalty λ Σ_j s_j ‖w_j‖^(2/D), to fix it instead of the number of features.</summary>
    /// <value>
    /// At least 0; 0 keeps every feature. The default, null, lets λ grow until the number of features is left. It cannot be combined with
    /// <see cref="MaximumFeatureCount"/>.
    /// </value>
    public double? Lambda;

    /// <summary>Whether a fit at a fixed λ is trained further until it is nearly stationary, and certified.</summary>
    /// <remarks>
    /// It takes up to 2,000 passes over the rows. <see cref="FeatureSelectionReport.Certificate"/> has the result; how near a stationary
    /// point can be reached depends on the network.
    /// </remarks>
    /// <value>
    /// The default is false. It requires a <see cref="Lambda"/> above 0, and no <see cref="InputNoise"/>, which is then 0 by default.
    /// </value>
    public bool ComputeCertificate;

    /// <summary>Whether <c>FitPath</c> records every feature's gate γ and ‖ω‖ after every iteration.</summary>
    /// <remarks><see cref="DGatingPath.GateDynamics"/> has the record, which takes 8 bytes a feature and iteration.</remarks>
    /// <value>The default is false.</value>
    public bool RecordGateDynamics;

    /// <summary>The gate depth D: the penalty on a group's weights is L_{2,2/D}.</summary>
    /// <value>
    /// At least 2, not necessarily an integer. 2 is the group lasso; larger values are sparser. The default is
    /// <see cref="DGatingDefaults.GateDepth"/>.
    /// </value>
    public double GateDepth = DGatingDefaults.GateDepth;

    /// <summary>The grouping of the feature column's slots into features, whose slots are selected or dropped together.</summary>
    /// <value>The default is <see cref="FeatureGroups.BySourceColumn"/>: a one-hot block is one group.</value>
    public FeatureGroups Groups = FeatureGroups.BySourceColumn;

    /// <summary>The features that are always kept: they have no gate penalty and are never removed.</summary>
    /// <remarks>
    /// They count among the features kept. A feature with a single value on all training rows cannot be kept; then there is a warning.
    /// </remarks>
    /// <value>
    /// The names of features as in the report, or of columns or slots in them; not of all features. The default is none.
    /// </value>
    public string[] AlwaysKeep = [];

    /// <summary>The factors of the features' weights s_j in the penalty λ Σ_j s_j ‖w_j‖^(2/D).</summary>
    /// <value>
    /// By name, as in <see cref="AlwaysKeep"/>; between 1e-6 and 1e6. With a factor above 1 a feature leaves sooner, below 1 later. The
    /// default, null, is 1 for every feature, as is the factor of features that are not named.
    /// </value>
    public IReadOnlyDictionary<string, double>? GroupWeights;

    /// <summary>The cost of each feature, in any unit, such as money or minutes.</summary>
    /// <remarks>
    /// The penalty's weight s_j is multiplied by the cost relative to the mean cost, so that cheaper features are preferred among those
    /// that predict equally well.
    /// </remarks>
    /// <value>
    /// By name, as in <see cref="AlwaysKeep"/>; between 1e-6 and 1e6. Features that are not named cost 1. The default, null, is the same
    /// cost for every feature.
    /// </value>
    public IReadOnlyDictionary<string, double>? GroupCosts;

    /// <summary>The budget for the total cost of the features kept, instead of their number.</summary>
    /// <remarks>
    /// Features are taken in the order of their rank, the last to leave first, as far as the budget allows. Features that exceed the budget
    /// by themselves are left out from the beginning.
    /// </remarks>
    /// <value>
    /// Above 0, and enough for the features of <see cref="AlwaysKeep"/> or else for the cheapest feature. The default is null. It requires
    /// <see cref="GroupCosts"/>, and cannot be combined with <see cref="MaximumFeatureCount"/> or <see cref="Lambda"/>.
    /// </value>
    public double? MaximumCost;

    /// <summary>Whether features may interact, or add up to the score by one curve each, and functions of two of them.</summary>
    /// <remarks>
    /// An additive model has a curve for each number, linear between edges that the training rows show, a line for a number of two values,
    /// and a value for each category. <c>GetCurve</c> of the model reads them. With <see cref="DGatingNumericEncoding.None"/> its curves
    /// are straight lines, as they are of sparse rows and of rows that do not fit in memory. Curves are trained on the CPU.
    /// </remarks>
    /// <value>
    /// The default is <see cref="DGatingModelShape.Interactions"/>. <see cref="DGatingModelShape.Additive"/> and
    /// <see cref="DGatingModelShape.AdditiveWithPairs"/> have no <see cref="HiddenLayers"/>, and <see cref="NumericEncoding"/> is not
    /// <see cref="DGatingNumericEncoding.Embedding"/>. With pairs it is not <see cref="DGatingNumericEncoding.None"/> either, and
    /// <c>Fit</c> without a previous model is the only fit.
    /// </value>
    public DGatingModelShape Shape = DGatingModelShape.Interactions;

    /// <summary>The number of pairs of features to keep beside the curves of <see cref="DGatingModelShape.AdditiveWithPairs"/>.</summary>
    /// <remarks>The report's <see cref="FeatureSelectionReport.Pairs"/> has them, and <c>GetSurface</c> of the model reads each.</remarks>
    /// <value>
    /// At least 0; exactly so many are kept, or all where fewer exist. The default, null, keeps those that <see cref="Lambda"/> leaves, or
    /// chooses the number on held-out rows: the smallest that predicts as well as the best one, within one standard error; also 0.
    /// </value>
    public int? MaximumPairCount;

    /// <summary>Which pairs of features <see cref="DGatingModelShape.AdditiveWithPairs"/> may keep.</summary>
    /// <value>
    /// The default is <see cref="DGatingPairHeredity.Strong"/>: pairs of kept features. With <see cref="DGatingPairHeredity.Weak"/> a pair
    /// may bring a further feature, so that neither <see cref="MaximumFeatureCount"/> nor <see cref="MaximumCost"/> can be given.
    /// </value>
    public DGatingPairHeredity PairHeredity = DGatingPairHeredity.Strong;

    /// <summary>The number of neurons of each hidden layer, from the features to the output.</summary>
    /// <value>
    /// Each is at least 1; an empty list is a linear model. The default is one layer of <see cref="DGatingDefaults.HiddenNeurons"/>, which
    /// leaves the network open where <see cref="NumericEncoding"/> is: it has <see cref="DGatingDefaults.PiecewiseNeurons"/> neurons beside
    /// an additive part where numbers are piecewise linear, and is another one where those pass through embeddings.
    /// </value>
    public int[] HiddenLayers = [DGatingDefaults.HiddenNeurons];

    /// <summary>Whether only so many neurons of the hidden layer are kept as the prediction needs.</summary>
    /// <remarks>
    /// Once features are selected, a path of gates ranks the neurons, and held-out rows choose the smallest number that predicts as well as
    /// the best one, within one standard error. The others are removed, so that the model is smaller and scores faster. A fit takes two
    /// to six times as long. <c>Fit</c> alone does it; all neurons are kept where rows are too few to hold some out.
    /// </remarks>
    /// <value>
    /// The default is false. It requires one layer of <see cref="HiddenLayers"/>, an <see cref="EnsembleSize"/> of 1, no
    /// <see cref="ComputeCertificate"/>, and no embeddings: with it <see cref="DGatingNumericEncoding.Auto"/> tries none.
    /// </value>
    public bool SelectNeurons;

    /// <summary>The function of the hidden neurons.</summary>
    /// <value>The default is <see cref="DGatingActivation.Relu"/>.</value>
    public DGatingActivation Activation = DGatingActivation.Relu;

    /// <summary>Whether the features are also connected linearly to the output. A feature's gate multiplies both connections.</summary>
    /// <value>The default is false: in measurements the connection made no difference or was slightly worse.</value>
    public bool UseSkipConnection;

    /// <summary>Whether the features are also connected to the output directly, by a gate they share with the network.</summary>
    /// <remarks>With a piecewise-linear encoding that is one curve for each number, and the network learns what curves cannot.</remarks>
    /// <value>The default is null: with a piecewise-linear encoding.</value>
    public bool? AdditivePart;

    /// <summary>How numbers are presented to the network.</summary>
    /// <value>The default is <see cref="DGatingNumericEncoding.Auto"/>.</value>
    public DGatingNumericEncoding NumericEncoding = DGatingNumericEncoding.Auto;

    /// <summary>What becomes of missing values (NaN) among the features.</summary>
    /// <remarks>
    /// A row with an infinite feature, or with a missing label or weight, is left out of training in any case, with a warning. So are rows
    /// with a missing slot where slots are rebuilt, not a label predicted.
    /// </remarks>
    /// <value>The default is <see cref="DGatingMissingValues.Encode"/>.</value>
    public DGatingMissingValues MissingValues = DGatingMissingValues.Encode;

    /// <summary>The deviation of the Gaussian noise that is added to the standardized features until the refit.</summary>
    /// <remarks>
    /// It keeps a network from memorising rows before features are selected. Wide features with few values, such as word counts, are kept
    /// sparse; the default is then 0, and with a value above 0 they become dense.
    /// </remarks>
    /// <value>
    /// At least 0. The default, null, is 0 unless the network memorises its rows and predicts held-out rows no better than a constant; then
    /// it is chosen among 0, 0.5 and 1 on the held-out rows. With <see cref="DGatingDefaults.ColumnsPerRowWithNoise"/> dense slots or more
    /// for each training row it is <see cref="DGatingDefaults.InputNoiseOfFewRows"/> without a search, for which rows are too few.
    /// </value>
    public double? InputNoise;

    /// <summary>The largest number of features that enter the path: those that say most of the label alone.</summary>
    /// <remarks>
    /// Of very many columns most are noise, and a path over all of them takes ten times as long for the same selection. Every run screens
    /// anew on its own training rows, so that held-out rows stay unseen. A feature that matters only together with others can be missed.
    /// It has no effect where a larger count is to be kept, a budget ends the path, or no label is given. Source: Fan and Lv (2008), "Sure
    /// independence screening for ultrahigh dimensional feature space".
    /// </remarks>
    /// <value>
    /// At least 1; <see cref="int.MaxValue"/> for all. The default, null, is all, but of dense slots so many that there are at most ten for
    /// each training row. It must be null where <see cref="Lambda"/> is given.
    /// </value>
    public int? ScreenedFeatureCount;

    /// <summary>The L2 penalty on the weights that have no gate.</summary>
    /// <remarks>
    /// With few rows and many columns a network is otherwise sure of what it memorised: on 62 rows of 2,000 columns a tenth instead of a
    /// thousandth more than halves the log-loss.
    /// </remarks>
    /// <value>
    /// At least 0. The default, null, is <see cref="DGatingDefaults.L2Regularization"/> with as many training rows as slots or more. With
    /// more slots it grows by the square of their ratio, up to <see cref="DGatingDefaults.LargestL2Regularization"/>, but not for
    /// sparse features or a reconstruction. With 0, λ has no meaning, since the layers can be rescaled against each other.
    /// </value>
    public double? L2Regularization;

    /// <summary>The step size of gradient descent. It is halved automatically when training diverges.</summary>
    /// <value>Above 0. The default is <see cref="DGatingDefaults.LearningRate"/>.</value>
    public double LearningRate = DGatingDefaults.LearningRate;

    /// <summary>The momentum of gradient descent.</summary>
    /// <value>At least 0 and below 1. The default is <see cref="DGatingDefaults.Momentum"/>.</value>
    public double Momentum = DGatingDefaults.Momentum;

    /// <summary>The number of rows of a batch.</summary>
    /// <value>
    /// At least 1; a batch has all rows where there are fewer. The default, null, grows with the data from
    /// <see cref="DGatingDefaults.SmallestBatch"/> to <see cref="DGatingDefaults.LargestBatch"/>.
    /// </value>
    public int? BatchSize;

    /// <summary>The number of iterations on all features before the gate penalty sets in.</summary>
    /// <value>At least 1. The default is <see cref="DGatingDefaults.NumberOfDenseIterations"/>.</value>
    public int NumberOfDenseIterations = DGatingDefaults.NumberOfDenseIterations;

    /// <summary>The largest number of iterations of the refit on the selected features.</summary>
    /// <remarks>
    /// Where rows are held out the refit ends sooner, once they gain nothing by more. They are where the count or the noise is chosen, with
    /// validation data, and of at least <see cref="DGatingDefaults.ManyRows"/> training rows; there they also calibrate probabilities.
    /// </remarks>
    /// <value>At least 1. The default is <see cref="DGatingDefaults.NumberOfRefitIterations"/>.</value>
    public int NumberOfRefitIterations = DGatingDefaults.NumberOfRefitIterations;

    /// <summary>The number of runs whose rankings are averaged, for data on which the selection of one run is unstable.</summary>
    /// <remarks>
    /// The runs differ in their random numbers alone. The features that leave last on average are selected if they predict held-out rows
    /// better than the selection of one run. <c>FitPath</c> decides in the same way: where the average is better, ranking, candidates and
    /// models of the path are those of the ensemble, its points those of the first run. <c>FitPathCrossValidated</c> always follows one
    /// run.
    /// </remarks>
    /// <value>
    /// At least 1; 1 where <see cref="Lambda"/> or <see cref="MaximumCost"/> is given. The default is
    /// <see cref="DGatingDefaults.NumberOfRuns"/>.
    /// </value>
    public int NumberOfRuns = DGatingDefaults.NumberOfRuns;

    /// <summary>The number of networks of the selected features whose scores are averaged.</summary>
    /// <remarks>
    /// They differ in their random numbers alone, and have one selection. The model is one wider network that gives the mean of their
    /// scores, so that it is saved, exported and explained as any other. Training takes a refit longer for each; scoring takes as many
    /// times as long. It brings most where numbers are predicted by embeddings. It applies to <c>Fit</c>, to the models that a path makes
    /// and to the final fit of <c>FitBest</c>; what only chooses trains one network.
    /// </remarks>
    /// <value>
    /// From 1 to 64; 1 where <see cref="ComputeCertificate"/> is set. The default is <see cref="DGatingDefaults.EnsembleSize"/>.
    /// </value>
    public int EnsembleSize = DGatingDefaults.EnsembleSize;

    /// <summary>The first λ of the path. It is lowered automatically where it removes features in its first iteration.</summary>
    /// <value>Above 0. The default is <see cref="DGatingDefaults.InitialLambda"/>.</value>
    public double InitialLambda = DGatingDefaults.InitialLambda;

    /// <summary>The factor by which λ grows each iteration. Smaller factors take longer and are not measurably better.</summary>
    /// <value>Above 1. The default is <see cref="DGatingDefaults.LambdaGrowth"/>.</value>
    public double LambdaGrowth = DGatingDefaults.LambdaGrowth;

    /// <summary>The seed of all random numbers of the fit.</summary>
    /// <remarks>On the CPU the same seed gives the same bits, whatever the number of threads.</remarks>
    /// <value>The default, null, takes the seed of the MLContext; if it has none, every fit is different.</value>
    public int? Seed;

    /// <summary>The number of threads for independent runs, such as those of the automatic choice.</summary>
    /// <value>
    /// At least 1. The default, null, is the number of processors, or this process's part of them where an <see cref="Executor"/> shares
    /// them.
    /// </value>
    public int? NumberOfThreads;

    /// <summary>Carries out independent runs elsewhere, such as a cluster of processes.</summary>
    /// <remarks>
    /// The runs are those of the automatic choice, of folds, halves, draws and trials. Models that a result makes afterwards, such as those
    /// of a path, are trained by the process that asks for them.
    /// </remarks>
    /// <value>The default, null, is the threads or the device of this process.</value>
    public DGatingExecutor? Executor;

    /// <summary>A file in which the fit keeps what it has done so far, to go on from there with the same bits if it is killed.</summary>
    /// <remarks>
    /// A fit that finds the file goes on from it, and one that has its result deletes it; after a cancellation it stays. It holds no rows:
    /// the same rows, options and seed must be given again. A file of another fit, or a damaged one, is refused with an
    /// <see cref="InvalidOperationException"/>. It is for the CPU and for one process. A fit that has no seed draws another one each time,
    /// so it needs one. Reading the rows is done again, the way to a certificate, and of every run that was begun what it did in the last
    /// <see cref="CheckpointInterval"/>, and at most an iteration.
    /// </remarks>
    /// <value>The name of a file in a folder that exists. The default, null, keeps nothing.</value>
    public string? CheckpointPath;

    /// <summary>The time between two states that are kept in <see cref="CheckpointPath"/>.</summary>
    /// <remarks>
    /// It becomes longer where writing would take more than a twentieth of the time, unless it is below a millisecond: then a state is kept
    /// at every iteration.
    /// </remarks>
    /// <value>Above 0. The default is <see cref="DGatingDefaults.CheckpointSeconds"/> seconds.</value>
    public TimeSpan CheckpointInterval = TimeSpan.FromSeconds(DGatingDefaults.CheckpointSeconds);

    /// <summary>Keeps several fits of one work, such as those of a command.</summary>
    internal FitCheckpoint? SharedCheckpoint;

    /// <summary>The precision of the rows in memory.</summary>
    /// <value>The default is <see cref="DGatingRowPrecision.Full"/>; <see cref="DGatingRowPrecision.Half"/> halves the memory.</value>
    public DGatingRowPrecision RowPrecision = DGatingRowPrecision.Full;

    /// <summary>The bytes of memory that rows may take: 4 for each slot of a row, or 2 in half precision.</summary>
    /// <remarks>
    /// Where the rows need more, a uniform sample of them is kept in memory, and all rows are streamed while networks are trained, so that
    /// the data is read many times. Fits other than <c>Fit</c> and <c>FitBest</c> divide the memory: each of
    /// <see cref="NumberOfThreads"/> runs has as much as the sample.
    /// </remarks>
    /// <value>
    /// Above 0; at least <see cref="DGatingDefaults.SmallestPool"/> rows are kept. The default, null, is the share
    /// <see cref="DGatingDefaults.RowMemoryShare"/> of the memory that the process may use.
    /// </value>
    public long? MaximumRowMemory;

    /// <summary>The device on which to train.</summary>
    /// <remarks>GpuDeviceId and FallbackToCpu of the MLContext are respected.</remarks>
    /// <value>The default is <see cref="DGatingDevice.Auto"/>: CUDA if it is usable, else the CPU.</value>
    public DGatingDevice Device = DGatingDevice.Auto;

    /// <summary>What a fit that goes on from a previous model does with its selection.</summary>
    /// <remarks>It has an effect only with a previous model.</remarks>
    /// <value>The default is <see cref="DGatingContinuation.KeepSelection"/>.</value>
    public DGatingContinuation Continuation = DGatingContinuation.KeepSelection;

    /// <summary>Receives the progress of the fit after every iteration, on the thread that trains.</summary>
    /// <value>The default is null.</value>
    public IProgress<DGatingProgress>? Progress;

    /// <summary>Cancels the fit within one iteration, with an <see cref="OperationCanceledException"/>.</summary>
    /// <value>The default never cancels.</value>
    public CancellationToken CancellationToken;

    /// <summary>Whether the model has curves in place of hidden layers.</summary>
    internal bool HasCurves => Shape is DGatingModelShape.Additive or DGatingModelShape.AdditiveWithPairs;

    /// <summary>Copies the options, so that they cannot change after they were checked.</summary>
    internal virtual DGatingTrainerOptions Copy()
    {
        var copy = (DGatingTrainerOptions)MemberwiseClone();
        copy.HiddenLayers = [.. HiddenLayers];
        copy.AlwaysKeep = [.. AlwaysKeep];
        copy.GroupWeights = GroupWeights?.ToDictionary();
        copy.GroupCosts = GroupCosts?.ToDictionary();
        return copy;
    }

    /// <summary>Throws a user error for the first option of the task that breaks its rule.</summary>
    internal virtual void CheckTask(IExceptionContext context)
    {
    }
}
