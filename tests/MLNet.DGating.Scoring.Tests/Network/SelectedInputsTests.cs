using CsCheck;
using MLNet.DGating.Model;

namespace MLNet.DGating.Scoring.Tests.Network;

public class SelectedInputsTests
{
    // Buffers are used again: what a row leaves in them must not reach the next one.
    [Fact]
    public void Read_OfRowAfterRow_GivesTheEncodingOfEach() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int, Gen.Bool).Sample((slotCount, seed, severalColumns) =>
        {
            var random = new Random(seed);
            int[] slots = [.. Enumerable.Range(0, slotCount).Where(_ => random.Next(2) == 0)];
            InputEncoding encoding = severalColumns
                ? Encodings.OfSeveralColumns(random, slots.Length)
                : Encodings.Standardization(random, slots.Length);
            var inputs = new SelectedInputs(slotCount, slots, encoding);
            (float[] values, float[] columns) = inputs.CreateBuffers();
            foreach (float special in (float[])[0, float.NaN, float.PositiveInfinity, 1])
            {
                float[] row = Networks.Row(random, slotCount);
                row[random.Next(slotCount)] = special;
                inputs.Read(row, values);
                inputs.Encode(values, columns);
                Assert.Equal(Expected(slots, encoding, row), columns[..encoding.Columns]);
            }
        });

    [Fact]
    public void Ctor_WithSlotsThatDoNotFit_NamesThem()
    {
        var two = InputEncoding.Standardization([0, 0], [1, 1], 10);
        Rejects("must be greater than or equal to '1'", [], two, slotCount: 0);
        Rejects("Must be ascending slots in [0, 3), but 0 follows 2. (Parameter 'slots')", [2, 0], two);
        Rejects("Must be ascending slots in [0, 3), but 3 follows 0. (Parameter 'slots')", [0, 3], two);
        Rejects("Must have an input for each of 1 selected slots, but has 2. (Parameter 'encoding')", [0], two);
    }

    [Fact]
    public void Ctor_WithAStandardizationThatDoesNotFit_NamesTheRule()
    {
        Rejects("Must hold 2 numbers, but holds 1.", InputEncoding.Standardization([0, 0], [1], 10));
        Rejects("Must hold finite numbers only", InputEncoding.Standardization([0, float.NaN], [1, 1], 10));
        Rejects("Must be positive, but is 0 for slot 2. A constant slot cannot", InputEncoding.Standardization([0, 0], [1, 0], 10));
        Rejects("Must be positive. (Parameter 'clip')", InputEncoding.Standardization([0, 0], [1, 1], -1));
        Rejects("they are NaN and NaN for slot 0.", InputEncoding.Standardization([0, 0], [1, 1], float.NaN));
    }

    [Fact]
    public void Ctor_WithIndicatorsThatDoNotFit_NamesThem()
    {
        var three = InputEncoding.Standardization([0, 0, 0], [1, 1, 1], 10);
        Assert.Equal(
            "A slot can only indicate missing values where its other columns are 0. (Parameter 'encoding')",
            Assert.Throws<ArgumentException>(() => new SelectedInputs(3, [0, 2], three, [1])).Message);
        Assert.StartsWith(
            "Must be ascending slots in [0, 2), but 2 follows -1.",
            Assert.Throws<ArgumentException>(() => new SelectedInputs(3, [0, 2], three.WithZeroWhereMissing(), [2])).Message,
            StringComparison.Ordinal);
        Assert.Equal([1], new SelectedInputs(3, [0, 2], three.WithZeroWhereMissing(), [1]).Indicated.ToArray());
    }

    [Fact]
    public void Ctor_WithColumnsThatDoNotFit_NamesTheSlot()
    {
        int[] starts = [0, 1, 3];
        float[] zeros = [0, 0, 0], ones = [1, 1, 1];
        Rejects("Must be positive, but is -1 for slot 2.", new(starts, zeros, [1, 1, -1], zeros, ones));
        Rejects("A column's low must be below its high, but they are 1 and 1 for slot 2.", new(starts, zeros, ones, [0, 0, 1], ones));
        Rejects("but has 1 lows and 3 highs.", new(starts, zeros, ones, [0], ones));
        Rejects("Slot 2 must have at least 1 column, but has 0.", new([0, 3, 3], zeros, ones, zeros, ones));
        Rejects("The inputs must have all 3 columns between them.", new([0, 1, 2], zeros, ones, zeros, ones));
    }

    private static float[] Expected(int[] slots, InputEncoding encoding, float[] row) =>
    [
        .. from input in Enumerable.Range(0, slots.Length)
           from column in Enumerable.Range(encoding.FirstColumn(input), encoding.ColumnCount(input))
           let scaled = (row[slots[input]] - encoding.Offsets[column]) * encoding.Scales[column]
           select Math.Clamp(scaled, encoding.Lows[column], encoding.Highs[column]),
    ];

    private static void Rejects(string message, InputEncoding encoding) => Rejects(message, [0, 2], encoding);

    private static void Rejects(string message, int[] slots, InputEncoding encoding, int slotCount = 3)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => new SelectedInputs(slotCount, slots, encoding));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
