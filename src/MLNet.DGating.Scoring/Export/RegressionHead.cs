namespace MLNet.DGating;

/// <summary>Adds Score: the predicted number.</summary>
internal sealed class RegressionHead(InverseLink link) : OnnxHead
{
    public override string Task => "regression";

    public override OnnxOutput[] Outputs(int outputCount) => [new("Score", OnnxType.Float, 1)];

    public override void AddTo(NetworkGraph network, string[] names) =>
        network.AddResult(link.AddTo(network.Graph, network.Output), float.NaN, names[0]);
}
