using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data.Pairs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Writes an additive model with pairs as a network of one hidden layer, whose neurons read two features at most.</summary>
/// <remarks>
/// docs/theory.md §32. The function of a pair is a block of neurons max(0, step i + step j − 1): first those of a step of both features,
/// then those of one, where the other's step is 1, and at the end a neuron that is 1. So nothing but the network has to be kept: where a
/// block ends, and which pair it is of, is seen in its weights.
/// </remarks>
/// <param name="groups">The groups of the training set.</param>
/// <param name="curves">The additive model, whose encoding the network has.</param>
/// <param name="rows">The pairs.</param>
internal sealed class PairNetwork(GroupLayout groups, FitResult curves, PairRows rows)
{
    private readonly GroupLayout _encoded = groups.Encoded(curves.Encoding);

    /// <summary>Gives the result whose network has the curves and pairs of a fit of both.</summary>
    /// <param name="fit">The result on the groups of <see cref="PairRows.Data"/>.</param>
    public FitResult Of(FitResult fit)
    {
        int outputs = fit.Shape.Outputs;
        PairNeuron[] neurons = [.. Neurons(fit)];
        var shape = new NetworkShape([neurons.Length], outputs, Skip: true, DGatingActivation.Relu) { ScoreUnit = fit.Shape.ScoreUnit };
        float[] above = [.. neurons.SelectMany(neuron => neuron.Above)];
        int[] read = [.. PairsOf(fit).SelectMany(PairInGroups).Concat(curves.Groups).Distinct().Order()];
        double[] lambdaOut = [.. curves.LambdaOut];
        Array.ForEach(read, group => lambdaOut[group] = double.PositiveInfinity);
        return curves with
        {
            Groups = read,
            Shape = shape,
            State = new NetworkState(
                Primary(fit, neurons, read, shape.GatedWidth), _encoded.Select(read).OpenGates(),
                [.. neurons.Select(neuron => neuron.Bias), .. fit.State.GatedBias],
                [new DenseLayer(neurons.Length, outputs, above, new float[outputs])]),
            HasPairs = true,
            LambdaOut = lambdaOut,
            HeldOutMetric = fit.HeldOutMetric,
            IsBetterThanConstant = fit.IsBetterThanConstant,
            Calibration = fit.Calibration,
        };
    }

    private IEnumerable<int> PairsOf(FitResult fit) => fit.Groups.Skip(curves.Groups.Length).Select(group => group - curves.Groups.Length);

    private int[] PairInGroups(int pair) => [rows.Cells[pair].Grid.First, rows.Cells[pair].Grid.Second];

    // The weights of the neurons, and behind them those of the curves, as they were trained.
    private float[] Primary(FitResult fit, PairNeuron[] neurons, int[] read, int width)
    {
        int[] columns = _encoded.ColumnsOf(read);
        var placeOf = columns.Index().ToDictionary(column => column.Item, column => column.Index);
        float[] primary = new float[columns.Length * width];
        foreach ((int number, PairNeuron neuron) in neurons.Index())
        {
            Array.ForEach(neuron.Weights, one => primary[placeOf[one.Column] * width + number] = one.Weight);
        }

        // Curves are in front, in the same order.
        int outputs = fit.Shape.Outputs;
        foreach ((int trained, int column) in _encoded.ColumnsOf(curves.Groups).Index())
        {
            fit.State.Primary.AsSpan(trained * outputs, outputs).CopyTo(primary.AsSpan(placeOf[column] * width + neurons.Length));
        }

        return primary;
    }

    private IEnumerable<PairNeuron> Neurons(FitResult fit)
    {
        int outputs = fit.Shape.Outputs, first = _encoded.ColumnsOf(curves.Groups).Length;
        foreach (int pair in PairsOf(fit))
        {
            int cells = rows.Cells[pair].Grid.Cells;
            foreach (PairNeuron neuron in Neurons(pair, fit.State.Primary.AsSpan(first * outputs, cells * outputs), outputs))
            {
                yield return neuron;
            }

            first += cells;
        }
    }

    // The neurons of a pair share a factor, by which the norm of the weights behind them is the deviation of the pair's function.
    private IEnumerable<PairNeuron> Neurons(int pair, ReadOnlySpan<float> weights, int outputs)
    {
        PairCells cells = rows.Cells[pair];
        PairGrid grid = cells.Grid;
        float[] factors = rows.Factors(pair);
        double[][] rises = new double[outputs][];
        double meanSquare = 0, squares = 0;
        for (int output = 0; output < outputs; output++)
        {
            double[] ofCells = new double[grid.Cells];
            for (int cell = 0; cell < ofCells.Length; cell++)
            {
                ofCells[cell] = (double)weights[cell * outputs + output] * factors[cell];
                squares += ofCells[cell] * ofCells[cell];
            }

            meanSquare += rows.MeanSquare(pair, ofCells);
            rises[output] = grid.Rises(cells.Sum(ofCells));
        }

        double factor = meanSquare > 0 ? Math.Sqrt(meanSquare / squares) : 1;
        var first = new PairSteps(grid.A, curves.Encoding);
        var second = new PairSteps(grid.B, curves.Encoding);
        var ofBoth = new List<PairNeuron>();
        var ofOne = new List<PairNeuron>();
        for (int i = 0; i < grid.A.Nodes; i++)
        {
            for (int j = i == 0 ? 1 : 0; j < grid.B.Nodes; j++)
            {
                bool isOfBoth = i > 0 && j > 0;
                (isOfBoth ? ofBoth : ofOne).Add(PairNeuron.Of(first.Of(i), second.Of(j), Above(i, j), isOfBoth ? factor : 1));
            }
        }

        return [.. ofBoth, .. ofOne, PairNeuron.One(Above(0, 0))];

        double[] Above(int i, int j) => Array.ConvertAll(rises, ofOutput => ofOutput[grid.Node(i, j)]);
    }
}
