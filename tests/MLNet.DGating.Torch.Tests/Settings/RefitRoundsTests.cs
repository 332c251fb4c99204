using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Settings;

public class RefitRoundsTests
{
    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 1 })]
    [InlineData(10, new[] { 1, 3, 6 })]
    [InlineData(60, new[] { 4, 8, 16, 32 })]
    public void Rounds_DoubleInLength(int iterations, int[] rounds) => Assert.Equal(rounds, RefitRounds.Of(iterations));

    [Fact]
    public void Rounds_HaveAllIterations_AndNoneIsEmptyOrShorterThanTheOneBefore() => Gen.Int[1, 1000].Sample(iterations =>
    {
        int[] rounds = RefitRounds.Of(iterations);
        Assert.Equal(iterations, rounds.Sum());
        Assert.InRange(rounds.Length, 1, 4);
        Assert.InRange(rounds[0], 1, iterations);
        Assert.Equal(rounds.Order(), rounds);
    });

    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 1 })]
    [InlineData(2, new[] { 2 })]
    [InlineData(5, new[] { 1, 4 })]
    [InlineData(60, new[] { 12, 48 })]
    public void TwoRounds_AreAShortOneAndALongOne(int iterations, int[] rounds) => Assert.Equal(rounds, RefitRounds.Two(iterations));

    [Fact]
    public void TwoRounds_HaveAllIterations_AndNoneIsEmpty() => Gen.Int[0, 1000].Sample(iterations =>
    {
        int[] rounds = RefitRounds.Two(iterations);
        Assert.Equal(iterations, rounds.Sum());
        Assert.All(rounds, round => Assert.True(round > 0));
    });
}
