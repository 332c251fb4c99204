using System.Text;

namespace MLNet.DGating.Tool.Code;

/// <summary>Pieces of C#.</summary>
internal static class CSharp
{
    /// <summary>A string literal: columns and words may hold anything.</summary>
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

    public static string Literals(IEnumerable<string> texts) => "new[] { " + string.Join(", ", texts.Select(Literal)) + " }";

    /// <summary>A name like "Hours_per_week" for the column "hours-per-week". It begins with a capital or an underscore, so it is no keyword.</summary>
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

    /// <summary>An identifier for each column, no two the same.</summary>
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
