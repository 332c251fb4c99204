namespace MLNet.DGating;

/// <summary>From a network's outputs to the columns that ML.NET's transformer of a task makes.</summary>
internal abstract class OnnxHead
{
    public static OnnxHead Binary { get; } = new BinaryHead();

    public static OnnxHead Multiclass { get; } = new MulticlassHead();

    public static OnnxHead Regression { get; } = new RegressionHead();

    /// <summary>The task, as the metadata name it.</summary>
    public abstract string Task { get; }

    /// <summary>The columns, in the order of ML.NET's scorers.</summary>
    public abstract OnnxOutput[] Outputs(int outputCount);

    /// <summary>Adds the columns that the model makes, under <paramref name="names"/> in the order of <see cref="Outputs"/>.</summary>
    public abstract void AddTo(NetworkGraph network, string[] names);

    /// <summary>Adds what is not the model's: in a pipeline ML.NET's transformer adds it, with a threshold of its own.</summary>
    public virtual void AddThreshold(NetworkGraph network, string[] names)
    {
    }

    private sealed class BinaryHead : OnnxHead
    {
        public override string Task => "binary classification";

        public override OnnxOutput[] Outputs(int outputCount) =>
            [new("PredictedLabel", OnnxType.Bool, 1), new("Score", OnnxType.Float, 1), new("Probability", OnnxType.Float, 1)];

        public override void AddTo(NetworkGraph network, string[] names)
        {
            IOnnxGraph graph = network.Graph;
            const float Smallest = DGatingBinaryModelParameters.SmallestProbability;
            network.AddResult(network.Output, float.NaN, names[1]);
            string probability = graph.AddNode("Clip",
                [graph.AddNode("Sigmoid", [network.Output]), graph.AddConstant("Smallest", [Smallest]), graph.AddConstant("Largest", [1 - Smallest])]);
            network.AddResult(probability, float.NaN, names[2]);
        }

        public override void AddThreshold(NetworkGraph network, string[] names) =>
            network.Graph.AddNode("Greater", [names[1], network.Graph.AddConstant("Threshold", [0f])], output: names[0]);
    }

    private sealed class MulticlassHead : OnnxHead
    {
        public override string Task => "multiclass classification";

        public override OnnxOutput[] Outputs(int outputCount) => [new("PredictedLabel", OnnxType.UInt32, 1), new("Score", OnnxType.Float, outputCount)];

        // A key of ML.NET: classes count from 1, and 0 is a missing one.
        public override void AddTo(NetworkGraph network, string[] names)
        {
            IOnnxGraph graph = network.Graph;
            string probabilities = graph.AddNode("Softmax", [network.Output], OnnxAttribute.Axis(1));
            network.AddResult(probabilities, float.NaN, names[1]);
            string index = graph.AddNode("ArgMax", [probabilities], OnnxAttribute.Axis(1));
            string key = graph.AddNode("Add", [index, graph.AddConstant("FirstKey", [1L], 1)]);
            graph.AddNode("Cast", [network.AddResult(key, 0L)], OnnxAttribute.To(OnnxType.UInt32), names[0]);
        }
    }

    private sealed class RegressionHead : OnnxHead
    {
        public override string Task => "regression";

        public override OnnxOutput[] Outputs(int outputCount) => [new("Score", OnnxType.Float, 1)];

        public override void AddTo(NetworkGraph network, string[] names) => network.AddResult(network.Output, float.NaN, names[0]);
    }
}
