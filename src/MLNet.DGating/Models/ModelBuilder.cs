using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating;

/// <summary>From the engine's result to what a model keeps: the network in slots of the feature column, and the report on the selection.</summary>
internal sealed class ModelBuilder(FitResult fit, PreparedRows rows, FeatureSlots slots)
{
    // The design matrix has its own column order; a model reads slots ascending.
    private readonly int[] _columns =
        [.. rows.Data.Groups.ColumnsOf(fit.Groups).Select((column, row) => (Slot: rows.SlotOfColumn[column], Row: row)).OrderBy(pair => pair.Slot).Select(pair => pair.Row)];

    public CollapsedNetwork Network()
    {
        int[] matrixColumns = rows.Data.Groups.ColumnsOf(fit.Groups);
        int[] inputs = Array.ConvertAll(_columns, row => matrixColumns[row]);
        var selected = new SelectedInputs(
            slots.Count,
            Array.ConvertAll(inputs, column => rows.SlotOfColumn[column]),
            Array.ConvertAll(inputs, column => fit.Scaling.Means[column]),
            Array.ConvertAll(inputs, column => fit.Scaling.InverseDeviations[column]),
            DGatingDefaults.StandardizedBound);

        NetworkShape shape = fit.Shape;
        DGatingActivation activation = shape.Activation == NetworkActivation.Relu ? DGatingActivation.Relu : DGatingActivation.Tanh;
        if (!shape.HasHidden)
        {
            return new CollapsedNetwork(selected, [], activation, Output(inputs.Length, Part(0, shape.Outputs), fit.State.GatedBias));
        }

        var layers = new List<DenseLayer> { new(inputs.Length, shape.ActivatedWidth, Part(0, shape.ActivatedWidth), fit.State.GatedBias[..shape.ActivatedWidth]) };
        for (int i = 0; i + 1 < fit.State.Dense.Length; i++)
        {
            layers.Add(new DenseLayer(shape.Hidden[i], shape.Hidden[i + 1], fit.State.Dense[i].Weights, fit.State.Dense[i].Bias));
        }

        float[] bias = [.. fit.State.Dense[^1].Bias];
        if (shape.HasSkip)
        {
            // The skip's share of the gated bias reaches the output as it is.
            TensorPrimitives.Add(bias, fit.State.GatedBias.AsSpan(shape.ActivatedWidth), bias);
        }

        return new CollapsedNetwork(selected, layers, activation,
            Output(shape.Hidden[^1], [.. fit.State.Dense[^1].Weights], bias),
            shape.HasSkip ? InLabelUnits(Part(shape.ActivatedWidth, shape.Outputs)) : null);
    }

    public FeatureSelectionReport Report(CollapsedNetwork network, double[]? frequency)
    {
        // A group that is constant as a whole was never on the path.
        var lambdaOut = new double[slots.Groups.Length];
        for (int i = 0; i < rows.GroupNumbers.Length; i++)
        {
            lambdaOut[rows.GroupNumbers[i]] = fit.LambdaOut[i];
        }

        return new FeatureSelectionReport(new SelectionData
        {
            FeatureColumnName = slots.ColumnName,
            SlotCount = slots.Count,
            Metadata = slots.Metadata,
            Groups = slots.Groups,
            LambdaOut = lambdaOut,
            SelectedSlots = network.Inputs.Slots.ToArray(),
            Importance = network.InputNorms(),
            ConstantSlots = rows.ConstantSlots,
            Frequency = frequency,
            Certificate = fit.Certificate is { } end
                ? new StationarityCertificate(end.Lambda, end.GateDepth, end.ActiveResidual, end.ZeroGroupRatio, end.ActiveGroups, end.ZeroGroups)
                : null,
        });
    }

    public static DGatingPathPoint[] Path(IReadOnlyList<PathPoint> points, LabelCoding labels) => [.. points.Select(point => new DGatingPathPoint(
        point.Lambda, point.Count, labels.ToLabelUnits(point.TrainingLoss), labels.ToLabelUnits(point.HeldOutLoss)) { Metric = point.HeldOutMetric })];

    // Columns from … from + count − 1 of the gated layer, its rows in the order of the slots.
    private float[] Part(int from, int count)
    {
        int width = fit.Shape.GatedWidth;
        var part = new float[_columns.Length * count];
        for (int i = 0; i < _columns.Length; i++)
        {
            fit.State.Primary.AsSpan(_columns[i] * width + from, count).CopyTo(part.AsSpan(i * count));
        }

        return part;
    }

    private DenseLayer Output(int inputs, float[] weights, float[] bias) => new(
        inputs, fit.Shape.Outputs, InLabelUnits(weights), Array.ConvertAll(bias, value => (float)(value * rows.Labels.Deviation + rows.Labels.Mean)));

    private float[] InLabelUnits(float[] weights)
    {
        TensorPrimitives.Multiply(weights, (float)rows.Labels.Deviation, weights);
        return weights;
    }
}
