namespace MLNet.DGating;

/// <summary>Adds Score, one of the quantiles, and Quantiles, which has all of them ascending.</summary>
/// <param name="middle">The number of the quantile that is the score.</param>
internal sealed class QuantileHead(int middle) : OnnxHead
{
    /// <summary>The name of the output with all quantiles.</summary>
    public const string ColumnName = "Quantiles";

    public override string Task => "regression";

    public override OnnxOutput[] Outputs(int outputCount) =>
        [new("Score", OnnxType.Float, 1), new(ColumnName, OnnxType.Float, outputCount)];

    public override void AddTo(NetworkGraph network, string[] names)
    {
        IOnnxGraph graph = network.Graph;
        string count = graph.AddConstant("QuantileCount", [(long)network.OutputCount], 1);
        string sorted = graph.AddNode("TopK", [network.Output, count], OnnxAttribute.Ascending, unreadOutputs: 1);
        string score = graph.AddNode("Gather", [sorted, graph.AddConstant("Middle", [(long)middle], 1)], OnnxAttribute.Axis(1));
        network.AddResult(score, float.NaN, names[0]);
        network.AddResult(sorted, float.NaN, names[1]);
    }
}
