using MLNet.DGating.Torch.Data.Streaming;
using Microsoft.ML.Trainers;

namespace MLNet.DGating;

/// <summary>Reads the usable rows of a cursor again, after a first pass has checked them.</summary>
/// <param name="cursor">The cursor.</param>
/// <param name="order">Maps slots to columns.</param>
/// <param name="targetOf">Gives the target of a label.</param>
/// <param name="factorOf">Gives the factor of the weight of a row with a label.</param>
internal sealed class RowPass(
    FloatLabelCursor cursor, SlotOrder order, Func<float, float> targetOf, Func<float, float> factorOf) : IRowPass
{
    public bool MoveNext()
    {
        while (cursor.MoveNext())
        {
            if (float.IsFinite(cursor.Weight) && cursor.Weight > 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Read(Span<float> features, out float target, out float weight)
    {
        order.Place(cursor.Features, features);
        target = targetOf(cursor.Label);
        weight = cursor.Weight * factorOf(cursor.Label);
    }

    public void Dispose() => cursor.Dispose();
}
