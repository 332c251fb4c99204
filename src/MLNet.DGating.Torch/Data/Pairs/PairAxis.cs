namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>Divides the values of a feature by nodes, as one axis of the grid of a pair (docs/theory.md §32).</summary>
/// <remarks>
/// Node 0 is where no step is reached. The nodes of a number follow in a chain: at each one more step is reached. Every other node, that of
/// a category's value or of a missing number, has a step of its own, and the others are not reached there.
/// </remarks>
/// <param name="inputs">The inputs of the feature in the training set.</param>
/// <param name="edges">The values of a number at the nodes of the chain, from node 0 on; empty for a category.</param>
/// <param name="steps">The steps of nodes 1, 2, …: first those of the chain.</param>
internal sealed class PairAxis(int[] inputs, float[] edges, AxisStep[] steps)
{
    private readonly int _chain = Math.Max(0, edges.Length - 1);

    /// <summary>The inputs of the feature in the training set.</summary>
    public int[] Inputs => inputs;

    /// <summary>Whether there are two inputs: a number, and what indicates that it is missing.</summary>
    public bool IndicatesMissing { get; init; }

    public int Nodes => steps.Length + 1;

    /// <summary>Gives the step of a node, from 1.</summary>
    public AxisStep Step(int node) => steps[node - 1];

    /// <summary>Gives the node at which all steps of a node but its own are reached; −1 for node 0.</summary>
    public int Parent(int node) => node <= _chain ? node - 1 : 0;

    /// <summary>Tells whether the step of a node is reached at another node.</summary>
    public bool IsReached(int step, int node) => step == node || step < node && node <= _chain;

    /// <summary>Finds the place of a feature's values.</summary>
    /// <param name="values">The values of the inputs.</param>
    public AxisPoint Find(ReadOnlySpan<float> values)
    {
        for (int node = _chain + 1; node < Nodes; node++)
        {
            AxisStep step = Step(node);
            if (Math.Abs(values[step.Place] - step.High) < Math.Abs(values[step.Place] - step.Low))
            {
                return AxisPoint.At(node);
            }
        }

        return _chain == 0 ? AxisPoint.At(0) : FindInChain(values[steps[0].Place]);
    }

    private AxisPoint FindInChain(float value)
    {
        if (!(value > edges[0]))
        {
            return AxisPoint.At(0);
        }

        if (value >= edges[^1])
        {
            return AxisPoint.At(_chain);
        }

        int found = Array.BinarySearch(edges, value);
        int node = found < 0 ? ~found - 1 : found;
        return new AxisPoint(node, node + 1, (value - edges[node]) / (edges[node + 1] - edges[node]));
    }
}
