using System.Text;

namespace MLNet.DGating.Fuzz.Mutation;

/// <summary>Words that break readers and writers when they stand where none was expected.</summary>
internal static class Words
{
    private static readonly string[] s_all =
    [
        "", ",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "\r", "\0", "\u0007", "\u202e", "\ufeff", "sep=;\n",
        "#", "'", "\\", "=1+1", "@SUM(A1)", "-1", "+", "NaN", "inf",
        "-Infinity", "1e400", "1e-400", "1e45", "null", "#N/A", "true", "0x10", "1,234.5", "1.234,5", "$5", "45%",
        "2024-02-30", "31/12/2024 25:61", "9999999999999999999999", "<script>alert(1)</script>", "</script>", "*/", "{{", "%s", "Features",
        "<!--", "]]>", "&lt;", "\" onload=\"alert(1)", "' onload='alert(1)", "//", "/*", "\"\"\"", "\\u0022", "{0}", "${x}", "class",
        "@int", "namespace", "\u0085", "\u2028", "\u200f", "\u2066", "Label", "Score", "PredictedLabel", "\ud83d\ude00", "é", "ÿ",
        "\u0000\u0001\u0002", "Ж",
    ];

    public static byte[][] Bytes { get; } = Array.ConvertAll(s_all, Encoding.UTF8.GetBytes);

    /// <summary>Returns words one behind another, which may stand where a name does.</summary>
    public static string Several(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Any(random)));

    public static string Any(Random random) => s_all[random.Next(s_all.Length)];
}
