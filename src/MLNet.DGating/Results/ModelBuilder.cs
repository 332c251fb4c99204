using MLNet.DGating.Model;
using MLNet.DGating.Torch.ModelSelection.Fits;

namespace MLNet.DGating;

/// <summary>Builds the parts of a model from the engine's result: network, report and path.</summary>
/// <param name="fit">The engine's result.</param>
/// <param name="rows">The rows of the fit.</param>
internal sealed class ModelBuilder(FitResult fit, PreparedRows rows)
{
    private readonly int[] _selected = rows.Data.Groups.InputsOf(fit.Groups);
    private readonly ModelInputs _inputs = ModelInputs.Of(rows.Inputs.Select(rows.Data.Groups.InputsOf(fit.Groups)));

    /// <summary>Builds the network on slots of the feature column, whose last layer has the label's unit.</summary>
    public CollapsedNetwork Network()
    {
        CollapsedNetwork network = Network(shift: 0);
        return rows.Task.Targets.IsLogarithmic ? Network(Retransformation.ShiftOf(network, rows)) : network;
    }

    // Builds the network with a number added to its scores.
    private CollapsedNetwork Network(double shift)
    {
        InputEncoding encoding = fit.Encoding.Select(Array.ConvertAll(_inputs.Places, place => _selected[place]));
        encoding = rows.EncodesMissing ? encoding.WithZeroWhereMissing() : encoding;
        encoding = encoding.WithUnused(Array.ConvertAll(Columns(), column => column.IsUnused));
        var read = new SelectedInputs(rows.Slots.Count, _inputs.Slots, encoding, _inputs.Indicated);

        NetworkShape shape = fit.Shape;
        if (!shape.HasHidden)
        {
            DenseLayer output = Output(encoding.Columns, Part(0, shape.Outputs), fit.State.GatedBias, shift);
            return new CollapsedNetwork(read, [], shape.Activation, output);
        }

        float[] firstBias = fit.State.GatedBias[..shape.ActivatedWidth];
        DenseLayer first = new(encoding.Columns, shape.ActivatedWidth, Part(0, shape.ActivatedWidth), firstBias);
        DenseLayer last = fit.State.Dense[^1];
        float[] bias = [.. last.Bias];
        if (shape.HasSkip)
        {
            // The skip connection's part of the gated bias is added to the output without an activation.
            TensorPrimitives.Add(bias, fit.State.GatedBias.AsSpan(shape.ActivatedWidth), bias);
        }

        return new CollapsedNetwork(
            read, [first, .. fit.State.Dense[..^1]], shape.Activation, Output(last.Inputs, [.. last.Weights], bias, shift),
            shape.HasSkip ? InLabelUnits(Part(shape.ActivatedWidth, shape.Outputs)) : null);
    }

    /// <summary>Builds the report on the selection.</summary>
    /// <param name="network">The network of the model.</param>
    /// <param name="frequency">The frequency with which each feature was selected; null where it was not measured.</param>
    public FeatureSelectionReport Report(CollapsedNetwork network, double[]? frequency) => new(new SelectionData
    {
        FeatureColumnName = rows.Slots.ColumnName,
        SlotCount = rows.Slots.Count,
        Metadata = rows.Slots.Metadata,
        Groups = rows.Slots.Groups,
        // A group whose slots are all constant is not on the path.
        LambdaOut = rows.OfAllGroups(fit.LambdaOut, missing: 0),
        SelectedSlots = network.Inputs.Slots.ToArray(),
        Importance = Importance(network),
        ConstantSlots = rows.ConstantSlots,
        Frequency = frequency,
        Certificate = fit.Certificate,
        IsBetterThanConstant = fit.IsBetterThanConstant,
        Choice = fit.Choice,
    });

    private float[] Importance(CollapsedNetwork network)
    {
        if (!fit.Encoding.IsPiecewise)
        {
            return network.InputNorms();
        }

        float[] norms = network.Inputs.NormsOfSlots(new PiecewiseImportance(fit, rows).OfInputs(_selected, _inputs));
        return fit.HasPairs && PairBlocks.Of(network, rows.Slots.Groups) is { } pairs
            ? PairImportance.Add(norms, pairs, rows.Task.ScoresInLabelUnits.Factor)
            : norms;
    }

    /// <summary>Builds the points of the path that users read.</summary>
    public DGatingPathPoint[] Path() => [.. fit.Points.Select(point => point.Report(rows.Task))];

    // Gives the columns from … from + count − 1 of the gated weights, with rows in the order of the model's inputs. Those of a linear part
    // have the factors of the encoding.
    private float[] Part(int from, int count)
    {
        bool isLinear = from >= fit.Shape.ActivatedWidth;
        int width = fit.Shape.GatedWidth;
        InputEncoding encoding = fit.Encoding.Select(_selected);
        (int Column, bool IsUnused)[] columns = Columns();
        float[] part = new float[columns.Length * count];
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i].IsUnused)
            {
                continue;
            }

            Span<float> row = part.AsSpan(i * count, count);
            fit.State.Primary.AsSpan(columns[i].Column * width + from, count).CopyTo(row);
            if (isLinear && encoding.SkipFactors.Length > 0)
            {
                TensorPrimitives.Multiply(row, encoding.SkipFactors[columns[i].Column], row);
            }
        }

        return part;
    }

    // Gives the columns of the model's inputs among those of the inputs that were selected. One that is 0 on all training rows has weights
    // that nothing has trained: its slot varies only on rows held out.
    private (int Column, bool IsUnused)[] Columns()
    {
        InputEncoding encoding = fit.Encoding.Select(_selected);
        var columns = new List<(int Column, bool IsUnused)>();
        foreach ((int input, int place) in _inputs.Places.Index())
        {
            for (int column = encoding.FirstColumn(place); column < encoding.FirstColumn(place + 1); column++)
            {
                columns.Add((column, _inputs.IsUnused(input) || encoding.Scales[column] == 0));
            }
        }

        return [.. columns];
    }

    private DenseLayer Output(int inputs, float[] weights, float[] bias, double shift)
    {
        (double factor, double summand) = rows.Task.ScoresInLabelUnits;
        return new DenseLayer(
            inputs, fit.Shape.Outputs, InLabelUnits(weights), Array.ConvertAll(bias, value => (float)(value * factor + (summand + shift))));
    }

    private float[] InLabelUnits(float[] weights)
    {
        TensorPrimitives.Multiply(weights, (float)rows.Task.ScoresInLabelUnits.Factor, weights);
        return weights;
    }
}
