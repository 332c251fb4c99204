using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Tells the columns that a transformer makes from those that it passes on.</summary>
internal static class StepColumns
{
    /// <summary>Returns the names of the columns that a transformer makes; a column with the name of another hides that one.</summary>
    public static string[] Made(ITransformer transformer, DataViewSchema input) =>
        [.. Made(transformer.GetOutputSchema(input), input).Select(column => column.Name)];

    /// <summary>Returns those of the columns after a step that it made.</summary>
    /// <remarks>ML.NET's steps have the columns that they pass on where they were, and those that they make behind them.</remarks>
    public static IEnumerable<DataViewSchema.Column> Made(DataViewSchema output, DataViewSchema input) => output.Where(column =>
        !column.IsHidden && (column.Index >= input.Count || input[column.Index].Name != column.Name
            || !input[column.Index].Type.Equals(column.Type)));
}
