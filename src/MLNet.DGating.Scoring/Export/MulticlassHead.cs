namespace MLNet.DGating;

/// <summary>Adds PredictedLabel and Score (a probability for each class).</summary>
internal sealed class MulticlassHead(InverseLink link) : OnnxHead
{
    public override string Task => "multiclass classification";

    public override OnnxOutput[] Outputs(int outputCount) =>
        [new("PredictedLabel", OnnxType.UInt32, 1), new("Score", OnnxType.Float, outputCount)];

    // A key of ML.NET: classes count from 1, and 0 is a missing one.
    public override void AddTo(NetworkGraph network, string[] names)
    {
        IOnnxGraph graph = network.Graph;
        string probabilities = link.AddTo(graph, network.Output);
        network.AddResult(probabilities, float.NaN, names[1]);
        string index = graph.AddNode("ArgMax", [probabilities], OnnxAttribute.Axis(1));
        string key = graph.AddNode("Add", [index, graph.AddConstant("FirstKey", [1L], 1)]);
        graph.AddNode("Cast", [network.AddResult(key, 0L)], OnnxAttribute.To(OnnxType.UInt32), names[0]);
    }
}
