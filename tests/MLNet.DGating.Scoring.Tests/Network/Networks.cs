using CsCheck;
using MLNet.DGating.Model;

namespace MLNet.DGating.Scoring.Tests.Network;

/// <summary>Random networks and rows, and their scores in double precision by the definition.</summary>
internal static class Networks
{
    /// <summary>Networks of standardized inputs, which can be saved.</summary>
    public static Gen<CollapsedNetwork> Any { get; } = Of(Encodings.Standardization);

    /// <summary>Networks of inputs with one to four columns each.</summary>
    public static Gen<CollapsedNetwork> OfSeveralColumns { get; } = Of(Encodings.OfSeveralColumns);

    /// <summary>Networks of inputs with a linear column and ramps.</summary>
    public static Gen<CollapsedNetwork> Piecewise { get; } = Of(Encodings.Piecewise);

    /// <summary>Networks of all encodings, of which a missing value makes the scores NaN.</summary>
    public static Gen<CollapsedNetwork> OfAnyEncoding { get; } = Gen.OneOf(Any, OfSeveralColumns, Piecewise);

    /// <summary>Networks of all encodings, whose columns are 0 where a value is missing; some slots may indicate that.</summary>
    public static Gen<CollapsedNetwork> WithMissingValues { get; } = Gen.OneOf(
        Of(Encodings.Standardization, true), Of(Encodings.OfSeveralColumns, true), Of(Encodings.Piecewise, true));

    public static CollapsedNetwork Create(
        Random random,
        int slotCount,
        int hiddenCount,
        int outputCount,
        bool skip,
        DGatingActivation activation,
        int? selectedCount = null,
        int? width = null,
        Func<Random, int, InputEncoding>? encode = null,
        bool hasMissing = false)
    {
        int count = selectedCount ?? random.Next(slotCount + 1);
        int[] slots = [.. Enumerable.Range(0, slotCount).OrderBy(_ => random.Next()).Take(count).Order()];
        int[] indicated = [.. Enumerable.Range(0, hasMissing ? count : 0).Where(_ => random.Next(3) == 0)];
        InputEncoding encoding = (encode ?? Encodings.Standardization)(random, count + indicated.Length);
        encoding = hasMissing ? encoding.WithZeroWhereMissing() : encoding;

        var hidden = new List<DenseLayer>();
        int inputs = encoding.Columns;
        for (int i = 0; i < hiddenCount; i++)
        {
            int outputs = width ?? random.Next(1, 50);
            hidden.Add(Layer(random, inputs, outputs));
            inputs = outputs;
        }

        DenseLayer output = Layer(random, inputs, outputCount);
        float[]? skipWeights = skip ? Layer(random, encoding.Columns, outputCount).Weights : null;
        return new CollapsedNetwork(new SelectedInputs(slotCount, slots, encoding, indicated), hidden, activation, output, skipWeights);
    }

    public static float[] Floats(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];

    /// <summary>A row with zeros in it, so that a sparse form differs from the dense one.</summary>
    public static float[] Row(Random random, int count) => [.. Floats(random, count).Select(value => random.Next(3) == 0 ? 0 : 6 * value)];

    /// <summary>A row with missing values in it.</summary>
    public static float[] IncompleteRow(Random random, int count) =>
        [.. Row(random, count).Select(value => random.Next(4) == 0 ? float.NaN : value)];

    /// <summary>The scores of a row by plain loops.</summary>
    public static double[] ScoreByDefinition(CollapsedNetwork network, float[] row)
    {
        double[] z = Encode(network.Inputs, row), values = z;
        bool relu = network.Activation == DGatingActivation.Relu;
        foreach (DenseLayer layer in network.Hidden)
        {
            values = [.. Apply(layer.Weights, layer.Bias, values).Select(value => relu ? Math.Max(value, 0) : Math.Tanh(value))];
        }

        double[] scores = Apply(network.Output.Weights, network.Output.Bias, values);
        return network.Skip is null
            ? scores
            : [.. scores.Zip(Apply(network.Skip, new float[scores.Length], z), (score, skip) => score + skip)];
    }

    private static Gen<CollapsedNetwork> Of(Func<Random, int, InputEncoding> encode, bool hasMissing = false) =>
        from slotCount in Gen.Int[1, 40]
        from seed in Gen.Int
        from hiddenCount in Gen.Int[0, 3]
        from outputCount in Gen.Int[1, 11]
        from skip in Gen.Bool
        from activation in Gen.OneOfConst(DGatingActivation.Relu, DGatingActivation.Tanh)
        select Create(new Random(seed), slotCount, hiddenCount, outputCount, skip, activation, encode: encode, hasMissing: hasMissing);

    private static double[] Encode(SelectedInputs inputs, float[] row)
    {
        InputEncoding encoding = inputs.Encoding;
        var columns = new List<double>();
        for (int input = 0; input < encoding.Inputs; input++)
        {
            int indicator = input - inputs.Slots.Length;
            float value = row[inputs.Slots[indicator < 0 ? input : inputs.Indicated[indicator]]];
            value = indicator < 0 ? value : float.IsNaN(value) ? 1 : 0;
            for (int i = 0; i < encoding.ColumnCount(input); i++)
            {
                int column = columns.Count;
                double scaled = ((double)value - encoding.Offsets[column]) * encoding.Scales[column];
                double clipped = Math.Min(Math.Max(scaled, encoding.Lows[column]), encoding.Highs[column]);
                double centred = encoding.Centers.Length > 0 ? clipped - encoding.Centers[column] : clipped;
                columns.Add(encoding.IsZeroWhereMissing && double.IsNaN(centred) ? 0 : centred);
            }
        }

        return [.. columns];
    }

    private static DenseLayer Layer(Random random, int inputs, int outputs)
    {
        float size = 1 / MathF.Sqrt(Math.Max(inputs, 1));
        return new(inputs, outputs, [.. Floats(random, inputs * outputs).Select(value => size * value)], Floats(random, outputs));
    }

    private static double[] Apply(float[] weights, float[] bias, double[] inputs)
    {
        double[] outputs = [.. bias.Select(value => (double)value)];
        for (int i = 0; i < inputs.Length; i++)
        {
            for (int o = 0; o < outputs.Length; o++)
            {
                outputs[o] += inputs[i] * weights[(i * outputs.Length) + o];
            }
        }

        return outputs;
    }
}
