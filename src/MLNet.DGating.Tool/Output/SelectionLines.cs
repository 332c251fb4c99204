using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Output;

/// <summary>The lines that tell what a model keeps, and what other counts of features would cost.</summary>
internal static class SelectionLines
{
    public static void Say(ToolConsole console, ModelDescription model)
    {
        console.Say("");
        console.Say(ModelTables.Selected(model));
        console.Show(ModelTables.Features(model));
        if (model.Pairs.Count > 0)
        {
            console.Show(ModelTables.Pairs(model));
        }
    }

    /// <summary>Shows the counts that were judged; nothing where the count was given and none was.</summary>
    public static void SayCosts(ToolConsole console, ModelDescription model)
    {
        if (model.Candidates.Count > 0)
        {
            console.Say("What each count of features costs, on held-out rows:");
            console.Show(ModelTables.Candidates(model));
        }
    }
}
