namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>The grid of a pair of features: every node of one with every node of the other (docs/theory.md §32).</summary>
/// <remarks>
/// A cell between four nodes is divided into two triangles. A function of the pair is known by its values at the nodes; it is linear on
/// every triangle.
/// </remarks>
/// <param name="First">The first group.</param>
/// <param name="Second">The second group.</param>
/// <param name="A">The axis of the first group.</param>
/// <param name="B">The axis of the second group.</param>
internal sealed record PairGrid(int First, int Second, PairAxis A, PairAxis B)
{
    public int Nodes => A.Nodes * B.Nodes;

    /// <summary>The number of functions beyond those of one axis: one for each node that is 0 on neither.</summary>
    public int Cells => (A.Nodes - 1) * (B.Nodes - 1);

    /// <summary>Gives the number of the node that is i on the first axis and j on the second.</summary>
    public int Node(int i, int j) => i * B.Nodes + j;

    /// <summary>Gives the place of a row.</summary>
    public GridPlace Place(AxisPoint a, AxisPoint b)
    {
        int across = Node(a.Next, b.Node), along = Node(a.Node, b.Next);
        return a.Share + b.Share <= 1
            ? new GridPlace(Node(a.Node, b.Node), 1 - a.Share - b.Share, across, a.Share, along, b.Share)
            : new GridPlace(Node(a.Next, b.Next), a.Share + b.Share - 1, across, 1 - b.Share, along, 1 - a.Share);
    }

    /// <summary>Splits a function into parts that are 0 where their steps are not reached: sums of these are its values.</summary>
    /// <remarks>The part of nodes i and j is the factor of max(0, step i + step j − 1), where step 0 is 1 everywhere.</remarks>
    /// <param name="values">The values at the nodes.</param>
    public double[] Rises(ReadOnlySpan<double> values)
    {
        double[] rises = new double[values.Length];
        for (int i = 0; i < A.Nodes; i++)
        {
            int before = A.Parent(i);
            for (int j = 0; j < B.Nodes; j++)
            {
                int below = B.Parent(j);
                rises[Node(i, j)] = At(values, i, j) - At(values, before, j) - At(values, i, below) + At(values, before, below);
            }
        }

        return rises;
    }

    private double At(ReadOnlySpan<double> values, int i, int j) => i < 0 || j < 0 ? 0 : values[Node(i, j)];
}
