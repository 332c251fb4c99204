using MLNet.DGating.Model;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Candidates;

/// <summary>Choices among candidates by a loss that is its own bounded loss, but for the last test.</summary>
public class OneStandardErrorSelectorTests
{
    private const int Rows = 200;

    [Fact]
    public void TheSparsestWithinOneStandardError_IsChosen()
    {
        // Row by row 1 more and 1 less than the best in turn: the standard error of the difference is 1/√200 ≈ 0.07.
        Candidate[] candidates = [Candidate(0, 10, 0, spread: 0), Candidate(0, 5, 0.05), Candidate(0, 2, 0.09), Candidate(0, 1, 0.5)];
        Assert.Equal(5, Choose(candidates).Count);
    }

    [Fact]
    public void WithoutSpread_OnlyTheBestWillDo() =>
        Assert.Equal(
            4, Choose([Candidate(0, 10, 0.001, spread: 0), Candidate(0, 4, 0, spread: 0), Candidate(0, 2, 1e-4, spread: 0)]).Count);

    [Fact]
    public void ACandidateWorseByMoreThanATenth_IsLeftOut_HoweverLargeTheStandardError() => Gen.Double[1, 100].Sample(unit =>
    {
        // The standard error of the difference is 40/√200 ≈ 2.8 units.
        Candidate Of(int count, double mean, double spread) =>
            With([.. Enumerable.Range(0, Rows).Select(i => unit * (mean + (i % 2 == 0 ? spread : -spread)))], count);
        Assert.Equal(5, Choose([Of(9, 10, 0), Of(5, 10.9, 40), Of(3, 11.2, 40)]).Count);
        Assert.Equal(3, Choose([Of(9, 20, 0), Of(5, 20.9, 40), Of(3, 21.2, 40)]).Count);
    }, iter: 20);

    [Fact]
    public void WhatIsNextToNothing_IsNotWorthAFeature()
    {
        // A tenth of 0.001 would be less. The bounded loss of numbers has no lower bound of its error.
        Candidate Of(int count, double mean, double spread) =>
            With([.. Enumerable.Range(0, Rows).Select(i => mean + (i % 2 == 0 ? spread : -spread))], count);
        Candidate ChooseNumber(params Candidate[] candidates) => new OneStandardErrorSelector(new SquaredLoss(), []).Choose(candidates);
        Assert.Equal(3, ChooseNumber(Of(9, 0.001, 0), Of(3, 0.004, 1)).Count);
        Assert.Equal(9, ChooseNumber(Of(9, 0.001, 0), Of(3, 0.0045, 1)).Count);
    }

    [Fact]
    public void RowsThatNoModelFits_DoNotBlurTheChoice()
    {
        // A few huge losses that all candidates share: the error of a mean is 5 here, that of a difference 0.
        double[] Shared(double above) => [.. Enumerable.Range(0, Rows).Select(i => above + (i % 50 == 0 ? 500.0 : 0))];
        Assert.Equal(6, Choose([With(Shared(0), 6), With(Shared(0.5), 3)]).Count);
    }

    [Fact]
    public void MoreNoise_IsTakenOnlyWhereItIsBetterByOneStandardErrorOfTheDifference()
    {
        // The difference is the same in every row: its standard error is 0.
        Assert.Equal(0.5, Choose([Candidate(0, 3, 0.02), Candidate(0.5, 3, 0)]).Noise);
        Assert.Equal(0, Choose([Candidate(0, 3, 0.02), Candidate(0.5, 3, 0, spread: 0.5)]).Noise);
        Assert.Equal(0, Choose([Candidate(0, 3, 0), Candidate(0.5, 3, 0.01), Candidate(1, 1, 0.02)]).Noise);
    }

