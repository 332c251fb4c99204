using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

/// <summary>Groups that are small and dying by a margin, and that at several checks (docs/theory.md §6).</summary>
public class CutRuleTests
{
    private static readonly GroupLayout s_layout = GroupLayout.PerColumn(2);

    [Fact]
    public void ASmallGroupThatDies_IsCutAtTheThirdCheck() =>
        Assert.Equal([false, false, true, true], Checks(norm: 0.005f, gradient: 0.01f, count: 4));

    [Fact]
    public void ALargeGroupThatDies_IsNotCut() => Assert.DoesNotContain(true, Checks(norm: 0.02f, gradient: 0, count: 10));

    [Fact]
    public void ASmallGroupThatGrows_IsNotCut() => Assert.DoesNotContain(true, Checks(norm: 0.005f, gradient: 10, count: 10));

    [Fact]
    public void AGroupWithinTheMargin_IsNotCut()
    {
        // D = 2: the pull is λ.
        Assert.DoesNotContain(true, Checks(norm: 0.005f, gradient: 0.09f, count: 10, lambda: 0.1));
        Assert.Contains(true, Checks(norm: 0.005f, gradient: 0.07f, count: 10, lambda: 0.1));
    }

    [Fact]
    public void TheChecksMustBeConsecutive()
    {
        var rule = new CutRule(2);
        foreach (float gradient in (float[])[0, 0, 1, 0, 0, 1, 0, 0])
        {
            Assert.Empty(rule.Check(s_layout, Measures(0.005f, gradient), 0.1, 2));
        }

        Assert.Equal([1], rule.Check(s_layout, Measures(0.005f, 0), 0.1, 2));
    }

    [Theory]
    [InlineData(1e-5f, 100f)]
    [InlineData(0f, float.NaN)]
    [InlineData(0f, float.PositiveInfinity)]
    [InlineData(float.NaN, 0f)]
    public void ANegligibleGroup_IsCutAtOnce_WhateverItsGradient(float norm, float gradient) =>
        Assert.Equal([true], Checks(norm, gradient, count: 1));

    [Fact]
    public void GroupsThatFadeTogether_BecomeSmallAgainstTheFirstLargest()
    {
        var rule = new CutRule(2);
        rule.Check(s_layout, new GroupMeasures([1, 1], [0, 0]), 0.1, 2);
        rule.Check(s_layout, new GroupMeasures([1, 1], [0, 0]), 0.1, 2);
        Assert.Empty(rule.Check(s_layout, new GroupMeasures([2e-3f, 2e-3f], [0, 0]), 0.1, 2));
        Assert.Equal([0, 1], rule.Check(s_layout, new GroupMeasures([5e-4f, 5e-4f], [0, 0]), 0.1, 2));
    }

    [Fact]
    public void Keep_CarriesTheChecksOfTheGroupsThatStay()
    {
        var rule = new CutRule(3);
        var three = GroupLayout.PerColumn(3);
        rule.Check(three, new GroupMeasures([1, 1, 0.005f], [0, 1, 0]), 0.1, 2);
        rule.Check(three, new GroupMeasures([1, 1, 0.005f], [0, 1, 0]), 0.1, 2);
        rule.Keep([1, 2]);
        Assert.Equal([1], rule.Check(s_layout, new GroupMeasures([1, 0.005f], [1, 0]), 0.1, 2));
    }

    [Fact]
    public void TheCertificate_IsThatOfSection6_AtAnyDepthAndGroupSize() =>
        Gen.Select(Gen.Double[2, 5], Gen.Int[1, 9], Gen.Float[2e-4f, 0.0099f], Gen.Double[0.01, 1], Gen.Double[0, 2]).Sample(
            (depth, size, norm, lambda, share) =>
            {
                var layout = GroupLayout.FromSizes([1, size]);
                double pull = lambda * Math.Sqrt(size) * (2 / depth) * Math.Pow(norm, 2 / depth - 1);
                var rule = new CutRule(2);
                List<int> gone = [];
                for (int i = 0; i < 3; i++)
                {
                    gone = rule.Check(layout, new GroupMeasures([1, norm], [1e6f, (float)(share * pull)]), lambda, depth);
                }

                if (Math.Abs(share - 0.8) > 1e-4)
                {
                    Assert.Equal(share < 0.8 ? [1] : [], gone);
                }
            });

    [Fact]
    public void CountSmall_CountsThoseThatBecameSo() => Assert.Equal(1, CutRule.CountSmall(GroupLayout.PerColumn(4),
        new GroupMeasures([2, 0.001f, 0.001f, 0.5f], [0, 0, 0, 0]), new GroupMeasures([1, 0.5f, 0.002f, 0.5f], [0, 0, 0, 0])));

    [Fact]
    public void AGroupThatAlwaysStays_IsNeverCut_AndMakesNoOtherSmall()
    {
        var layout = GroupLayout.Create([1, 1, 1], GroupTermsOf.Keeping(3, [0]));
        var rule = new CutRule(3);
        var measures = new GroupMeasures([0, 1, 0.5f], [float.NaN, 0, 0]);
        var beside = new GroupMeasures([1e6f, 1, 0.5f], [0, 0, 0]);
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Empty(rule.Check(layout, measures, 0.1, 2)));
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Empty(rule.Check(layout, beside, 0.1, 2)));
        Assert.Equal(0, CutRule.CountSmall(layout, measures, beside));
    }

    // Whether group 1 is gone, check by check; group 0 has norm 1 and stays.
    private static bool[] Checks(float norm, float gradient, int count, double lambda = 0.1)
    {
        var rule = new CutRule(2);
        return [.. Enumerable.Range(0, count).Select(_ => rule.Check(s_layout, Measures(norm, gradient), lambda, 2).Contains(1))];
    }

    private static GroupMeasures Measures(float norm, float gradient) => new([1, norm], [1, gradient]);
}
