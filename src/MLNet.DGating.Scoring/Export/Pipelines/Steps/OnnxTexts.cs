namespace MLNet.DGating;

/// <summary>Adds operators on texts.</summary>
internal static class OnnxTexts
{
    /// <summary>Adds texts as a vector [rows] of texts that are rows × 1.</summary>
    public static string Flat(OnnxDocument document, string texts) =>
        document.AddNode("", "Squeeze", [texts], new OnnxAttribute("axes", (long[])[1]));

    /// <summary>Adds the characters of texts [rows]: rows × the length of the longest; the others end with empty texts.</summary>
    public static string Characters(OnnxDocument document, string texts) => Split(document, texts, new OnnxAttribute("separators", (string[])[""]));

    /// <summary>Adds the parts of texts [rows] between separators: rows × the number of the most; the others end with empty texts.</summary>
    public static string Parts(OnnxDocument document, string texts, string[] separators) =>
        WithOneMore(document, Split(document, texts, new OnnxAttribute("separators", separators)), "");

    /// <summary>Adds the parts of texts [rows] that match an expression, with further columns of a fill text behind them.</summary>
    public static string Matches(OnnxDocument document, string texts, string expression, string fill) =>
        Split(document, texts, new OnnxAttribute("tokenexp", expression), fill);

    /// <summary>Adds the texts, rows × 1, that characters of <see cref="Characters"/> make.</summary>
    public static string Join(OnnxDocument document, string texts, string characters)
    {
        document.Require(OnnxDocument.OpsetOfTexts);
        string rows = document.AddNode("Shape", [texts]);
        string empty = document.AddNode("Expand", [document.AddConstant("EmptyText", [""], 1), rows]);
        ProtobufMessage type = new ProtobufMessage().Add(1, (long)OnnxType.String);
        ProtobufMessage body = new ProtobufMessage()
            .Add(1, new ProtobufMessage().Add(1, "before").Add(1, "next").Add(2, "after").Add(3, "append").Add(4, "StringConcat"))
            .Add(2, "Append")
            .Add(11, Variable("before"))
            .Add(11, Variable("next"))
            .Add(12, Variable("after"));
        string joined = document.AddNode("", "Scan", [empty, characters], new OnnxAttribute("body", body),
            new OnnxAttribute("num_scan_inputs", 1L), new OnnxAttribute("scan_input_axes", (long[])[1]));
        return document.AddNode("", "Unsqueeze", [joined], new OnnxAttribute("axes", (long[])[1]));

        ProtobufMessage Variable(string name) => new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, type));
    }

    /// <summary>Adds a last column with the same text in each row.</summary>
    public static string WithOneMore(OnnxDocument document, string columns, string text)
    {
        string rows = document.AddNode("Gather",
            [document.AddNode("Shape", [columns]), document.AddConstant("RowAxis", [0L], 1)], OnnxAttribute.Axis(0));
        string shape = document.AddNode("Concat", [rows, document.AddConstant("One", [1L], 1)], OnnxAttribute.Axis(0));
        string last = document.AddNode("Expand", [document.AddConstant("Fill", [text], 1, 1), shape]);
        return document.AddNode("Concat", [columns, last], OnnxAttribute.Axis(1));
    }

    private static string Split(OnnxDocument document, string texts, OnnxAttribute how, string fill = "") => document.AddNode(
        OnnxDocument.Runtime, "Tokenizer", [texts], new OnnxAttribute("mark", 0L), new OnnxAttribute("mincharnum", 1L),
        new OnnxAttribute("pad_value", fill), how);
}
