using MLNet.DGating.Model;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Reads the selected slots of a row and encodes them as the network's inputs.</summary>
/// <remarks>
/// Nothing else of the row is read, so that a missing value in a dropped slot has no effect. Some slots have a second input, which is 1
/// where the value is missing and else 0; these inputs are behind those of all slots (docs/theory.md §28).
/// </remarks>
internal sealed class SelectedInputs
{
    // A sparse row is merged with the selected slots unless it is so much longer that searching for each of them costs less.
    private const int SearchWhenLongerBy = 16;

    private readonly int[] _slots;
    private readonly int[] _indicated;

    // A standardization reaches over whole vectors, so that its loop has no tail; what is behind the slots becomes 0.
    private readonly InputEncoding _padded;

    /// <param name="slotCount">Slots of a row, at least 1.</param>
    /// <param name="slots">The selected slots, ascending, each in [0, slotCount).</param>
    /// <param name="encoding">The encoding of the inputs: finite offsets, scales above 0, lows below highs.</param>
    /// <param name="indicated">The places among the slots of those with a second input, ascending; null for none.</param>
    public SelectedInputs(int slotCount, int[] slots, InputEncoding encoding, int[]? indicated = null)
    {
        indicated ??= [];
        ArgumentOutOfRangeException.ThrowIfLessThan(slotCount, 1);
        ArgumentNullException.ThrowIfNull(slots);
        SlotIndices.CheckAscending(slots, slotCount, nameof(slots));
        if (indicated.Length > 0)
        {
            SlotIndices.CheckAscending(indicated, slots.Length, nameof(indicated));
        }

        EncodingRules.Check(encoding, [.. slots, .. indicated.Select(place => slots[place])], nameof(encoding));
        if (indicated.Length > 0 && !encoding.IsZeroWhereMissing)
        {
            throw new ArgumentException("A slot can only indicate missing values where its other columns are 0.", nameof(encoding));
        }

        SlotCount = slotCount;
        Encoding = encoding;
        _slots = slots;
        _indicated = indicated;
        _padded = encoding.IsStandardization ? Pad(encoding) : encoding;
    }

    public int SlotCount { get; }

    public ReadOnlySpan<int> Slots => _slots;

    /// <summary>The places among <see cref="Slots"/> of those that have an input for missing values, ascending.</summary>
    public ReadOnlySpan<int> Indicated => _indicated;

    /// <summary>The encoding of the selected slots, in their order, and behind them that of the inputs for missing values.</summary>
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

        Indicate(values);
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
        Indicate(values);
    }

    /// <summary>Gives the norm of each slot, given those of all inputs.</summary>
    public float[] NormsOfSlots(float[] norms)
    {
        float[] ofSlots = norms[.._slots.Length];
        for (int i = 0; i < _indicated.Length; i++)
        {
            ref float norm = ref ofSlots[_indicated[i]];
            norm = float.Hypot(norm, norms[_slots.Length + i]);
        }

        return ofSlots;
    }

    private void Indicate(float[] values)
    {
        for (int i = 0; i < _indicated.Length; i++)
        {
            values[_slots.Length + i] = float.IsNaN(values[_indicated[i]]) ? 1 : 0;
        }
    }

    private static InputEncoding Pad(InputEncoding encoding)
    {
        int length = PackedLayer.Pad(encoding.Columns);
        float[] offsets = new float[length], scales = new float[length];
        encoding.Offsets.CopyTo(offsets, 0);
        encoding.Scales.CopyTo(scales, 0);
        var padded = InputEncoding.Standardization(offsets, scales, encoding.UniformBound);
        return encoding.IsZeroWhereMissing ? padded.WithZeroWhereMissing() : padded;
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
