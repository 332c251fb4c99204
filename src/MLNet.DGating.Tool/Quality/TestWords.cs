using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Splitting;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Quality;

/// <summary>The words for how a model was tested.</summary>
internal static class TestWords
{
    /// <summary>Returns "On 100 rows that were not trained on:", the line above the table of metrics.</summary>
    public static string Heading(ModelDescription model)
    {
        long rows = model.Training.TestRows;
        string counted = Sentence.Count(rows, "row"), were = rows == 1 ? "was" : "were";
        string together = model.Training.Test?.Group is { } group ? $"; rows of one '{group}' stay together" : "";
        return model.Training.Test switch
        {
            { Kind: TestKind.Folds, Folds: { } folds } =>
                $"Cross-validated: {counted}, each predicted by one of {folds} models that {were} not trained on it{together}. "
                + "The model itself is trained on all rows.",
            { Kind: TestKind.Time, Source: { } column, From: { } from } => $"On the last {counted}, '{column}' from {from} on:",
            { Kind: TestKind.File, Source: { } file } => $"On {counted} of {file}:",
            _ => $"On {counted} that {were} not trained on{together}:",
        };
    }

    /// <summary>Returns how the test was made, in a few words.</summary>
    public static string Short(ModelDescription model)
    {
        string rows = Sentence.Count(model.Training.TestRows, "row");
        string together = model.Training.Test?.Group is { } group ? $", rows of one '{group}' together" : "";
        return model.Training.Test switch
        {
            null => "not at all",
            { Kind: TestKind.Folds, Folds: { } folds } => $"on all {rows} in turn, {folds} folds{together}",
            { Kind: TestKind.Time, Source: { } column } => $"on the last {rows} by '{column}'",
            { Kind: TestKind.File, Source: { } file } => $"on {rows} of {file}",
            _ when model.Label.Task == LearningTask.Regression => $"on {rows} that were held out, small and large labels alike{together}",
            _ => $"on {rows} that were held out, of each class the same share{together}",
        };
    }

    /// <summary>Returns what the test cannot say, a sentence each.</summary>
    public static IEnumerable<string> Warnings(ModelDescription model)
    {
        TestDescription? test = model.Training.Test;
        if (test is { Kind: TestKind.Folds } && test.TestedFolds < test.Folds)
        {
            yield return $"{test.TestedFolds} of {test.Folds} folds were tested, with {Sentence.Count(model.Training.TestRows, "row")}: "
                + "the others were stopped, or have one class only.";
        }

        if (model.Metrics.Count > 0 && model.Training.TestRows < TestPlan.FewestTestRows && test is { Kind: not TestKind.Folds })
        {
            string cure = test.Kind == TestKind.HeldOut ? "; without --split all rows are tested on in turn" : "";
            yield return $"the test is of {Sentence.Count(model.Training.TestRows, "row")} only: mind the intervals{cure}.";
        }

        ClassCount[] alone = [.. model.Classes.Where(one => one.Rows == 1)];
        foreach (ClassCount one in alone)
        {
            yield return $"only 1 row is '{one.Word}': it is trained on, so the test says nothing about '{one.Word}', and one row is too "
                + "few to learn from. Collect more, or leave it out.";
        }

        string[] untested = [.. model.Classes.Except(alone).Where(one => one.TestRows == 0).Select(one => one.Word)];
        if (untested.Length > 0)
        {
            yield return $"no test row is of {Sentence.List(untested)}: the test says nothing about "
                + (untested.Length == 1 ? "it." : "them.");
        }

        if (model.Metrics.Count == 0 && model.Training.TestRows > 0 && model.Label.Task == LearningTask.Binary)
        {
            yield return $"the {Sentence.Count(model.Training.TestRows, "test row")} have one class only, "
                + "so there are no test results" + (alone.Length > 0 ? "." : ": give a larger --split.");
        }
    }
}
