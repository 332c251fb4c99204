using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Prediction;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Explanation;

/// <summary>A pass over a table that explains the score of each row by the table's columns.</summary>
internal sealed class ExplanationRun
{
    private readonly ScoredTable _scored;
    private readonly CellCheck _cells;
    private readonly Explain _explain;
    private readonly string _featureColumn;
    private readonly int[] _columnOfSlot;
    private readonly double _centre;

    public ExplanationRun(ScoredTable scored)
    {
        _scored = scored;
        _cells = scored.CheckCells();
        (_explain, _featureColumn) = OfModel(scored.Predictor);
        FeatureSelectionReport selection = Selection.Of(scored.Predictor);
        ModelDescription model = scored.Description;
        string[] columns = [.. model.UsedColumns.Select(column => column.Name)];
        Columns = columns;
        _centre = model.Label.Centre ?? 0;
        var plan = FeaturePlan.Of(model.Columns, model.Names);
        _columnOfSlot = [.. selection.BySlot.Select(slot => Array.IndexOf(columns, plan.PartNamed(slot.Name)?.Column))];
    }

    private delegate ScoreExplanation Explain(in VBuffer<float> row);

    /// <summary>The columns that the model reads.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The warnings about cells, once rows were read.</summary>
    public IEnumerable<string> Warnings => _cells.Warnings;

    /// <summary>Explains rows, one after another.</summary>
    /// <param name="maximum">The largest number of rows; null for all.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <exception cref="ToolException">A column of numbers has none.</exception>
    public IEnumerable<ExplainedRow> Rows(int? maximum, CancellationToken cancellation)
    {
        using TableReader reader = _scored.Table.Read();
        DataViewSchema schema = _scored.Rows.Schema;
        PredictionColumn prediction = PredictionColumn.Of(_scored.Description.Label, schema)[0];
        using DataViewRowCursor cursor = _scored.Rows.GetRowCursor([prediction.Source, schema[_featureColumn]]);
        ValueGetter<VBuffer<float>> features = cursor.GetGetter<VBuffer<float>>(schema[_featureColumn]);
        Func<string> predicted = prediction.Getter(cursor);
        int[] cells = [.. Columns.Select(_scored.Table.IndexOf)];
        VBuffer<float> row = default;
        for (long number = 1; number <= (maximum ?? long.MaxValue) && reader.Read() && cursor.MoveNext(); number++)
        {
            cancellation.ThrowIfCancellationRequested();
            _cells.Add(reader);
            features(ref row);
            ScoreExplanation explanation = _explain(in row);
            int output = explanation.Scores.Index().MaxBy(score => score.Item).Index;
            float[] sums = Sum(explanation.BySlot(output));
            ColumnContribution[] contributions =
            [
                .. Columns.Select((column, i) => new ColumnContribution(column, reader.Cell(cells[i]).ToString(), sums[i])),
            ];
            yield return new ExplainedRow(
                number, predicted(), Shifted(explanation.Scores[output]), Shifted(explanation.ReferenceScores[output]),
                [.. contributions.OrderByDescending(column => Math.Abs(column.Contribution))]);
        }

        _cells.ThrowIfNone();
    }

    private static (Explain Explain, string FeatureColumn) OfModel(ITransformer predictor) => predictor switch
    {
        ISingleFeaturePredictionTransformer<DGatingModelParameters<float>> scalar => (scalar.Model.Explain, scalar.FeatureColumnName),
        ISingleFeaturePredictionTransformer<DGatingModelParameters<VBuffer<float>>> vector =>
            (vector.Model.Explain, vector.FeatureColumnName),
        _ => throw new InvalidOperationException($"A model must be of D-Gating, but is {predictor.GetType()}."),
    };

    // Scores go through their shortest text, so that they have no digits in double precision that they did not have in single.
    private double Shifted(float score) => double.Parse(
        score.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + _centre;

    // A slot of a column that the model does not read has no contribution.
    private float[] Sum(float[] slots)
    {
        float[] sums = new float[Columns.Count];
        for (int slot = 0; slot < slots.Length; slot++)
        {
            if (_columnOfSlot[slot] >= 0)
            {
                sums[_columnOfSlot[slot]] += slots[slot];
            }
        }

        return sums;
    }
}
