using CsCheck;
using Microsoft.ML;

namespace MLNet.DGating.Tests.Continuation;

/// <summary>A continued fit begins with the function of the previous model.</summary>
public class StartTests
{
    private readonly MLContext _context = new(seed: 1);

    private static readonly Gen<(int[] Hidden, bool Additive, DGatingActivation Activation, bool Intervals)> s_networks = Gen.Select(
        Gen.OneOfConst<int[]>([], [6], [5, 4]), Gen.Bool, Gen.OneOfConst(DGatingActivation.Relu, DGatingActivation.Tanh), Gen.Bool);

    [Theory]
    [InlineData("binary")]
    [InlineData("multiclass")]
    public void WithoutAStepOfTraining_ClassesHaveTheSameScores(string task) => Gen.Select(s_networks, Gen.Int[1, 99]).Sample(
        (network, seed) =>
        {
            var training = TrainingTask.Get(task);
            Fitted previous = training.Fit(_context, Planted.Linear(120, 5, 2, seed), 3, Set(network));
            // Rows this few are not held out, so that nothing is chosen or calibrated; and the step is too small for any change. One slot
            // has a single value.
            DataRow[] few = [.. new[] { -1.0, 0, 1 }.Select(target => DataRow.Create([1, (float)target, 7, 2, -1], target))];
            AssertSame(previous, training.Continue(_context, few, previous, null, options =>
            {
                Set(network)(options);
                options.LearningRate = 1e-12;
            }));
        }, iter: 12, threads: 1);

    [Fact]
    public void OnRowsThatThePreviousModelPredictsExactly_ItStays() => Gen.Select(s_networks, Gen.Int[1, 99]).Sample(
        (network, seed) => AssertStays(Set(network), Planted.Linear(120, 5, 2, seed)), iter: 12, threads: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void EmbeddingsStay_OnRowsThatTheyPredictExactly(int features) => AssertStays(
        options =>
        {
            options.NumericEncoding = DGatingNumericEncoding.Embedding;
            options.MaximumFeatureCount = features;
        },
        Planted.Linear(200, 5, 3, seed: 1));

    [Theory]
    [InlineData(DGatingRegressionLoss.Absolute)]
    [InlineData(DGatingRegressionLoss.Huber)]
    public void ModelsOfOtherLosses_Stay(DGatingRegressionLoss loss) =>
        AssertStays(options => ((DGatingRegressionTrainer.Options)options).Loss = loss, Planted.Linear(120, 5, 2, seed: 3));

    [Theory]
    [InlineData(DGatingRegressionLoss.Poisson)]
    [InlineData(DGatingRegressionLoss.Gamma)]
    public void ModelsOfMeansAboveZero_Stay(DGatingRegressionLoss loss) => AssertStays(
        options => ((DGatingRegressionTrainer.Options)options).Loss = loss,
        Planted.Linear(150, 5, 2, seed: 4).WithTargets(row => Math.Exp(0.5 * row.Target)), tolerance: 1e-4f);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void ModelsOfLogarithms_Stay_WithTheirOffset(int zeros)
    {
        DataRow[] rows = Planted.Linear(150, 5, 2, seed: 4).WithTargets(row => 100 * Math.Exp(row.Target));
        Array.ForEach(rows[..zeros], row => row.Target = 0);
        AssertStays(
            options => ((DGatingRegressionTrainer.Options)options).TargetTransform = DGatingTargetTransform.Log, rows, tolerance: 1e-4f);
    }

    // The labels are the predictions, in another unit than the old labels were: no other network can be better.
    private void AssertStays(Action<DGatingTrainerOptions> change, DataRow[] rows, float tolerance = 1e-5f)
    {
        var training = TrainingTask.Get("regression");
        Fitted previous = training.Fit(_context, rows, 3, change);
        DataRow[] fresh = Planted.Linear(150, 5, 2, seed: 5, noise: 3);
        // A model of logarithms predicts 0 for scores that differ.
        DataRow[] labelled =
        [
            .. fresh.Zip(previous.Scores(_context, fresh), (row, score) => DataRow.Create(row.Values, score)).Where(row => row.Target != 0),
        ];
        AssertSame(previous, training.Continue(_context, labelled, previous, labelled, change), tolerance);
    }

    private void AssertSame(Fitted previous, Fitted continued, float tolerance = 1e-5f)
    {
        DataRow[] unseen = Planted.Linear(50, 5, 2, seed: 6, noise: 3);
        float[] before = previous.Scores(_context, unseen), after = continued.Scores(_context, unseen);
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, tolerance * (1 + Math.Abs(pair.First))));
        Assert.Equal(previous.Selected, continued.Selected);
    }

    private static Action<DGatingTrainerOptions> Set((int[] Hidden, bool Additive, DGatingActivation Activation, bool Intervals) network) =>
        options =>
        {
            options.HiddenLayers = network.Hidden;
            options.AdditivePart = network.Additive;
            options.Activation = network.Activation;
            options.NumericEncoding = network.Intervals ? DGatingNumericEncoding.PiecewiseLinear : DGatingNumericEncoding.None;
        };
}
