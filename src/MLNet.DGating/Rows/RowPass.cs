using MLNet.DGating.Torch.Data.Streaming;
using Microsoft.ML.Trainers;

namespace MLNet.DGating;

/// <summary>Reads the usable rows of a cursor again, after a first pass has checked them.</summary>
/// <param name="cursor">The cursor.</param>
/// <param name="inputs">The inputs of a row.</param>
/// <param name="slots">The number of slots of the feature column.</param>
/// <param name="targetOf">Gives the target of a label.</param>
/// <param name="factorOf">Gives the factor of the weight of a row with a label.</param>
/// <param name="block">Gives the block of the present row; null where all rows are independent.</param>
internal sealed class RowPass(
    FloatLabelCursor cursor, SlotInputs inputs, int slots, Func<float, float> targetOf, Func<float, float> factorOf, Func<int?>? block)
    : IRowPass
{
    private readonly SlotOrder _order = new(slots, inputs.SlotsOfValues);
    private readonly int[] _indicators = [.. Enumerable.Range(0, inputs.Count).Where(input => inputs.IsIndicator[input])];

    public int? Block => block?.Invoke();

    public bool MoveNext()
    {
        while (cursor.MoveNext())
        {
            if (float.IsFinite(cursor.Weight) && cursor.Weight > 0 && RowContents.Of(in cursor.Features) != RowContent.HasInfinite)
            {
                return true;
            }
        }

        return false;
    }

    public void Read(Span<float> features, out float target, out float weight)
    {
        _order.Place(cursor.Features, features);
        foreach (int indicator in _indicators)
        {
            features[indicator] = float.IsNaN(features[indicator]) ? 1 : 0;
        }

        target = targetOf(cursor.Label);
        weight = cursor.Weight * factorOf(cursor.Label);
    }

    public void Dispose() => cursor.Dispose();
}
