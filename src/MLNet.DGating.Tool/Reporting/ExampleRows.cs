using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Plots;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Reporting;

/// <summary>Some rows whose predictions are explained: a high one, a low one, an undecided one, and the worst.</summary>
/// <param name="outcome">The training.</param>
internal sealed class ExampleRows(TrainingOutcome outcome)
{
    private const int MostRows = 20_000, MostColumns = 6;

    private readonly LabelColumn _label = outcome.Request.Label;
    private readonly FittedModel _fitted = outcome.Fitted;

    /// <summary>Returns the rows, of those that were not trained on where there are such.</summary>
    public IEnumerable<ReportExample> All()
    {
        IDataView view = outcome.Views.Tests.Count == 1 ? outcome.Views.Tests[0].Test : outcome.Views.Training;
        Scored[] rows = [.. Read(_fitted.Score(view)).Take(MostRows)];
        if (rows.Length == 0 || _fitted.Selection.SelectedIndices.Count == 0)
        {
            return [];
        }

        (string Why, Scored Row)[] chosen = [.. Choose(rows).DistinctBy(one => one.Row.Position)];
        return Explained(_fitted.Score(view), chosen);
    }

    private IEnumerable<(string Why, Scored Row)> Choose(Scored[] rows)
    {
        if (_label.Task == LearningTask.Regression)
        {
            Scored[] sorted = [.. rows.OrderBy(row => row.Value)];
            yield return ("The highest prediction", sorted[^1]);
            yield return ("The lowest prediction", sorted[0]);
            yield return ("One in the middle", sorted[sorted.Length / 2]);
            yield return ("The largest error", rows.MaxBy(row => row.Error)!);
            yield break;
        }

        foreach (string word in (string[])[_label.Words[^1], _label.Words[0]])
        {
            if (rows.Where(row => row.Predicted == word).MaxBy(row => row.Confidence) is { } surest)
            {
                yield return ($"The surest '{Sentence.Shown(word)}'", surest);
            }
        }

        yield return ("The least sure", rows.MinBy(row => row.Confidence)!);
        if (rows.MaxBy(row => row.Error) is { Error: > 0.5 } worst)
        {
            yield return ("The surest that is wrong", worst);
        }
    }

    // Predictions and labels of scored rows, in one pass.
    private IEnumerable<Scored> Read(IDataView scored)
    {
        DataViewSchema schema = scored.Schema;
        string label = _label.Task == LearningTask.Regression ? outcome.Request.Names.ExactLabel : outcome.Request.Names.Label;
        string[] wanted = _label.Task switch
        {
            LearningTask.Binary => [label, "Probability", "PredictedLabel"],
            LearningTask.Multiclass => [label, "Score", "PredictedLabel"],
            _ => [label, "Score"],
        };
        using DataViewRowCursor cursor = scored.GetRowCursor(wanted.Select(name => schema[name]));
        Func<(string Actual, string Predicted, double Value, double Confidence, double Error)> row = Getter(cursor, label);
        while (cursor.MoveNext())
        {
            (string actual, string predicted, double value, double confidence, double error) = row();
            yield return new Scored(cursor.Position, actual, predicted, value, confidence, error);
        }
    }

    private Func<(string Actual, string Predicted, double Value, double Confidence, double Error)> Getter(DataViewRow row, string label)
    {
        switch (_label.Task)
        {
            case LearningTask.Binary:
                Func<bool> actual = Get<bool>(row, label), predicted = Get<bool>(row, "PredictedLabel");
                Func<float> probability = Get<float>(row, "Probability");
                return () =>
                {
                    double value = probability();
                    return (_label.Words[actual() ? 1 : 0], _label.Words[predicted() ? 1 : 0], value,
                        predicted() ? value : 1 - value, actual() ? 1 - value : value);
                };
            case LearningTask.Multiclass:
                Func<uint> key = Get<uint>(row, label), called = Get<uint>(row, "PredictedLabel");
                Func<VBuffer<float>> probabilities = Get<VBuffer<float>>(row, "Score");
                return () =>
                {
                    (int one, int other) = ((int)key() - 1, (int)called() - 1);
                    float ofCalled = probabilities().GetItemOrDefault(other);
                    return (_label.Words[one], _label.Words[other], ofCalled, ofCalled, one == other ? 0 : ofCalled);
                };
            default:
                Func<double> number = Get<double>(row, label);
                Func<float> score = Get<float>(row, "Score");
                return () =>
                {
                    double prediction = score() + (_label.Centre ?? 0);
                    return (Number(number()), Number(prediction), prediction, 0, Math.Abs(number() - prediction));
                };
        }
    }