    [Fact]
    public void AConstant_IsChosen_UnlessTheBestIsBetterByTwoStandardErrors()
    {
        // The standard error of the difference is 1/√200 ≈ 0.071.
        Candidate constant = Candidate(0, 0, 0.13, spread: 0), worse = Candidate(0, 0, 0.15, spread: 0);
        Assert.Equal(0, Choose([Candidate(0, 3, 0), constant]).Count);
        Assert.Equal(3, Choose([Candidate(0, 3, 0), worse]).Count);
        Assert.Equal(0, Choose([Candidate(0, 3, 0.2), constant]).Count);
        // The noise of the others has no part in it.
        Assert.Equal(0, Choose([Candidate(0.5, 3, 0), constant]).Count);
        Assert.Equal(3, Choose([Candidate(0.5, 3, 0), worse]).Count);
        var selector = new OneStandardErrorSelector(new PlainLoss(), []);
        Assert.True(selector.IsBetterThanConstant(Candidate(0, 3, 0), worse));
        Assert.False(selector.IsBetterThanConstant(Candidate(0, 3, 0), constant));
    }

    [Fact]
    public void ACandidate_CanStillWin_AsLongAsAShareOfItsExcessIsWithinOneStandardError()
    {
        var selector = new OneStandardErrorSelector(new PlainLoss(), []);
        double[] best = Candidate(0, 9, 0, spread: 0).HeldOutBoundedLosses;
        bool CanWin(double excess, int rounds) => selector.CanWin(Candidate(0, 3, excess).HeldOutBoundedLosses, best, rounds);
        Assert.Equal([true, false, false, false], Enumerable.Range(1, 4).Select(rounds => CanWin(0.2, rounds)));
        Assert.Equal([true, true, true, true], Enumerable.Range(1, 4).Select(rounds => CanWin(0.09, rounds)));
        Assert.False(CanWin(0.3, 1));
    }

    [Fact]
    public void TheOrderOfTheCandidates_DoesNotMatter() => Gen.Select(Candidates(Gen.Double[0, 0.3]), Gen.Int)
        .Sample((candidates, seed) => Assert.Same(Choose(candidates), Choose(Shuffled(candidates, seed))));

    [Fact]
    public void TheOrderOfTheCandidates_DoesNotMatter_WhereTheyDifferByRounding() =>
        Gen.Select(Candidates(Gen.OneOfConst(0, 1e-16, 2e-16, 1e-15, 1e-13, 1e-12, 2e-12).Select(rounding => 0.1 + rounding)), Gen.Int)
            .Sample((candidates, seed) => Assert.Same(Choose(candidates), Choose(Shuffled(candidates, seed))));

    [Fact]
    public void CandidatesThatDifferByRounding_AreEqual_AndTheSmallestIsTaken() =>
        Gen.Select(Gen.Int[1, 20].HashSet[1, 10], Gen.Double[0, 0.3], Gen.OneOfConst(0, 1e-16, 1e-15, 1e-14), Gen.Int).Sample(
            (counts, above, rounding, seed) =>
            {
                // All but one at about the same loss, and that one clearly worse.
                var random = new Random(seed);
                Candidate[] candidates =
                    [.. counts.Select(count => Candidate(0, count, above + rounding * random.Next(-9, 10), spread: 0))];
                Candidate[] all = Shuffled([.. candidates, Candidate(0, 0, above + 0.1, spread: 0)], seed);
                Assert.Equal(counts.Min(), Choose(all).Count);
                Assert.Equal(counts.Min(), new OneStandardErrorSelector(new PlainLoss(), []).Best(all).Count);
            });

    [Fact]
    public void MoreNoiseThatIsBetterByRounding_IsNotTaken() => Gen.OneOfConst(1e-16, 1e-15, 1e-14, 1e-13).Sample(rounding =>
        Assert.Equal(0, Choose([Candidate(0.5, 3, 0, spread: 0), Candidate(0, 3, rounding, spread: 0)]).Noise));

    [Fact]
    public void LessLoss_IsThatOfTheLossItself_ByStandardErrorsOfTheDifference()
    {
        // The standard error is 1/√200 ≈ 0.07; the bounded losses are the other way round.
        Candidate less = Candidate(0, 3, 0, spread: 0), more = Candidate(0, 3, 0.1);
        less = less with { Refit = less.Refit with { HeldOutBoundedLosses = more.HeldOutLosses } };
        more = more with { Refit = more.Refit with { HeldOutBoundedLosses = less.HeldOutLosses } };
        var selector = new OneStandardErrorSelector(new PlainLoss(), []);
        Assert.True(selector.HasLessLoss(less, more, standardErrors: 1));
        Assert.False(selector.HasLessLoss(less, more, standardErrors: 2));
        Assert.False(selector.HasLessLoss(more, less, standardErrors: 0));
    }

