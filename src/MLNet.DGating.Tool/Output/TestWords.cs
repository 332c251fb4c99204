using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Output;

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
}
