using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Tells in the metadata of a pipeline's file what goes in and out, what was selected, and what the classes are called.</summary>
internal static class PipelineMetadata
{
    public static IEnumerable<(string Key, string Value)> Of(
        IReadOnlyList<ITransformer> steps, DataViewSchema end, OnnxOutput[] inputs, OnnxOutput[] outputs)
    {
        (string name, string version) = OnnxFile.Producer();
        yield return ("dgating.library", name);
        yield return ("dgating.version", version);
        yield return ("dgating.inputs", Names(inputs));
        yield return ("dgating.outputs", Names(outputs));
        if (steps.Select(PredictionSteps.Selection).LastOrDefault(report => report is not null) is { } selection)
        {
            yield return ("dgating.feature_column", selection.FeatureColumnName);
            yield return ("dgating.features",
                OnnxFile.ToJson(selection.Features.Where(gate => gate.IsSelected).Select(gate => gate.Name)));
            yield return ("dgating.selected_slot_names", OnnxFile.ToJson(selection.SelectedNames));
        }

        if (Classes(end) is { } classes)
        {
            yield return ("dgating.classes", OnnxFile.ToJson(classes));
        }
    }

    // The probabilities of several classes are slots that have the names of the classes.
    private static string[]? Classes(DataViewSchema end)
    {
        if (end.GetColumnOrNull(DefaultColumnNames.Score) is not { Type: VectorDataViewType } scores || !scores.HasSlotNames())
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        scores.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(word => word.ToString())];
    }

    private static string Names(OnnxOutput[] variables) => OnnxFile.ToJson(variables.Select(variable => variable.Name));
}