    [Fact]
    public void RowsOfWeightZero_DoNotCount()
    {
        float[] weights = [.. Enumerable.Range(0, Rows).Select(i => i < Rows / 2 ? 1f : 0)];
        double[] losses = [.. weights.Select(weight => weight == 0 ? 100.0 : 0)];
        Candidate bad = Candidate(0, 3, 0.5, spread: 0), good = With(losses, 5);
        Assert.Same(good, new OneStandardErrorSelector(new PlainLoss(), weights).Choose([bad, good]));
        Assert.Same(bad, Choose([bad, good]));
    }

    [Fact]
    public void RowsOfABlock_CountAsOne()
    {
        // 20 blocks of 10 rows: by rows the sparser model is worse by 1 ± 0.35, by blocks by 1 ± 1.1.
        int[] blocks = [.. Enumerable.Range(0, Rows).Select(i => i / 10)];
        double[] losses = [.. blocks.Select(block => 21 + (block % 2 == 0 ? 5.0 : -5))];
        Candidate[] candidates = [With([.. Enumerable.Repeat(20.0, Rows)], 9), With(losses, 3)];
        Assert.Equal(9, Choose(candidates).Count);
        Assert.Equal(3, new OneStandardErrorSelector(new PlainLoss(), [], blocks).Choose(candidates).Count);
    }

    [Fact]
    public void EveryRowABlock_IsAsGoodAsNone() => Gen.Double[0, 10].Array[Rows].Sample(losses =>
    {
        int[] blocks = [.. Enumerable.Range(0, Rows)];
        Assert.Equal(
            new OneStandardErrorSelector(new PlainLoss(), []).MeanBoundedLoss(With(losses, 1)),
            new OneStandardErrorSelector(new PlainLoss(), [], blocks).MeanBoundedLoss(With(losses, 1)));
    }, iter: 20);

    [Fact]
    public void ForClasses_TheLeastErrorBelievedIsThatOfTwoRows()
    {
        // Certain of every row, but for one and a half of 200 in the sparser model.
        double[] perfect = new double[Rows], nearly = new double[Rows], worse = new double[Rows];
        nearly[0] = worse[0] = worse[1] = worse[2] = 1;
        Candidate[] candidates = [With(perfect, 9), With(nearly, 4), With(worse, 1)];
        Assert.Equal(4, new OneStandardErrorSelector(new LogisticLoss(), []).Choose(candidates).Count);
    }

    // One a noise and count, all different.
    private static Gen<Candidate[]> Candidates(Gen<double> above) =>
        from drawn in Gen.Select(Gen.OneOfConst(0.0, 0.5, 1), Gen.Int[1, 20], above).Array[1, 12]
        select drawn.DistinctBy(each => (each.Item1, each.Item2)).Select(each => Candidate(each.Item1, each.Item2, each.Item3)).ToArray();

    private static Candidate[] Shuffled(Candidate[] candidates, int seed)
    {
        Candidate[] shuffled = [.. candidates];
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }

    private static Candidate Choose(Candidate[] candidates) => new OneStandardErrorSelector(new PlainLoss(), []).Choose(candidates);

    private static Candidate Candidate(double noise, int count, double above, double spread = 1) =>
        With([.. Enumerable.Range(0, Rows).Select(i => 1 + above + (i % 2 == 0 ? spread : -spread))], count, noise);

    private static Candidate With(double[] losses, int count, double noise = 0) => new(
        noise, new PathResult([], [], [], [], IsComplete: true), new PathSnapshot(new int[count], NetworkState.None),
        new RefitResult(new NetworkShape([], 1, false, DGatingActivation.Relu), NetworkState.None, 0, losses)
        {
            HeldOutBoundedLosses = losses,
        });
}
