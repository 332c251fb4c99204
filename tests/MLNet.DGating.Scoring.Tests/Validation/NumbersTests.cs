namespace MLNet.DGating.Scoring.Tests.Validation;

public class NumbersTests
{
    [Fact]
    public void AllFinite_IsFalseForNaNAndInfinityAlone()
    {
        Assert.True(Numbers.AllFinite([]));
        Assert.True(Numbers.AllFinite([0, -0f, float.MaxValue, float.Epsilon]));
        float[] bad = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        Assert.All(bad, value => Assert.False(Numbers.AllFinite([1, value, 1])));
    }

    [Fact]
    public void CheckFinite_NamesTheParameterTheRuleAndTheValue()
    {
        Numbers.CheckFinite([1, 2], 2, "values");
        Assert.Equal("Must hold 3 numbers, but holds 2. (Parameter 'values')", MessageOf([1, 2], 3));
        Assert.Equal("Must hold finite numbers only, but holds NaN or infinity. (Parameter 'values')", MessageOf([1, float.NaN], 2));
        Assert.Throws<ArgumentNullException>("values", () => Numbers.CheckFinite(null!, 0, "values"));
    }

    private static string MessageOf(float[] values, long expectedLength) =>
        Assert.Throws<ArgumentException>(() => Numbers.CheckFinite(values, expectedLength, "values")).Message;
}
