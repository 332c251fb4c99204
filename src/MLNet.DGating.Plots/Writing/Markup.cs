using System.Globalization;
using System.Text;

namespace MLNet.DGating.Plots.Writing;

/// <summary>Text and numbers inside XML and HTML.</summary>
internal static class Markup
{
    /// <summary>Escapes &lt;, &gt;, &amp; and quotes.</summary>
    /// <remarks>U+FFFD replaces what XML forbids, control characters and lone surrogates; a space replaces tabs and line breaks.</remarks>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' or '\r' => escaped.Append(' '),
                < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    /// <summary>Formats a coordinate, rounded to a hundredth of a pixel.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
