using MLNet.DGating.Model;

namespace MLNet.DGating.Scoring.Tests.Export;

public class NetworkGraphTests
{
    private static readonly string[] s_before = ["Gather", "IsNaN", "Cast", "MatMul", "Cast", "Sub", "Mul"];

    [Fact]
    public void ACommonBound_IsClipped() =>
        Assert.Equal([.. s_before, "Clip", "Gemm"], Add(InputEncoding.Standardization([0, 0], [1, 1], 10)).Operations);

    [Fact]
    public void NoBound_AddsNoOperator() =>
        Assert.Equal([.. s_before, "Gemm"], Add(InputEncoding.Standardization([0, 0], [1, 1], float.PositiveInfinity)).Operations);

    [Fact]
    public void BoundsOfTheirOwn_AreTakenColumnByColumn_AndASlotIsGatheredForEachColumn()
    {
        Graph graph = Add(new InputEncoding([0, 2, 3], [1, 2, 3], [4, 5, 6], [-1, 0, float.NegativeInfinity], [1, 2, 3]));
        Assert.Equal([.. s_before, "Max", "Min", "Gemm"], graph.Operations);
        Assert.Equal([1L, 1, 4], graph.Integers["Slots"]);
        Assert.Equal([1f, 2, 3], graph.Floats["Mean"]);
        Assert.Equal([4f, 5, 6], graph.Floats["InverseDeviation"]);
        Assert.Equal([-1f, 0, float.NegativeInfinity], graph.Floats["Lowest"]);
        Assert.Equal([1f, 2, 3], graph.Floats["Highest"]);
    }

    private static Graph Add(InputEncoding encoding)
    {
        var output = new DenseLayer(encoding.Columns, 1, new float[encoding.Columns], [0]);
        var graph = new Graph();
        var network = new CollapsedNetwork(new SelectedInputs(5, [1, 4], encoding), [], DGatingActivation.Relu, output);
        _ = new NetworkGraph(graph, network, "Features");
        return graph;
    }

    /// <summary>Records what is added to it.</summary>
    private sealed class Graph : IOnnxGraph
    {
        public List<string> Operations { get; } = [];

        public Dictionary<string, float[]> Floats { get; } = [];

        public Dictionary<string, long[]> Integers { get; } = [];

        public string AddConstant(string name, float[] values, params long[] shape)
        {
            Floats.Add(name, values);
            return name;
        }

        public string AddConstant(string name, long[] values, params long[] shape)
        {
            Integers.Add(name, values);
            return name;
        }

        public string AddNode(
            string operation, string[] inputs, OnnxAttribute? attribute = null, string? output = null, int unreadOutputs = 0)
        {
            Operations.Add(operation);
            return output ?? operation;
        }
    }
}
