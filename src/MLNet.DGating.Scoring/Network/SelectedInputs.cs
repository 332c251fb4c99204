using MLNet.DGating.Model;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Reads the selected slots of a row and encodes them as the network's inputs.</summary>
/// <remarks>Nothing else of the row is read, so that a missing value in a dropped slot has no effect.</remarks>
internal sealed class SelectedInputs
{
    // A sparse row is merged with the selected slots unless it is so much longer that searching for each of them costs less.
    private const int SearchWhenLongerBy = 16;

    private readonly int[] _slots;

    // A standardization reaches over whole vectors, so that its loop has no tail; what is behind the slots becomes 0.
    private readonly InputEncoding _padded;

    /// <param name="slotCount">Slots of a row, at least 1.</param>
    /// <param name="slots">The selected slots, ascending, each in [0, slotCount).</param>
    /// <param name="encoding">Their encoding: an input for each, finite offsets, scales above 0, lows below highs.</param>
    public SelectedInputs(int slotCount, int[] slots, InputEncoding encoding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slotCount, 1);
        ArgumentNullException.ThrowIfNull(slots);
        SlotIndices.CheckAscending(slots, slotCount, nameof(slots));
        EncodingRules.Check(encoding, slots, nameof(encoding));

        SlotCount = slotCount;
        Encoding = encoding;
        _slots = slots;
        _padded = encoding.IsStandardization ? Pad(encoding) : encoding;
    }

    public int SlotCount { get; }

    public ReadOnlySpan<int> Slots => _slots;

    /// <summary>The encoding of the selected slots, in their order.</summary>
    public InputEncoding Encoding { get; }

    /// <summary>Buffers to read into; one and the same where the values can be encoded in place.</summary>
    public (float[] Values, float[] Columns) CreateBuffers()
    {
        float[] values = new float[_padded.Inputs];
        return (values, _padded.IsOneToOne ? values : new float[_padded.Columns]);
    }

    /// <summary>Encodes the selected values.</summary>
    /// <param name="values">The selected values, in a buffer of <see cref="CreateBuffers"/>.</param>
    /// <param name="columns">The buffer for the network's inputs, of <see cref="CreateBuffers"/>.</param>
    public void Encode(float[] values, float[] columns) => _padded.Encode(values, columns);

    /// <summary>Reads the selected values of a row of all slots.</summary>
    /// <param name="row">[slots].</param>
    /// <param name="values">A buffer for the selected values, of <see cref="CreateBuffers"/>.</param>
    public void Read(ReadOnlySpan<float> row, float[] values)
    {
        CheckLength(row.Length);
        for (int i = 0; i < _slots.Length; i++)
        {
            values[i] = row[_slots[i]];
        }
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{float}, float[])"/>
    public void Read(in VBuffer<float> row, float[] values)
    {
        if (row.IsDense)
        {
            Read(row.GetValues(), values);
            return;
        }

        CheckLength(row.Length);
        Gather(row.GetIndices(), row.GetValues(), values);
    }

    private static InputEncoding Pad(InputEncoding encoding)
    {
        int length = PackedLayer.Pad(encoding.Columns);
        float[] offsets = new float[length], scales = new float[length];
        encoding.Offsets.CopyTo(offsets, 0);
        encoding.Scales.CopyTo(scales, 0);
        return InputEncoding.Standardization(offsets, scales, encoding.UniformBound);
    }

    private void Gather(ReadOnlySpan<int> indices, ReadOnlySpan<float> rowValues, Span<float> values)
    {
        bool search = indices.Length / SearchWhenLongerBy > _slots.Length;
        int at = 0;
        for (int i = 0; i < _slots.Length; i++)
        {
            int slot = _slots[i];
            if (search)
            {
                int found = indices[at..].BinarySearch(slot);
                at += found < 0 ? ~found : found;
            }
            else
            {
                while (at < indices.Length && indices[at] < slot)
                {
                    at++;
                }
            }

            values[i] = at < indices.Length && indices[at] == slot ? rowValues[at] : 0f;
        }
    }

    private void CheckLength(int length)
    {
        if (length != SlotCount)
        {
            throw new ArgumentException($"Incorrect number of features: expected {SlotCount}, got {length}.");
        }
    }
}
