using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Commands;

/// <summary>What is to be said of a table that a model was applied to.</summary>
internal static class TableNotes
{
    /// <summary>Writes notes on the error stream.</summary>
    /// <param name="console">The output of the command.</param>
    /// <param name="absent">The columns that the table lacks and the model does not read.</param>
    /// <param name="warnings">The warnings about cells.</param>
    public static void Write(ToolConsole console, string[] absent, IEnumerable<string> warnings)
    {
        if (absent.Length > 0)
        {
            string them = absent.Length == 1 ? "it" : "them";
            console.Note($"dgating: the table has no {Sentence.List(absent)}; the model does not read {them}.");
        }

        foreach (string warning in warnings)
        {
            console.Note($"dgating: {warning}");
        }
    }
}