    private IEnumerable<ReportExample> Explained(IDataView scored, (string Why, Scored Row)[] chosen)
    {
        ModelColumn[] columns = [.. outcome.Trained.Description.UsedColumns];
        FeatureSelectionReport selection = _fitted.Selection;
        string[] columnOfSlot = [.. selection.BySlot.Select(slot => _fitted.Plan.PartNamed(slot.Name)?.Column ?? "")];
        DataViewSchema schema = scored.Schema;
        using DataViewRowCursor cursor = scored.GetRowCursor(
            columns.Select(column => schema[column.Name]).Append(schema[selection.FeatureColumnName]));
        Func<VBuffer<float>> features = Get<VBuffer<float>>(cursor, selection.FeatureColumnName);
        ValueGetter<DataViewRowId> id = cursor.GetIdGetter();
        var explained = new ReportExample[chosen.Length];
        long last = chosen.Max(one => one.Row.Position);
        while (cursor.MoveNext() && cursor.Position <= last)
        {
            int index = Array.FindIndex(chosen, one => one.Row.Position == cursor.Position);
            if (index >= 0)
            {
                DataViewRowId number = default;
                id(ref number);
                (string why, Scored row) = chosen[index];
                ScoreExplanation explanation = Selection.ExplanationOf(_fitted.Predictor, features());
                explained[index] = Explain(why, row, (long)number.Low + 1, explanation, columnOfSlot);
            }
        }

        return explained.OfType<ReportExample>();
    }

    private ReportExample Explain(string why, Scored row, long number, ScoreExplanation explanation, string[] columnOfSlot)
    {
        int output = _label.Task == LearningTask.Multiclass ? Math.Max(0, _label.Words.ToList().IndexOf(row.Predicted)) : 0;
        float[] slots = explanation.BySlot(output);
        (string Column, double Sum)[] sums =
        [
            .. slots.Index().GroupBy(slot => columnOfSlot[slot.Index]).Where(group => group.Key.Length > 0)
                .Select(group => (group.Key, group.Sum(slot => (double)slot.Item)))
                .Where(column => column.Item2 != 0).OrderByDescending(column => Math.Abs(column.Item2)),
        ];
        string[] cells = Cells(number - 1, [.. sums.Take(MostColumns).Select(column => column.Column)]);
        (string, string, double)[] shown = [.. sums.Take(MostColumns).Zip(cells, (column, cell) => (column.Column, cell, column.Sum))];
        (string Column, double Sum)[] others = sums[shown.Length..];
        double centre = _label.Centre ?? 0;
        string probability = _label.Task == LearningTask.Regression ? ""
            : string.Create(CultureInfo.InvariantCulture, $" with {row.Confidence:p1}");
        return new ReportExample
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"{why}: row {number:n0}"),
            Outcome = $"Predicted {Quoted(row.Predicted)}{probability}; actual {Quoted(row.Actual)}. Score "
                + $"{Number(explanation.Scores[output] + centre)}, of which "
                + $"{Number(explanation.ReferenceScores[output] + centre)} is the base{Unit}.",
            Contributions = others.Length == 0 ? shown
                : [.. shown, (Sentence.Count(others.Length, "other"), "", others.Sum(column => column.Sum))],
        };
    }

    private string Unit => _label.Task switch
    {
        LearningTask.Binary => " (log-odds)",
        LearningTask.Multiclass => " (before the softmax)",
        _ => "",
    };

    private string Quoted(string word) => _label.Task == LearningTask.Regression ? word : $"'{Sentence.Shown(word)}'";

    // The cells as they stand in the file.
    private string[] Cells(long row, string[] columns)
    {
        TableFile file = outcome.Views.Tests.Count == 1 && outcome.Request.TestFile is { } test ? test : outcome.Request.Table.File;
        int[] indices = [.. columns.Select(file.IndexOf)];
        using TableReader reader = file.Read();
        for (long i = 0; reader.Read(); i++)
        {
            if (i == row)
            {
                return [.. indices.Select(index => Sentence.Shown(reader.Cell(index).ToString()))];
            }
        }

        return [.. columns.Select(_ => "")];
    }

    private static string Number(double value) => value.ToString("g7", CultureInfo.InvariantCulture);

    private static Func<T> Get<T>(DataViewRow row, string column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(row.Schema[column]);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value;
        };
    }

    private sealed record Scored(long Position, string Actual, string Predicted, double Value, double Confidence, double Error);
}
