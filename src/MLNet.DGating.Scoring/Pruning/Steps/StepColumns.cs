using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Tells the columns that a transformer makes from those that it passes on.</summary>
internal static class StepColumns
{
    /// <summary>Returns the names of the columns that a transformer makes; a column with the name of another hides that one.</summary>
    public static string[] Made(ITransformer transformer, DataViewSchema input) =>
        [.. Made(transformer.GetOutputSchema(input), input).Select(column => column.Name)];

    /// <summary>Returns those of the columns after a step that it made.</summary>
    /// <remarks>
    /// ML.NET's steps pass columns on in their order. Those that they make are behind all others, or, where they hide one of their name,
    /// right behind that one.
    /// </remarks>
    public static IEnumerable<DataViewSchema.Column> Made(DataViewSchema output, DataViewSchema input)
    {
        int next = 0;
        foreach (DataViewSchema.Column column in output)
        {
            int passed = next;
            while (passed < input.Count && !(input[passed].Name == column.Name && input[passed].Type.Equals(column.Type)))
            {
                passed++;
            }

            if (passed < input.Count)
            {
                next = passed + 1;
            }
            else if (!column.IsHidden)
            {
                yield return column;
            }
        }
    }
}
