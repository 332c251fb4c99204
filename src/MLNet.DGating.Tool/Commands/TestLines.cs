using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Splitting;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The lines that tell what the test of a model says, and what it cannot say.</summary>
internal static class TestLines
{
    public static void Say(ToolConsole console, ModelDescription model)
    {
        if (model.Metrics.Count > 0)
        {
            console.Say(TestWords.Heading(model));
            console.Show(ModelTables.Metrics(model));
        }

        if (model.Threshold is { } threshold)
        {
            console.Say(FormattableString.Invariant(
                $"'{model.Label.Positive}' is predicted where its probability is above {threshold.Probability:g4}: {threshold.Words}."));
        }

        if (model.Classes.Count > 0)
        {
            console.Show(ModelTables.Classes(model));
        }

        foreach (string warning in Warnings(model))
        {
            console.Note($"dgating: {warning}");
        }
    }

    private static IEnumerable<string> Warnings(ModelDescription model)
    {
        TestDescription? test = model.Training.Test;
        if (test is { Kind: TestKind.Folds } && test.TestedFolds < test.Folds)
        {
            yield return $"{test.TestedFolds} of {test.Folds} folds were tested, with {Sentence.Count(model.Training.TestRows, "row")}: the "
                + "others were stopped, or have one class only.";
        }

        if (model.Metrics.Count > 0 && model.Training.TestRows < TestPlan.FewestTestRows && test is { Kind: not TestKind.Folds })
        {
            string cure = test.Kind == TestKind.HeldOut ? "; without --split all rows are tested on in turn" : "";
            yield return $"the test is of {Sentence.Count(model.Training.TestRows, "row")} only: mind the intervals{cure}.";
        }

        ClassCount[] alone = [.. model.Classes.Where(one => one.Rows == 1)];
        foreach (ClassCount one in alone)
        {
            yield return $"only 1 row is '{one.Word}': it is trained on, so the test says nothing about '{one.Word}', and one row is too few "
                + "to learn from. Collect more, or leave it out.";
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
