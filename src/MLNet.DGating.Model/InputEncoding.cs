using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNet.DGating.Model;

/// <summary>Describes how inputs become columns of a network's first layer.</summary>
/// <remarks>
/// A column is clip((x − offset) · scale, low, high) − center of one input x. An input has one column or several adjacent ones:
/// standardization has one column for each input, a piecewise-linear encoding one for each interval. A missing value, NaN, stays NaN and
/// makes the scores NaN, or is 0 in every column.
/// </remarks>
internal sealed class InputEncoding
{
    /// <summary>The scale of columns without weights: a scale must be above 0.</summary>
    private const float SmallestScale = 1e-30f;

    private readonly int[] _starts;

    /// <param name="starts">The first column of each input, and behind them the number of columns [inputs + 1].</param>
    /// <param name="offsets">The number that is subtracted from the input, for each column.</param>
    /// <param name="scales">The factor of the difference, for each column; 0 for a constant column.</param>
    /// <param name="lows">The least value of each column; −∞ for no bound.</param>
    /// <param name="highs">The greatest value of each column; +∞ for no bound.</param>
    public InputEncoding(int[] starts, float[] offsets, float[] scales, float[] lows, float[] highs)
        : this(starts, offsets, scales, lows, highs, CommonBound(lows, highs))
    {
    }

    /// <summary>Whether every input has a linear column, and behind it the ramps of adjacent intervals, ascending, or none.</summary>
    /// <remarks>
    /// A ramp is at its low below its interval, at its high above it, and linear in between. So all ramps of an input but one are at a
    /// bound, and a product with them is a sum that can be kept for every interval.
    /// </remarks>
    public bool IsPiecewise { get; init; }

    /// <summary>What is subtracted from each column after it was clipped; empty for nothing.</summary>
    /// <remarks>So the mean of every column over the training rows is 0, as that of a standardized input is.</remarks>
    public float[] Centers { get; init; } = [];

    /// <summary>The factors of the columns for a linear part beside the network; empty where all are 1.</summary>
    /// <remarks>They only matter in training; a model has them in its weights.</remarks>
    public float[] SkipFactors { get; init; } = [];

    /// <summary>Whether the columns of a missing value are 0, their mean over the training rows; else they are NaN.</summary>
    public bool IsZeroWhereMissing { get; init; }

    private InputEncoding(int[] starts, float[] offsets, float[] scales, float[] lows, float[] highs, float uniformBound)
    {
        _starts = starts;
        (Offsets, Scales, Lows, Highs, UniformBound) = (offsets, scales, lows, highs, uniformBound);
        IsOneToOne = starts.Length == offsets.Length + 1 && starts.Index().All(start => start.Item == start.Index);
        IsStandardization = IsOneToOne && !float.IsNaN(uniformBound);
    }

    /// <summary>The first column of each input, and behind them the number of columns [inputs + 1].</summary>
    public int[] Starts => _starts;

    public int Inputs => _starts.Length - 1;

    public int Columns => Offsets.Length;

    /// <summary>Whether every input has exactly one column.</summary>
    public bool IsOneToOne { get; }

    /// <summary>Whether every input has exactly one column, and all have the same bound.</summary>
    public bool IsStandardization { get; }

    public float[] Offsets { get; }

    public float[] Scales { get; }

    public float[] Lows { get; }

    public float[] Highs { get; }

    /// <summary>The bound ±b that all columns share; NaN where they have bounds of their own.</summary>
    public float UniformBound { get; }

    /// <summary>Creates the encoding z = clip((x − mean) / deviation, ±bound), one column for each input (docs/theory.md §7).</summary>
    /// <param name="means">The mean of each input; 0 for one that is not centred.</param>
    /// <param name="inverseDeviations">1 / deviation of each input; 0 for a constant input, which becomes exactly 0.</param>
    /// <param name="bound">The bound, above 0; infinity for no clipping.</param>
    public static InputEncoding Standardization(float[] means, float[] inverseDeviations, float bound)
    {
        float[] lows = new float[means.Length], highs = new float[means.Length];
        Array.Fill(lows, -bound);
        Array.Fill(highs, bound);
        return new InputEncoding([.. Enumerable.Range(0, means.Length + 1)], means, inverseDeviations, lows, highs, bound);
    }

    /// <summary>Gives the first column of an input.</summary>
    public int FirstColumn(int input) => _starts[input];

    /// <summary>Gives the number of columns of an input.</summary>
    public int ColumnCount(int input) => _starts[input + 1] - _starts[input];

    /// <summary>Tells whether a column is 0 where its input is 0, so that sparse rows stay sparse.</summary>
    public bool KeepsZero(int column) => Offsets[column] == 0 && Lows[column] <= 0 && Highs[column] >= 0;

