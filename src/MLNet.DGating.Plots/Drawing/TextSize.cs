using System.Globalization;

namespace MLNet.DGating.Plots.Drawing;

/// <summary>The width of text, estimated by that of a wide font (DejaVu Sans).</summary>
/// <remarks>A picture is laid out before it is known which font it will be read in.</remarks>
internal static class TextSize
{
    public const double Small = 11;
    public const double Normal = 12;
    public const double Heading = 16;

    private const string Ellipsis = "…";

    /// <summary>Returns the width of a text, in pixels.</summary>
    public static double Width(string text, double size) =>
        size * text.EnumerateRunes().Sum(rune => Width((char)Math.Min(rune.Value, char.MaxValue)));

    /// <summary>Returns the text, cut in the middle where it is wider than the room: names often differ at both ends.</summary>
    public static string Fit(string text, double room, double size)
    {
        if (Width(text, size) <= room)
        {
            return text;
        }

        string[] characters = [.. Characters(text)];
        // A name may have thousands of letters: the largest number that fits lies between these two.
        int fits = 2, tooMany = characters.Length;
        while (tooMany - fits > 1)
        {
            int middle = (fits + tooMany) / 2;
            (fits, tooMany) = Width(Cut(characters, middle), size) <= room ? (middle, tooMany) : (fits, middle);
        }

        return Cut(characters, fits);
    }

    private static string Cut(string[] characters, int kept) =>
        string.Concat([.. characters[..((kept + 1) / 2)], Ellipsis, .. characters[^(kept / 2)..]]);

    private static IEnumerable<string> Characters(string text)
    {
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }

    private static double Width(char character) => character switch
    {
        >= '\u1100' => 1.0,
        'i' or 'j' or 'l' or 'I' or 'f' or 't' or ' ' => 0.34,
        '.' or ',' or ':' or ';' or '\'' or '|' or '!' or '(' or ')' or '[' or ']' => 0.34,
        'm' or 'w' or 'M' or 'W' or '@' or '%' or '…' or '—' => 0.95,
        >= 'A' and <= 'Z' => 0.69,
        _ => 0.58,
    };
}
