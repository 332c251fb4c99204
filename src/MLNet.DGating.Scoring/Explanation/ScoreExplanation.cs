namespace MLNet.DGating;

/// <summary>Explains the scores of one row: what each slot adds, compared with a row at the mean of the training rows.</summary>
/// <remarks>
/// The contributions to an output add up to its score less its reference score, up to rounding (docs/theory.md §18). Scores are those of
/// the network, before a link: log-odds for two classes, a number for each of several before the softmax, the prediction for numbers. Of an
/// additive model with pairs each of two features has half of what the pair adds; <see cref="ByTerm"/> has curves and pairs apart.
/// </remarks>
/// <example>
/// <code>
/// var model = mlContext.BinaryClassification.Trainers.DGating().Fit(data).Model;
/// foreach (FeatureContribution one in model.Explain(data).First().BySourceColumn())
/// {
///     Console.WriteLine($"{one.Name}: {one.Contribution:+0.00;-0.00}");
/// }
/// </code>
/// </example>
public sealed class ScoreExplanation
{
    private readonly FeatureSelectionReport _report;
    private readonly float[][] _contributions;
    private readonly double[,] _pairs;

    /// <param name="report">The report on the slots.</param>
    /// <param name="referenceScores">The scores at the reference [outputs].</param>
    /// <param name="scores">The scores of the row [outputs].</param>
    /// <param name="contributions">The contributions [outputs][selected slots].</param>
    /// <param name="pairs">What each pair of features adds, half of which each of them has [outputs, pairs].</param>
    internal ScoreExplanation(
        FeatureSelectionReport report, float[] referenceScores, float[] scores, float[][] contributions, double[,] pairs)
    {
        (_report, _contributions, _pairs) = (report, contributions, pairs);
        ReferenceScores = Array.AsReadOnly(referenceScores);
        Scores = Array.AsReadOnly(scores);
    }

    /// <summary>The scores of a row at the mean of the training rows, one an output: one a class where there are several.</summary>
    /// <remarks>Of an additive model with pairs they are those without curves and surfaces, whose means are 0.</remarks>
    public IReadOnlyList<float> ReferenceScores { get; }

    /// <summary>The scores of the row, one an output.</summary>
    public IReadOnlyList<float> Scores { get; }

    /// <summary>Gives the contribution of each slot of the feature column; exactly 0 where the model does not read it.</summary>
    /// <param name="output">The output: with several classes, the number of the class from 0; else 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public float[] BySlot(int output = 0)
    {
        CheckOutput(output);
        float[] slots = new float[_report.Data.SlotCount];
        foreach ((int index, int slot) in _report.Data.SelectedSlots.Index())
        {
            slots[slot] = _contributions[output][index];
        }

        return slots;
    }

    /// <summary>Gives the contribution of each of <see cref="FeatureSelectionReport.Features"/>, summed over its slots.</summary>
    /// <inheritdoc cref="BySlot(int)"/>
    public IReadOnlyList<FeatureContribution> ByFeature(int output = 0) => Sum(_report.Features, output);

    /// <summary>Gives the contribution of each of <see cref="FeatureSelectionReport.BySourceColumn"/>, summed over its slots.</summary>
    /// <inheritdoc cref="BySlot(int)"/>
    public IReadOnlyList<FeatureContribution> BySourceColumn(int output = 0) => Sum(_report.BySourceColumn, output);

    /// <summary>Gives what each curve and each surface of an additive model adds: first features, then pairs.</summary>
    /// <param name="output">The output: with several classes, the number of the class from 0; else 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    /// <exception cref="InvalidOperationException">The model has no curves.</exception>
    public IReadOnlyList<TermContribution> ByTerm(int output = 0)
    {
        CheckOutput(output);
        if (!_report.HasCurves)
        {
            throw new InvalidOperationException(
                "The model has no curves, so that features have no terms of their own: use ByFeature, or train with Shape = Additive.");
        }

        float[] slots = BySlot(output);
        FeaturePair[] pairs = [.. _report.PairsInOrder];
        double[] curves = [.. _report.Features.Select(feature => feature.Slots.Sum(slot => (double)slots[slot]))];
        foreach ((int number, FeaturePair pair) in pairs.Index())
        {
            curves[pair.First.Index] -= _pairs[output, number] / 2;
            curves[pair.Second.Index] -= _pairs[output, number] / 2;
        }

        return
        [
            .. _report.Features.Where(feature => feature.IsSelected).Select(feature =>
                new TermContribution(feature.Name, [feature.Name], (float)curves[feature.Index])),
            .. pairs.Select((pair, number) =>
                new TermContribution(pair.Name, [pair.First.Name, pair.Second.Name], (float)_pairs[output, number])),
        ];
    }

    private FeatureContribution[] Sum(IReadOnlyList<FeatureGate> gates, int output)
    {
        float[] slots = BySlot(output);
        return
        [
            .. gates.Select(gate =>
                new FeatureContribution(gate.Index, gate.Name, (float)gate.Slots.Sum(slot => (double)slots[slot]))),
        ];
    }

    private void CheckOutput(int output)
    {
        if (output < 0 || output >= _contributions.Length)
        {
            int last = _contributions.Length - 1;
            throw new ArgumentOutOfRangeException(nameof(output), output, $"Must be an output of the model: 0 to {last}.");
        }
    }
}
