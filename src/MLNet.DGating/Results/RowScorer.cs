using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating;

/// <summary>Scores prepared rows with the network of a model.</summary>
/// <param name="network">The network.</param>
/// <param name="rows">The rows.</param>
/// <param name="scored">The numbers of those that are scored.</param>
internal sealed class RowScorer(CollapsedNetwork network, PreparedRows rows, int[] scored)
{
    private readonly int[] _inputs = InputsOf(network, rows);
    private readonly FeatureMatrix _features = rows.Data.Features.Fetch(scored, InputsOf(network, rows));
    private readonly float[] _values = new float[network.Inputs.Slots.Length];
    private readonly float[] _row = new float[rows.Slots.Count];
    private readonly CollapsedNetwork.Scratch _scratch = network.CreateScratch();

    /// <summary>Computes the scores of a row [outputs].</summary>
    public void Score(int row, Span<float> scores)
    {
        _features.Read(row, _inputs, _values);
        ReadOnlySpan<int> slots = network.Inputs.Slots;
        for (int i = 0; i < slots.Length; i++)
        {
            // Of a slot with a single value it is only known whether that is missing.
            _row[slots[i]] = !rows.Inputs.IsIndicator[_inputs[i]] ? _values[i] : _values[i] > 0 ? float.NaN : 0;
        }

        network.Score(_row, scores, _scratch);
    }

    private static int[] InputsOf(CollapsedNetwork network, PreparedRows rows)
    {
        // The value of a slot is before its indicator.
        var inputOfSlot =
            rows.Inputs.Slots.Index().DistinctBy(pair => pair.Item).ToDictionary(pair => pair.Item, pair => pair.Index);
        return Array.ConvertAll(network.Inputs.Slots.ToArray(), slot => inputOfSlot[slot]);
    }
}
