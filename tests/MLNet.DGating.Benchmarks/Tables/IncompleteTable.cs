using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Benchmarks;

/// <summary>A plain table of which some numbers are taken away, in training and test rows alike.</summary>
/// <param name="Complete">The table.</param>
/// <param name="Missingness">Which numbers are missing.</param>
internal sealed record IncompleteTable(PlainTable Complete, Missingness Missingness)
    : PlainTable($"{Complete.Name}-{Missingness.ToString().ToLowerInvariant()}", Complete.Kind, Complete.Family)
{
    public override PlainSplit Split(int split)
    {
        PlainSplit complete = Complete.Split(split);
        float[] medians = [.. complete.Schema.Numbers.Select((_, i) => Median(complete.Training.Select(row => row.Numbers[i])))];
        float label = complete.Schema.Task == TableTask.Binary ? 0 : Median(complete.Training.Select(row => row.Label));
        var random = new RandomStream(split, purpose: 4);
        return complete with { Training = Array.ConvertAll(complete.Training, Take), Test = Array.ConvertAll(complete.Test, Take) };

        TableRow Take(TableRow row) => row with
        {
            Numbers = [.. row.Numbers.Select((value, i) => random.NextDouble() < Probability(value, i, row.Label) ? float.NaN : value)],
        };

        double Probability(float value, int column, float ofRow) => Missingness switch
        {
            Missingness.Random => 0.2,
            Missingness.High => value > medians[column] ? 0.4 : 0.05,
            _ => column % 2 == 1 ? 0 : ofRow > label ? 0.4 : 0.1,
        };
    }

    private static float Median(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Where(value => !float.IsNaN(value)).Order()];
        return sorted[sorted.Length / 2];
    }
}
