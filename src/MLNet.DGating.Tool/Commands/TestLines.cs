using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Quality;

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

        foreach (string warning in TestWords.Warnings(model))
        {
            console.Note($"dgating: {warning}");
        }
    }
}
