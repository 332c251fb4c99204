using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>Writes the steps of an axis as linear functions of the columns that encode its inputs (docs/theory.md §32).</summary>
/// <remarks>A step over several intervals of the encoding is the sum of their ramps, each by its part of the width.</remarks>
/// <param name="axis">The axis.</param>
/// <param name="encoding">The encoding of all inputs.</param>
internal sealed class PairSteps(PairAxis axis, InputEncoding encoding)
{
    /// <summary>Gives the step of a node; that of node 0 is reached everywhere.</summary>
    public LinearStep Of(int node)
    {
        if (node == 0)
        {
            return LinearStep.Everywhere;
        }

        AxisStep step = axis.Step(node);
        LinearStep reached = step.Ramps > 0 ? OfRamps(step) : OfValue(axis.Inputs[step.Place], step.Low, step.High);
        return axis.IndicatesMissing && step.Place == 0 ? WithoutMissing(reached) : reached;
    }

    // The columns of a missing value are 0, where a step is at its mean. Its own step says what it does.
    private LinearStep WithoutMissing(LinearStep reached)
    {
        LinearStep missing = OfValue(axis.Inputs[1], 0, 1);
        return new LinearStep(
            [.. reached.Weights, (missing.Weights[0].Column, -reached.Constant * missing.Weights[0].Weight)],
            reached.Constant - reached.Constant * missing.Constant);
    }

    private LinearStep OfRamps(AxisStep step)
    {
        var weights = new List<(int Column, double Weight)>();
        double constant = 0;
        for (int i = 0; i < step.Ramps; i++)
        {
            int column = encoding.FirstColumn(axis.Inputs[step.Place]) + 1 + step.FirstRamp + i;
            double high = encoding.Highs[column], width = high / encoding.Scales[column];
            double part = width / ((double)step.High - step.Low) / high;
            weights.Add((column, part));
            constant += part * encoding.Centers[column];
        }

        return new LinearStep([.. weights], constant);
    }

    private LinearStep OfValue(int input, float low, float high)
    {
        int column = encoding.FirstColumn(input);
        double from = encoding.Encode(column, low), to = encoding.Encode(column, high);
        return new LinearStep([(column, 1 / (to - from))], -from / (to - from));
    }
}
