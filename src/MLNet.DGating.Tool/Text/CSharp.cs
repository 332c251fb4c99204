using System.Text;

namespace MLNet.DGating.Tool.Text;

/// <summary>Parts of C# code: literals, arrays and identifiers.</summary>
internal static class CSharp
{
    private const int MaximumArrayWidth = 48;

    /// <summary>Returns a string literal, with escapes: names of columns and words may hold any character.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (char character in text)
        {
            literal.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(character) || character is '\u2028' or '\u2029' or '\u0085' => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    /// <summary>Returns an array of string literals; a long one has each of them on a line of its own.</summary>
    public static string Literals(IEnumerable<string> texts)
    {
        string[] literals = [.. texts.Select(Literal)];
        string line = $"new[] {{ {string.Join(", ", literals)} }}";
        return line.Length <= MaximumArrayWidth ? line : $"new[]\n{Block(literals)}";
    }

    /// <summary>Returns elements in braces, each on a line of its own.</summary>
    public static string Block(IEnumerable<string> elements) =>
        $"{{\n{string.Concat(elements.Select(element => $"    {element},\n"))}}}";

    /// <summary>Indents all lines but the first.</summary>
    public static string Indented(string code, int columns) =>
        code.Replace("\n", "\n" + new string(' ', columns), StringComparison.Ordinal);

    /// <summary>Returns an identifier such as "Hours_per_week" for the column "hours-per-week".</summary>
    /// <remarks>It begins with a capital or an underscore, so it is no keyword.</remarks>
    public static string Identifier(string text)
    {
        var name = new StringBuilder();
        foreach (char character in text)
        {
            name.Append(char.IsLetterOrDigit(character) || character == '_' ? character : '_');
        }

        if (name.Length == 0 || char.IsDigit(name[0]))
        {
            name.Insert(0, '_');
        }

        name[0] = char.ToUpperInvariant(name[0]);
        return name.ToString();
    }

    /// <summary>Returns an identifier for each column, no two the same.</summary>
    public static string[] Identifiers(IEnumerable<string> texts, params string[] taken)
    {
        HashSet<string> used = [.. taken];
        return [.. texts.Select(text =>
        {
            string identifier = Identifier(text), unique = identifier;
            for (int copy = 2; !used.Add(unique); copy++)
            {
                unique = $"{identifier}_{copy}";
            }

            return unique;
        })];
    }
}
