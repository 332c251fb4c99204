using MLNet.DGating.Model;
using MLNet.DGating.Torch.ModelSelection.Fits;

namespace MLNet.DGating;

/// <summary>
/// Builds what a model keeps from the engine's result: the network in slots of the feature column, the report and the path.
/// </summary>
internal sealed class ModelBuilder(FitResult fit, PreparedRows rows)
{
    // The training set has its own order of inputs; a model reads slots ascending.
    private readonly int[] _order =
        [.. Enumerable.Range(0, rows.Data.Groups.InputsOf(fit.Groups).Length).OrderBy(i => rows.SlotOfInput[rows.Data.Groups.InputsOf(fit.Groups)[i]])];

    /// <summary>The network, its last layer in the label's unit.</summary>
    public CollapsedNetwork Network()
    {
        int[] selected = rows.Data.Groups.InputsOf(fit.Groups);
        int[] inputs = Array.ConvertAll(_order, i => selected[i]);
        InputEncoding encoding = fit.Encoding.Select(inputs);
        var read = new SelectedInputs(rows.Slots.Count, Array.ConvertAll(inputs, input => rows.SlotOfInput[input]), encoding);

        NetworkShape shape = fit.Shape;
        if (!shape.HasHidden)
        {
            return new CollapsedNetwork(read, [], shape.Activation, Output(encoding.Columns, Part(0, shape.Outputs), fit.State.GatedBias));
        }

        DenseLayer first = new(encoding.Columns, shape.ActivatedWidth, Part(0, shape.ActivatedWidth), fit.State.GatedBias[..shape.ActivatedWidth]);
        DenseLayer last = fit.State.Dense[^1];
        float[] bias = [.. last.Bias];
        if (shape.HasSkip)
        {
            // The skip's share of the gated bias reaches the output as it is.
            TensorPrimitives.Add(bias, fit.State.GatedBias.AsSpan(shape.ActivatedWidth), bias);
        }

        return new CollapsedNetwork(
            read, [first, .. fit.State.Dense[..^1]], shape.Activation, Output(last.Inputs, [.. last.Weights], bias),
            shape.HasSkip ? InLabelUnits(Part(shape.ActivatedWidth, shape.Outputs)) : null);
    }

    /// <summary>The report on the selection.</summary>
    /// <param name="network">The model's network.</param>
    /// <param name="frequency">How often each feature was selected; null where that was not measured.</param>
    public FeatureSelectionReport Report(CollapsedNetwork network, double[]? frequency) => new(new SelectionData
    {
        FeatureColumnName = rows.Slots.ColumnName,
        SlotCount = rows.Slots.Count,
        Metadata = rows.Slots.Metadata,
        Groups = rows.Slots.Groups,
        // A group that is constant as a whole was never on the path.
        LambdaOut = rows.OfAllGroups(fit.LambdaOut, missing: 0),
        SelectedSlots = network.Inputs.Slots.ToArray(),
        Importance = network.InputNorms(),
        ConstantSlots = rows.ConstantSlots,
        Frequency = frequency,
        Certificate = fit.Certificate,
    });

    /// <summary>The path as users see it.</summary>
    public DGatingPathPoint[] Path() => [.. fit.Points.Select(point => point.Report(rows.Task))];

    // Columns from … from + count − 1 of the gated layer, its rows in the order of the slots.
    private float[] Part(int from, int count)
    {
        int width = fit.Shape.GatedWidth;
        InputEncoding encoding = fit.Encoding.Select(rows.Data.Groups.InputsOf(fit.Groups));
        int[] columns = [.. _order.SelectMany(input => Enumerable.Range(encoding.FirstColumn(input), encoding.ColumnCount(input)))];
        var part = new float[columns.Length * count];
        for (int i = 0; i < columns.Length; i++)
        {
            fit.State.Primary.AsSpan(columns[i] * width + from, count).CopyTo(part.AsSpan(i * count));
        }

        return part;
    }

    private DenseLayer Output(int inputs, float[] weights, float[] bias) => new(
        inputs, fit.Shape.Outputs, InLabelUnits(weights),
        Array.ConvertAll(bias, value => (float)(value * rows.Task.Targets.Deviation + rows.Task.Targets.Mean)));

    private float[] InLabelUnits(float[] weights)
    {
        TensorPrimitives.Multiply(weights, (float)rows.Task.Targets.Deviation, weights);
        return weights;
    }
}
