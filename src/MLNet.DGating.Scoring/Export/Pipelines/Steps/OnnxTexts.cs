namespace MLNet.DGating;

/// <summary>Adds operators on texts, and on the columns that they become.</summary>
internal static class OnnxTexts
{
    /// <summary>Adds texts as a vector [rows] of texts that are rows × 1.</summary>
    public static string Flat(OnnxDocument document, string texts) =>
        document.AddNode("", "Squeeze", [texts], new OnnxAttribute("axes", (long[])[1]));

    /// <summary>Adds the characters of texts [rows]: rows × the length of the longest; the others end with empty texts.</summary>
    public static string Characters(OnnxDocument document, string texts) =>
        Split(document, texts, new OnnxAttribute("separators", (string[])[""]), fill: "");

    /// <summary>Adds the parts of texts [rows] between separators: rows × one more than the most; rows end with empty texts.</summary>
    public static string Parts(OnnxDocument document, string texts, string[] separators) =>
        WithOneMore(document, Split(document, texts, new OnnxAttribute("separators", separators), fill: ""), "");

    /// <summary>Adds the parts of texts [rows] that match an expression; rows with fewer parts than others end with a fill text.</summary>
    public static string Matches(OnnxDocument document, string texts, string expression, string fill) =>
        Split(document, texts, new OnnxAttribute("tokenexp", expression), fill);

    /// <summary>Adds a last column with the same text in each row.</summary>
    public static string WithOneMore(OnnxDocument document, string columns, string text)
    {
        string rows = document.AddNode("Gather",
            [document.AddNode("Shape", [columns]), document.AddConstant("RowAxis", [0L], 1)], OnnxAttribute.Axis(0));
        string shape = document.AddNode("Concat", [rows, document.AddConstant("One", [1L], 1)], OnnxAttribute.Axis(0));
        string last = document.AddNode("Expand", [document.AddConstant("Fill", [text], 1, 1), shape]);
        return document.AddNode("Concat", [columns, last], OnnxAttribute.Axis(1));
    }

    /// <summary>Adds a column before the first, which is the same.</summary>
    public static string WithFirst(OnnxDocument document, string columns) =>
        document.AddNode("Concat", [Columns(document, columns, 0, 1), columns], OnnxAttribute.Axis(1));

    /// <summary>Adds the columns from one up to another, which counts from the end if it is negative.</summary>
    public static string Columns(OnnxDocument document, string values, long start, long end) => document.AddNode("Slice",
        [values, document.AddConstant("Start", [start], 1), document.AddConstant("End", [end], 1), document.AddConstant("Axis", [1L], 1)]);

    private static string Split(OnnxDocument document, string texts, OnnxAttribute how, string fill) => document.AddNode(
        OnnxDocument.Runtime, "Tokenizer", [texts], new OnnxAttribute("mark", 0L), new OnnxAttribute("mincharnum", 1L),
        new OnnxAttribute("pad_value", fill), how);
}
