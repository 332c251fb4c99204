using MLNet.DGating.Model;
using MLNet.DGating.Scoring.Tests.Network;

namespace MLNet.DGating.Scoring.Tests.Model;

public class InputEncodingTests
{
    private static readonly InputEncoding s_two = new([0, 1, 3], [1, 2, 3], [10, 20, 30], [-1, 0, 0], [1, 1, 4]);

    [Fact]
    public void Standardization_HasOneColumnAnInput_AndOneBound()
    {
        var encoding = InputEncoding.Standardization([1, 2], [10, 0], 3);
        Assert.True(encoding.IsOneToOne);
        Assert.True(encoding.IsStandardization);
        Assert.Equal(3, encoding.UniformBound);
        Assert.Equal([-3f, -3f], encoding.Lows);
        Assert.Equal([3f, 3f], encoding.Highs);
        float[] columns = [1.1f, 1e9f];
        encoding.Encode(columns, columns);
        Assert.Equal([(1.1f - 1) * 10, 0], columns);
    }

    [Fact]
    public void IsStandardization_NeedsOneColumnAnInput_AndTheSameBoundForAll()
    {
        Assert.False(s_two.IsOneToOne);
        Assert.False(new InputEncoding([0, 2, 2], [0, 0], [1, 1], [-1, -1], [1, 1]).IsOneToOne);
        Assert.False(new InputEncoding([0, 2], [0, 0], [1, 1], [-1, -1], [1, 1]).IsStandardization);
        InputEncoding ownBounds = new([0, 1, 2], [0, 0], [1, 1], [-1, -1], [1, 2]);
        Assert.True(ownBounds.IsOneToOne);
        Assert.True(float.IsNaN(ownBounds.UniformBound));
        Assert.False(ownBounds.IsStandardization);
    }

    [Fact]
    public void Select_TakesAllColumnsOfTheInputs_InTheirOrder()
    {
        InputEncoding selected = s_two.Select([1, 0]);
        Assert.Equal([2, 1], Enumerable.Range(0, 2).Select(selected.ColumnCount));
        Assert.Equal([2f, 3f, 1f], selected.Offsets);
        Assert.Equal([20f, 30f, 10f], selected.Scales);
        Assert.Equal([0f, 0f, -1f], selected.Lows);
        Assert.Equal([1f, 4f, 1f], selected.Highs);
    }

    [Fact]
    public void Select_KeepsACommonBound_AlsoWhereNothingIsLeft()
    {
        Assert.Equal(7, InputEncoding.Standardization([1, 2], [1, 1], 7).Select([]).UniformBound);
        Assert.Equal(1, s_two.Select([0]).UniformBound);
        Assert.True(float.IsNaN(s_two.Select([1]).UniformBound));
    }

    // The vectors of a standardization and the loop for everything else.
    [Fact]
    public void Encode_ByRowAndByColumn_GivesTheSameBits()
    {
        var random = new Random(1);
                InputEncoding[] encodings = [Encodings.Standardization(random, 37), Encodings.OfSeveralColumns(random, 37)];
        foreach (InputEncoding encoding in encodings.SelectMany(each => (InputEncoding[])[each, each.WithZeroWhereMissing()]))
        {
            float[] row = Networks.Row(random, 37), columns = new float[encoding.Columns];
            row[5] = float.NaN;
            encoding.Encode(row, columns);
            Assert.Equal(
                Enumerable.Range(0, 37).SelectMany(input => Enumerable.Range(encoding.FirstColumn(input), encoding.ColumnCount(input))
                    .Select(column => encoding.Encode(column, row[input]))),
                columns);
            Assert.Equal(encoding.IsZeroWhereMissing ? 0 : float.NaN, columns[encoding.FirstColumn(5)]);
        }
    }
}
