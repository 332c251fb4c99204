using CsCheck;
using MLNet.DGating.Model;

namespace MLNet.DGating.Scoring.Tests;

/// <summary>Random networks and rows, and what they score in double precision by the definition.</summary>
internal static class Networks
{
    public static Gen<CollapsedNetwork> Any { get; } =
        from slotCount in Gen.Int[1, 40]
        from seed in Gen.Int
        from hiddenCount in Gen.Int[0, 3]
        from outputCount in Gen.Int[1, 11]
        from skip in Gen.Bool
        from tanh in Gen.Bool
        select Create(new Random(seed), slotCount, hiddenCount, outputCount, skip, tanh ? DGatingActivation.Tanh : DGatingActivation.Relu);

    public static CollapsedNetwork Create(
        Random random, int slotCount, int hiddenCount, int outputCount, bool skip, DGatingActivation activation, int? selectedCount = null, int? width = null)
    {
        int[] slots = [.. Enumerable.Range(0, slotCount).ToArray().OrderBy(_ => random.Next()).Take(selectedCount ?? random.Next(slotCount + 1)).Order()];
        float[] mean = Floats(random, slots.Length);
        float[] inverseDeviation = [.. Floats(random, slots.Length).Select(value => 0.5f + Math.Abs(value))];

        var hidden = new List<DenseLayer>();
        int inputs = slots.Length;
        for (int i = 0; i < hiddenCount; i++)
        {
            int outputs = width ?? random.Next(1, 50);
            hidden.Add(Layer(random, inputs, outputs));
            inputs = outputs;
        }

        return new CollapsedNetwork(
            new SelectedInputs(slotCount, slots, mean, inverseDeviation, clip: 2f),
            hidden, activation, Layer(random, inputs, outputCount), skip ? Floats(random, slots.Length * outputCount) : null);
    }

    public static float[] Floats(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];

    /// <summary>Rows with zeros in them, so that a sparse form differs from the dense one.</summary>
    public static float[] Row(Random random, int count) => [.. Floats(random, count).Select(value => random.Next(3) == 0 ? 0 : 6 * value)];

    public static double[] ScoreByDefinition(CollapsedNetwork network, float[] row)
    {
        SelectedInputs inputs = network.Inputs;
        var z = new double[inputs.Slots.Length];
        for (int i = 0; i < z.Length; i++)
            z[i] = Math.Clamp(((double)row[inputs.Slots[i]] - inputs.Mean[i]) * inputs.InverseDeviation[i], -inputs.Clip, inputs.Clip);

        double[] values = z;
        bool relu = network.Activation == DGatingActivation.Relu;
        foreach (DenseLayer layer in network.Hidden)
            values = [.. Apply(layer.Weights, layer.Bias, values).Select(value => relu ? Math.Max(value, 0) : Math.Tanh(value))];
        double[] scores = Apply(network.Output.Weights, network.Output.Bias, values);
        if (network.Skip is not null)
            scores = [.. scores.Zip(Apply(network.Skip, new float[scores.Length], z), (score, skip) => score + skip)];
        return scores;
    }

    private static DenseLayer Layer(Random random, int inputs, int outputs) =>
        new(inputs, outputs, [.. Floats(random, inputs * outputs).Select(value => value / MathF.Sqrt(Math.Max(inputs, 1)))], Floats(random, outputs));

    private static double[] Apply(float[] weights, float[] bias, double[] inputs)
    {
        double[] outputs = [.. bias.Select(value => (double)value)];
        for (int i = 0; i < inputs.Length; i++)
        {
            for (int o = 0; o < outputs.Length; o++)
                outputs[o] += inputs[i] * weights[(i * outputs.Length) + o];
        }

        return outputs;
    }
}
