using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Quality;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Output;

/// <summary>The description of a model for the terminal.</summary>
internal static class ModelPage
{
    public static void Write(ToolConsole console, string path, ModelDescription model)
    {
        string words = model.Label.Words.Count > 0 ? $" ({Sentence.List(model.Label.Words)})" : "";
        console.Say($"{Path.GetFileName(path)} predicts '{model.Label.Name}'{words}: {model.Label.Task.ToString().ToLowerInvariant()}.");
        string rows = Sentence.Count(model.Training.Rows, "row");
        string stopped = model.Training.IsComplete ? "" : "; stopped before the end";
        string from = model.Training.ContinuedFrom is { } before ? $", going on from {before}" : "";
        console.Say($"Trained on {rows} of {model.Source.File}{from}, seed {model.Training.Seed}{stopped}.");
        SelectionLines.Say(console, model);
        console.Show(ModelTables.Columns(model));
        if (model.Metrics.Count > 0)
        {
            console.Say(TestWords.Heading(model));
            console.Show(ModelTables.Metrics(model));
        }

        SelectionLines.SayCosts(console, model);
        console.Result(model);
    }
}
