using MLNet.DGating.Model;
using MLNet.DGating.Scoring.Tests.Network;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.DGating.Scoring.Tests.Format;

public class NetworkFormatTests
{
    [Fact]
    public void Write_GivesTheBytesOfTheFormatsDescription()
    {
        var inputs = new SelectedInputs(5, [1, 4], InputEncoding.Standardization([0.5f, -2], [2, 0.25f], 10));
        var network = new CollapsedNetwork(
            inputs, [new(2, 1, [3, 4], [5])], DGatingActivation.Tanh, new DenseLayer(1, 2, [6, 7], [8, 9]), skip: [10, 11, 12, 13]);
        byte[] expected = Bytes(writer =>
        {
            Array.ForEach([5, 2, 1, 4], writer.Write);
            writer.Write((byte)0);
            writer.Write((byte)0);
            Array.ForEach([0.5f, -2, 2, 0.25f, 10], writer.Write);
            writer.Write((byte)1);
            writer.Write(1);
            writer.Write(1);
            Array.ForEach([3f, 4, 5], writer.Write);
            writer.Write(2);
            Array.ForEach([6f, 7, 8, 9], writer.Write);
            writer.Write((byte)1);
            Array.ForEach([10f, 11, 12, 13], writer.Write);
        });
        Assert.Equal(expected, Bytes(writer => NetworkFormat.Write(writer, network)));
    }

    [Fact]
    public void Write_OfANetworkWithoutSlots_KeepsTheBound()
    {
        var all = InputEncoding.Standardization([1, 2], [1, 1], 10);
        var inputs = new SelectedInputs(2, [], all.Select([]));
        var network = new CollapsedNetwork(inputs, [], DGatingActivation.Relu, new DenseLayer(0, 1, [], [3]));
        byte[] bytes = Bytes(writer => NetworkFormat.Write(writer, network));
        Assert.Equal(10, BitConverter.ToSingle(bytes, 2 * sizeof(int) + 2 * sizeof(byte)));
        CollapsedNetwork read = Read(bytes);
        Assert.Equal(10, read.Inputs.Encoding.UniformBound);
        Assert.Equal(bytes, Bytes(writer => NetworkFormat.Write(writer, read)));
    }

    [Fact]
    public void Write_OfAnyNetworkWithMissingValues_IsReadAgain() => Networks.WithMissingValues.Sample(network =>
    {
        byte[] bytes = Bytes(writer => NetworkFormat.Write(writer, network));
        CollapsedNetwork read = Read(bytes);
        Assert.True(read.Inputs.Encoding.IsZeroWhereMissing);
        Assert.Equal(network.Inputs.Indicated.ToArray(), read.Inputs.Indicated.ToArray());
        Assert.Equal(bytes, Bytes(writer => NetworkFormat.Write(writer, read)));
    });

    [Fact]
    public void Read_OfDamagedIndicators_NamesThem()
    {
        RejectsIndicators("The model is damaged: the use of missing values is 2, not in [0, 1].", flag: 2, 0);
        RejectsIndicators("The model is damaged: the number of inputs for missing values is 3, not in [0, 2].", flag: 1, 3);
        RejectsIndicators("The model is damaged: the slots of the inputs for missing values not in [0, 1].", flag: 1, 1, 2);
        RejectsIndicators("The model is damaged: the file ends within the slots of the inputs for missing values.", flag: 1, 2, 0);

        static void RejectsIndicators(string message, byte flag, params int[] numbers)
        {
            byte[] bytes = Bytes(writer =>
            {
                Array.ForEach([5, 2, 1, 4], writer.Write);
                writer.Write(flag);
                Array.ForEach(numbers, writer.Write);
            });
            Assert.StartsWith(message, Assert.Throws<FormatException>(() => Read(bytes)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_OfADamagedNumber_NamesIt()
    {
        Rejects("The model is damaged: the number of slots is -1, not in [1, 2147483647].", slotCount: -1);
        Rejects("The model is damaged: the selected slots not in [0, 4].", slots: [1, 5]);
        Rejects("The model is damaged. Must be ascending slots in [0, 5), but 1 follows 4. (Parameter 'slots')", slots: [4, 1]);
        Rejects("The model is damaged: the means hold NaN or infinity.", mean: [0, float.NaN]);
        Rejects("The model is damaged: the deviations hold NaN or infinity.", inverseDeviation: [1, float.PositiveInfinity]);
        Rejects(
            "The model is damaged. Must be positive, but is -2 for slot 4. A constant slot cannot be selected. "
            + "(Parameter 'inverseDeviation')",
            inverseDeviation: [1, -2]);
        Rejects("The model is damaged: the clip bound is NaN.", clip: float.NaN);
        Rejects("The model is damaged. Must be positive. (Parameter 'clip')", clip: 0);
        Rejects("The model is damaged: the activation is 2, not in [0, 1].", activation: 2);
        Rejects("The model is damaged: the number of a layer's outputs is 0, not in [1, 2147483647].", outputs: 0);
        Rejects("The model is damaged: a layer's weights hold NaN or infinity.", weights: [float.NaN, 0]);
        Rejects("The model is damaged: the file ends within a layer's weights.", outputs: int.MaxValue);
        Assert.Equal([1, 4], Read(Damaged()).Inputs.Slots.ToArray());
    }

    private static void Rejects(
        string message, int slotCount = 5, int[]? slots = null, float[]? mean = null, float[]? inverseDeviation = null, float clip = 10,
        byte activation = 0, int outputs = 1, float[]? weights = null)
    {
        byte[] bytes = Damaged(slotCount, slots, mean, inverseDeviation, clip, activation, outputs, weights);
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => Read(bytes)).Message, StringComparison.Ordinal);
    }

    // A linear network of two slots.
    private static byte[] Damaged(
        int slotCount = 5, int[]? slots = null, float[]? mean = null, float[]? inverseDeviation = null, float clip = 10,
        byte activation = 0, int outputs = 1, float[]? weights = null) => Bytes(writer =>
    {
        writer.Write(slotCount);
        writer.Write(2);
        Array.ForEach(slots ?? [1, 4], writer.Write);
        writer.Write((byte)0);
        writer.Write((byte)0);
        Array.ForEach(mean ?? [0, 0], writer.Write);
        Array.ForEach(inverseDeviation ?? [1, 1], writer.Write);
        writer.Write(clip);
        writer.Write(activation);
        writer.Write(0);
        writer.Write(outputs);
        Array.ForEach(weights ?? [1, 1], writer.Write);
        writer.Write(0f);
        writer.Write((byte)0);
    });

    private static CollapsedNetwork Read(byte[] bytes)
    {
        var reader = new CheckedReader((IHostEnvironment)new MLContext(), new BinaryReader(new MemoryStream(bytes)), bytes.Length);
        return NetworkFormat.Read(reader, FormatVersion.Current);
    }

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        return stream.ToArray();
    }
}
