using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data.Encodings;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Data;

/// <summary>Finds the piecewise-linear encoding of numbers on training rows (docs/theory.md §19).</summary>
/// <remarks>
/// Inputs of two values, such as indicators of categories, keep their one column. The columns of a group have the variance 1 together. Of
/// that its indicators have parts as they have of their own variance, so that rare categories do not count as much as frequent ones. What
/// indicates missing values of a slot has a part of that slot's variance (docs/theory.md §28).
/// </remarks>
/// <param name="data">The rows.</param>
/// <param name="statistics">The means and deviations of all inputs over the training rows.</param>
internal sealed class PiecewiseEncoder(TrainingSet data, ColumnStatistics statistics)
{
    /// <summary>Gives the encoding of all inputs.</summary>
    /// <param name="rows">The numbers of the training rows; where ranks hold them and they are many, a sample gives the edges.</param>
    public InputEncoding Encode(int[] rows)
    {
        int count = rows.Length;
        rows = data.Features.Sample(rows);
        float[] weights = data.Weights is null ? [.. rows.Select(_ => 1f)] : data.WeightsOf(rows);
        (float[] targets, int width) = Targets(rows);
        var columns = new PiecewiseColumns(data.IsAdditive ? ColumnFactor.OfCurves(count) : ColumnFactor.BesideNetwork);
        for (int group = 0; group < data.Groups.Count; group++)
        {
            int[] inputs = [.. Enumerable.Range(data.Groups.InputStarts[group], data.Groups.InputCount(group))];
            Add(columns, inputs, Array.ConvertAll(Read(rows, inputs), column => DistinctValues.Of(column, weights, targets, width)));
        }

        return data.Features.HasMissing ? columns.ToEncoding().WithZeroWhereMissing() : columns.ToEncoding();
    }

    private void Add(PiecewiseColumns columns, int[] inputs, DistinctValues[] values)
    {
        const float bound = DGatingDefaults.StandardizedBound;
        // What indicates missing values of the input before it belongs to the slot of that input.
        bool[] isOfPrevious = [.. inputs.Select((_, i) => i > 0 && IsIndicator(i) && !IsIndicator(i - 1))];
        float[][] edges = [.. inputs.Select((input, i) => statistics.IsConstant(input) ? [] : NumberEdges.Of(values[i]))];
        double[] deviations =
            [.. inputs.Select((input, i) => edges[i].Length == 0 && !isOfPrevious[i] ? DeviationOfIndicator(input, values[i]) : 0)];
        double indicators = deviations.Count(deviation => deviation > 0), sum = deviations.Sum(deviation => deviation * deviation);
        int slots = isOfPrevious.Count(isIndicator => !isIndicator);
        for (int i = 0; i < inputs.Length; i++)
        {
            float mean = statistics.Means[inputs[i]], inverse = statistics.InverseDeviations[inputs[i]];
            double share = (deviations[i] > 0 ? indicators * deviations[i] * deviations[i] / sum : 1) / slots;
            bool isIndicated = i + 1 < inputs.Length && isOfPrevious[i + 1];
            double missing = isIndicated ? statistics.Means[inputs[i + 1]] : 0;
            // The columns of the value have 1/(1 + p) of the slot's variance over all rows, so 1/(1 - p²) over those that have a value.
            double ofPresent = missing < 1 ? share / (1 - missing * missing) : share;
            if (edges[i].Length == 0)
            {
                columns.AddLinear(mean, inverse, bound, ofPresent);
            }
            else
            {
                columns.AddRamps(values[i], edges[i], mean, inverse, bound, ofPresent);
            }

            if (isIndicated)
            {
                i++;
                columns.AddLinear(
                    statistics.Means[inputs[i]], statistics.InverseDeviations[inputs[i]], bound,
                    missing > 0 ? share * missing / (1 + missing) : share);
            }
        }

        bool IsIndicator(int i) => data.Features.IsIndicator(inputs[i]);
    }

    // The deviation of an input whose values are taken as 0 and 1; 0 for a constant input.
    private double DeviationOfIndicator(int input, DistinctValues values) =>
        statistics.IsConstant(input) ? 0 : 1 / (statistics.InverseDeviations[input] * ((double)values.Values[^1] - values.Values[0]));

    private float[][] Read(int[] rows, int[] inputs)
    {
        FeatureMatrix features = data.Features.Fetch(rows, inputs);
        float[][] columns = [.. inputs.Select(_ => new float[rows.Length])];
        float[] row = new float[inputs.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            features.Read(rows[i], inputs, row);
            for (int j = 0; j < row.Length; j++)
            {
                columns[j][i] = row[j];
            }
        }

        return columns;
    }

    // Classes become indicators, since their numbers have no order.
    private (float[] Targets, int Width) Targets(int[] rows)
    {
        float[] targets = data.TargetsOf(rows);
        if (data.Task.Classes is not int classes || classes <= 2)
        {
            return (targets, data.TargetWidth);
        }

        float[] indicators = new float[rows.Length * classes];
        for (int i = 0; i < rows.Length; i++)
        {
            indicators[i * classes + (int)targets[i]] = 1;
        }

        return (indicators, classes);
    }
}
