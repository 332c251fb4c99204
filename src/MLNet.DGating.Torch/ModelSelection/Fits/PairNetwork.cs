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
        int outputs = fit.Shape.Outputs, first = curves.Groups.Length;
        GroupLayout trained = rows.Data.Groups.Encoded(fit.Encoding).Select(fit.Groups);
        PairGrid[] grids = [.. fit.Groups.Skip(first).Select(group => rows.Cells[group - first].Grid)];
        int[] read = [.. grids.SelectMany(grid => new[] { grid.First, grid.Second }).Concat(curves.Groups).Distinct().Order()];
        var firstColumns = _encoded.Select(read).Starts.Zip(read).ToDictionary(one => one.Second, one => one.First);

        var neurons = new List<PairNeuron>();
        for (int place = first; place < fit.Groups.Length; place++)
        {
            ReadOnlySpan<float> weights = fit.State.Primary.AsSpan(trained.Starts[place] * outputs, trained.Size(place) * outputs);
            neurons.AddRange(Neurons(fit.Groups[place] - first, weights, outputs));
        }

        var shape = new NetworkShape([neurons.Count], outputs, Skip: true, DGatingActivation.Relu) { ScoreUnit = fit.Shape.ScoreUnit };
        float[] primary = new float[_encoded.Select(read).Columns * shape.GatedWidth], bias = new float[shape.GatedWidth];
        float[] above = new float[neurons.Count * outputs];
        foreach ((int number, PairNeuron neuron) in neurons.Index())
        {
            bias[number] = neuron.Bias;
            neuron.Above.CopyTo(above, number * outputs);
            foreach ((int column, float weight) in neuron.Weights)
            {
                int group = GroupOf(column);
                primary[(firstColumns[group] + column - _encoded.Starts[group]) * shape.GatedWidth + number] = weight;
            }
        }

        foreach ((int place, int group) in curves.Groups.Index())
        {
            for (int i = 0; i < trained.Size(place); i++)
            {
                fit.State.Primary.AsSpan((trained.Starts[place] + i) * outputs, outputs)
                    .CopyTo(primary.AsSpan((firstColumns[group] + i) * shape.GatedWidth + neurons.Count));
            }
        }

        fit.State.GatedBias.CopyTo(bias, neurons.Count);
        double[] lambdaOut = [.. curves.LambdaOut];
        Array.ForEach(read, group => lambdaOut[group] = double.PositiveInfinity);
        return curves with
        {
            Groups = read,
            Shape = shape,
            State = new NetworkState(
                primary, _encoded.Select(read).OpenGates(), bias, [new DenseLayer(neurons.Count, outputs, above, new float[outputs])]),
            HasPairs = true,
            LambdaOut = lambdaOut,
            HeldOutMetric = fit.HeldOutMetric,
            IsBetterThanConstant = fit.IsBetterThanConstant,
            Calibration = fit.Calibration,
        };
    }

    private int GroupOf(int column)
    {
        int found = Array.BinarySearch(_encoded.Starts, column);
        return found < 0 ? ~found - 1 : found;
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

        double factor = squares > 0 ? Math.Sqrt(meanSquare / squares) : 1;
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
