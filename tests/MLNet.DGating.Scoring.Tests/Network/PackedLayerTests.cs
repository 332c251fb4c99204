using CsCheck;

namespace MLNet.DGating.Scoring.Tests.Network;

public class PackedLayerTests
{
    [Fact]
    public void Products_EqualTheDefinition_WhateverPartsOfTheWeightsAreZero() =>
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 90], Gen.Int[1, 5], Gen.Bool, Gen.Int).Sample((inputs, outputs, blocks, readsAll, seed) =>
        {
            var random = new Random(seed);
            float[] weights = Networks.Floats(random, inputs * outputs), bias = Networks.Floats(random, outputs);
            float[] row = Networks.Floats(random, inputs), actual = new float[PackedLayer.Pad(outputs)];
            for (int i = 0; i < weights.Length; i++)
            {
                // Blocks on the diagonal, and some rows and columns that are zero throughout.
                (int input, int output) = (i / outputs, i % outputs);
                weights[i] *= input * blocks / inputs == output * blocks / outputs && input % 13 != 3 && output % 7 != 5 ? 1 : 0;
            }

            var layer = new PackedLayer(inputs, outputs, weights, bias, readsAll);
            layer.Apply(row, actual);
            layer.Accumulate(row, actual);
            for (int output = 0; output < outputs; output++)
            {
                double sum = Enumerable.Range(0, inputs).Sum(input => (double)row[input] * weights[input * outputs + output]);
                Assert.Equal(bias[output] + 2 * sum, actual[output], 2e-5);
            }
        });

    [Fact]
    public void AMissingValue_BehindWeightsOfZero_ReachesTheOutputsOnlyOfALayerThatReadsAll()
    {
        float[] weights = new float[20 * 3], actual = new float[PackedLayer.Pad(3)], row = [float.NaN, .. new float[19]];
        new PackedLayer(20, 3, weights, [1, 2, 3]).Apply(row, actual);
        Assert.Equal([1, 2, 3], actual[..3]);
        new PackedLayer(20, 3, weights, [1, 2, 3], readsAll: true).Apply(row, actual);
        Assert.All(actual[..3], value => Assert.True(float.IsNaN(value)));
    }
}
