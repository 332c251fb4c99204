using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;

namespace MLNet.DGating.Torch.Tests.Data;

public class GivenEncodingTests
{
    private const int Inputs = 4;
    private static readonly TrainingSet s_data = Planted.StepClasses(1, 300, Inputs, 1, 3);
    private static readonly int[] s_rows = TestRuns.All(s_data), s_others = [.. Enumerable.Range(0, 150)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheGivenInputs_AreEncodedAsGiven_AndTheOthersByTheRows(bool isPiecewise)
    {
        InputEncoding given = s_data.EncodingBy(s_others, isPiecewise), measured = s_data.EncodingBy(s_rows, isPiecewise);
        TrainingSet data = s_data with { Given = new GivenEncoding(given.Select([3, 1]), [-1, 1, -1, 0]) };
        InputEncoding both = data.EncodingBy(s_rows, isPiecewise);
        Assert.Equal(isPiecewise, both.IsPiecewise);
        Assert.Equal(!isPiecewise, both.IsStandardization);
        float[] row = [0.3f, -0.8f, 1.2f, 0.1f], columns = new float[both.Columns];
        both.Encode(row, columns);
        for (int input = 0; input < Inputs; input++)
        {
            InputEncoding source = (input % 2 == 1 ? given : measured).Select([input]);
            float[] expected = new float[source.Columns];
            source.Encode([row[input]], expected);
            Assert.Equal(expected, columns[both.FirstColumn(input)..both.FirstColumn(input + 1)]);
            Assert.Equal(
                source.SkipFactors,
                both.SkipFactors.Length == 0 ? [] : both.SkipFactors[both.FirstColumn(input)..both.FirstColumn(input + 1)]);
        }
    }

    [Fact]
    public void WhereEveryInputIsGiven_NothingIsMeasured()
    {
        InputEncoding given = s_data.EncodingBy(s_others, isPiecewise: true);
        InputEncoding whole = new GivenEncoding(given, [2, 0, 1, 3]).Complete(() => throw new InvalidOperationException());
        Assert.Equal(given.Select([2, 0, 1, 3]).Offsets, whole.Offsets);
    }

    [Fact]
    public void Weights_AreThoseOfTheGivenInputs_AndZeroOfTheOthers()
    {
        InputEncoding whole = s_data.EncodingBy(s_rows, isPiecewise: false);
        var given = new GivenEncoding(whole.Select([3, 1]), [-1, 1, -1, 0]);
        Assert.Equal([0, 0, 1, 2, 0, 0, 3, 4], given.Spread([1, 2, 3, 4], 2, whole));
    }
}
