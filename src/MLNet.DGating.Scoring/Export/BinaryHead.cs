namespace MLNet.DGating;

/// <summary>Adds PredictedLabel, Score (the logit) and Probability.</summary>
internal sealed class BinaryHead(InverseLink link) : OnnxHead
{
    public override string Task => "binary classification";

    public override OnnxOutput[] Outputs(int outputCount) =>
        [new("PredictedLabel", OnnxType.Bool, 1), new("Score", OnnxType.Float, 1), new("Probability", OnnxType.Float, 1)];

    public override void AddTo(NetworkGraph network, string[] names)
    {
        network.AddResult(network.Output, float.NaN, names[1]);
        network.AddResult(link.AddTo(network.Graph, network.Output), float.NaN, names[2]);
    }

    public override void AddThreshold(NetworkGraph network, string[] names) =>
        network.Graph.AddNode("Greater", [names[1], network.Graph.AddConstant("Threshold", [0f])], output: names[0]);
}
