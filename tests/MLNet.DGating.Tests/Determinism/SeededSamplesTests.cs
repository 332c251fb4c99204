using CsCheck;

namespace MLNet.DGating.Tests.Determinism;

/// <summary>Property tests that draw the same samples in every run.</summary>
public class SeededSamplesTests
{
    [Fact]
    public void OneNumber_GivesTheSameSamplesInTheSameOrder_AndAnotherNumberOthers()
    {
        Assert.Equal(Draw(1, 50), Draw(1, 50));
        Assert.Equal(Draw(1, 50)[..20], Draw(1, 20));
        Assert.Empty(Draw(1, 50).Intersect(Draw(2, 50)));
        Assert.Equal(50, Draw(1, 50).Distinct().Count());
    }

    [Fact]
    public void WithoutANumber_EveryRunHasSamplesOfItsOwn()
    {
        Assert.Equal(50, Draw(null, 50).Length);
        Assert.Empty(Draw(null, 50).Intersect(Draw(null, 50)));
    }

    [Fact]
    public void AFailure_NamesTheSeedOfItsSample()
    {
        double[] drawn = Draw(1, 50);
        double last = drawn.Max();
        string message = Assert.Throws<CsCheckException>(() => Sample(1, 50, value => Assert.NotEqual(last, value))).Message;
        string seed = message.Split('"')[1];
        double again = double.NaN;
        Check.Sample(Gen.Double.Unit, value => again = value, seed: seed, iter: 1, threads: 1);
        Assert.Equal(last, again);
    }

    private static double[] Draw(ulong? number, int count)
    {
        var drawn = new List<double>();
        Sample(number, count, drawn.Add);
        return [.. drawn];
    }

    private static void Sample(ulong? number, int count, Action<double> assert) => SeededSamples.Run(number,
        (seed, iter, threads) => Check.Sample(Gen.Double.Unit, assert, seed: seed, iter: iter, threads: threads), count, threads: 1);
}