    /// <summary>Gives the encoding of these inputs alone, in this order; a bound that all columns share stays.</summary>
    public InputEncoding Select(ReadOnlySpan<int> inputs)
    {
        int[] starts = new int[inputs.Length + 1];
        var columns = new List<int>();
        for (int i = 0; i < inputs.Length; i++)
        {
            columns.AddRange(Enumerable.Range(_starts[inputs[i]], ColumnCount(inputs[i])));
            starts[i + 1] = columns.Count;
        }

        float[] lows = Of(Lows), highs = Of(Highs);
        float bound = float.IsNaN(UniformBound) ? CommonBound(lows, highs) : UniformBound;
        return new InputEncoding(starts, Of(Offsets), Of(Scales), lows, highs, bound)
        {
            IsPiecewise = IsPiecewise,
            Centers = Centers.Length > 0 ? Of(Centers) : [],
            SkipFactors = SkipFactors.Length > 0 ? Of(SkipFactors) : [],
            IsZeroWhereMissing = IsZeroWhereMissing,
        };

        float[] Of(float[] values) => [.. columns.Select(column => values[column])];
    }

    /// <summary>Gives the same encoding, in which the columns of a missing value are 0.</summary>
    public InputEncoding WithZeroWhereMissing() => IsZeroWhereMissing
        ? this
        : new InputEncoding(_starts, Offsets, Scales, Lows, Highs, UniformBound)
        {
            IsPiecewise = IsPiecewise,
            Centers = Centers,
            SkipFactors = SkipFactors,
            IsZeroWhereMissing = true,
        };

    /// <summary>Gives the same encoding with some columns that are next to 0, whatever their input is.</summary>
    /// <remarks>A model must have no weights for them. Training that goes on from it gives them none either.</remarks>
    /// <param name="isUnused">Whether each column is one of them.</param>
    public InputEncoding WithUnused(bool[] isUnused) => isUnused.Contains(true)
        ? new InputEncoding(
            _starts, Offsets, [.. Scales.Select((scale, column) => isUnused[column] ? SmallestScale : scale)], Lows, Highs, UniformBound)
        {
            IsPiecewise = IsPiecewise,
            Centers = Centers,
            SkipFactors = SkipFactors,
            IsZeroWhereMissing = IsZeroWhereMissing,
        }
        : this;

    /// <summary>Encodes a row.</summary>
    /// <remarks>Where every input has one column, both spans may be the same memory.</remarks>
    /// <param name="inputs">The raw inputs [inputs].</param>
    /// <param name="columns">Receives the encoded columns [columns].</param>
    public void Encode(ReadOnlySpan<float> inputs, Span<float> columns)
    {
        if (IsStandardization)
        {
            Standardize(inputs, columns);
            return;
        }

        for (int input = 0; input < inputs.Length; input++)
        {
            for (int column = _starts[input]; column < _starts[input + 1]; column++)
            {
                columns[column] = Encode(column, inputs[input]);
            }
        }
    }

    /// <summary>Encodes one column, given the value of its input.</summary>
    public float Encode(int column, float value)
    {
        if (IsZeroWhereMissing && float.IsNaN(value))
        {
            return 0;
        }

        float scaled = (value - Offsets[column]) * Scales[column];
        // Math.Clamp keeps NaN.
        float clipped = Math.Clamp(scaled, Lows[column], Highs[column]);
        return Centers.Length > 0 ? clipped - Centers[column] : clipped;
    }

    private static float CommonBound(float[] lows, float[] highs)
    {
        float bound = highs.Length == 0 ? float.PositiveInfinity : highs[0];
        return highs.AsSpan().ContainsAnyExcept(bound) || lows.AsSpan().ContainsAnyExcept(-bound) ? float.NaN : bound;
    }

    // This is vectorized since it runs for every row of every batch. Unlike Min and Max, ConditionalSelect keeps NaN.
    private void Standardize(ReadOnlySpan<float> inputs, Span<float> columns)
    {
        ReadOnlySpan<Vector<float>> values = MemoryMarshal.Cast<float, Vector<float>>(inputs);
        ReadOnlySpan<Vector<float>> offsets = MemoryMarshal.Cast<float, Vector<float>>(Offsets);
        ReadOnlySpan<Vector<float>> scales = MemoryMarshal.Cast<float, Vector<float>>(Scales);
        Span<Vector<float>> targets = MemoryMarshal.Cast<float, Vector<float>>(columns);
        var high = new Vector<float>(UniformBound);
        Vector<float> low = -high;
        Vector<int> keepsMissing = IsZeroWhereMissing ? Vector<int>.Zero : Vector<int>.AllBitsSet;
        for (int i = 0; i < values.Length; i++)
        {
            Vector<float> scaled = (values[i] - offsets[i]) * scales[i];
            scaled = Vector.ConditionalSelect(Vector.GreaterThan(scaled, high), high, scaled);
            scaled = Vector.ConditionalSelect(Vector.LessThan(scaled, low), low, scaled);
            // Only NaN differs from itself.
            targets[i] = scaled & (Vector.Equals(scaled, scaled) | keepsMissing).As<int, float>();
        }

        for (int i = values.Length * Vector<float>.Count; i < inputs.Length; i++)
        {
            columns[i] = Encode(i, inputs[i]);
        }
    }
}
