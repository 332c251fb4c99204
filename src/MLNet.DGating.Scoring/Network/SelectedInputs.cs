using System.Numerics;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>
/// From a row of all slots to the network's inputs: the selected slots, standardized as in training, z = (x − mean) / deviation,
/// and clipped to ±clip. Nothing else of the row is read.
/// </summary>
internal sealed class SelectedInputs
{
    // A sparse row is merged with the selected slots unless it is so much longer that searching for each of them costs less.
    private const int SearchWhenLongerBy = 16;

    private readonly int[] _slots;
    private readonly float[] _mean;
    private readonly float[] _inverseDeviation;

    /// <param name="slotCount">Slots of a row, at least 1.</param>
    /// <param name="slots">The selected slots, ascending, each in [0, slotCount).</param>
    /// <param name="mean">The mean of each selected slot on the training rows.</param>
    /// <param name="inverseDeviation">One over the standard deviation of each, positive.</param>
    /// <param name="clip">Standardized inputs are clipped to ±clip; positive, infinity for no clipping.</param>
    public SelectedInputs(int slotCount, int[] slots, float[] mean, float[] inverseDeviation, float clip)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slotCount, 1);
        ArgumentNullException.ThrowIfNull(slots);
        CheckAscending(slots, slotCount, nameof(slots));
        Numbers.CheckFinite(mean, slots.Length, nameof(mean));
        Numbers.CheckFinite(inverseDeviation, slots.Length, nameof(inverseDeviation));
        int notPositive = Array.FindIndex(inverseDeviation, value => value <= 0);
        if (notPositive >= 0)
        {
            throw new ArgumentException(
                $"Must be positive, but is {inverseDeviation[notPositive]} for slot {slots[notPositive]}. A constant slot cannot be selected.",
                nameof(inverseDeviation));
        }

        if (!(clip > 0))
            throw new ArgumentOutOfRangeException(nameof(clip), clip, "Must be positive.");

        SlotCount = slotCount;
        Clip = clip;
        PaddedCount = PackedLayer.Pad(slots.Length);
        _slots = slots;
        _mean = new float[PaddedCount];
        _inverseDeviation = new float[PaddedCount];
        mean.CopyTo(_mean, 0);
        inverseDeviation.CopyTo(_inverseDeviation, 0);
    }

    public int SlotCount { get; }

    public ReadOnlySpan<int> Slots => _slots;

    public ReadOnlySpan<float> Mean => _mean.AsSpan(0, _slots.Length);

    public ReadOnlySpan<float> InverseDeviation => _inverseDeviation.AsSpan(0, _slots.Length);

    public float Clip { get; }

    /// <summary>The selected slots in whole vectors: what the span to read into must hold.</summary>
    public int PaddedCount { get; }

    /// <summary>Throws unless <paramref name="slots"/> ascend strictly within [0, <paramref name="slotCount"/>).</summary>
    public static void CheckAscending(ReadOnlySpan<int> slots, int slotCount, string name)
    {
        int previous = -1;
        foreach (int slot in slots)
        {
            if (slot <= previous || slot >= slotCount)
                throw new ArgumentException($"Must be ascending slots in [0, {slotCount}), but {slot} follows {previous}.", name);
            previous = slot;
        }
    }

    public void Read(ReadOnlySpan<float> row, Span<float> z)
    {
        CheckLength(row.Length);
        for (int i = 0; i < _slots.Length; i++)
            z[i] = row[_slots[i]];
        Standardize(z);
    }

    public void Read(in VBuffer<float> row, Span<float> z)
    {
        if (row.IsDense)
        {
            Read(row.GetValues(), z);
            return;
        }

        CheckLength(row.Length);
        Gather(row.GetIndices(), row.GetValues(), z);
        Standardize(z);
    }

    private void Gather(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> z)
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
                    at++;
            }

            z[i] = at < indices.Length && indices[at] == slot ? values[at] : 0f;
        }
    }

    // Selecting instead of Min and Max keeps NaN: a missing value must reach the score.
    private void Standardize(Span<float> z)
    {
        z[_slots.Length..PaddedCount].Clear();
        var high = new Vector<float>(Clip);
        Vector<float> low = -high;
        for (int i = 0; i < PaddedCount; i += Vector<float>.Count)
        {
            Vector<float> value = (new Vector<float>(z[i..]) - new Vector<float>(_mean, i)) * new Vector<float>(_inverseDeviation, i);
            value = Vector.ConditionalSelect(Vector.GreaterThan(value, high), high, value);
            value = Vector.ConditionalSelect(Vector.LessThan(value, low), low, value);
            value.CopyTo(z[i..]);
        }
    }

    private void CheckLength(int length)
    {
        if (length != SlotCount)
            throw new ArgumentException($"Incorrect number of features: expected {SlotCount}, got {length}.");
    }
}
