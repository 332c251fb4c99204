using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Data;

/// <summary>Holds the encoding of inputs whose weights are those of a finished model: it does not follow from the training rows.</summary>
/// <param name="Encoding">The encoding of these inputs alone.</param>
/// <param name="Places">The place of each input of the training set in it; −1 for an input that is encoded by the training rows.</param>
internal sealed record GivenEncoding(InputEncoding Encoding, int[] Places)
{
    /// <summary>Gives the encoding of all inputs.</summary>
    /// <param name="measured">Gives the encoding by the training rows; it is not asked for where that of every input is given.</param>
    public InputEncoding Complete(Func<InputEncoding> measured)
    {
        if (Array.TrueForAll(Places, place => place >= 0))
        {
            return Encoding.Select(Places);
        }

        InputEncoding others = measured();
        (InputEncoding Source, int Input)[] inputs =
            [.. Places.Select((place, input) => place >= 0 ? (Encoding, place) : (others, input))];
        int[] starts = new int[inputs.Length + 1];
        for (int i = 0; i < inputs.Length; i++)
        {
            starts[i + 1] = starts[i] + inputs[i].Source.ColumnCount(inputs[i].Input);
        }

        (InputEncoding Source, int Column)[] columns = [.. inputs.SelectMany(input => Columns(input.Source, input.Input))];
        return new InputEncoding(
            starts, Of(source => source.Offsets, 0), Of(source => source.Scales, 0), Of(source => source.Lows, 0),
            Of(source => source.Highs, 0))
        {
            IsPiecewise = Encoding.IsPiecewise,
            Centers = IfAny(source => source.Centers, 0),
            SkipFactors = IfAny(source => source.SkipFactors, 1),
            IsZeroWhereMissing = Encoding.IsZeroWhereMissing || others.IsZeroWhereMissing,
        };

        float[] IfAny(Func<InputEncoding, float[]> values, float missing) =>
            values(Encoding).Length + values(others).Length > 0 ? Of(values, missing) : [];

        float[] Of(Func<InputEncoding, float[]> values, float missing) =>
            [.. columns.Select(column => values(column.Source) is { Length: > 0 } each ? each[column.Column] : missing)];
    }

    /// <summary>Gives weights of all inputs: those of the model, and zero for the others.</summary>
    /// <param name="weights">The weights of the model's inputs [columns, width], input by input as in the training set.</param>
    /// <param name="width">The number of weights of a column.</param>
    /// <param name="whole">The encoding of all inputs.</param>
    public float[] Spread(float[] weights, int width, InputEncoding whole)
    {
        float[] all = new float[whole.Columns * width];
        int next = 0;
        for (int input = 0; input < Places.Length; input++)
        {
            if (Places[input] >= 0)
            {
                int size = whole.ColumnCount(input) * width;
                weights.AsSpan(next, size).CopyTo(all.AsSpan(whole.FirstColumn(input) * width));
                next += size;
            }
        }

        return all;
    }

    private static IEnumerable<(InputEncoding Source, int Column)> Columns(InputEncoding source, int input) =>
        Enumerable.Range(source.FirstColumn(input), source.ColumnCount(input)).Select(column => (source, column));
}
