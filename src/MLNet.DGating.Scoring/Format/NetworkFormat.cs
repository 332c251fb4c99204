using MLNet.DGating.Model;
using Microsoft.ML.Internal.Utilities;

namespace MLNet.DGating;

/// <summary>Writes and reads a <see cref="CollapsedNetwork"/>.</summary>
internal static class NetworkFormat
{
    // Far beyond any network worth training; a larger number can only come from a damaged file.
    private const int MaximumHiddenLayers = 1000;

    // *** Binary format ***
    // int: slots of a row
    // int: k, selected slots
    // int[k]: the selected slots, ascending
    // byte: 1 if the columns of a missing value are 0, 0 if they are NaN; since version 5, 0 before
    // only if it is 1:
    //     int: m, the selected slots with an input for missing values
    //     int[m]: their places among the selected slots, ascending
    // the encoding of the k selected slots and of the m inputs behind them (EncodingFormat)
    // byte: activation, 0 ReLU, 1 tanh
    // int: hidden layers
    // for each hidden layer, then for the output layer:
    //     int: outputs; the inputs are the outputs of the layer before, the columns of the encoding for the first
    //     float[inputs * outputs]: weights, row-major [inputs, outputs]
    //     float[outputs]: bias
    // byte: 1 if there is a skip, else 0
    // float[columns * outputs of the output layer]: the skip's weights, row-major; only if there is one
    public static void Write(BinaryWriter writer, CollapsedNetwork network)
    {
        SelectedInputs inputs = network.Inputs;
        writer.Write(inputs.SlotCount);
        writer.Write(inputs.Slots.Length);
        writer.WriteIntsNoCount(inputs.Slots);
        writer.WriteBoolByte(inputs.Encoding.IsZeroWhereMissing);
        if (inputs.Encoding.IsZeroWhereMissing)
        {
            writer.Write(inputs.Indicated.Length);
            writer.WriteIntsNoCount(inputs.Indicated);
        }

        EncodingFormat.Write(writer, inputs.Encoding);

        writer.Write((byte)network.Activation);
        writer.Write(network.Hidden.Count);
        foreach (DenseLayer layer in network.Hidden.Append(network.Output))
        {
            writer.Write(layer.Outputs);
            writer.WriteSinglesNoCount(layer.Weights);
            writer.WriteSinglesNoCount(layer.Bias);
        }

        writer.WriteBoolByte(network.Skip is not null);
        writer.WriteSinglesNoCount(network.Skip);
    }

    public static CollapsedNetwork Read(CheckedReader reader, uint version)
    {
        int slotCount = reader.ReadInt(1, int.MaxValue, "the number of slots");
        int k = reader.ReadInt(0, slotCount, "the number of selected slots");
        int[] slots = reader.ReadInts(k, 0, slotCount - 1, "the selected slots");
        bool isZeroWhereMissing = version >= FormatVersion.WithMissingValues && reader.ReadFlag("the use of missing values");
        int m = isZeroWhereMissing ? reader.ReadInt(0, k, "the number of inputs for missing values") : 0;
        int[] indicated = reader.ReadInts(m, 0, k - 1, "the slots of the inputs for missing values");
        InputEncoding encoding = EncodingFormat.Read(reader, k + m, version);
        encoding = isZeroWhereMissing ? encoding.WithZeroWhereMissing() : encoding;
        SelectedInputs inputs = reader.Build(() => new SelectedInputs(slotCount, slots, encoding, indicated));

        var activation = (DGatingActivation)reader.ReadByte((byte)DGatingActivation.Tanh, "the activation");
        var hidden = new DenseLayer[reader.ReadInt(0, MaximumHiddenLayers, "the number of hidden layers")];
        int width = encoding.Columns;
        for (int i = 0; i < hidden.Length; i++)
        {
            hidden[i] = ReadLayer(reader, width);
            width = hidden[i].Outputs;
        }

        DenseLayer output = ReadLayer(reader, width);
        bool hasSkip = reader.ReadFlag("the skip's presence");
        float[]? skip = hasSkip ? reader.ReadFloats((long)encoding.Columns * output.Outputs, "the skip's weights") : null;
        return reader.Build(() => new CollapsedNetwork(inputs, hidden, activation, output, skip));
    }

    private static DenseLayer ReadLayer(CheckedReader reader, int inputCount)
    {
        int outputCount = reader.ReadInt(1, int.MaxValue, "the number of a layer's outputs");
        float[] weights = reader.ReadFloats((long)inputCount * outputCount, "a layer's weights");
        float[] bias = reader.ReadFloats(outputCount, "a layer's bias");
        return new DenseLayer(inputCount, outputCount, weights, bias);
    }
}
