using CsCheck;
using Microsoft.ML;

namespace MLNet.DGating.Tests.Search;

public class SearchSpaceTests
{
    private static readonly DGatingSearchSpace s_depths = new()
    {
        HiddenLayers = [], Activation = [], LearningRate = null, InputNoise = [], L2Regularization = null, NumberOfRefitIterations = [],
    };

    public static TheoryData<DGatingSearchSpace, string> WrongSpaces => new()
    {
        {
            s_depths with { GateDepth = new(4, 2) },
            "The range of GateDepth must go from a finite number to one that is no smaller, but was 4 to 2."
        },
        { s_depths with { GateDepth = new(1, 2) }, "GateDepth must be at least 2 and finite, but was 1." },
        { s_depths with { GateDepth = null }, "The space searches nothing" },
        {
            s_depths with { L2Regularization = new(0, 1, IsLogarithmic: true) },
            "The range of L2Regularization is logarithmic and must begin above 0, but began at 0."
        },
        { s_depths with { LearningRate = new(0, 1) }, "LearningRate must be above 0 and finite, but was 0." },
        { s_depths with { HiddenLayers = [[8], [0]] }, "HiddenLayers must be sizes of at least 1, but was 0." },
        { s_depths with { InputNoise = [0, -1] }, "InputNoise must be at least 0 and finite, but was -1." },
        { s_depths with { MaximumFeatureCount = [null, 0] }, "MaximumFeatureCount must be at least 1, but was 0." },
        { s_depths with { NumberOfRefitIterations = [0] }, "NumberOfRefitIterations must be at least 1, but was 0." },
    };

    [Theory, MemberData(nameof(WrongSpaces))]
    public void ASpaceThatCannotBeSearched_IsRefusedWithTheReason(DGatingSearchSpace space, string message) =>
        AssertRefused(message, () => FitBestTests.Search(space));

    [Fact]
    public void WhatContradictsTheTrainersOptions_IsRefused()
    {
        AssertRefused("Lambda must be null where MaximumFeatureCount is given", () => FitBestTests.Search(
            s_depths with { MaximumFeatureCount = [3] }, options => (options.MaximumFeatureCount, options.Lambda) = (null, 0.1)));
        AssertRefused("ComputeCertificate must be false for a search", () => FitBestTests.Search(
            s_depths, options => (options.MaximumFeatureCount, options.Lambda, options.ComputeCertificate) = (null, 0.1, true)));
    }

    [Fact]
    public void WrongArguments_AreRefused()
    {
        AssertRefused("There must be at least 2 trials", () => FitBestTests.Search(s_depths, trials: 1));
        AssertRefused("The timeout must be above 0", () => FitBestTests.Search(s_depths, timeout: TimeSpan.Zero));
        var context = new MLContext(seed: 1);
        var trainer = (DGatingBinaryTrainer)TrainingTask.Get("binary").Trainer(context);
        AssertRefused("A search needs at least 50 rows", () => trainer.FitBest(DataRow.View(context, Planted.Xor(49, 3, seed: 1))));
    }

    [Fact]
    public void Candidates_AreAllDifferent_WithinTheSpace_AndNoMoreThanItHas() => Gen.Int.Sample(seed =>
    {
        var given = new DGatingBinaryTrainer.Options();
        var space = new DGatingSearchSpace();
        SearchCandidates many = Draw(space);
        Assert.Equal(30, many.Options.Count);
        Assert.Equal(30, Enumerable.Range(0, 30).Select(many.Describe).Distinct().Count());
        Assert.Equal("as given", many.Describe(0));
        Assert.All(many.Options.Skip(1), options =>
        {
            Assert.InRange(options.GateDepth, 2, 4);
            Assert.InRange(options.LearningRate, 0.01, 0.1);
            Assert.InRange(options.L2Regularization ?? DGatingDefaults.L2Regularization, 1e-4, 1e-2);
            Assert.Contains(options.NumberOfRefitIterations, space.NumberOfRefitIterations);
            Assert.Equal(given.LambdaGrowth, options.LambdaGrowth);
            Assert.Equal(seed, options.Seed);
        });
        Assert.Equal(3, Draw(s_depths with { GateDepth = null, HiddenLayers = [[1], [2], [128]] }).Options.Count);

        SearchCandidates Draw(DGatingSearchSpace space) => SearchCandidates.Draw(new MLContext(), given, space, 30, seed);
    }, iter: 20);

    private static void AssertRefused(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
