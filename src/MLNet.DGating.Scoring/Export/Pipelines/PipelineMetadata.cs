using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Tells in the metadata of a pipeline's file what goes in and out, what was selected, and what the classes are called.</summary>
internal static class PipelineMetadata
{
    /// <summary>Returns the metadata of a file.</summary>
    /// <param name="env">The environment of what is computed for them.</param>
    /// <param name="steps">The steps of the pipeline.</param>
    /// <param name="schemas">The columns before each step, and those at the end.</param>
    /// <param name="inputs">The inputs of the file.</param>
    /// <param name="outputs">The outputs of the file.</param>
    public static IEnumerable<(string Key, string Value)> Of(
        IHostEnvironment env, IReadOnlyList<ITransformer> steps, DataViewSchema[] schemas, OnnxOutput[] inputs, OnnxOutput[] outputs)
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

        if ((Classes(schemas[^1]) ?? Words(env, steps, schemas)) is { } classes)
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

    // Those of two classes are what the predicted label is mapped to.
    private static string[]? Words(IHostEnvironment env, IReadOnlyList<ITransformer> steps, DataViewSchema[] schemas) => steps
        .Zip(schemas, (step, input) => WordOfFlagConverter.WordsOf(env, step, input, DefaultColumnNames.PredictedLabel))
        .FirstOrDefault(words => words is not null);

    private static string Names(OnnxOutput[] variables) => OnnxFile.ToJson(variables.Select(variable => variable.Name));
}
